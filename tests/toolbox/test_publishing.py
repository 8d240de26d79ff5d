"""Editors cannot publish an item that lacks what it is made of, and see every block before they take it."""

import json

import pytest
from wagtail.test.utils.form_data import nested_form_data, streamfield

from tests.factories import ToolPageFactory, UserFactory
from tests.html import form_values, soup_of, words_of
from toolbox.choices import Kind
from toolbox.forms import missing
from toolbox.models import ToolPage

pytestmark = pytest.mark.django_db

ITEM, ANSWER = {"text": "Ask"}, {"question": "Q", "answer": "<p>A</p>"}
STEP, LINK = (
    {"title": "S", "text": "<p>T</p>"},
    {"title": "L", "url": "https://e.org", "what": "w", "language": "l"},
)
PARTS = {
    Kind.CHECKLIST: (
        "checklist",
        {"title": "T", "items": [ITEM]},
        "A checklist without items cannot be published",
    ),
    Kind.INTERVIEW: (
        "interview",
        {"speaker": "S", "answers": [ANSWER]},
        "An interview without answers cannot be published",
    ),
    Kind.GUIDE: ("steps", {"title": "T", "steps": [STEP]}, "A guide without steps cannot be published"),
    Kind.LINKS: ("links", {"title": "T", "links": [LINK]}, "A collection without links cannot be published"),
}
LEFTOVER = "{{"
SENTENCE = "A checklist without items cannot be published"
BLOCKS = ToolPage.body.field.stream_block.child_blocks


def _body(*blocks):
    """Make the text of a page."""
    field = ToolPage.body.field
    return field.to_python(json.dumps([{"type": name, "value": value} for name, value in blocks]))


@pytest.mark.parametrize("kind", Kind.values)
def test_an_item_lacks_nothing_once_it_holds_what_it_is_made_of(kind):
    name, value, _sentence = PARTS[kind]

    assert missing(kind, _body((name, value))) == ""


@pytest.mark.parametrize("kind", Kind.values)
def test_an_item_says_what_it_lacks(kind):
    name, value, sentence = PARTS[kind]
    empty = {key: [] if isinstance(one, list) else one for key, one in value.items()}

    found = [missing(kind, body) for body in (_body(), _body((name, empty)), _body(("text", "<p>T</p>")))]

    assert all(said.startswith(sentence) for said in found)


@pytest.fixture
def editor(client):
    """Sign an editor in."""
    client.force_login(UserFactory())
    return client


def _send(editor, page, **more):
    """Send the form of a page as it stands, with a text of its own."""
    address = f"/admin/pages/{page.pk}/edit/"
    values = form_values(editor.get(address), "form#page-edit-form, form[data-edit-form]")
    values = {name: value for name, value in values.items() if not name.startswith("body-")}
    return editor.post(address, values | nested_form_data({"body": streamfield([])}) | more, follow=True)


def test_a_checklist_without_items_is_kept_as_a_draft_but_not_published(editor):
    page = ToolPageFactory(slug="item", live=False)

    kept, published = _send(editor, page), _send(editor, page, **{"action-publish": "1"})

    page.refresh_from_db()
    assert SENTENCE not in kept.content.decode()
    assert SENTENCE in published.content.decode()
    assert not page.live


@pytest.mark.parametrize("name", list(BLOCKS))
def test_every_block_is_shown_to_editors_in_the_clothes_of_the_site(editor, name):
    block = BLOCKS[name]

    response = editor.get("/admin/block-preview/", {"id": block.definition_prefix})

    assert block.is_previewable
    assert soup_of(response).select_one('link[href$="css/main.css"]')
    assert len(words_of(response)) > 20
    assert LEFTOVER not in response.content.decode()


@pytest.mark.parametrize("name", list(BLOCKS))
def test_every_block_says_what_it_is_for(name):
    block = BLOCKS[name]

    assert block.meta.description
    assert type(block).__doc__
    assert block.meta.icon != "placeholder"


def test_an_interview_is_printed_with_its_pull_quote(client):
    answer = {**ANSWER, "quote": "We just began."}
    ToolPageFactory(
        slug="talk", kind=Kind.INTERVIEW, blocks=[("interview", {"speaker": "A mayor", "answers": [answer]})]
    )

    quotation = soup_of(client.get("/toolbox/talk/")).select_one(".quotation")

    assert quotation is not None
    assert " ".join(quotation.get_text(" ").split()) == "We just began. A mayor"


def test_the_steps_of_a_guide_can_be_linked_to_and_stand_in_its_contents(site):
    soup = soup_of(site.get("/toolbox/joint-lessons/"))

    links = [str(link["href"]) for link in soup.select(".contents a")]

    assert len(links) == 16
    assert all(soup.select_one(link) for link in links)
