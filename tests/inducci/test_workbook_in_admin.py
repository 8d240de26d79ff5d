"""The workbook in the admin: each partner its own records, looked at before anything is stored."""

import csv
import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from inducci.models import WorkbookUpload
from inducci.workbook import views
from outputs.models import Output
from pilots.models import Implementation, TestCase
from tests.factories import ImplementationFactory, TestCaseFactory, UserFactory
from tests.html import soup_of, words_of
from tests.inducci.foreign import SECRET, Site
from tests.inducci.test_workbook import add, cell

pytestmark = pytest.mark.django_db
PAGE = "/admin/workbook/"


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """Make two partners once, and an implementation of the first."""
    with django_db_blocker.unblock(), transaction.atomic():
        site: Any = Site()
        site.case = TestCaseFactory(title="Own case", slug="own-case")
        site.run = ImplementationFactory(
            slug="own-run", test_case=site.case, partner=site.own, town="Here", certainty="documented"
        )
        yield site
        transaction.set_rollback(True)


@pytest.fixture
def editor(site):
    """Sign the editor of the first partner in."""
    client = Client()
    client.force_login(site.editor)
    return client


@pytest.fixture
def administrator(site):
    """Sign an administrator in."""
    client = Client()
    client.force_login(UserFactory())
    return client


def taken_out(client, query=""):
    """Take records out, and open them as a person would."""
    response = client.get(f"{PAGE}export/{query}")
    assert response.status_code == 200
    return io.BytesIO(b"".join(response.streaming_content))


def bring(client, book, name="book.xlsx", **data):
    """Bring a workbook in, and give the page with the verdicts."""
    if not isinstance(book, bytes):
        file = io.BytesIO()
        book.save(file)
        book = file.getvalue()
    return client.post(PAGE, {"file": SimpleUploadedFile(name, book), **data}, follow=True)


def confirm(client):
    """Press the button below the verdicts."""
    upload = WorkbookUpload.objects.latest("pk")
    return client.post(reverse("inducci_workbook_verdicts", args=[upload.pk]), follow=True)


def refusals(client):
    """List the reasons against the workbook that was brought last."""
    return [reason for *_place, reason in WorkbookUpload.objects.latest("pk").outcome["faults"]]


# --- Taking out ---------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", "?empty=1"])
def test_a_workbook_holds_the_own_records_and_no_word_of_foreign_drafts(site, editor, query):
    book = load_workbook(taken_out(editor, query))

    values = [str(value) for page in book for row in page.iter_rows(values_only=True) for value in row]
    assert not [value for value in values if SECRET in value]
    runs = [row[0].value for row in book["Implementations"].iter_rows(min_row=2)]
    assert runs == ([] if query else ["own-run"])
    drafts = {record.slug for rows in site.records.values() for record in rows if not record.live}
    assert not drafts.intersection(values)


def test_csv_files_hold_the_same(site, editor):
    archive = zipfile.ZipFile(taken_out(editor, "?form=csv"))

    text = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    assert not [name for name, told in text.items() if SECRET in told]
    rows = list(csv.DictReader(io.StringIO(text["implementations.csv"], newline="")))
    assert [(row["slug"], row["town"]) for row in rows] == [("own-run", "Here")]
    assert "The short name" in text["columns.csv"]
    assert "concept" in text["lists.csv"] or "implementation.outcome" in text["lists.csv"]


def test_an_unknown_form_is_not_there(editor):
    assert editor.get(f"{PAGE}export/?form=docx").status_code == 404


# --- Bringing in --------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_what_was_taken_out_changes_nothing(editor, form):
    page = bring(editor, taken_out(editor, f"?form={form}").getvalue(), f"book.{form}")

    assert "unchanged" in words_of(page)
    assert "Nothing differs from what is here." in words_of(page)


