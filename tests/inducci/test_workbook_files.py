"""The workbook as CSV and as Excel file: the same content, the same bytes, whatever texts say."""

import csv
import datetime as dt
import io
import zipfile
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from inducci.workbook.csv_files import COLUMNS_FILE, LISTS_FILE, file_name
from inducci.workbook.exporting import FORMS, export
from inducci.workbook.files import read
from inducci.workbook.importing import take_in
from inducci.workbook.reading import EMPTY_LINES
from inducci.workbook.sheets import DOCUMENTS, SHEETS
from outputs.models import Output
from pilots.models import Implementation, MoneyLine, TestCase
from tests.factories import (
    ConceptFactory,
    ImplementationFactory,
    MoneyLineFactory,
    OutputFactory,
    ResultFactory,
)
from vocabularies.choices import Scheme

pytestmark = pytest.mark.django_db
HEADS = "slug,code,kind,title,summary,delivered,quantity\n"


@pytest.fixture(autouse=True)
def _kind(db):
    """Give the kind of the documents of these tests."""
    ConceptFactory(scheme=Scheme.DOCUMENT_KIND, slug="analysis")


@pytest.fixture
def run():
    """Give an implementation with everything that a cell can hold."""
    run = ImplementationFactory(
        slug="run", partner__slug="padova", latitude="45.406435", longitude="-11.5", start=dt.date(2021, 3, 1)
    )
    case = TestCase.objects.get()
    case.main_challenges.add(ConceptFactory(scheme=Scheme.CHALLENGE))
    case.interventions.add(ConceptFactory(scheme=Scheme.INTERVENTION))
    case.target_groups.add(ConceptFactory(scheme=Scheme.TARGET_GROUP))
    case.save()
    MoneyLineFactory(implementation=run, euros="1234.50", sort_order=0)
    ResultFactory(implementation=run, indicator="=1+1", source="'quoted'")
    OutputFactory(slug="paper", title="- a dash", summary="One\nTwo, “three”; four")
    return run


def written(form):
    """Export everything."""
    file = io.BytesIO()
    export(file, form=form)
    return file


def told(outcome):
    """Write all faults as a person reads them."""
    return "\n".join(map(str, outcome.faults))


def csv_file(text, name="documents.csv"):
    """Make a file as it was uploaded."""
    file = io.BytesIO(text if isinstance(text, bytes) else text.encode())
    file.name = name
    return file


# --- There and back -----------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_what_is_written_is_found_unchanged(run, form):
    outcome = take_in(written(form))

    assert (dict(outcome.counts), told(outcome)) == ({"unchanged": 5}, "")


@pytest.mark.parametrize("form", FORMS)
def test_an_emptied_site_is_filled_again_and_gives_the_same_bytes(run, form):
    before = written(form)
    for model in (Implementation, TestCase, Output):
        model.objects.all().delete()

    outcome = take_in(before, publish=True)

    assert (dict(outcome.counts), told(outcome)) == ({"new": 5}, "")
    assert written(form).getvalue() == before.getvalue()
    assert {part.date_time for part in zipfile.ZipFile(before).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def words(most: int) -> Any:
    """Make texts of all letters, rich in those that files and spreadsheets stumble over."""
    odd = st.sampled_from("\r\n\t\x01\x0b\x0c\x1c\x7f\x85\u2028\ufeff\ufffe_x0D'=+-@\",;\u00a0 0")
    return st.text(odd | st.characters(exclude_categories=["Cs"]), max_size=most)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(title="\ufffe", lines=["one\ntwo"])
@given(title=words(40), lines=st.lists(words(20), max_size=3))
def test_any_text_comes_back_as_it_was(run, form, title, lines):
    # A form stores neither of these.
    TestCase.objects.update(title=title.replace("\0", "").strip() or "T")
    case = TestCase.objects.get()
    case.other_names = [("line", line.replace("\0", "")) for line in lines]
    case.save()

    outcome = take_in(written(form), dry_run=True)

    assert (set(outcome.counts), told(outcome)) == ({"unchanged"}, "")


def test_an_empty_workbook_has_heads_and_no_records(run):
    file = io.BytesIO()
    export(file, form="csv", with_records=False)

    archive = zipfile.ZipFile(file)
    assert archive.namelist() == [*(file_name(sheet) for sheet in SHEETS), COLUMNS_FILE, LISTS_FILE]
    rows = list(csv.reader(io.StringIO(archive.read("documents.csv").decode("utf-8-sig"))))
    assert rows == [list(DOCUMENTS.headers)]


def test_a_spreadsheet_takes_no_text_for_a_formula(run):
    archive = zipfile.ZipFile(written("csv"))

    for name in archive.namelist():
        for row in csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline="")):
            assert not [cell for cell in row if cell.startswith(("=", "+", "@", "- "))]


