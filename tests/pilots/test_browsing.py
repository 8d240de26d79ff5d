"""How test cases are narrowed down: OR within a question, AND across questions."""

import datetime as dt

import pytest

from pilots.models import Implementation, TestCase
from tests.factories import (
    ConceptFactory,
    ImplementationFactory,
    NutsRegionFactory,
    PartnerFactory,
    PilotActionFactory,
    TestCaseFactory,
)
from tests.html import listed, words_of
from vocabularies.choices import Scheme

pytestmark = pytest.mark.django_db


def _case(slug, *, code="ITH3", challenge="", partner="", **values):
    """Tell a test case that ran in a region, for a problem, by a partner."""
    case = TestCaseFactory(slug=slug, title=slug, **values)
    if challenge:
        case.main_challenges = [ConceptFactory(slug=challenge)]
        case.save()
    known = {"partner__slug": partner} if partner else {}
    ImplementationFactory(test_case=case, partner__region=NutsRegionFactory(code=code), **known)
    return case


def _found(client, query):
    return set(listed(client.get(f"/test-cases/?{query}")))


@pytest.mark.parametrize("code", ["IT", "ITH", "ITH3", "ITH36"])
def test_a_region_means_itself_and_all_below_it(code):
    inside, _outside = _case("inside", code="ITH36"), _case("outside", code="SI04")

    found = TestCase.objects.within_region(code)

    assert list(found) == [inside]


def test_a_region_does_not_mean_what_lies_around_it():
    _case("veneto", code="ITH3")

    found = TestCase.objects.within_region("ITH36")

    assert list(found) == []


def test_a_district_beside_the_main_region_counts():
    run = ImplementationFactory()
    run.also_in.set([NutsRegionFactory(code="ITH36")])
    run.save()

    found = Implementation.objects.within_region("ITH36")

    assert list(found) == [run]


@pytest.mark.parametrize("code", ["DE", "DED", "DED4", "de", "ded4"])
def test_a_test_case_is_found_by_every_region_around_it(client, code):
    for known in ("DE", "DED"):
        NutsRegionFactory(code=known)
    _case("chemnitz", code="DED4")
    _case("veneto", code="ITH3")

    found = _found(client, f"region={code}")

    assert found == {"chemnitz"}


def test_two_regions_are_an_or(client):
    _case("chemnitz", code="DED4")
    _case("veneto", code="ITH3")
    _case("kranj", code="SI04")

    found = _found(client, "region=DED4&region=SI04")

    assert found == {"chemnitz", "kranj"}


def test_two_questions_are_an_and(client):
    _case("both", code="DED4", challenge="empty-shops")
    _case("region-only", code="DED4")
    _case("problem-only", code="ITH3", challenge="empty-shops")

    found = _found(client, "region=DED4&challenge=empty-shops")

    assert found == {"both"}


def test_or_within_and_across_hold_together(client):
    _case("one", code="DED4", challenge="empty-shops")
    _case("two", code="SI04", challenge="weak-image")
    _case("three", code="ITH3", challenge="empty-shops")
    _case("four", code="DED4", challenge="other")

    found = _found(client, "region=DED4&region=SI04&challenge=empty-shops&challenge=weak-image")

    assert found == {"one", "two"}


def test_the_unknown_is_a_value_among_others(client):
    ConceptFactory(slug="weak-image")
    _case("known", challenge="empty-shops")
    _case("unknown")
    _case("other", challenge="weak-image")

    found = _found(client, "challenge=unknown&challenge=empty-shops")

    assert found == {"known", "unknown"}


def test_a_test_case_that_nobody_ran_has_an_unknown_region(client):
    TestCaseFactory(slug="nobody")
    _case("veneto")

    found = _found(client, "region=unknown")

    assert found == {"nobody"}


def test_a_problem_it_helps_with_besides_counts_too(client):
    case = TestCaseFactory(slug="side")
    case.also_challenges = [ConceptFactory(slug="empty-shops")]
    case.save()

    found = _found(client, "challenge=empty-shops")

    assert found == {"side"}


def test_a_test_case_of_two_partners_is_listed_once(client):
    case = TestCaseFactory(slug="desk")
    for slug in ("padova", "kranj"):
        ImplementationFactory(test_case=case, partner=PartnerFactory(slug=slug))

    response = client.get("/test-cases/?partner=padova&partner=kranj")

    assert listed(response) == ["desk"]


def test_a_test_case_of_two_partners_is_found_by_each(client):
    case = TestCaseFactory(slug="desk")
    for slug in ("padova", "kranj"):
        ImplementationFactory(test_case=case, partner=PartnerFactory(slug=slug))

    found = [_found(client, f"partner={slug}") for slug in ("padova", "kranj")]

    assert found == [{"desk"}, {"desk"}]


def test_the_runs_of_a_partner_lead_to_its_test_cases():
    run = ImplementationFactory()
    ImplementationFactory()

    found = TestCase.objects.run_by(run.partner)

    assert list(found) == [run.test_case]


def test_a_draft_run_makes_nobody_a_partner_of_a_test_case():
    run = ImplementationFactory(live=False)

    found = TestCase.objects.run_by(run.partner)

    assert list(found) == []


