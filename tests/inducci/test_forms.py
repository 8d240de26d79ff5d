"""What forms say: what each field wants, what is worth knowing, and what keeps a draft a draft."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.test import Client
from django.urls import reverse
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from events.models import EventPage, NewsPage
from inducci.bootstrap import bootstrap
from inducci.models import InformationPage
from outputs.models import Output
from partners.models import Partner
from pilots.models import Implementation, PilotAction, TestCase
from tests.factories import (
    ConceptFactory,
    EventPageFactory,
    ImplementationFactory,
    MoneyLineFactory,
    NewsPageFactory,
    NutsRegionFactory,
    PilotActionFactory,
    ToolPageFactory,
    UserFactory,
    make_front_page,
    make_publishable_case,
)
from tests.html import soup_of, words_of
from tests.inducci.test_sweep import stream_form
from toolbox.models import ChallengePage, ToolPage
from vocabularies.choices import Scheme

pytestmark = pytest.mark.one_engine
RECORDS: list[Any] = [Partner, Output, PilotAction, TestCase, Implementation]
FORMS: list[Any] = [*RECORDS, ToolPage, ChallengePage, NewsPage, EventPage]
# Wagtail draws these in panels of its own, as it does the comments beside a field.
WAGTAILS = {"go_live_at", "expire_at", "comment_notifications"}
# Blocks that say by their very names what is written there.
SELF_EVIDENT = {"line", "text", "quotation.text"}


@pytest.fixture
def editor(db):
    """Sign an administrator in."""
    client = Client()
    client.force_login(UserFactory())
    return client


def where(record: Any) -> str:
    """Give the address of a record's form."""
    if isinstance(record, Page):
        return reverse("wagtailadmin_pages:edit", args=[record.pk])
    return reverse(record.snippet_viewset.get_url_name("edit"), args=[record.pk])


def save(client: Client, record: Any, action: str = "", **changes: Any) -> Any:
    """Change a record through its form, as a draft, submitted or published."""
    data = {**stream_form(client.get(where(record))), **changes, **({action: "1"} if action else {})}
    return client.post(where(record), data)


# --- What each field wants ----------------------------------------------------------------------


def forms_of(model: Any) -> list[Any]:
    """List the form of a record and those of its parts."""
    form = model.get_edit_handler().get_form_class()
    return [form, *(part.form for name, part in form.formsets.items() if name != "comments")]


@pytest.mark.parametrize("model", FORMS)
def test_every_field_of_a_form_says_what_it_wants(model):
    silent = [
        f"{form._meta.model.__name__}.{name}"
        for form in forms_of(model)
        for name, field in form.base_fields.items()
        if not field.help_text and name not in WAGTAILS
    ]

    assert silent == []


def silent_blocks(block: Any, name: str = "") -> list[str]:
    """List the blocks that are written in and do not say what they want."""
    if isinstance(block, blocks.ListBlock):
        return silent_blocks(block.child_block, name)
    if not isinstance(block, blocks.BaseStreamBlock | blocks.BaseStructBlock):
        return [] if block.field.help_text or name in SELF_EVIDENT else [name]
    parts = [silent_blocks(part, f"{name}.{key}".strip(".")) for key, part in block.child_blocks.items()]
    return [one for found in parts for one in found]


@pytest.mark.parametrize("model", FORMS)
def test_every_block_of_a_form_says_what_it_wants(model):
    streams = [field for field in model._meta.get_fields() if isinstance(field, StreamField)]

    silent = [one for field in streams for one in silent_blocks(field.stream_block)]

    assert silent == []


@pytest.mark.parametrize("model", RECORDS)
def test_every_limit_stands_in_the_form_where_the_counter_finds_it(editor, model):
    page = soup_of(editor.get(reverse(model.snippet_viewset.get_url_name("add"))))
    limits = {
        field.name: str(field.max_length)
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and field.max_length and not field.choices
    }

    shown = {name: tag for name in limits if (tag := page.select_one(f"form [name={name}]"))}

    assert shown
    assert {name: tag.get("maxlength") for name, tag in shown.items()} == {
        name: limits[name] for name in shown
    }


