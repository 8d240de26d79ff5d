"""What toolbox items are made of, and who sees them."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import PageViewRestriction

from tests.accessibility import faults
from tests.factories import (
    ConceptFactory,
    PartnerFactory,
    TestCaseFactory,
    ToolPageFactory,
    make_problem,
    make_shelf,
)
from tests.html import listed, soup_of, words_of
from toolbox.choices import Kind
from toolbox.models import ToolPage

pytestmark = pytest.mark.django_db


def test_two_items_in_two_folders_have_two_addresses():
    ToolPageFactory(slug="opening")

    with pytest.raises(ValidationError) as refusal:
        ToolPage(slug="opening", title="Another").clean()

    assert "slug" in refusal.value.message_dict


ITEM = {"text": "Ask the owner", "why": "He knows.", "who": "lawyer"}
ANSWER = {"question": "Was it hard?", "answer": "<p>Yes <b>very</b></p>"}
STEP = {"title": "Find a room", "text": "<p>Walk</p>", "time": "a week", "people": "two", "caution": "Cold"}
LINK = {"title": "A page", "url": "https://example.org/x", "what": "What it is", "language": "German"}
BLOCKS: list[tuple[str, Any, str]] = [
    ("text", "<p>Running text</p>", "Running text"),
    ("quotation", {"text": "Just try it", "speaker": "A mayor"}, "Just try it"),
    ("checklist", {"title": "First", "items": [ITEM]}, "First Ask the owner He knows. To be answered by"),
    ("interview", {"speaker": "A manager", "answers": [ANSWER]}, "A manager Was it hard? Yes very"),
    ("steps", {"title": "How", "steps": [STEP]}, "How Find a room Walk Time a week People two Look out Cold"),
    ("links", {"title": "More", "links": [LINK]}, "More A page What it is German"),
]


def _lesson(case):
    """Make a checklist that learned its item from a test case."""
    return ("checklist", {"title": "T", "items": [{"text": "Ask", "test_case": case.pk}]})


@pytest.mark.parametrize(("kind", "value", "words"), BLOCKS, ids=[block[0] for block in BLOCKS])
def test_every_block_prints_what_an_editor_wrote(client, kind, value, words):
    ToolPageFactory(slug="item", blocks=[(kind, value)])

    response = client.get("/toolbox/item/")

    assert words in words_of(response)


def test_every_block_has_a_test():
    blocks = ToolPage.body.field.stream_block.child_blocks

    tried = {block[0] for block in BLOCKS}

    assert tried == set(blocks)


def test_all_blocks_on_one_page_are_without_faults(client):
    ToolPageFactory(slug="item", blocks=[(kind, value) for kind, value, _words in BLOCKS])

    response = client.get("/toolbox/item/")

    assert faults(response.content.decode()) == []


def test_a_checklist_leads_to_the_test_case_that_taught_an_item(client):
    ToolPageFactory(slug="item", blocks=[_lesson(TestCaseFactory(slug="krach", title="KRACH"))])

    response = client.get("/toolbox/item/")

    assert soup_of(response).select_one('.checklist a[href="/test-cases/krach/"]')


@pytest.mark.parametrize("hidden", [{"live": False}, {"pilot_action__live": False}])
def test_a_checklist_does_not_name_a_test_case_that_is_not_published(client, hidden):
    case = TestCaseFactory(title="Secret", **hidden)
    ToolPageFactory(slug="item", blocks=[_lesson(case)], test_cases=[case])

    response = client.get("/toolbox/item/")

    assert "Secret" not in response.content.decode()


def test_a_checklist_outlives_the_test_case_that_taught_an_item(client):
    case = TestCaseFactory()
    ToolPageFactory(slug="item", blocks=[_lesson(case)])
    case.delete()

    response = client.get("/toolbox/item/")

    assert "Ask" in words_of(response)


def test_an_item_is_found_by_the_problem_it_helps_with(client):
    ToolPageFactory(slug="ours", challenges=[ConceptFactory(slug="empty-shops")])
    ToolPageFactory(slug="theirs")

    response = client.get("/toolbox/?challenge=empty-shops")

    assert listed(response) == ["ours"]


@pytest.mark.parametrize("kind", Kind.values)
def test_an_item_is_found_by_its_form(client, kind):
    for one in Kind.values:
        ToolPageFactory(slug=f"a-{one}", kind=one)

    response = client.get(f"/toolbox/?kind={kind}")

    assert listed(response) == [f"a-{kind}"]


def test_an_item_stands_on_the_page_of_the_test_case_it_draws_on(client):
    case = TestCaseFactory(slug="krach")
    ToolPageFactory(slug="item", title="How to begin", test_cases=[case])

    response = client.get("/test-cases/krach/")

    assert 'href="/toolbox/item/"' in response.content.decode()


def test_a_draft_item_does_not_exist_for_readers(client):
    ToolPageFactory(slug="item", live=False)

    response = client.get("/toolbox/item/")

    assert response.status_code == 404


@pytest.mark.parametrize("locked", ["itself", "its shelf"])
def test_an_item_behind_a_lock_does_not_exist_for_readers(client, locked):
    page = ToolPageFactory(slug="item")
    place = page if locked == "itself" else make_shelf()
    PageViewRestriction.objects.create(page=place, restriction_type=PageViewRestriction.LOGIN)

    found = [client.get("/toolbox/item/").status_code, listed(client.get("/toolbox/"))]

    assert found == [404, []]


def test_a_lock_on_one_item_leaves_its_neighbours_open(client):
    page = ToolPageFactory(slug="locked")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    ToolPageFactory(slug="open")

    response = client.get("/toolbox/")

    assert listed(response) == ["open"]


def test_an_item_of_a_draft_partner_does_not_name_it(client):
    ToolPageFactory(
        slug="item", partner=PartnerFactory(name="Secret agency", short_name="Secret", live=False)
    )

    texts = [client.get(address).content.decode() for address in ("/toolbox/item/", "/toolbox/")]

    assert "Secret" not in "".join(texts)


def test_the_toolbox_has_three_doors_with_the_numbers_behind_them(client):
    ToolPageFactory(kind=Kind.GUIDE, challenges=[make_problem("empty-shops").challenge])

    doors = soup_of(client.get("/toolbox/")).select(".doors__door")

    words = [" ".join(door.get_text(" ").split()) for door in doors]
    assert words[0].startswith("By problem")
    assert doors[0].select_one('a[href="/challenges/empty-shops/"]')
    assert words[1] == "By form Checklist 0 Interview 0 Guide 1 Links 0"
    assert words[2] == "By phase Understand 0 Decide 1 Prepare 0 Run 0 Evaluate 0 Continue 0"


@pytest.mark.parametrize("query", ["kind=guide", "q=shops"])
def test_the_doors_close_behind_a_reader_who_narrows_the_list_down(client, query):
    ToolPageFactory(kind=Kind.GUIDE)

    response = client.get(f"/toolbox/?{query}")

    assert not soup_of(response).select(".doors")
