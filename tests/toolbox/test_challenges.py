"""The ways in by problem: every one leads to what was tried and to a first step."""

import json

import pytest
from django.core.exceptions import ValidationError

from pilots.models import TestCase
from tests.factories import (
    ConceptFactory,
    ImplementationFactory,
    TestCaseFactory,
    ToolPageFactory,
    make_problem,
)
from tests.html import internal_links, soup_of, words_of
from toolbox.choices import Kind
from toolbox.models import ChallengePage, ToolPage
from vocabularies.choices import Scheme
from vocabularies.models import Concept

pytestmark = pytest.mark.django_db
LINES = ("What was tried", "What came of it", "Where to begin")


def _links(site):
    """List what each way in leads to."""
    addresses = [page.get_absolute_url() for page in ChallengePage.objects.visible()]
    return {address: internal_links(site.get(address), address) for address in addresses}


def test_every_problem_of_the_vocabulary_has_its_page(site):
    slugs = set(ChallengePage.objects.visible().values_list("challenge__slug", flat=True))

    assert slugs == set(Concept.objects.in_scheme(Scheme.CHALLENGE).values_list("slug", flat=True))
    assert len(slugs) == 15


def test_every_test_case_and_every_toolbox_item_is_reached_from_a_problem(site):
    reached = set().union(*_links(site).values())

    records = [*TestCase.objects.live(), *ToolPage.objects.visible()]
    assert [one.title for one in records if one.get_absolute_url() not in reached] == []
    assert len(records) > 30


def test_every_problem_offers_a_checklist_a_guide_and_at_most_seven_choices(site):
    pages = [soup_of(site.get(page.get_absolute_url())) for page in ChallengePage.objects.visible()]

    assert {3 <= len(page.select("[data-choice]")) <= 7 for page in pages} == {True}
    assert all(page.checklist and page.guide for page in ChallengePage.objects.all())


def test_the_front_page_and_the_list_lead_to_every_problem(site):
    addresses = {page.get_absolute_url() for page in ChallengePage.objects.visible()}

    assert addresses <= internal_links(site.get("/"), "/")
    assert addresses <= internal_links(site.get("/challenges/"), "/challenges/")


def test_a_problem_is_told_in_three_lines_with_cost_time_outcome_and_evidence(client):
    page = make_problem("empty-shops", tried="Two weeks.", learned="It went well.", begin="Ask the owner.")
    case = TestCaseFactory(title="KRACH", minimum_euros="9000.00", main_challenges=[page.challenge])
    ImplementationFactory(test_case=case, duration="Two weeks", outcome="worked")

    words = words_of(client.get("/challenges/empty-shops/"))

    assert all(line in words for line in LINES)
    assert "Cost €5,000 to €20,000 Time Two weeks Outcome worked Evidence E0: described" in words


def test_a_problem_shows_its_main_test_cases_first_and_says_how_many_there_are(client):
    page = make_problem("empty-shops")
    for number in range(4):
        TestCaseFactory(title=f"Side {number}", also_challenges=[page.challenge])
    TestCaseFactory(title="Zeppelin", main_challenges=[page.challenge])

    response = client.get("/challenges/empty-shops/")

    assert soup_of(response).select(".row__title")[0].get_text(strip=True) == "Zeppelin"
    assert "All 5 test cases for this problem" in words_of(response)


@pytest.mark.parametrize("hidden", [{"live": False}, {"pilot_action__live": False}])
def test_a_problem_does_not_name_what_is_not_published(client, hidden):
    tool = ToolPageFactory(title="Secret guide", kind=Kind.GUIDE, live=False)
    page = make_problem("empty-shops", guide=tool)
    TestCaseFactory(title="Secret case", main_challenges=[page.challenge], **hidden)

    assert "Secret" not in client.get("/challenges/empty-shops/").content.decode()


@pytest.mark.parametrize("address", ["/challenges/empty-shops/", "/challenges/no-such-problem/"])
def test_a_draft_problem_does_not_exist_for_readers(client, address):
    make_problem("empty-shops", live=False)

    assert client.get(address).status_code == 404


def test_a_problem_takes_no_guide_for_a_checklist():
    guide = ToolPageFactory(kind=Kind.GUIDE, title="A guide")

    with pytest.raises(ValidationError, match="“A guide” is no Checklist"):
        make_problem("empty-shops", checklist=guide)


def test_a_problem_without_a_page_leads_to_its_test_cases(client):
    make_problem("with-page")
    TestCaseFactory(main_challenges=[ConceptFactory(scheme=Scheme.CHALLENGE, slug="without-page")])

    assert "/test-cases/?challenge=without-page" in internal_links(client.get("/"), "/")


def test_a_problem_and_an_item_describe_themselves_to_search_engines(site):
    found = []
    for address in ("/challenges/empty-premises/", "/toolbox/opening-empty-premises/"):
        script = soup_of(site.get(address)).select_one('script[type="application/ld+json"]')
        assert script is not None
        found.append(json.loads(script.get_text())["@type"])

    assert found == ["CollectionPage", "LearningResource"]


def test_a_problem_is_found_by_its_words(site):
    data = site.get("/search/?q=empty+shops&format=json").json()

    assert "/challenges/empty-premises/" in [one["url"] for one in data["results"]]


def test_a_problem_costs_no_more_queries_with_more_that_belongs_to_it(client, queries_of):
    page = make_problem("empty-shops")

    def grow(numbers):
        for number in numbers:
            case = TestCaseFactory(slug=f"case-{number}", main_challenges=[page.challenge])
            ImplementationFactory(test_case=case)
            ToolPageFactory(slug=f"tool-{number}", challenges=[page.challenge])

    grow(range(2))
    queries_of("/challenges/empty-shops/")
    few = queries_of("/challenges/empty-shops/")
    grow(range(2, 8))
    queries_of("/challenges/empty-shops/")

    assert queries_of("/challenges/empty-shops/") == few <= 12
