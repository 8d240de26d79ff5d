"""The content that comes with the site: planted once, all lines or none, and never over an editor's work."""

import json
import shutil

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, models
from wagtail.models import Revision

from events.models import EventPage, NewsPage
from inducci.models import FrontPage, InformationPage, Planted
from inducci.seeding import FixtureError, read, seed
from inducci.settings.environment import BASE_DIR
from outputs.models import Output
from partners.models import Partner
from pilots.models import Implementation, PilotAction, TestCase
from toolbox.models import ToolPage
from vocabularies.models import Concept

pytestmark = pytest.mark.django_db

FIXTURES = BASE_DIR / "fixtures"
OURS = (
    "core",
    "vocabularies",
    "regions",
    "partners",
    "outputs",
    "pilots",
    "toolbox",
    "events",
    "inducci",
    "wagtailcore",
)
# What the seeding remembers of the fixtures, and the sign that content was looked at.
BOOKKEEPING = {"inducci.Planted", "core.ContentVersion"}
CONCEPT = {"scheme": "challenge", "slug": "brand-new", "label": "Brand new"}
BROKEN = [
    ("concepts", {**CONCEPT, "colour": "red"}, "colour"),
    ("concepts", {**CONCEPT, "scheme": "weather"}, "weather"),
    ("concepts", {"scheme": "challenge", "slug": "brand-new"}, "label"),
    ("concepts", {**CONCEPT, "label": "x" * 81}, "label"),
    ("concepts", {**CONCEPT, "slug": "two words"}, "slug"),
    (
        "test_cases",
        {"slug": "new", "pilot_action": "no-such-set"},
        "there is no pilot action set “no-such-set”",
    ),
    ("test_cases", {"slug": "new", "main_challenges": ["none"]}, "there is no concept “none”"),
    ("outputs", {"slug": "new", "delivered": "March 2022"}, "March 2022"),
    ("outputs", {"slug": "new", "delivered": 2022}, ""),
    ("outputs", {"slug": "new", "languages": "en"}, "there is no concept “e”"),
    ("implementations", {"slug": "new", "money_lines": [{"kind": "staff", "euro": 1}]}, "euro"),
    ("implementations", {"slug": "new", "money_lines": ["100.00"]}, ""),
    ("implementations", {"slug": "new", "region": "XX99"}, "there is no region “XX99”"),
    ("tools", {"slug": "new", "title": "New", "kind": "poem"}, "kind"),
    ("pages", {"type": "information", "slug": "new", "title": ""}, "cannot be blank"),
    ("news", {"slug": "new", "title": "New", "kind": "news", "issued": "in May"}, "in May"),
    ("events", {"slug": "new", "title": "New", "start": "2022-03", "start_time": "09:00"}, "start_time"),
]


@pytest.fixture
def folder(tmp_path):
    """Copy the fixtures, so that a test may write into them."""
    shutil.copytree(FIXTURES, tmp_path / "fixtures")
    return tmp_path / "fixtures"


def _add(folder, name, *lines):
    """Write lines at the end of a fixture file, and give the number of the first."""
    path = folder / f"{name}.jsonl"
    number = len(path.read_text(encoding="utf-8").splitlines()) + 1
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text(
        path.read_text(encoding="utf-8") + "".join(f"{text}\n" for text in texts), encoding="utf-8"
    )
    return number


def _everything() -> dict[str, list[str]]:
    """Read every row of every table that the site's content stands in, as the database keeps it."""
    tables = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in OURS]
    return {model._meta.label: _rows(model._meta.db_table) for model in tables}


