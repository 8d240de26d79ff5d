"""Finding records: the same on both engines, and never what readers may not see."""

import io

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.models import SearchRow, Synonym
from core.search import matching_ids, search, together
from outputs.models import Output
from partners.models import Partner
from pilots.models import Implementation, TestCase
from tests.factories import (
    ConceptFactory,
    ImplementationFactory,
    NutsRegionFactory,
    OutputFactory,
    PartnerFactory,
    PilotActionFactory,
    TestCaseFactory,
)

pytestmark = pytest.mark.django_db


def titles(words, **kwargs):
    return [hit.title for hit in search(words, **kwargs).hits]


@pytest.fixture
def library():
    """Make a few records whose words differ in what the search must tell apart."""
    TestCaseFactory(title="CCI help desk", pitch="Five desks, one in Škofja Loka.", code="T2.3.5")
    TestCaseFactory(title="Industrial hackathon", pitch="Companies bring questions.", code="T2.3.3")
    TestCaseFactory(title="Empty shops", pitch="Creatives move in.", summary="A search for co-working.")
    OutputFactory(title="Kreativwirtschaft in Straße und Stadt", summary="On the creative industries.")
    OutputFactory(title="Training scheme", summary="How a help desk is run, in 2 3 5 steps.")
    Synonym.objects.create(slug="cci", words="CCI, creative industries, KKW, Kreativwirtschaft")
    Synonym.objects.create(slug="empty", words="empty, vacant")


# The very same hits, in the very same order, are asserted on SQLite and on PostgreSQL.
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Skofja Loka", ["CCI help desk"]),
        ("ŠKOFJA", ["CCI help desk"]),
        ("strasse", ["Kreativwirtschaft in Straße und Stadt"]),
        ("help", ["CCI help desk", "Training scheme"]),
        ("desks help", ["CCI help desk", "Training scheme"]),
        ("hackath", ["Industrial hackathon"]),
        ("company", ["Industrial hackathon"]),
        ("creative", ["Empty shops", "Kreativwirtschaft in Straße und Stadt"]),
        ("trainings", ["Training scheme"]),
        ("sea", []),
        ("athon", []),
        ("search", ["Empty shops"]),
        ("KKW", ["CCI help desk", "Kreativwirtschaft in Straße und Stadt"]),
        ("creative industries", ["CCI help desk", "Kreativwirtschaft in Straße und Stadt"]),
        ("vacant shop", ["Empty shops"]),
        ("coworking", ["Empty shops"]),
        ("co working", ["Empty shops"]),
        ("T2.3.5", ["CCI help desk"]),
        ("T2.3", ["CCI help desk", "Industrial hackathon"]),
        ("the hackathon", ["Industrial hackathon"]),
        ("hackathon desk", []),
        ('"help" AND (desk*)', ["CCI help desk", "Training scheme"]),
    ],
)
def test_both_engines_find_the_same(library, words, found):
    assert titles(words) == found


def test_words_in_the_title_come_first():
    TestCaseFactory(title="First", pitch="About a showroom.")
    TestCaseFactory(title="Second", summary="About a showroom.")
    TestCaseFactory(title="Showroom")

    assert titles("showroom") == ["Showroom", "First", "Second"]


def test_kinds_are_counted_and_chosen(library):
    results = search("help desk", kind="outputs")

    assert [(kind.slug, kind.count) for kind in results.kinds] == [("test-cases", 1), ("outputs", 1)]
    assert (results.count, [hit.title for hit in results.hits]) == (1, ["Training scheme"])


def test_pages_of_hits_do_not_overlap(library):
    whole = titles("desk")

    assert [titles("desk", limit=1, offset=place)[0] for place in range(len(whole))] == whole
    assert titles("desk", limit=5, offset=100) == []


def test_hits_are_marked_and_escaped():
    TestCaseFactory(title="Desk & <i>chair</i>", summary="Nothing. " * 60 + "A distant showroom.")

    assert search("desk").hits[0].marked_title == "<mark>Desk</mark> &amp; &lt;i&gt;chair&lt;/i&gt;"
    assert "A distant <mark>showroom</mark>" in search("showroom").hits[0].marked_passage


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("hackaton", "hackathon"), ("Skofia Loka", "Škofja Loka"), ("qqqqqqqq", ""), ("hackathon desk", "")],
)
def test_a_slip_of_the_keys_is_guessed(library, typed, meant):
    assert search(typed).suggestion == meant


def test_a_list_is_narrowed_by_the_same_words(library):
    found = TestCase.objects.filter(pk__in=matching_ids(TestCase, "help desk"))

    assert [case.title for case in found] == ["CCI help desk"]
    assert set(matching_ids(Output, "help desk")) == {Output.objects.get(title="Training scheme").pk}
    assert list(matching_ids(TestCase, "***")) == []


def test_a_synonym_holds_as_soon_as_it_is_saved(library):
    assert titles("Beratungsstelle") == []

    Synonym.objects.create(slug="desk", words="help desk, Beratungsstelle")

    assert titles("Beratungsstelle") == ["CCI help desk", "Training scheme"]


# --- What readers may not see -----------------------------------------------------------------


def test_a_draft_is_not_found_until_it_is_published():
    case = TestCaseFactory(title="Showroom", live=False)
    assert titles("showroom") == []

    case.save_revision().publish()

    assert titles("showroom") == ["Showroom"]


