"""The search over the whole site: its page, and how information pages are found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views import View

from core.filters import shorten
from core.models.pages import BasePageQuerySet
from core.search import LONGEST, Document, Hit, Results, is_searchable, kinds, search, searchable, texts_of
from inducci.models import InformationPage

PAGE_SIZE = 20


@searchable(
    InformationPage,
    kind="pages",
    label=gettext_lazy("About this site"),
    order=70,
    records=lambda: BasePageQuerySet(InformationPage).visible(),
)
def document_of_page(page: InformationPage) -> Document:
    """Write an information page into the search."""
    return Document(title=page.title, url=page.url or "", summary=page.lead, body=texts_of(page, "body"))


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What a reader asked the search for."""

    words: str = ""
    kind: str = ""
    page: int = 1

    def address(self, path: str, **changes: Any) -> str:
        """Write the address of this query, or of one that differs in a few things."""
        query = replace(self, **changes)
        pairs = [("q", query.words), ("kind", query.kind), ("page", query.page if query.page > 1 else "")]
        return f"{path}?{urlencode([pair for pair in pairs if pair[1]])}"


def read(data: QueryDict) -> tuple[SearchQuery, list[str]]:
    """Read an address, and say in sentences what in it cannot be used."""
    refusals: list[str] = []
    sent = " ".join(data.getlist("q"))
    words = " ".join(sent.replace("\0", " ").split())
    if "\0" in sent:
        refusals.append(gettext("We left out a character that cannot be searched for."))
    if len(words) > LONGEST:
        refusals.append(gettext("The search was cut to its first %s characters.") % LONGEST)
    kind = data.get("kind") or ""
    if kind and kind not in kinds():
        refusals.append(gettext("There are no results of the kind “%s”, so we show all.") % shorten(kind))
        kind = ""
    number = data.get("page") or "1"
    is_number = number.isascii() and number.isdigit() and len(number) <= 9 and int(number) > 0
    if not is_number:
        refusals.append(gettext("“%s” is not a page number; this is page 1.") % shorten(number))
    return SearchQuery(words[:LONGEST].strip(), kind, int(number) if is_number else 1), refusals


class SearchView(View):
    """The search: pages and records in one list, the best first."""

    http_method_names = ("get", "head", "options")

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer with a page, or with JSON for machines."""
        query, refusals = read(request.GET)
        results = search(query.words, query.kind or None, PAGE_SIZE, PAGE_SIZE * (query.page - 1))
        pages = max(1, -(-results.count // PAGE_SIZE))
        if query.page > pages:
            return self.past_the_end(query, pages)
        if request.GET.get("format") == "json":
            return JsonResponse(as_json(query, results))
        context = self.context(query, results, refusals)
        return TemplateResponse(request, "inducci/search.html", context)

    def context(self, query: SearchQuery, results: Results, refusals: list[str]) -> dict[str, Any]:
        """Gather what the page prints."""
        path = self.request.path
        total = sum(kind.count for kind in results.kinds)
        every = {
            "label": gettext("Everything (%s)") % total,
            "url": query.address(path, kind="", page=1),
            "current": not query.kind,
        }
        return {
            "query": query,
            "refusals": refusals,
            "sentence": sentence(query, results),
            "count": results.count,
            "kinds": [every, *kind_links(query, results, path)] if total else [],
            "resources": [as_resource(hit) for hit in results.hits],
            "suggestion": results.suggestion,
            "suggestion_url": query.address(path, words=results.suggestion, kind="", page=1),
            "everything_url": every["url"] if query.kind and total else "",
            "pagination": pagination(query, results.count, path),
        }

    def past_the_end(self, query: SearchQuery, pages: int) -> HttpResponse:
        """Answer 404 for a page that the list does not have, with the way to the last one."""
        text = ngettext(
            "This list has one page; page %(page)s is past its end.",
            "This list has %(pages)s pages; page %(page)s is past its end.",
            pages,
        )
        context = {
            "code": 404,
            "heading": gettext("This list is not that long"),
            "message": text % {"pages": pages, "page": query.page},
            "action_url": query.address(self.request.path, page=pages),
            "action_label": gettext("Go to the last page"),
        }
        return TemplateResponse(self.request, "core/dead_end.html", context, status=404)


def sentence(query: SearchQuery, results: Results) -> str:
    """Say in words what was found."""
    if not query.words:
        return gettext("Type a word or two: a problem, a place, a method.")
    values = {"words": shorten(query.words, LONGEST), "count": results.count}
    if not is_searchable(query.words):
        return gettext("“%(words)s” has no letter or digit to search for.") % values
    if not results.count:
        return gettext("Nothing here contains “%(words)s”.") % values
    return (
        ngettext("%(count)s result for “%(words)s”.", "%(count)s results for “%(words)s”.", results.count)
        % values
    )


def kind_links(query: SearchQuery, results: Results, path: str) -> list[dict[str, Any]]:
    """List the kinds that were found, each with its number; the chosen one stays even without a hit."""
    return [
        {
            "label": f"{kind.label} ({kind.count})",
            "url": query.address(path, kind=kind.slug, page=1),
            "current": kind.slug == query.kind,
        }
        for kind in results.kinds
    ]


def as_resource(hit: Hit) -> dict[str, Any]:
    """Show a hit as a line of a list; a hit in a file names the page."""
    meta = [hit.label, *([gettext("page %s of its file") % hit.page] if hit.page else [])]
    return {"label": hit.marked_title, "url": hit.url, "text": hit.marked_passage, "meta": meta}


def as_json(query: SearchQuery, results: Results) -> dict[str, Any]:
    """Write the results for machines."""
    return {
        "query": query.words,
        "count": results.count,
        "kinds": [{"kind": one.slug, "label": str(one.label), "count": one.count} for one in results.kinds],
        "suggestion": results.suggestion,
        "results": [
            {"kind": hit.kind, "title": hit.title, "summary": hit.summary, "url": hit.url, "page": hit.page}
            for hit in results.hits
        ],
    }


def pagination(query: SearchQuery, count: int, path: str) -> dict[str, Any] | None:
    """Give the links to the other pages, or nothing for a list of one page."""
    paginator = Paginator(range(count), PAGE_SIZE)
    if paginator.num_pages == 1:
        return None
    page = paginator.page(query.page)
    numbers = paginator.get_elided_page_range(query.page)
    return {
        "previous_url": query.address(path, page=query.page - 1) if page.has_previous() else "",
        "next_url": query.address(path, page=query.page + 1) if page.has_next() else "",
        "pages": [
            {
                "number": number,
                "url": query.address(path, page=number),
                "current": number == query.page,
            }
            if isinstance(number, int)
            else None
            for number in numbers
        ],
    }
