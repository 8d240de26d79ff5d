"""What a list prints a hundred times, written straight: a template's nodes would take most of its time."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from core.cards import Fact

register = template.Library()

OPTION = """<label class="facet__option{empty}">
  <input type="checkbox" name="{name}" value="{value}" id="{id}"{state}>
  <span class="facet__label">{label}</span>{count}
</label>
"""
FACT = """<div class="facts__item">
  <dt class="facts__term">{term}</dt>
  <dd class="facts__value{unknown}">{value}</dd>
</div>
"""


@register.simple_tag
def facet_options(name: str, options: Iterable[Mapping[str, Any]]) -> SafeString:
    """Write the options of a facet: {"value", "label", "count" or None, "selected", "disabled", "id"}.

    The name is a word of the code and needs no escaping.
    """
    return mark_safe(  # noqa: S308  # every value is escaped
        "".join(
            OPTION.format(
                name=name,
                value=escape(one["value"]),
                id=escape(one["id"]),
                label=escape(str(one["label"])),
                empty=" facet__option--empty" if one["disabled"] else "",
                state=" checked" if one["selected"] else " disabled" if one["disabled"] else "",
                count="" if one["count"] is None else f'<span class="facet__count">{one["count"]:d}</span>',
            )
            for one in options
        )
    )


@register.simple_tag
def fact_items(facts: Iterable[Fact]) -> SafeString:
    """Write the items of a list of facts."""
    missing = gettext("unknown")
    return mark_safe(  # noqa: S308  # every value is escaped
        "".join(
            FACT.format(
                term=escape(str(one.term)),
                unknown="" if one.value else " facts__value--unknown",
                value=escape(str(one.value or missing)),
            )
            for one in facts
        )
    )


@register.simple_tag
def radio_buttons(name: str, options: Iterable[Mapping[str, Any]]) -> SafeString:
    """Write a choice of one answer: `options` have value, label and selected."""
    rows = (
        (name, option["value"], mark_safe(" checked") if option["selected"] else "", option["label"])
        for option in options
    )
    return format_html_join("", '<label><input type="radio" name="{}" value="{}"{}>{}</label>', rows)
