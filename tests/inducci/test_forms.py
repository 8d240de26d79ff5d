"""What forms say about each field."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.test import Client
from django.urls import reverse
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField

from events.models import EventPage, NewsPage
from outputs.models import Output
from partners.models import Partner
from pilots.models import Implementation, PilotAction, TestCase
from tests.factories import (
    UserFactory,
)
from tests.html import soup_of
from toolbox.models import ChallengePage, ToolPage

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
