"""The workbook: what is written is taken in again, and what is wrong is named with its place."""

import datetime as dt
import io
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook, load_workbook
from wagtail.models import ModelLogEntry, ReferenceIndex, Revision
from wagtail.search.backends import get_search_backend

from inducci.workbook.columns import Column, Keys
from inducci.workbook.exporting import export
from inducci.workbook.importing import take_in
from inducci.workbook.reading import EMPTY_LINES
from inducci.workbook.sheets import LISTS, RECORDS, SHEETS
from outputs.models import Output
from pilots.models import Implementation, MoneyLine, TestCase
from tests.factories.records import (
    ConceptFactory,
    ImplementationFactory,
    MoneyLineFactory,
    OutputFactory,
    ResultFactory,
)
from tests.html import words_of
from vocabularies.choices import Scheme

pytestmark = pytest.mark.django_db
# What a record has beside its content.
MACHINERY = {
    *("id", "slug", "locale", "translation_key", "live", "has_unpublished_changes", "first_published_at"),
    *("last_published_at", "live_revision", "go_live_at", "expire_at", "expired", "locked", "locked_at"),
    *("locked_by", "latest_revision"),
}
# What does not fit into a cell, or is made by the database.
LEFT_OUT = {"steps", "links", "first_result"}


@pytest.fixture
def run():
    """Give an implementation with money and a result."""
    concept = ConceptFactory(slug="empty-shops")
    run = ImplementationFactory(slug="run", test_case__slug="case", partner__slug="padova", town="Padova")
    case = TestCase.objects.get()
    case.main_challenges.add(concept)
    case.interventions.add(ConceptFactory(scheme=Scheme.INTERVENTION))
    case.target_groups.add(ConceptFactory(scheme=Scheme.TARGET_GROUP))
    case.documentation.add(OutputFactory(slug="paper", code="T2.3.5"))
    case.save()
    MoneyLineFactory(implementation=run, euros="1234.56", sort_order=0)
    ResultFactory(implementation=run)
    return run


def written():
    """Export everything, and open it as a person would."""
    file = io.BytesIO()
    export(file)
    file.seek(0)
    return load_workbook(file)


def taken_in(book, **options):
    """Save a workbook and take it in."""
    file = io.BytesIO()
    book.save(file)
    return take_in(file, **options)


def cell(book, title, name, line=2):
    """Find a cell by its sheet, column and line."""
    heads = [head.value for head in book[title][1]]
    return book[title].cell(line, heads.index(name) + 1)


def add(book, sheet, /, **values):
    """Write a line at the end of a sheet."""
    heads = [head.value for head in book[sheet][1]]
    book[sheet].append([values.get(name) for name in heads])


def told(outcome):
    """Write all faults as a person reads them."""
    return "\n".join(map(str, outcome.faults))


def contents(book):
    """Read all cells."""
    return {page.title: list(page.iter_rows(values_only=True)) for page in book}


# --- There and back ---------------------------------------------------------------------------


def test_what_is_exported_is_taken_in_unchanged(run):
    revisions = Revision.objects.count()

    outcome = taken_in(written())

    assert (dict(outcome.counts), told(outcome)) == ({"unchanged": 5}, "")
    assert Revision.objects.count() == revisions


def test_an_emptied_site_gets_everything_back(run):
    book = written()
    for model in (Implementation, TestCase, Output):
        model.objects.all().delete()

    outcome = taken_in(book, publish=True)

    assert (dict(outcome.counts), told(outcome)) == ({"new": 5}, "")
    assert contents(written()) == contents(book)
    assert TestCase.objects.live().get().main_challenges.get().slug == "empty-shops"


def test_what_looks_like_a_formula_stays_text(run):
    TestCase.objects.update(summary="=1+1\r\nand - more")

    outcome = taken_in(written())

    assert (dict(outcome.counts), told(outcome)) == ({"unchanged": 5}, "")


def test_every_field_of_a_record_stands_in_its_sheet():
    for sheet in RECORDS:
        model = sheet.model
        fields = {field.name for field in (*model._meta.fields, *model._meta.many_to_many)}
        assert fields - MACHINERY - LEFT_OUT == set(sheet.fields)


