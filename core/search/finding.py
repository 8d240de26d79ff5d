"""Find what readers ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Case, Count, IntegerField, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from core.models import SearchRow, Synonym
from core.search.marking import highlight, page_of
from core.search.matching import HEAD, TITLE, Matches
from core.search.queries import Query, parse
from core.search.registry import entries, kinds
from core.search.suggesting import suggest

PASSAGE = 240


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record with the number of its hits."""

    slug: str
    label: str | Promise
    count: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found: its title and a passage, plain and with the words marked."""

    kind: str
    label: str | Promise
    url: str
    title: str
    summary: str
    marked_title: SafeString
    marked_passage: SafeString
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found: the number of hits of the chosen kind, some of them, and all kinds."""

    count: int = 0
    hits: Sequence[Hit] = ()
    kinds: Sequence[Kind] = ()
    suggestion: str = ""


def is_searchable(text: str) -> bool:
    """Tell whether a text holds anything that can be searched."""
    return bool(parse(text))


def query_of(text: str) -> Query:
    """Read what a reader typed, with the editors' synonyms."""
    return parse(text, Synonym.objects.order_by("slug").values_list("words", flat=True))


def matching_ids(model: type[models.Model], words: str) -> QuerySet[SearchRow, int]:
    """Give the primary keys of a model's records that hold all the words, as a query to filter by."""
    rows = SearchRow.objects.filter(model=model._meta.label_lower)
    query = query_of(words)
    found = rows.filter(Matches(query)) if query else rows.none()
    return found.values_list("object_id", flat=True)


def search(words: str, kind: str | None = None, limit: int = 20, offset: int = 0) -> Results:
    """Find everything that holds all the words: those with the words in the title first."""
    query = query_of(words)
    if not query:
        return Results()
    found = SearchRow.objects.filter(Matches(query))
    counts = dict(found.order_by().values_list("kind").annotate(number=Count("pk")))
    if not counts:
        return Results(suggestion=suggest(words, query_of))
    of_kinds = [Kind(slug, label, counts[slug]) for slug, label in kinds().items() if slug in counts]
    count = counts.get(kind, 0) if kind else sum(counts.values())
    if kind:
        found = found.filter(kind=kind)
    keys = list(ranked(found, query)[offset : offset + limit]) if offset < count else []
    rows = SearchRow.objects.in_bulk(keys)
    return Results(count, [hit_of(rows[key], query) for key in keys], of_kinds)


def ranked(found: QuerySet[SearchRow], query: Query) -> QuerySet[SearchRow, int]:
    """Order rows by their worth; what is equal keeps the order of kinds and of writing.

    Only the keys are sorted, since the texts of all hits would make that slow.
    """
    order = {entry.kind: entry.order for entry in entries()}
    by_kind = [When(kind=slug, then=Value(place)) for slug, place in order.items()]
    place = Case(*by_kind, default=Value(len(order)), output_field=IntegerField())
    return found.order_by(worth_of(query).desc(), place, "pk").values_list("pk", flat=True)


def worth_of(query: Query) -> Any:
    """Make the worth of a row: all words in the title, in title and summary, some in the title."""
    worth = _points(4, Matches(query, TITLE)) + _points(2, Matches(query, HEAD))
    if len(query.terms) > 1:
        worth += _points(1, Matches(query, TITLE, any_term=True))
    return worth


def _points(number: int, condition: Matches) -> Any:
    """Give so many points where a condition holds."""
    return Case(When(condition, then=Value(number)), default=Value(0), output_field=IntegerField())


def hit_of(row: SearchRow, query: Query) -> Hit:
    """Show a row, with the passage in which the words stand."""
    passage, page = highlight(row.summary, query), None
    if "<mark>" not in passage and "<mark>" in (in_body := highlight(row.body, query, PASSAGE)):
        passage, page = in_body, page_of(row.body, query)
    label = kinds().get(row.kind, row.kind)
    return Hit(row.kind, label, row.url, row.title, row.summary, highlight(row.title, query), passage, page)
