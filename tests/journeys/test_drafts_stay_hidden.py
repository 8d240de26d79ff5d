"""What is not published is nowhere: not on a page, not in a filter, not in a table, not for machines."""

from typing import Any

import pytest
from django.db import models
from wagtail.blocks import CharBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import PageViewRestriction

from events.models import EventPage, NewsPage
from outputs.models import Output
from partners.models import Partner
from pilots.models import Implementation, PilotAction, PilotActionRegion, TestCase, TestCaseImage
from tests.crawl import LISTS, crawl, sitemap
from tests.factories import (
    EventPageFactory,
    ImageFactory,
    ImplementationFactory,
    InvestmentFactory,
    MoneyLineFactory,
    NewsPageFactory,
    NutsRegionFactory,
    OutputFactory,
    PartnerFactory,
    PilotActionFactory,
    ResultFactory,
    SourceFactory,
    TestCaseFactory,
    ToolPageFactory,
)
from tests.html import count_of, listed, warnings
from toolbox.models import ToolPage

pytestmark = pytest.mark.django_db

WORD = "Zyzzyva"
SLUG = "quokka"
DRAFTS: dict[str, Any] = {
    "/partners/quokka-partner/": Partner,
    "/outputs/quokka-output/": Output,
    "/pilot-actions/quokka-set/": PilotAction,
    "/test-cases/quokka-case/": TestCase,
    "/test-cases/quokka-case-of-a-draft-set/": TestCase,
    "/toolbox/quokka-tool/": ToolPage,
    "/toolbox/quokka-locked-tool/": ToolPage,
    "/news/quokka-news/": NewsPage,
    "/events/quokka-event/": EventPage,
}
FILTERS = [
    ("/test-cases/", "partner", "quokka-partner"),
    ("/test-cases/", "pilot_action", "quokka-set"),
    ("/pilot-actions/", "partner", "quokka-partner"),
    ("/outputs/", "partner", "quokka-partner"),
    ("/toolbox/", "partner", "quokka-partner"),
    ("/outputs/", "output", "quokka-output"),
    ("/news/", "partner", "quokka-partner"),
    ("/events/", "partner", "quokka-partner"),
]


def _first(model: Any) -> Any:
    """Give the first published record of a kind."""
    return model.objects.live().first()


def _filled(field: models.Field) -> Any:
    """Put the word into a field, in the form that the field takes."""
    if isinstance(field, StreamField):
        name, block = next(iter(field.stream_block.child_blocks.items()))
        parts = {
            part: WORD for part, one in getattr(block, "child_blocks", {}).items() if type(one) is CharBlock
        }
        return [(name, parts or WORD)]
    if isinstance(field, RichTextField):
        return f"<p>{WORD}</p>"
    if isinstance(field, models.URLField):
        return f"https://{WORD}.example/"
    return f"{WORD} {field.name}"[: field.max_length]


def _speaks(model: type[models.Model]) -> dict[str, Any]:
    """Fill every field of a kind of record in which an editor writes freely."""
    fixed = {"slug", "code", "region_as_printed", "work_package", "verified_by_role", "email", "time_zone"}
    texts = (models.CharField, models.TextField, StreamField)
    return {
        field.name: _filled(field)
        for field in model._meta.fields
        if isinstance(field, texts) and not field.choices and field.model is model and field.name not in fixed
    } | ({"title": WORD} if hasattr(model, "title") else {})


def _record(factory: Any, **values: Any) -> Any:
    """Make a record of which every text holds the word."""
    return factory(**{**_speaks(factory._meta.model), **values})


def _run(**values: Any) -> Implementation:
    """Make an implementation that nobody may see, with all its parts."""
    run: Implementation = _record(ImplementationFactory, **values)
    MoneyLineFactory(implementation=run, euros="7777777.00", funder=WORD)
    InvestmentFactory(implementation=run, euros="7777777.00", title=WORD)
    ResultFactory(implementation=run, indicator=WORD, value=WORD, unit=WORD, source=WORD, basis=4)
    return run