def test_an_editor_sees_each_change_first_and_takes_it_in_as_a_draft(site, editor):
    book = load_workbook(taken_out(editor))
    cell(book, "Implementations", "town").value = "There"
    add(book, "Money", implementation="own-run", number=1, kind="staff", euros=4321)

    page = bring(editor, book)

    assert "town Here → becomes There" in words_of(page)
    assert not site.run.revisions.exists()
    said = confirm(editor)
    assert "2 lines are taken in." in words_of(said)
    lists = [link for link in soup_of(said).select(".messages a") if "unpublished" in str(link["href"])]
    assert [link.get_text(strip=True) for link in lists] == ["Implementations"]
    drafts = soup_of(editor.get(str(lists[0]["href"]))).select("[data-bulk-action-checkbox][data-object-id]")
    assert [box["data-object-id"] for box in drafts] == [str(site.run.pk)]
    run = Implementation.objects.get(pk=site.run.pk)
    draft = run.get_latest_revision_as_object()
    assert (run.town, draft.town, draft.money) == ("Here", "There", 4321)
    assert run.latest_revision.user == site.editor
    assert ModelLogEntry.objects.for_instance(run).filter(user=site.editor).exists()
    assert not WorkbookUpload.objects.filter(user=site.editor).exists()


def test_faults_are_shown_with_their_places_and_without_a_button(site, editor):
    book = load_workbook(taken_out(editor))
    cell(book, "Implementations", "outcome").value = "fine"
    cell(book, "Implementations", "start").value = "yesterday"

    page = bring(editor, book)

    said = words_of(page)
    assert "Implementations 2 column" in said
    assert "“fine” is none of: worked" in said
    assert "“yesterday” is text; give the cell the format Date." in said
    assert "Take all of it in" not in said
    assert "forms were changed" not in words_of(confirm(editor))
    assert not site.run.revisions.exists()


def test_all_verdicts_can_be_taken_away(editor):
    book = load_workbook(taken_out(editor))
    cell(book, "Implementations", "town").value = "=1"
    bring(editor, book)
    upload = WorkbookUpload.objects.latest("pk")

    response = editor.get(reverse("inducci_workbook_file", args=[upload.pk]))

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[1][:2] == ["Implementations", "2"]
    assert rows[1][3:] == ["refused", "This cell holds a formula; paste its value instead."]


def test_what_changed_since_it_was_shown_is_shown_again(site, editor):
    book = load_workbook(taken_out(editor))
    cell(book, "Implementations", "town").value = "There"
    bring(editor, book)
    Implementation.objects.filter(pk=site.run.pk).update(town="Elsewhere")

    said = words_of(confirm(editor))

    assert "Records have changed since you looked." in said
    assert "town Elsewhere → becomes There" in said
    assert not site.run.revisions.exists()


def test_nothing_chosen_and_too_much_are_said_beside_the_field(editor, monkeypatch):
    assert "This field is required." in words_of(editor.post(PAGE, {}))

    monkeypatch.setattr(views, "LARGEST_UPLOAD", 3)

    assert "more than 20 MB" in words_of(bring(editor, b"slug"))


# --- Whose is what ------------------------------------------------------------------------------


def test_a_record_of_another_partner_is_refused_and_not_described(site, editor):
    foreign = site.records[Output][0]
    book = load_workbook(taken_out(editor))
    add(book, "Documents", slug=foreign.slug, kind="analysis", title="Mine now", summary="S.")

    page = bring(editor, book)

    assert refusals(editor) == ["Another record has this short name already, and it is not yours."]
    assert SECRET not in page.content.decode()


def test_a_draft_of_another_partner_cannot_be_named(site, editor):
    foreign = site.records[Output][0]
    book = load_workbook(taken_out(editor))
    add(book, "Documents", slug="new", title="New", kind="analysis", summary="S.", part_of=foreign.slug)
    cell(book, "Documents", "partners", 2).value = site.own.slug

    bring(editor, book)

    assert refusals(editor) == [f"There is no output “{foreign.slug}” here."]


