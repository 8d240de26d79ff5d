"""The list of what a long page holds."""

import re
from html import unescape

from django import template
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

register = template.Library()

HEADING = re.compile(r"<h2(?P<attributes>[^>]*)>(?P<words>.*?)</h2>", re.DOTALL)
OWN = re.compile(r'\bid="(?P<own>[^"]+)"')
#: A page with fewer parts, or with less to read, is seen at a glance.
PARTS, LETTERS = 4, 2_400


@register.simple_block_tag
def with_contents(content: str) -> SafeString:
    """Put a list of the parts before a long text, each part with an address of its own."""
    headings = HEADING.findall(content)
    has_its_own = 'class="contents"' in content
    if has_its_own or len(headings) < PARTS or len(strip_tags(content)) < LETTERS:
        return mark_safe(content)  # noqa: S308  # rendered by templates
    taken = set(OWN.findall(content))
    entries = []

    def anchored(found: re.Match[str]) -> str:
        label = " ".join(unescape(strip_tags(found["words"])).split())
        own = OWN.search(found["attributes"])
        name = own["own"] if own else free(slugify(label) or "part", taken)
        entries.append({"label": label, "url": f"#{name}"})
        return found[0] if own else f'<h2 id="{name}"{found["attributes"]}>{found["words"]}</h2>'

    text = HEADING.sub(anchored, content)
    return mark_safe(render_to_string("components/contents.html", {"entries": entries}) + text)  # noqa: S308


def free(name: str, taken: set[str]) -> str:
    """Give the name, numbered where it is taken, and take it."""
    number, found = 2, name
    while found in taken:
        number, found = number + 1, f"{name}-{number}"
    taken.add(found)
    return found
