"""A collection of links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

if TYPE_CHECKING:
    from toolbox.models.links import LinkCheck


class LinkValue(blocks.StructValue):
    """A link, with what was found when it was last tried; the page fetches that for all its links."""

    check: LinkCheck | None = None


class LinkBlock(blocks.StructBlock):
    """One link, with what is behind it and in which language."""

    title = blocks.CharBlock(label=_("title"), max_length=150, help_text=_("As the page calls itself."))
    url = blocks.URLBlock(label=_("address"), help_text=_("The whole address, with https:// before it."))
    what = blocks.CharBlock(
        label=_("what it is"),
        max_length=300,
        help_text=_("What readers find there, and why it is worth opening."),
    )
    language = blocks.CharBlock(label=_("language"), max_length=60, help_text=_("In words: German."))

    class Meta:
        icon = "link"
        label = _("link")
        description = _("A page elsewhere, with what it is and its language.")
        value_class = LinkValue


class LinksBlock(blocks.StructBlock):
    """Links under one heading."""

    title = blocks.CharBlock(
        label=_("heading"), max_length=100, help_text=_("What the links have in common: Contracts to copy.")
    )
    links = blocks.ListBlock(LinkBlock(), label=_("links"))

    class Meta:
        icon = "link"
        label = _("links")
        template = "toolbox/blocks/links.html"
        description = _("Pages elsewhere, each with what it is.")
        preview_value: ClassVar[dict[str, Any]] = {
            "title": _("Read on"),
            "links": [
                {
                    "title": _("The programme's project page"),
                    "url": "https://www.interreg-central.eu/",
                    "what": _("What the project was about."),
                    "language": _("English"),
                }
            ],
        }