def _draft_partner(case: TestCase, region: Any) -> None:
    """Make a draft partner on which live records hang."""
    partner = _record(PartnerFactory, slug=f"{SLUG}-partner", live=False, region=region)
    _run(slug=f"{SLUG}-run-of-a-draft-partner", test_case=case, partner=partner, region=region)
    output = _first(Output)
    output.partners.add(partner)
    output.save()
    Partner.objects.filter(pk=partner.pk).update(live=False)
    PilotAction.objects.live().update(responsible=partner)
    ToolPage.objects.live().update(partner=partner)


def _draft_output(case: TestCase) -> None:
    """Make a draft output that live records point at from all sides."""
    output = _record(OutputFactory, slug=f"{SLUG}-output", live=False)
    case.documentation.add(output)
    case.save()
    first, second = Output.objects.live()[:2]
    Output.objects.filter(pk=output.pk).update(part_of=first)
    Output.objects.filter(pk=second.pk).update(part_of=output)
    PilotAction.objects.live().update(output=output)


def _draft_set(partner: Partner) -> Any:
    """Make a draft set with a live test case that a live partner ran."""
    action = _record(PilotActionFactory, slug=f"{SLUG}-set", live=False)
    PilotActionRegion.objects.create(pilot_action=action, region=partner.region)
    case = _record(TestCaseFactory, slug=f"{SLUG}-case-of-a-draft-set", pilot_action=action)
    _run(slug=f"{SLUG}-run-in-a-draft-set", test_case=case, partner=partner)
    return case


def _draft_case(partner: Partner, output: Output) -> Any:
    """Make a draft test case with a live implementation and a picture."""
    action = _first(PilotAction)
    case = _record(
        TestCaseFactory, slug=f"{SLUG}-case", live=False, pilot_action=action, minimum_euros="7777777"
    )
    _run(slug=f"{SLUG}-run-of-a-draft-case", test_case=case, partner=partner)
    case.documentation.add(output)
    case.sources.add(SourceFactory(title=WORD))
    case.images.add(TestCaseImage(image=ImageFactory(title=WORD, credit=WORD), alt_text=WORD, caption=WORD))
    case.save()
    return case


def _tools(cases: list[TestCase]) -> None:
    """Make a draft toolbox page, one behind a lock, and a live one that draws on hidden test cases."""
    items = [{"text": "Ask", "test_case": case.pk} for case in cases]
    lesson = ("checklist", {"title": "Group", "items": items})
    said = {
        "title": WORD,
        "summary": WORD,
        "lead": WORD,
        "note": WORD,
        "blocks": [("text", f"<p>{WORD}</p>")],
    }
    ToolPageFactory(**said, slug=f"{SLUG}-tool", live=False, test_cases=list(TestCase.objects.live()))
    locked = ToolPageFactory(**said, slug=f"{SLUG}-locked-tool", test_cases=list(TestCase.objects.live()))
    PageViewRestriction.objects.create(page=locked, restriction_type=PageViewRestriction.LOGIN)
    ToolPageFactory(slug="open-tool", blocks=[lesson], test_cases=cases)


def _stories(cases: list[TestCase]) -> None:
    """Make draft news and a draft event, and live ones that tell of hidden records."""
    said = {"title": WORD, "summary": WORD, "lead": WORD, "note": WORD, "date_note": WORD}
    live = list(TestCase.objects.live())
    hidden = Partner.objects.get(slug=f"{SLUG}-partner")
    NewsPageFactory(**said, slug=f"{SLUG}-news", live=False, test_cases=live)
    EventPageFactory(
        **said, slug=f"{SLUG}-event", live=False, test_cases=live, stream_url=f"https://{WORD}.example/"
    )
    NewsPageFactory(slug="open-news", test_cases=cases, partner=hidden)
    outputs = list(Output.objects.filter(live=False))
    EventPageFactory(slug="open-event", test_cases=cases, documents=outputs, partner=hidden)


