"""Steps that lead to a result."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class StepBlock(blocks.StructBlock):
    """One step: what to do, how long it takes, who does it, what to look out for."""

    title = blocks.CharBlock(label=_("step"), max_length=100)
    text = blocks.RichTextBlock(label=_("what to do"), features=["bold", "italic", "ul", "link"])
    time = blocks.CharBlock(label=_("time"), max_length=60, required=False)
    people = blocks.CharBlock(label=_("people"), max_length=100, required=False)
    caution = blocks.CharBlock(label=_("look out"), max_length=300, required=False)

    class Meta:
        icon = "tasks"
        label = _("step")


class StepsBlock(blocks.StructBlock):
    """Steps in their order."""

    title = blocks.CharBlock(label=_("heading"), max_length=100)
    steps = blocks.ListBlock(StepBlock(), label=_("steps"))

    class Meta:
        icon = "list-ol"
        label = _("steps")
        template = "toolbox/blocks/steps.html"
        description = _("What to do, step by step.")