def test_heads_have_notes_and_vocabularies_are_drop_downs(run):
    book = written()

    assert book.sheetnames == [*(sheet.title for sheet in SHEETS), LISTS]
    assert all(head.comment.text for sheet in SHEETS for head in book[sheet.title][1])
    offered = {
        str(one.sqref).split("2:")[0]: one.formula1
        for one in book["Implementations"].data_validations.dataValidation
    }
    letter = cell(book, "Implementations", "partner").column_letter
    list_of_partners = book[LISTS][offered[letter].replace("$", "").split("!")[1]]
    assert [row[0].value for row in list_of_partners] == ["padova"]
    assert offered[cell(book, "Implementations", "test_case").column_letter].startswith("'Test cases'!")
    assert cell(book, "Implementations", "outcome").column_letter in offered


# --- Drafts, publishing, dry run ------------------------------------------------------------


def test_a_change_becomes_a_draft_of_what_is_published(run):
    book = written()
    cell(book, "Test cases", "title").value = "Another title"
    cell(book, "Test cases", "main_challenges").value = None

    outcome = taken_in(book)

    [changed] = [verdict for verdict in outcome.verdicts if verdict.kind == "changed"]
    assert "title: “Title of case” becomes “Another title”" in str(changed)
    case = TestCase.objects.get()
    draft = case.get_latest_revision_as_object()
    assert (case.title, case.live, case.main_challenges.count()) == ("Title of case", True, 1)
    assert (draft.title, draft.main_challenges.count()) == ("Another title", 0)
    assert cell(written(), "Test cases", "title").value == "Another title"


def test_a_change_is_published_where_that_is_asked_for(run):
    book = written()
    cell(book, "Money", "euros").value = 99.5

    outcome = taken_in(book, publish=True)

    assert (outcome.counts["changed"], told(outcome)) == (1, "")
    assert [str(line.euros) for line in MoneyLine.objects.all()] == ["99.50"]


def test_what_lacks_a_problem_becomes_a_draft_and_is_not_published(run):
    book = written()
    cell(book, "Test cases", "main_challenges").value = None

    assert "(main_challenges): " in told(taken_in(book, publish=True, dry_run=True))
    assert told(taken_in(book, dry_run=True)) == ""


@pytest.mark.parametrize(
    ("title", "name"), [("Implementations", "region"), ("Test cases", "pitch"), ("Test cases", "summary")]
)
def test_a_draft_may_lack_what_a_form_lets_it_lack(run, title, name):
    book = written()
    cell(book, title, name).value = None

    assert f"({name}): This field cannot be blank." in told(taken_in(book, publish=True))
    assert told(taken_in(book)) == ""
    assert told(taken_in(written(), publish=True)) == ""


def test_new_lines_are_drafts(run):
    book = written()
    add(book, "Test cases", slug="new", title="New", pitch="P.", summary="S.", pilot_action="set-1")
    cell(book, "Test cases", "pilot_action", 3).value = run.test_case.pilot_action.slug
    add(book, "Implementations", slug="new-run", test_case="new", partner="padova", region="ITH3")
    add(book, "Money", implementation="new-run", number=1, kind="staff", euros=5)
    add(book, "Money", implementation="run", number=2, kind="rent", euros=7.25)

    outcome = taken_in(book)

    assert (outcome.counts["new"], told(outcome)) == (4, "")
    new = Implementation.objects.get(slug="new-run")
    assert (new.live, new.test_case.live, new.money_lines.get().kind) == (False, False, "staff")
    assert run.money_lines.count() == 1
    run.refresh_from_db()
    draft = run.get_latest_revision_as_object()
    assert [str(line.euros) for line in draft.money_lines.all()] == ["1234.56", "7.25"]