def _later_drafts() -> None:
    """Write a draft over one live record of each kind."""
    kinds: tuple[Any, ...] = (
        Partner,
        Output,
        PilotAction,
        TestCase,
        Implementation,
        ToolPage,
        NewsPage,
        EventPage,
    )
    for model in kinds:
        record = _first(model).get_latest_revision_as_object()
        for name, value in _speaks(model).items():
            setattr(record, name, value)
        record.save_revision(clean=False)
        assert record.has_unpublished_changes


@pytest.fixture(scope="module")
def hidden(seeded):
    """Plant a draft of every kind among what is published."""
    partner, output = _first(Partner), _first(Output)
    case = _first(TestCase)
    nowhere = NutsRegionFactory(code="FI19")
    cases = [_draft_case(partner, output), _draft_set(partner)]
    _run(slug=f"{SLUG}-run", test_case=case, partner=partner, live=False)
    _draft_partner(case, nowhere)
    _draft_output(case)
    _tools(cases)
    _stories(cases)
    _later_drafts()


@pytest.fixture(scope="module")
def opened(hidden, client_of_module):
    """Open every address once."""
    return crawl(client_of_module)


def test_there_is_something_to_hide(hidden):
    drafts = [model.objects.filter(slug__startswith=SLUG).count() for model in {*DRAFTS.values()}]

    assert sum(drafts) == len(DRAFTS)
    assert Implementation._base_manager.filter(slug__startswith=SLUG, live=True).count() == 3


def test_no_address_shows_a_word_of_a_draft(opened):
    shown = [address for address, one in opened.items() if WORD.lower() in one.text.lower()]

    assert shown == []


def test_no_address_shows_a_sum_of_a_draft(opened):
    shown = [address for address, one in opened.items() if "7,777,777" in one.text or "7777777" in one.text]

    assert shown == []


def test_no_address_leads_to_a_draft(opened):
    shown = [address for address, one in opened.items() if SLUG in one.text]

    assert shown == []


def test_every_address_still_answers(opened):
    broken = {address: one.status for address, one in opened.items() if one.status != 200}

    assert broken == {}


@pytest.mark.parametrize("address", DRAFTS)
def test_the_address_of_a_draft_does_not_exist(hidden, client, address):
    response = client.get(address)

    assert response.status_code == 404


@pytest.mark.parametrize("address", DRAFTS)
def test_the_answer_to_the_address_of_a_draft_says_nothing_about_it(hidden, client, address):
    response = client.get(address)

    assert WORD not in response.content.decode()


@pytest.mark.parametrize(("address", "parameter", "slug"), FILTERS)
def test_a_filter_by_a_draft_is_refused_by_name(hidden, client, address, parameter, slug):
    response = client.get(address, {parameter: slug})

    assert response.status_code == 200
    assert any(f"“{slug}” is no choice" in warning for warning in warnings(response))


@pytest.mark.parametrize("address", [address for address in LISTS if address != "/pilot-actions/"])
def test_words_of_a_draft_find_nothing(hidden, client, address):
    response = client.get(address, {"q": WORD})

    assert (count_of(response), listed(response)) == (0, [])


@pytest.mark.parametrize("parameter", ["region=FI19", "region=FI", "country=FI"])
def test_a_place_of_drafts_alone_finds_nothing(hidden, client, parameter):
    response = client.get(f"/test-cases/?{parameter}")

    assert count_of(response) == 0


def test_the_region_of_a_draft_partner_is_no_partner_region(hidden, client):
    response = client.get("/regions/")

    assert "FI19" not in listed(response)


def test_the_sitemap_names_no_draft(hidden, client):
    named = sitemap(client)

    assert [address for address in named if SLUG in address or "FI19" in address] == []


def test_a_level_of_evidence_that_only_drafts_reach_finds_nothing(hidden, client):
    response = client.get("/test-cases/?evidence=e4")

    assert count_of(response) == 0


def test_the_table_shows_no_more_than_the_list(hidden, client):
    for address in LISTS:
        table, rows = client.get(f"{address}?view=table"), client.get(address)

        assert listed(table) == listed(rows), address