def _rows(table):
    """Read a table past all models."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
        return sorted(map(repr, cursor.fetchall()))


def _problems(folder):
    """Seed, and give what is named as wrong."""
    with pytest.raises(FixtureError) as refusal:
        seed(folder)
    return refusal.value.problems


def test_a_second_seeding_changes_no_row(seeded):
    before = _everything()

    seed(FIXTURES)

    assert _everything() == before


def test_a_seeding_that_looks_at_every_line_again_changes_no_row(seeded):
    before = _everything()
    Planted.objects.filter(label="fixtures").update(key="another")

    seed(FIXTURES)

    after = _everything()
    assert {label for label in before if before[label] != after[label]} <= BOOKKEEPING
    assert Revision.objects.count() == len(before["wagtailcore.Revision"])


def test_an_editor_s_change_survives(seeded, folder):
    TestCase.objects.filter(slug="krach-plus").update(title="An editor's title")
    _add(folder, "concepts", CONCEPT)

    seed(folder)

    assert TestCase.objects.get(slug="krach-plus").title == "An editor's title"


def test_a_change_of_a_line_does_not_undo_an_editor_s_change(seeded, folder):
    path = folder / "partners.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("Chemnitz", "Karl-Marx-Stadt"), encoding="utf-8")

    seed(folder)

    assert not Partner.objects.filter(city="Karl-Marx-Stadt").exists()


@pytest.mark.parametrize("model", [Implementation, ToolPage])
def test_an_editor_s_deletion_survives(seeded, folder, model):
    record = model.objects.live().first()
    record.delete()
    _add(folder, "concepts", CONCEPT)

    seed(folder)

    assert not model.objects.filter(slug=record.slug).exists()


def test_a_new_line_is_planted_beside_the_old_ones(seeded, folder):
    before = Concept.objects.count()
    _add(folder, "concepts", CONCEPT)

    report = seed(folder)

    assert (report.total, Concept.objects.count()) == (1, before + 1)


def test_an_editor_s_unpublishing_survives(seeded, folder):
    Partner.objects.get(number=8).unpublish()
    _add(folder, "concepts", CONCEPT)

    seed(folder)

    assert not Partner.objects.get(number=8).live


@pytest.mark.parametrize(("name", "line", "words"), BROKEN)
def test_a_broken_line_is_named_with_its_number(seeded, folder, name, line, words):
    number = _add(folder, name, line)

    problems = _problems(folder)

    assert all(problem.startswith(f"{name}.jsonl, line {number}: ") for problem in problems)
    assert any(words in problem for problem in problems)


@pytest.mark.parametrize("text", ["{", "[1]", '"text"', "null", "{'slug': 'x'}"])
def test_a_line_that_is_no_object_is_named_with_its_number(seeded, folder, text):
    number = _add(folder, "sources", text)

    problems = _problems(folder)

    assert [problem.split(": ")[0] for problem in problems] == [f"sources.jsonl, line {number}"]


def test_a_broken_line_keeps_all_others_out(seeded, folder):
    before = _everything()
    _add(folder, "concepts", CONCEPT)
    _add(folder, "tools", {"slug": "new", "kind": "poem"})

    _problems(folder)

    assert _everything() == before


def test_a_broken_rule_of_the_data_is_named_with_its_sentence(seeded, folder):
    _add(
        folder,
        "partners",
        {"slug": "new", "number": 1, "name": "N", "short_name": "N", "city": "C", "summary": "S"},
    )

    problems = _problems(folder)

    assert any("Another partner has this number." in problem for problem in problems)


def test_several_broken_lines_are_named_at_once(seeded, folder):
    lines = [{**CONCEPT, "slug": f"new-{number}", "colour": "red"} for number in range(3)]
    first = _add(folder, "concepts", *lines)

    problems = _problems(folder)

    named = [problem.split(": ")[0] for problem in problems]
    assert named == [f"concepts.jsonl, line {first + number}" for number in range(3)]


def test_the_command_says_what_is_wrong_without_a_traceback(seeded, folder):
    _add(folder, "concepts", {**CONCEPT, "colour": "red"})

    with pytest.raises(CommandError) as refusal:
        call_command("seed", "--from", str(folder))

    assert str(refusal.value).startswith("Nothing was loaded:\n  concepts.jsonl, line ")


def test_drafts_stay_drafts(seeded, folder):
    _add(folder, "test_cases", _draft_case())

    seed(folder)

    case = TestCase._base_manager.get(slug="still-a-draft")
    assert (case.live, case.has_unpublished_changes, case.revisions.count()) == (False, True, 1)


def _draft_case():
    """Write a line of a draft test case."""
    line = {
        "slug": "still-a-draft",
        "title": "Draft",
        "pitch": "P",
        "summary": "S",
        "pilot_action": "establishing",
    }
    return {**line, "live": False}


def test_an_empty_line_means_nothing(seeded, folder):
    _add(folder, "concepts", "", "   ", CONCEPT)

    report = seed(folder)

    assert report.total == 1


@pytest.mark.parametrize(
    "model",
    [Partner, Output, PilotAction, TestCase, Implementation, ToolPage, NewsPage, EventPage, InformationPage],
)
def test_every_seeded_record_has_a_first_version_to_go_back_to(seeded, model):
    without = [
        str(record) for record in model._base_manager.filter(live=True) if not record.latest_revision_id
    ]

    assert without == []


@pytest.mark.parametrize("model", [Partner, Output, PilotAction, TestCase, Implementation])
def test_every_seeded_record_keeps_its_own_rules(seeded, model):
    for record in model.objects.all():
        record.full_clean()

    assert model.objects.exists()


def test_a_date_is_planted_as_exactly_as_it_was_written(seeded):
    output = Output.objects.get(slug="conference-programme")

    assert str(output.delivery) == "March 2022"


def test_the_lines_are_sorted_by_their_names():
    for name in (
        "concepts",
        "partners",
        "outputs",
        "pilot_actions",
        "test_cases",
        "implementations",
        "sources",
        "news",
        "events",
    ):
        slugs = [(line.data.get("scheme", ""), line.data["slug"]) for line in read(FIXTURES, name)]

        assert slugs == sorted(slugs), name


def test_the_site_has_one_front_page(seeded):
    front = FrontPage.objects.get()

    assert (front.live, front.get_url()) == (True, "/")


def test_no_model_is_left_out_of_the_comparison():
    compared = set(_everything())

    assert {"pilots.MoneyLine", "pilots.TestCase", "wagtailcore.Revision", "wagtailcore.Page"} <= compared
    assert all(issubclass(apps.get_model(label), models.Model) for label in compared)
