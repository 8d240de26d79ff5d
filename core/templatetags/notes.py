"""The notes about a record, for a form that is open."""

from typing import Any

from django import template

from core.panels import notes_about

register = template.Library()


@register.inclusion_tag("core/admin/fresh_notes.html")
def fresh_notes(record: Any) -> dict[str, Any]:
    """Say after a draft saved itself what is now worth knowing about it."""
    return notes_about(record)