@pytest.mark.parametrize(("length", "fits"), [(800, True), (801, False)])
def test_rich_text_is_limited_by_its_words_and_not_by_its_tags(length, fits):
    field: Any = TestCase._meta.get_field("transfer_advice")
    assert isinstance(field, RichTextField)
    (judge,) = [one for one in field.formfield().validators if hasattr(one, "limit_value")]

    try:
        judge(f"<p><b>{'a' * length}</b></p>")
        fitted = True
    except ValidationError:
        fitted = False

    assert fitted == fits


def test_the_end_of_a_line_is_one_character_for_the_counter_and_for_the_limit(editor):
    case = make_publishable_case()

    full = save(editor, case, "action-publish", summary="a" * 400 + "\r\n" + "b" * 399)
    over = save(editor, case, "action-publish", summary="a" * 400 + "\r\n" + "b" * 400)

    assert (full.status_code, over.status_code) == (302, 200)


# --- What is worth knowing ----------------------------------------------------------------------


def notes_in(page: Any) -> dict[str, list[str]]:
    """List the notes that a form keeps for its fields."""
    found: dict[str, list[str]] = {}
    for tag in soup_of(page).select("#form-notes [data-note]"):
        found.setdefault(str(tag["data-note"]), []).append(tag.get_text(strip=True))
    return found


def missing_in(page: Any) -> list[str]:
    """List the fields that the top of a form calls missing."""
    links = soup_of(page).select("#form-notes li:not([hidden]) > [data-notes-link]")
    return [str(link["href"]) for link in links]


def test_a_form_says_what_the_lack_of_an_answer_costs_and_leads_to_the_field(editor):
    run = ImplementationFactory()

    page = editor.get(where(run))

    assert notes_in(page)["money_lines"] == [
        "Without a budget the case is invisible to every search that sets one."
    ]
    assert "#field-money_lines" in missing_in(page)
    assert "This record is 14 % complete." in words_of(page)


def test_an_answer_raises_the_figure_and_takes_the_link_away(editor):
    run = MoneyLineFactory().implementation

    page = editor.get(where(run))

    assert "#field-money_lines" not in missing_in(page)
    assert "This record is 27 % complete." in words_of(page)


def test_a_doubt_shows_after_a_draft_was_saved_and_blocks_nothing(editor):
    run = ImplementationFactory()

    response = save(editor, run, outcome="worked")

    assert response.status_code == 302
    assert any("nothing here shows it" in one for one in notes_in(editor.get(where(run)))["outcome"])


def test_a_draft_that_saved_itself_brings_the_notes_anew(editor):
    run = ImplementationFactory()
    data = {**stream_form(editor.get(where(run))), "outcome": "worked"}

    answer = editor.post(where(run), data, headers={"accept": "application/json"})

    assert "nothing here shows it" in answer.json()["html"]


@pytest.mark.parametrize(
    ("make", "field"),
    [(ToolPageFactory, "test_cases"), (NewsPageFactory, "languages"), (EventPageFactory, "language")],
)
def test_the_form_of_a_page_knows_what_it_lacks(editor, make, field):
    story = make()

    page = editor.get(where(story))
    answer = editor.post(where(story), stream_form(page), headers={"accept": "application/json"})

    assert f"#field-{field}" in missing_in(page)
    assert f'data-note="{field}"' in answer.json()["html"]


def test_a_page_without_questions_brings_no_notes(editor):
    about = make_front_page().add_child(instance=InformationPage(title="Without", slug="without-questions"))

    answer = editor.post(
        where(about), stream_form(editor.get(where(about))), headers={"accept": "application/json"}
    )

    assert answer.json()["success"]
    assert "form-notes" not in answer.json()["html"]


@pytest.mark.parametrize("model", RECORDS)
def test_the_form_of_a_new_record_has_its_notes_too(editor, model):
    page = editor.get(reverse(model.snippet_viewset.get_url_name("add")))

    assert "This record is 0 % complete." in words_of(page)


# --- What is chosen -----------------------------------------------------------------------------


