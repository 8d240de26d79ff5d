"""Steps that lead to a result."""

from typing import Any, ClassVar

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class StepBlock(blocks.StructBlock):
    """One step: what to do, how long it takes, who does it, what to look out for."""

    title = blocks.CharBlock(
        label=_("step"), max_length=100, help_text=_("Begin with a verb: Find the room.")
    )
    text = blocks.RichTextBlock(
        label=_("what to do"),
        features=["bold", "italic", "ul", "link"],
        help_text=_("As you would explain it to a colleague, with an example."),
    )
    time = blocks.CharBlock(label=_("time"), max_length=60, required=False, help_text=_("One afternoon."))
    people = blocks.CharBlock(
        label=_("people"), max_length=100, required=False, help_text=_("You and a colleague.")
    )
    caution = blocks.CharBlock(
        label=_("look out"),
        max_length=300,
        required=False,
        help_text=_("What often goes wrong: “Ask the owner before you tell the press.”"),
    )

    class Meta:
        icon = "tasks"
        label = _("step")
        description = _("One thing to do, with its time, its people and what can go wrong.")


class StepsValue(blocks.StructValue):
    """Steps under a heading, each with an anchor that stays when others come or go."""

    @cached_property
    def shown(self) -> list[dict[str, Any]]:
        """Give the steps with their anchors."""
        return [
            {**step.value, "anchor": f"s-{step.id[:8]}" if step.id else ""}
            for step in self["steps"].bound_blocks
        ]

    @property
    def contents(self) -> list[dict[str, str]]:
        """List the steps for a list of contents."""
        return [
            {"label": step["title"], "url": f"#{step['anchor']}"} for step in self.shown if step["anchor"]
        ]


class StepsBlock(blocks.StructBlock):
    """Steps in their order."""

    title = blocks.CharBlock(
        label=_("heading"), max_length=100, help_text=_("What the steps lead to: How to open an empty shop.")
    )
    steps = blocks.ListBlock(StepBlock(), label=_("steps"))

    class Meta:
        icon = "list-ol"
        label = _("steps")
        template = "toolbox/blocks/steps.html"
        description = _("What to do, step by step.")
        value_class = StepsValue
        preview_value: ClassVar[dict[str, Any]] = {
            "title": _("How to go about it"),
            "steps": [
                {
                    "title": _("Find the room"),
                    "text": _("<p>Walk through the centre and write down what stands empty.</p>"),
                    "time": _("one afternoon"),
                    "people": _("you and a colleague"),
                    "caution": _("Ask the owner before you tell the press."),
                }
            ],
        }
