"""What a page tells search engines about itself, in the words of schema.org."""

from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import json_script
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def linked_data(data: dict[str, Any]) -> SafeString:
    """Write a description as JSON-LD; no browser runs it, and `json_script` escapes it."""
    written = json_script({"@context": "https://schema.org", **data}, encoder=DjangoJSONEncoder)
    return mark_safe(written.replace('type="application/json"', 'type="application/ld+json"', 1))  # noqa: S308