def test_of_one_vocabulary_no_other_word_is_offered(editor):
    right, wrong = ConceptFactory(scheme=Scheme.PLACE), ConceptFactory(scheme=Scheme.LANGUAGE)

    options = soup_of(editor.get(where(ImplementationFactory()))).select("select[name=place_kind] option")

    values = [option["value"] for option in options]
    assert str(right.pk) in values
    assert str(wrong.pk) not in values


def test_a_text_of_several_lines_is_seen_as_a_whole(editor):
    page = soup_of(editor.get(where(EventPageFactory())))

    assert page.select_one("textarea[name=summary][maxlength='600']")
    assert page.select_one("input[name=city]")


def test_short_lists_are_ticked_and_long_ones_searched_by_name_and_code_in_any_spelling(editor):
    NutsRegionFactory(code="PL711", name="Miasto Łódź")
    past = ConceptFactory(scheme=Scheme.INDUSTRIAL_PAST)

    page = soup_of(editor.get(where(ImplementationFactory())))

    assert page.select_one(f'input[type=checkbox][name=industrial_past][value="{past.pk}"]')
    option = page.select_one('select[multiple][data-choosing][name=also_in] option[data-words*="PL711"]')
    assert option
    assert "Miasto Lodz" in str(option["data-words"])


# --- What keeps a draft a draft -----------------------------------------------------------------


def concepts(number: int) -> list[str]:
    """Make some problems, and give their keys as a form sends them."""
    return [str(ConceptFactory().pk) for _ in range(number)]


@pytest.mark.parametrize("action", ["action-publish", "action-submit"])
@pytest.mark.parametrize(
    ("field", "number", "words"),
    [
        ("main_challenges", 0, "Choose a problem"),
        ("main_challenges", 3, "Keep one or two"),
        ("also_challenges", 5, "Keep four at most"),
        ("interventions", 0, "Choose what was done"),
        ("target_groups", 0, "Choose who it was for"),
    ],
)
def test_what_lacks_or_overflows_is_saved_as_a_draft_and_goes_no_further(
    editor, action, field, number, words
):
    bootstrap()
    case = make_publishable_case()
    chosen: dict[str, Any] = {field: concepts(number)}

    draft = save(editor, case, **chosen)
    refused = save(editor, case, action, **chosen)

    assert draft.status_code == 302
    assert refused.status_code == 200
    assert words in " ".join(refused.context["form"].errors[field])


def test_a_problem_is_named_once(editor):
    case = make_publishable_case()
    key = str(case.main_challenges.get().pk)

    refused = save(editor, case, "action-publish", also_challenges=[key])

    assert "Name each problem once." in words_of(refused)


def test_a_run_without_a_region_goes_no_further(editor):
    run = ImplementationFactory()

    draft = save(editor, run, region="")
    refused = save(editor, run, "action-publish", region="")

    assert (draft.status_code, refused.status_code) == (302, 200)
    assert list(refused.context["form"].errors) == ["region"]


def test_a_record_that_is_stored_nowhere_says_what_it_lacks():
    case = TestCase(title="New", slug="new")

    with pytest.raises(ValidationError) as refused:
        case.clean_to_publish()

    assert set(refused.value.message_dict) == {"main_challenges", "interventions", "target_groups"}


def test_a_record_that_is_stored_nowhere_may_be_published_once_its_lists_are_set(db):
    case = TestCase(title="New", slug="new", pilot_action=PilotActionFactory())
    case.main_challenges = [ConceptFactory()]
    case.interventions = [ConceptFactory(scheme=Scheme.INTERVENTION)]
    case.target_groups = [ConceptFactory(scheme=Scheme.TARGET_GROUP)]

    case.clean_to_publish()

    assert case.pk is None


def test_too_many_problems_are_counted_before_anything_is_stored(db):
    case = make_publishable_case()
    case.also_challenges = [ConceptFactory() for _ in range(5)]

    with pytest.raises(ValidationError, match="Keep four at most"):
        case.clean_to_publish()


@pytest.mark.parametrize("model", RECORDS)
def test_all_that_the_site_is_seeded_with_may_be_published(site, model):
    for record in model.objects.live():
        record.clean_to_publish()

    assert model.objects.live().exists()
