"""The covers in templates."""

from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from core import covers

register = template.Library()


@register.simple_tag
def cover(code: str, palette: str, columns: int = 6, rows: int = 3) -> SafeString:
    """Draw the cover of a record, with the motifs from the static files."""
    # Nothing of the code reaches the drawing, and an unknown palette is replaced: there is nothing to escape.
    return mark_safe(covers.cover(str(code), str(palette), columns, rows, _motifs()))  # noqa: S308


@cache
def _motifs() -> str:
    """Give the address of the motifs, which changes with a new release only."""
    return static("img/motifs.svg")
