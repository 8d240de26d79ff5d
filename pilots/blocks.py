"""Building blocks of test cases."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class StepBlock(blocks.StructBlock):
    """One step of the method: what, who, how long."""

    what = blocks.CharBlock(label=_("what"), max_length=300)
    who = blocks.CharBlock(label=_("who"), max_length=120, required=False)
    weeks = blocks.DecimalBlock(label=_("weeks"), max_digits=4, decimal_places=1, min_value=0, required=False)
    tip = blocks.CharBlock(label=_("tip"), max_length=300, required=False)

    class Meta:
        icon = "tasks"
        label = _("step")


class LinkBlock(blocks.StructBlock):
    """A page elsewhere that tells more."""

    title = blocks.CharBlock(label=_("title"), max_length=150)
    url = blocks.URLBlock(label=_("address"))
    language = blocks.CharBlock(
        label=_("language"), max_length=60, required=False, help_text=_("In words: German.")
    )

    class Meta:
        icon = "link"
        label = _("link")