def test_a_workbook_is_taken_in_twice_without_a_change(run):
    book = written()
    add(book, "Implementations", slug="new-run", test_case="case", partner="padova", region="ITH3")
    add(book, "Results", implementation="new-run", number=1, indicator="Visits")
    assert taken_in(book).counts["new"] == 2

    outcome = taken_in(book)

    assert (dict(outcome.counts), told(outcome)) == ({"unchanged": 7}, "")


def test_new_records_are_found_in_the_admin_and_have_a_history(run):
    book = written()
    add(book, "Documents", slug="new", kind="analysis", title="Looms", summary="S.", code="T1.1.1")
    add(book, "Documents", slug="part", kind="analysis", title="Part", summary="S.", part_of="new")

    outcome = taken_in(book)

    assert (outcome.counts["new"], told(outcome)) == (2, "")
    new, part = Output.objects.get(slug="new"), Output.objects.get(slug="part")
    assert new in get_search_backend().search("Looms", Output)
    assert [entry.action for entry in ModelLogEntry.objects.for_instance(new)] == ["wagtail.create"]
    assert new.latest_revision.as_object().title == "Looms"
    assert ReferenceIndex.get_references_to(new).get().object_id == str(part.pk)


def test_what_is_published_is_shown_to_readers_at_once(run, client):
    book = written()
    case = [head.value for head in book["Test cases"][1]]
    values = dict(zip(case, [one.value for one in book["Test cases"][2]], strict=True))
    add(book, "Test cases", **values | {"slug": "new", "title": "Looms at night", "code": None})
    add(book, "Implementations", slug="new-run", test_case="new", partner="padova", region=run.region.code)
    assert client.get("/test-cases/new/").status_code == 404
    assert "Looms" not in words_of(client.get("/test-cases/"))

    outcome = taken_in(book, publish=True)

    assert (outcome.counts["new"], told(outcome)) == (2, "")
    for address in ("/test-cases/new/", "/test-cases/", "/test-cases/?q=loom", "/search/?q=looms"):
        assert "Looms at night" in words_of(client.get(address))


def test_a_rule_of_the_database_is_named_with_the_line_that_breaks_it(run):
    book = written()
    for number in range(4):
        values = {"code": "D.T1.1.1"} if number in (1, 3) else {}
        add(book, "Documents", slug=f"new-{number}", kind="analysis", title="New", summary="S.", **values)
    add(book, "Documents", slug="part", kind="analysis", title="Part", summary="S.", part_of="new-3")

    outcome = taken_in(book)

    assert [str(fault) for fault in outcome.faults] == [
        "Documents, line 6: Another output has this code.",
        "Documents, line 7, column J (part_of): “new-3” is refused in a line of its own.",
    ]


def test_what_points_at_a_refused_line_is_told_so(run):
    book = written()
    add(book, "Test cases", slug="new", title="New", pitch="P.", summary="S.", minimum_euros="much")
    add(book, "Implementations", slug="new-run", test_case="new", partner="padova", region="ITH3")

    faults = told(taken_in(book))

    assert "Test cases, line 3" in faults
    assert "(test_case): “new” is refused in a line of its own." in faults


def test_a_dry_run_tells_all_and_stores_nothing(run):
    book = written()
    cell(book, "Test cases", "title").value = "Another title"
    add(book, "Documents", slug="new", kind="analysis", title="New", summary="S.")

    outcome = taken_in(book, dry_run=True)

    assert (outcome.counts["changed"], outcome.counts["new"], outcome.is_stored) == (1, 1, False)
    assert not Output.objects.filter(slug="new").exists()
    assert not Revision.objects.exists()


def test_one_fault_keeps_everything_out(run):
    book = written()
    cell(book, "Test cases", "title").value = "Another title"
    cell(book, "Money", "euros").value = -1

    outcome = taken_in(book, publish=True)

    assert "Money, line 2" in told(outcome)
    assert "Money is not negative." in told(outcome)
    assert TestCase.objects.get().title == "Title of case"


def test_a_locked_record_is_left_alone(run):
    TestCase.objects.update(locked=True)
    book = written()
    cell(book, "Test cases", "title").value = "Another title"

    assert "is locked" in told(taken_in(book))