# --- One file alone -----------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_one_file_alone_is_taken_in(delimiter):
    text = f"{HEADS}new,T1.1.1,analysis,New,S.,2021-03-24,2\n".replace(",", delimiter)

    outcome = take_in(csv_file(text))

    assert (dict(outcome.counts), told(outcome)) == ({"new": 1}, "")
    output = Output.objects.get(slug="new")
    assert (output.delivered, output.quantity) == (dt.date(2021, 3, 24), 2)


@pytest.mark.parametrize("name", ["", "Documents (1).csv"])
def test_a_file_is_known_by_its_heads_or_its_name(name):
    outcome = take_in(csv_file(f"{HEADS}new,,analysis,New,S.,,\n", name))

    assert outcome.counts["new"] == 1


def test_money_alone_is_added_to_what_is_there(run):
    MoneyLine.objects.all().delete()

    outcome = take_in(csv_file("implementation,number,kind,euros\nrun,1,staff,99.5\n", "money.csv"))

    assert told(outcome) == ""
    draft = Implementation.objects.get().get_latest_revision_as_object()
    assert [float(line.euros) for line in draft.money_lines.all()] == [99.5]


# --- Bad input ----------------------------------------------------------------------------------

BAD = [
    ("new,,analysis,New,S.,24.03.2021,", "column F (delivered): “24.03.2021” is not a date; write it as"),
    ("new,,analysis,New,S.,2021-02-30,", "“2021-02-30” is not a date"),
    ("new,,analysis,New,S.,,many", "column G (quantity): “many” is not a number; write it as 1234.5."),
    ("new,,analysis,New,S.,,1.5", "not a whole number"),
    ("new,,analysis,New,S.,,9,000", "This column has no known head."),
    ("new,,analysis,=HYPERLINK(),S.,,", "column D (title): This cell holds a formula"),
    ("new,,nothing,New,S.,,", "There is no concept “nothing” here."),
    ('new,,analysis,"New,S.,,\n', "The file is damaged: unexpected end of data."),
    ('new,,analysis,"New"x,S.,,\n', "The file is damaged:"),
    (f"new,,analysis,New,{'x' * 140_000},,", "The file is damaged: field larger than field limit"),
    ("\n" * (EMPTY_LINES + 2) + "new,,analysis,New,S.,,", f"More than {EMPTY_LINES} empty lines follow"),
]


@pytest.mark.parametrize(("line", "reason"), BAD)
def test_a_wrong_cell_is_named_with_its_place(line, reason):
    outcome = take_in(csv_file(f"{HEADS}{line}\n"))

    assert reason in told(outcome)
    assert told(outcome).startswith("Documents")
    assert not Output.objects.exists()


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (csv_file("slug;title\nä;b\n".encode("latin-1")), "not in UTF-8"),
        (csv_file(b"\0\1\2"), "not an Excel workbook"),
        (csv_file("a,b\n1,2\n", "notes.txt"), "not an Excel workbook"),
        (csv_file("", ""), "not an Excel workbook"),
    ],
)
def test_what_is_no_workbook_is_refused(file, reason):
    [fault] = read(file).faults

    assert reason in str(fault)


def test_an_archive_without_one_of_its_files_is_refused(run):
    archive, less = zipfile.ZipFile(written("csv")), io.BytesIO()
    with zipfile.ZipFile(less, "w") as packed:
        for name in archive.namelist():
            if name != "money.csv":
                packed.writestr(f"folder/{name}", archive.read(name))

    assert told(take_in(less)) == "Money: The file money.csv is missing."


def test_an_archive_that_swells_is_refused(monkeypatch, run):
    monkeypatch.setattr("inducci.workbook.files.LARGEST", 1000)

    assert "larger than 100 MB" in told(take_in(written("csv")))


# --- The commands -------------------------------------------------------------------------------


def test_the_commands_write_and_take_csv_in(run, tmp_path, capsys):
    file = tmp_path / "book.zip"

    call_command("export_workbook", file)
    call_command("import_workbook", file, "--dry-run")

    assert "5 unchanged; nothing was stored" in capsys.readouterr().out
    assert zipfile.ZipFile(file).namelist()[0] == "test-cases.csv"


def test_an_empty_workbook_can_be_written_by_command(run, tmp_path):
    call_command("export_workbook", tmp_path / "book.xlsx", "--template")

    written = io.BytesIO((tmp_path / "book.xlsx").read_bytes())
    assert read(written).lines["Documents"] == []


@pytest.mark.parametrize("is_terminal", [True, False])
def test_a_terminal_shows_how_far_an_import_is(run, tmp_path, capsys, monkeypatch, is_terminal):
    file = tmp_path / "book.xlsx"
    call_command("export_workbook", file)
    monkeypatch.setattr("sys.stderr.isatty", lambda: is_terminal)

    call_command("import_workbook", file)

    assert ("Lines: 100%" in capsys.readouterr().err) is is_terminal


def test_an_import_tells_how_many_lines_are_judged(run):
    steps = []

    take_in(written("csv"), advance=lambda done, total: steps.append((done, total)))

    assert steps[-1] == (5, 5)
