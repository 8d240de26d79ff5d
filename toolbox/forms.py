"""What an editor's form for a toolbox item asks before it is published."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

from partners.permissions import PartnerPageForm
from toolbox.choices import Kind

#: The block that holds what an item of a form is made of, and the list in it.
PARTS = {
    Kind.CHECKLIST: ("checklist", "items"),
    Kind.INTERVIEW: ("interview", "answers"),
    Kind.GUIDE: ("steps", "steps"),
    Kind.LINKS: ("links", "links"),
}


def missing(kind: str, body: StreamValue) -> str:
    """Say what an item still lacks to be published; nothing where it is complete."""
    said = {
        Kind.CHECKLIST: _(
            "A checklist without items cannot be published: add a block “Checklist” with items."
        ),
        Kind.INTERVIEW: _(
            "An interview without answers cannot be published: "
            "add a block “Interview” with a question and its answer."
        ),
        Kind.GUIDE: _("A guide without steps cannot be published: add a block “Steps” with a step."),
        Kind.LINKS: _("A collection without links cannot be published: add a block “Links” with a link."),
    }
    if kind not in PARTS:
        return ""
    block_type, name = PARTS[Kind(kind)]
    is_complete = any(len(block.value[name]) for block in body if block.block_type == block_type)
    return "" if is_complete else said[Kind(kind)]


class ToolPageForm(PartnerPageForm):
    """A draft may be unfinished; what is published or submitted may not."""

    def clean(self) -> dict[str, Any]:
        """Name what is missing beside the text."""
        cleaned: dict[str, Any] = super().clean()
        is_final = not self.is_deferred_validation and "body" in cleaned
        if is_final and (sentence := missing(cleaned.get("kind", ""), cleaned["body"])):
            self.add_error("body", sentence)
        return cleaned