def test_publishing_does_not_carry_a_waiting_draft_along(run):
    case = TestCase.objects.get()
    case.pitch = "A draft."
    case.save_revision()
    book = written()
    cell(book, "Test cases", "title").value = "Another title"

    assert "has a draft" in told(taken_in(book, publish=True))
    assert told(taken_in(book)) == ""


# --- Bad input --------------------------------------------------------------------------------

# Rules about several fields are told of the line.
OF_THE_LINE = {"then give the number", "A code looks like"}
BAD_CELLS = [
    ("Test cases", "main_challenges", "no-such, empty-shops", "There is no concept “no-such” here."),
    ("Test cases", "pilot_action", "no-such", "There is no pilot action set “no-such” here."),
    ("Test cases", "title", "=A1&B1", "formula"),
    ("Test cases", "title", None, "cannot be blank"),
    ("Test cases", "summary", "x" * 801, "At most 800 letters; these are 801."),
    ("Test cases", "experimental", "<p>a<script>b</script></p>", "Only paragraphs"),
    ("Test cases", "scene_needed", 7, "is none of: 0, 1, 2."),
    ("Test cases", "minimum_weeks", 1.5, "not a whole number"),
    ("Test cases", "minimum_euros", "9.000 €", "not a number"),
    ("Test cases", "title_is_working", "perhaps", "neither yes nor no"),
    ("Test cases", "verified_on", "24.03.2022", "is text; give the cell the format Date."),
    ("Test cases", "verified_on", 2022, "is not a date"),
    ("Test cases", "title", dt.date(2022, 3, 24), "give the cell the format Text"),
    ("Test cases", "title", dt.timedelta(hours=30), "give the cell the format Text"),
    ("Test cases", "other_names", "x" * 301, "300"),
    ("Implementations", "region", "XX99", "There is no region “XX99” here."),
    ("Implementations", "test_case", "no-such", "There is no test case “no-such” here."),
    ("Implementations", "outcome", "fine", "is none of: worked, mixed"),
    ("Money", "euros", 1.234, "2 decimal places"),
    ("Money", "number", 3, "The next number of this implementation is 1."),
    ("Money", "number", "one", "The number is 1"),
    ("Money", "implementation", "no-such", "There is no implementation “no-such” here."),
    ("Results", "value", None, "then give the number"),
    ("Documents", "code", "5.3.2T", "A code looks like"),
    ("Documents", "web_address", "javascript:alert(1)", "URL"),
    ("Documents", "slug", "two words", "slug"),
    ("Documents", "slug", None, "A short name is needed here"),
]


@pytest.mark.parametrize(("title", "name", "value", "reason"), BAD_CELLS)
def test_a_wrong_cell_is_named_with_its_place(run, title, name, value, reason):
    if name == "number" and value == 3:
        MoneyLine.objects.all().delete()
        book = written()
        add(book, "Money", implementation="run", kind="staff", euros=1)
    else:
        book = written()
    wrong = cell(book, title, name)
    wrong.value = value

    outcome = taken_in(book)

    named = [str(fault) for fault in outcome.faults if reason in fault.reason]
    assert named, told(outcome)
    assert named[0].startswith(f"{title}, line 2")
    assert f"column {wrong.column_letter}" in named[0] or reason in OF_THE_LINE
    assert not Revision.objects.exists()


def test_a_date_that_no_calendar_has_is_refused(run):
    book = written()
    wrong = cell(book, "Test cases", "verified_on")
    wrong.value, wrong.number_format = 10**12, "yyyy-mm-dd"

    assert "This cell holds an error (#VALUE!)." in told(taken_in(book))


@pytest.mark.parametrize("name", ["title", "minimum_weeks", "minimum_euros"])
def test_a_number_beyond_all_bounds_is_refused(name):
    column = Column(name, TestCase._meta.get_field(name), Keys())

    with pytest.raises(ValueError, match="too large"):
        column.read(float("inf"))


