"""A collection of links."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class LinkBlock(blocks.StructBlock):
    """One link, with what is behind it and in which language."""

    title = blocks.CharBlock(label=_("title"), max_length=150)
    url = blocks.URLBlock(label=_("address"))
    what = blocks.CharBlock(label=_("what it is"), max_length=300)
    language = blocks.CharBlock(label=_("language"), max_length=60, help_text=_("In words: German."))

    class Meta:
        icon = "link"
        label = _("link")


class LinksBlock(blocks.StructBlock):
    """Links under one heading."""

    title = blocks.CharBlock(label=_("heading"), max_length=100)
    links = blocks.ListBlock(LinkBlock(), label=_("links"))

    class Meta:
        icon = "link"
        label = _("links")
        template = "toolbox/blocks/links.html"
        description = _("Pages elsewhere, each with what it is.")
