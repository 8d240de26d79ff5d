"""A group of questions to tick off."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from pilots.models import TestCase


class WhoAnswers(models.TextChoices):
    """Who is best placed to answer an item."""

    OFFICER = "officer", _("officer")
    LAWYER = "lawyer", _("lawyer")
    OWNER = "owner", _("owner")
    CREATIVE = "creative", _("creative")


class ChecklistItemValue(blocks.StructValue):
    """An item of a checklist, which shows its test case only while that is published."""

    @property
    def lesson(self) -> TestCase | None:
        """Give the test case that taught the item, if readers may see it."""
        case = self.get("test_case")
        return case if case is not None and case.is_public else None

    @property
    def who_label(self) -> str:
        """Give the word for who should answer."""
        return str(WhoAnswers(self["who"]).label) if self.get("who") else ""


class TestCaseChooserBlock(SnippetChooserBlock):
    """A choice of a test case, fetched with its set for the whole list at once."""

    def bulk_to_python(self, values: Iterable[int]) -> list[TestCase | None]:
        """Fetch the chosen test cases."""
        found = TestCase.objects.for_links().in_bulk(values)
        return [found.get(value) for value in values]


class ChecklistItemBlock(blocks.StructBlock):
    """One thing to do or to ask, why it matters, and which test case taught it."""

    text = blocks.CharBlock(
        label=_("item"), max_length=200, help_text=_("Something that can be answered with yes.")
    )
    why = blocks.CharBlock(
        label=_("why it matters"),
        max_length=300,
        required=False,
        help_text=_("What happens without it: “The owner may say no in the last week.”"),
    )
    who = blocks.ChoiceBlock(
        label=_("who should answer"),
        choices=WhoAnswers.choices,
        required=False,
        help_text=_("Leave empty where anybody can answer."),
    )
    test_case = TestCaseChooserBlock(
        TestCase,
        label=_("taught by"),
        required=False,
        help_text=_("The test case in which somebody learned it."),
    )

    class Meta:
        icon = "check"
        label = _("item")
        description = _("A question that can be answered with yes, why it matters, and who answers it.")
        value_class = ChecklistItemValue


class ChecklistValue(blocks.StructValue):
    """A group of questions, laid out as the component takes it."""

    @cached_property
    def shown(self) -> dict[str, Any]:
        """Give the heading and the questions as plain values."""
        return {"title": self["title"], "items": [_shown(item) for item in self["items"].bound_blocks]}


def short_id(one: str) -> str:
    """Shorten the id of a question to what tells it apart within its list."""
    return one[:8]


def _shown(item: Any) -> dict[str, Any]:
    """Lay out a question; its anchor stays when the list around it changes."""
    value = item.value
    return {
        "id": item.id,
        "anchor": f"q-{short_id(item.id)}" if item.id else "",
        "text": value["text"],
        "why": value["why"] or "",
        "who": value.who_label,
        "taught_url": value.lesson.get_absolute_url() if value.lesson else "",
        "taught_label": value.lesson.title if value.lesson else "",
    }


class ChecklistBlock(blocks.StructBlock):
    """A group of items under one heading."""

    title = blocks.CharBlock(
        label=_("heading"), max_length=100, help_text=_("What the questions are about: The rooms.")
    )
    items = blocks.ListBlock(ChecklistItemBlock(), label=_("items"))

    class Meta:
        icon = "list-ul"
        label = _("checklist")
        template = "toolbox/blocks/checklist.html"
        description = _("A group of things to tick off.")
        value_class = ChecklistValue
        preview_value: ClassVar[dict[str, Any]] = {
            "title": _("The rooms"),
            "items": [
                {
                    "text": _("Does the owner agree?"),
                    "why": _("Ask before you announce anything."),
                    "who": WhoAnswers.OWNER.value,
                }
            ],
        }