def test_all_faults_are_named_at_once(run):
    book = written()
    for title, name, value in (
        ("Test cases", "pilot_action", "no-such"),
        ("Test cases", "verified_on", "2022"),
        ("Money", "euros", "much"),
        ("Documents", "kind", "=1"),
    ):
        cell(book, title, name).value = value
    del book["Results"]

    assert len(taken_in(book).faults) == 5


def test_a_wrong_code_far_below_is_found(run):
    book = written()
    for number in range(3, 4711):
        book["Results"].append(["run", number - 1, f"Indicator {number}", None, None, None, 1])
    add(book, "Results", implementation="run", number=4710, indicator="Last", basis="E9")

    [fault] = taken_in(book).faults

    assert str(fault).startswith("Results, line 4711, column G (basis): ")


def test_what_is_named_twice_is_refused(run):
    book = written()
    add(book, "Documents", slug="paper", title="Again")
    add(book, "Money", implementation="run", number=1, kind="staff", euros=5)

    faults = told(taken_in(book))

    assert "Documents, line 3, column A (slug): “paper” stands in line 2 already." in faults
    assert "Money, line 3, column B (number): Number 1 of “run” stands in line 2 already." in faults


def test_merged_cells_are_refused(run):
    book = written()
    book["Results"].merge_cells("A3:C4")

    assert "Results, cells A3:C4: These cells are merged" in told(taken_in(book))


def test_a_missing_sheet_is_refused(run):
    book = written()
    del book["Money"]

    assert told(taken_in(book)) == "Money: The sheet is missing."


def test_columns_are_known_by_their_head(run):
    book = written()
    cell(book, "Test cases", "title", 1).value = "titel"
    cell(book, "Test cases", "pitch", 1).value = "summary"
    cell(book, "Money", "number", 1).value = None

    faults = told(taken_in(book))

    for said in (
        "There is no column “titel”",
        "“summary” is there twice",
        "Money, line 1: The column “number” is missing",
        "Money, line 2, column B: This column has no known head.",
    ):
        assert said in faults


def test_a_column_that_is_not_there_changes_nothing(run):
    book = written()
    book["Test cases"].delete_cols(3, 20)

    outcome = taken_in(book)

    assert (dict(outcome.counts), told(outcome)) == ({"unchanged": 5}, "")


@pytest.mark.parametrize("line", [1_048_576, EMPTY_LINES + 10])
def test_a_sheet_that_goes_on_empty_is_refused(run, line):
    book = written()
    book["Results"].cell(line, 1).value = "run"

    assert f"Results, line 3: More than {EMPTY_LINES} empty lines follow" in told(taken_in(book))


def _zip_of(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return file.getvalue()


def _damaged():
    file = io.BytesIO()
    Workbook().save(file)
    return file.getvalue()[:2000]


@pytest.mark.parametrize("content", [b"", b"slug,title\n", b"PK\x03\x04", _zip_of(a="b"), _damaged()])
def test_what_is_no_workbook_is_refused(content):
    [fault] = take_in(io.BytesIO(content)).faults

    assert "not an Excel workbook" in fault.reason


# --- The commands -----------------------------------------------------------------------------


def test_the_commands_write_and_take_in(run, tmp_path, capsys):
    file = tmp_path / "book.xlsx"

    call_command("export_workbook", file)
    call_command("import_workbook", file, "--dry-run")

    told = capsys.readouterr().out
    assert "Test cases, line 2 (case): unchanged" in told
    assert "5 unchanged; nothing was stored" in told


@pytest.mark.parametrize("name", ["not-there.xlsx", "notes.txt"])
def test_the_command_refuses_with_a_sentence(tmp_path, name):
    (tmp_path / "notes.txt").write_text("notes")

    with pytest.raises(CommandError, match=r"cannot be read|Nothing was stored"):
        call_command("import_workbook", tmp_path / name)


def test_the_number_of_queries_does_not_grow_with_what_is_unchanged(run):
    def queries():
        book = written()
        with CaptureQueriesContext(connection) as captured:
            taken_in(book)
        return len(captured)

    before = queries()
    for _ in range(3):
        ResultFactory(implementation=ImplementationFactory(partner=run.partner, region=run.region))

    assert queries() == before
