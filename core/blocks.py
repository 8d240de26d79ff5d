"""Building blocks that every app shares."""

from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.fields import StreamField

LINE_LENGTH = 300


def line_list(label: str | Promise, help_text: str | Promise = "") -> StreamField:
    """Make a field that holds a list of short sentences, each at most 300 characters."""
    line = blocks.CharBlock(max_length=LINE_LENGTH, label=_("line"), icon="list-ul")
    # Wagtail ties no label to a field that stands alone in its block.
    line.field.widget.attrs["aria-label"] = label
    return StreamField([("line", line)], verbose_name=label, help_text=help_text, blank=True, collapsed=False)


class TextBlock(blocks.RichTextBlock):
    """Running text with small headings, lists and links."""

    class Meta:
        icon = "pilcrow"
        label = _("text")
        description = _("Paragraphs, small headings, lists and links.")
        preview_value = _("Creatives need rooms, contacts and somebody who knows their trade.")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", ["h2", "h3", "bold", "italic", "ul", "ol", "link", "document-link"])
        super().__init__(**kwargs)


class QuotationBlock(blocks.StructBlock):
    """Words that somebody said, with role and organisation instead of a name."""

    text = blocks.TextBlock(label=_("words"), max_length=400)
    speaker = blocks.CharBlock(label=_("who said it"), max_length=120, help_text=_("Role and organisation."))

    class Meta:
        icon = "openquote"
        label = _("quotation")
        template = "core/blocks/quotation.html"
        description = _("A sentence worth standing out.")
        preview_value: ClassVar[dict[str, Any]] = {
            "text": _("Here stands what was said, word for word."),
            "speaker": _("Role, organisation"),
        }


class BodyBlock(blocks.StreamBlock):
    """What a page of running text is made of."""

    text = TextBlock()
    quotation = QuotationBlock()
