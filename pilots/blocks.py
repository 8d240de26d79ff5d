"""Building blocks of test cases."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class StepBlock(blocks.StructBlock):
    """One step of the method: what, who, how long."""

    what = blocks.CharBlock(
        label=_("what"),
        max_length=300,
        help_text=_("Begin with a verb: “Ask the owners of the empty shops.”"),
    )
    who = blocks.CharBlock(
        label=_("who"),
        max_length=120,
        required=False,
        help_text=_("A role or an organisation: the town's business support."),
    )
    weeks = blocks.DecimalBlock(
        label=_("weeks"),
        max_digits=4,
        decimal_places=1,
        min_value=0,
        required=False,
        help_text=_("1.5 for a week and a half."),
    )
    tip = blocks.CharBlock(
        label=_("tip"),
        max_length=300,
        required=False,
        help_text=_("What you know only afterwards: “Bring a contract that is two pages long.”"),
    )

    class Meta:
        icon = "tasks"
        label = _("step")


class LinkBlock(blocks.StructBlock):
    """A page elsewhere that tells more."""

    title = blocks.CharBlock(
        label=_("title"),
        max_length=150,
        help_text=_("What readers find there, in their words: “Film about the opening”."),
    )
    url = blocks.URLBlock(label=_("address"), help_text=_("The whole address, with https:// before it."))
    language = blocks.CharBlock(
        label=_("language"), max_length=60, required=False, help_text=_("In words: German.")
    )

    class Meta:
        icon = "link"
        label = _("link")
