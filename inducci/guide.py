"""The guide for editors inside the admin: `docs/editors.md` as a page."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from inducci.settings.environment import BASE_DIR

FILE = BASE_DIR / "docs" / "editors.md"
# In the repository a picture is named from the place of the text.
PICTURES = "../static/"


@cache
def read_guide() -> tuple[list[tuple[str, str]], SafeString]:
    """Give the parts of the guide, each with its anchor, and its text as HTML; HTML in it is not taken."""
    markdown = MarkdownIt("commonmark", {"html": False})
    tokens = markdown.parse(FILE.read_text(encoding="utf-8"))
    # The heading of the page stands in the header of the admin.
    tokens = tokens[next(n for n, token in enumerate(tokens) if token.type == "heading_close") + 1 :]
    parts = [
        (_anchor(heading, words), words.content)
        for heading, words in pairwise(tokens)
        if heading.type == "heading_open" and heading.tag == "h2"
    ]
    for token in tokens:
        for child in token.children or ():
            if child.type == "image":
                _place(child)
    html = markdown.renderer.render(tokens, markdown.options, {})
    return parts, mark_safe(html)  # noqa: S308  # our own text, in which HTML is not taken


def _anchor(heading: Token, words: Token) -> str:
    """Give a heading the anchor by which the list of contents leads to it."""
    anchor = slugify(words.content)
    heading.attrSet("id", anchor)
    return anchor


def _place(image: Token) -> None:
    """Point a picture at where the site serves it."""
    source = str(image.attrs["src"])
    image.attrs["src"] = static(source.removeprefix(PICTURES))
    image.attrs["loading"] = "lazy"


def guide(request: HttpRequest) -> HttpResponse:
    """Show the guide to everybody who may open the admin."""
    parts, text = read_guide()
    title = _("Guide for editors")
    context: dict[str, Any] = {
        "page_title": title,
        "header_title": title,
        "header_icon": "help",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": title},
        ],
        "parts": parts,
        "text": text,
    }
    return TemplateResponse(request, "inducci/admin/guide.html", context)
