"""Write values as readers are used to seeing them."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import template
from django.db import models
from django.utils.formats import number_format

from core.cards import Link
from core.related import sections_for

register = template.Library()


@register.filter
def euros(value: Decimal | int | None) -> str:
    """Write a sum of money: €9,000, or €11,475.50 where there are cents."""
    if value is None:
        return ""
    places = 0 if value == int(value) else 2
    return f"€{number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)}"


@register.filter
def links(records: Iterable[Any]) -> list[Link]:
    """Turn records into the links that lead to them."""
    return [record.link for record in records]


@register.simple_tag
def related_sections(record: models.Model) -> list[dict[str, Any]]:
    """Collect what the upper apps say about a record, as headings with links."""
    return [{"title": section.title, "links": links(section.items)} for section in sections_for(record)]