def test_what_is_being_reviewed_is_left_alone(site, editor):
    site.run.save_revision(user=site.editor)
    site.run.get_workflow().start(site.run, site.editor)
    book = load_workbook(taken_out(editor))
    cell(book, "Implementations", "town").value = "There"

    bring(editor, book)

    assert refusals(editor) == [f"“{site.run}” is being reviewed and cannot be changed now."]


@pytest.mark.parametrize("slug", ["own-run", "new-run"])
def test_an_editor_cannot_write_for_another_partner(site, editor, slug):
    book = load_workbook(taken_out(editor))
    if slug == "new-run":
        add(book, "Implementations", slug=slug, test_case="own-case", region=site.run.region.code)
    line = book["Implementations"].max_row
    cell(book, "Implementations", "partner", line).value = site.other.slug

    bring(editor, book)

    assert refusals(editor) == ["Name your own organisation, too."]


@pytest.mark.parametrize("has_run", [True, False])
def test_a_new_test_case_comes_with_a_run_by_the_own_partner(site, editor, has_run):
    book = load_workbook(taken_out(editor))
    values = {"title": "New", "pitch": "P.", "summary": "S.", "pilot_action": site.case.pilot_action.slug}
    add(book, "Test cases", slug="new", **values)
    if has_run:
        region, partner = site.run.region.code, site.own.slug
        add(book, "Implementations", slug="new-run", test_case="new", partner=partner, region=region)

    bring(editor, book)

    if has_run:
        assert refusals(editor) == []
        confirm(editor)
        assert not TestCase._base_manager.get(slug="new").live
    else:
        assert refusals(editor) == [
            "A new test case needs the line of its implementation by your organisation."
        ]


def test_a_forged_wish_to_publish_makes_a_draft(site, editor):
    book = load_workbook(taken_out(editor))
    cell(book, "Implementations", "town").value = "There"

    bring(editor, book, publish="on")
    confirm(editor)

    assert Implementation.objects.get(pk=site.run.pk).town == "Here"


def test_an_administrator_publishes_at_once_where_asked(site, administrator):
    book = load_workbook(taken_out(administrator))
    rows = [row[0].value for row in book["Implementations"].iter_rows()]
    cell(book, "Implementations", "town", rows.index("own-run") + 1).value = "There"

    page = bring(administrator, book, publish="on")
    assert "Publish all of it" in words_of(page)
    confirm(administrator)

    assert Implementation.objects.get(pk=site.run.pk).town == "There"


def test_who_lost_the_right_to_publish_cannot_press_the_button(site, editor):
    upload = WorkbookUpload.objects.create(
        user=site.editor,
        name="b.xlsx",
        content=b"",
        publish=True,
        outcome={"counts": {}, "faults": [], "lines": []},
    )

    response = editor.post(reverse("inducci_workbook_verdicts", args=[upload.pk]))

    assert response.status_code == 302
    assert response["Location"] == "/admin/"


def test_an_upload_is_seen_by_nobody_else(site, editor, administrator):
    bring(editor, load_workbook(taken_out(editor)))
    upload = WorkbookUpload.objects.latest("pk")

    for name in ("inducci_workbook_verdicts", "inducci_workbook_file"):
        assert administrator.get(reverse(name, args=[upload.pk])).status_code == 404
    assert administrator.post(reverse("inducci_workbook_verdicts", args=[upload.pk])).status_code == 404


def test_who_edits_for_nobody_finds_no_workbook(site, client):
    from django.contrib.auth.models import Group

    user = UserFactory(is_superuser=False)
    user.groups.add(Group.objects.get(name="Reviewers"))
    client.force_login(user)

    assert client.get(PAGE).status_code == 302
    assert PAGE not in client.get("/admin/").content.decode()


def test_what_is_left_lying_is_thrown_away_after_a_day(site, editor):
    from django.utils import timezone

    old = WorkbookUpload.objects.create(
        user=site.stranger,
        name="old.xlsx",
        content=b"",
        outcome={},
        uploaded_at=timezone.now() - 2 * views.KEPT,
    )

    bring(editor, load_workbook(taken_out(editor)))

    assert not WorkbookUpload.objects.filter(pk=old.pk).exists()