def test_two_answers_about_runs_may_come_from_two_runs(client):
    case = TestCaseFactory(slug="desk")
    ImplementationFactory(test_case=case, partner__slug="padova", outcome="worked")
    ImplementationFactory(test_case=case, partner__slug="kranj", outcome="mixed")

    found = _found(client, "partner=kranj&outcome=worked")

    assert found == {"desk"}


def test_an_outcome_that_is_recorded_as_unknown_is_not_documented(client):
    ImplementationFactory(test_case__slug="silent", outcome="unknown")
    ImplementationFactory(test_case__slug="told", outcome="worked")

    found = _found(client, "outcome=unknown")

    assert found == {"silent"}


def test_a_test_case_is_found_by_the_year_in_which_it_began(client):
    ImplementationFactory(test_case__slug="old", start=dt.date(2020, 12, 31))
    ImplementationFactory(test_case__slug="new", start=dt.date(2021, 1, 1))

    found = _found(client, "year=2020")

    assert found == {"old"}


def test_a_test_case_is_found_by_its_set(client):
    TestCaseFactory(slug="ours", pilot_action=PilotActionFactory(slug="cooperation"))
    TestCaseFactory(slug="theirs")

    found = _found(client, "pilot_action=cooperation")

    assert found == {"ours"}


@pytest.mark.parametrize(
    ("parameter", "field", "scheme"),
    [
        ("intervention", "interventions", Scheme.INTERVENTION),
        ("target_group", "target_groups", Scheme.TARGET_GROUP),
        ("creative_field", "creative_fields", Scheme.CREATIVE_FIELD),
        ("asset", "assets", Scheme.ASSET),
    ],
)
def test_a_test_case_is_found_by_each_of_its_concepts(client, parameter, field, scheme):
    case = TestCaseFactory(slug="ours")
    setattr(case, field, [ConceptFactory(scheme=scheme, slug="word")])
    case.save()
    TestCaseFactory(slug="theirs")

    found = _found(client, f"{parameter}=word")

    assert found == {"ours"}


def test_every_word_must_stand_somewhere(client):
    TestCaseFactory(slug="both", title="Empty shops", pitch="They fill up.")
    TestCaseFactory(slug="one", title="Empty halls", pitch="They stay so.")

    found = _found(client, "q=fill+empty")

    assert found == {"both"}


@pytest.mark.parametrize("words", ["%", "_", "%25", "100%"])
def test_signs_of_the_query_language_are_only_signs(client, words):
    TestCaseFactory(slug="plain", title="Empty shops")

    found = listed(client.get("/test-cases/", {"q": words}))

    assert found == []


def test_the_least_money_stands_first_and_the_unknown_last(client):
    TestCaseFactory(slug="unknown", title="A")
    TestCaseFactory(slug="dear", title="B", minimum_euros=9000)
    TestCaseFactory(slug="free", title="C", minimum_euros=0)

    response = client.get("/test-cases/?sort=money")

    assert listed(response) == ["free", "dear", "unknown"]


def test_usually_test_cases_stand_by_set_and_code_and_those_without_a_code_last(client):
    first, second = PilotActionFactory(number=1), PilotActionFactory(number=2)
    TestCaseFactory(slug="second", pilot_action=second, code="T2.1.1")
    TestCaseFactory(slug="uncoded", pilot_action=first)
    TestCaseFactory(slug="coded", pilot_action=first, code="T2.3.5")

    response = client.get("/test-cases/")

    assert listed(response) == ["coded", "uncoded", "second"]


def test_the_table_shows_the_same_records_in_the_same_order(client):
    for money in (3000, 1000, 2000):
        TestCaseFactory(slug=f"case-of-{money}", minimum_euros=money)

    views = [listed(client.get(f"/test-cases/?sort=money&view={view}")) for view in ("list", "table")]

    assert views == [["case-of-1000", "case-of-2000", "case-of-3000"]] * 2


def test_the_sentence_says_what_is_shown(client):
    NutsRegionFactory(code="SI04", name="Western Slovenia")
    _case("kranj", code="SI04", minimum_euros=1000)

    response = client.get("/test-cases/?region=SI04&budget=under-5000")

    assert "1 test case with a budget under €5,000, in Western Slovenia." in words_of(response)


def test_a_second_page_holds_the_rest_and_nothing_twice(client):
    for number in range(25):
        TestCaseFactory(slug=f"case-{number:02}", title=f"Case {number:02}")

    pages = [listed(client.get(f"/test-cases/?sort=title&page={page}")) for page in (1, 2)]

    assert [slug for page in pages for slug in page] == [f"case-{number:02}" for number in range(25)]


def test_a_set_is_found_by_a_partner_who_ran_one_of_its_test_cases(client):
    run = ImplementationFactory(partner__slug="padova")
    PilotActionFactory(slug="other")

    response = client.get("/pilot-actions/?partner=padova")

    assert listed(response) == [run.test_case.pilot_action.slug]


def test_a_region_page_lists_what_ran_below_it(client):
    NutsRegionFactory(code="DE", name="Deutschland")
    _case("chemnitz", code="DED41")

    response = client.get("/regions/DE/")

    assert 'href="/test-cases/chemnitz/"' in response.content.decode()