def test_a_later_draft_changes_nothing_until_it_is_published():
    case = TestCaseFactory(title="Showroom")

    case.title = "Exhibition"
    revision = case.save_revision()
    assert (titles("showroom"), titles("exhibition")) == (["Showroom"], [])

    revision.publish()
    assert (titles("showroom"), titles("exhibition")) == ([], ["Exhibition"])


def test_rows_vanish_when_a_record_is_taken_back_or_deleted():
    case, other = TestCaseFactory(title="Showroom one"), TestCaseFactory(title="Showroom two")

    case.unpublish()
    assert titles("showroom") == ["Showroom two"]

    other.delete()
    assert SearchRow.objects.filter(model="pilots.testcase").count() == 0


def test_rows_are_rolled_back_with_their_record():
    def publish_and_fail():
        with transaction.atomic():
            TestCaseFactory(title="Showroom")
            assert titles("showroom") == ["Showroom"]
            raise IntegrityError

    with pytest.raises(IntegrityError):
        publish_and_fail()

    assert titles("showroom") == []


def test_a_test_case_of_a_draft_set_is_not_found():
    action = PilotActionFactory()
    TestCaseFactory(title="Showroom", pilot_action=action)

    action.unpublish()
    assert titles("showroom") == []

    action.save_revision().publish()
    assert titles("showroom") == ["Showroom"]


def test_a_run_brings_its_town_only_while_it_and_its_partner_are_published():
    run = ImplementationFactory(test_case__title="Showroom", town="Jesenice", partner__name="Agency")
    assert titles("Jesenice") == ["Showroom"]

    run.partner.unpublish()
    assert titles("Jesenice") == []

    run.partner.save_revision().publish()
    Implementation.objects.get(pk=run.pk).unpublish()
    assert titles("Jesenice") == []


def test_a_run_that_moves_takes_its_words_along():
    run = ImplementationFactory(test_case__title="Showroom", town="Jesenice")

    run.test_case = TestCaseFactory(title="Exhibition")
    run.save()

    assert titles("Jesenice") == ["Exhibition"]


def test_a_region_is_found_while_a_partner_is_at_home_in_it():
    region = NutsRegionFactory(code="SI04", name="Zahodna Slovenija", name_en="Western Slovenia")
    assert titles("Zahodna") == []

    partner = PartnerFactory(region=region, name="Agency")
    assert titles("Zahodna", kind="regions") == ["Western Slovenia"]

    partner.region = NutsRegionFactory(code="ITH3")
    partner.save()
    assert titles("Zahodna") == []


def test_a_new_name_of_a_concept_reaches_the_test_cases():
    case = TestCaseFactory(title="Showroom")
    concept = ConceptFactory(label="Empty shops")
    case.main_challenges = [concept]
    case.save()
    assert titles("empty") == ["Showroom"]

    concept.label = "Deserted streets"
    concept.save()

    assert (titles("empty"), titles("deserted")) == ([], ["Showroom"])


def test_many_changes_are_written_together():
    with together():
        TestCaseFactory(title="Showroom one")
        TestCaseFactory(title="Showroom two")
        assert titles("showroom") == []

    assert titles("showroom") == ["Showroom one", "Showroom two"]


# --- Repair and effort ------------------------------------------------------------------------


def test_rebuilding_repairs_what_bulk_writes_left_behind():
    lost, wrong, draft = (TestCaseFactory(title=f"Showroom {n}") for n in range(3))
    rows = {row.object_id: row for row in SearchRow.objects.filter(model="pilots.testcase")}
    SearchRow.objects.filter(pk=rows[lost.pk].pk).delete()
    TestCase.objects.filter(pk=wrong.pk).update(title="Exhibition")
    TestCase.objects.filter(pk=draft.pk).update(live=False)

    reports = []
    for _ in range(2):
        out = io.StringIO()
        call_command("rebuild_search", stdout=out)
        reports.append(out.getvalue().strip())

    assert reports == [
        "Search: 1 rows added, 1 corrected, 1 removed.",
        "Search: 0 rows added, 0 corrected, 0 removed.",
    ]
    assert (titles("showroom"), titles("exhibition")) == (["Showroom 0"], ["Exhibition"])


def test_a_search_costs_the_same_queries_however_much_it_finds():
    def queries():
        with CaptureQueriesContext(connection) as captured:
            search("showroom")
        return len(captured)

    TestCaseFactory(title="Showroom")
    few = queries()
    for _ in range(10):
        TestCaseFactory(title="Showroom")

    assert queries() == few


def test_rebuilding_costs_the_same_queries_however_many_records_there_are():
    def queries():
        with CaptureQueriesContext(connection) as captured:
            call_command("rebuild_search", stdout=io.StringIO())
        return len(captured)

    ImplementationFactory()
    few = queries()
    for _ in range(5):
        ImplementationFactory(partner=Partner.objects.get())

    assert queries() == few


@pytest.mark.parametrize(
    "words",
    [
        "",
        "   ",
        '"',
        "*",
        "a* OR",
        "NEAR(a b)",
        "title:x",
        "&",
        "'",
        "\\",
        "\0",
        "a\0b",
        "x" * 10_000,
        "{a} : b",
        "-a",
    ],
)
def test_odd_input_is_answered(library, words):
    results = search(words)

    assert results.count == len(results.hits)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_input_is_answered(library, words):
    search(words)
    list(matching_ids(TestCase, words))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="0123456789abe", min_size=1, max_size=12))
def test_what_mixes_digits_and_letters_is_found_on_both_engines(word):
    case = TestCaseFactory(title=f"Case {word}")

    assert case.title in titles(word, limit=1000)
