"""What can be found: every app registers its records in its module `search`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any, TypeVar

from django.db import models
from django.utils.functional import Promise

D = TypeVar("D", bound=Callable[[Any], "Document"])


@dataclass(frozen=True, slots=True)
class Document:
    """What the search knows of a record: `names` count as much as the title, `body` less than the summary.

    `pages` are the numbers and texts of the pages of its files; a hit there names the page.
    """

    title: str
    url: str
    names: Sequence[object] = field(default_factory=tuple)
    summary: str = ""
    body: Iterable[object] = field(default_factory=tuple)
    pages: Iterable[tuple[int, str]] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Searchable:
    """A kind of record that can be found.

    `records` gives those that readers may see, with what their documents need; `draws_on` names the lookups
    by which a document depends on other records, so that a change there reaches the index.
    """

    model: type[models.Model]
    kind: str
    label: str | Promise
    order: int
    records: Callable[[], models.QuerySet[Any]]
    document: Callable[[Any], Document]
    draws_on: Mapping[type[models.Model], Sequence[str]]

    @property
    def name(self) -> str:
        """Give the name under which rows of this model are kept."""
        return self.model._meta.label_lower

    def lookups(self, source: type[models.Model]) -> tuple[str, ...]:
        """List the lookups by which this kind of record draws on another."""
        return (*self.draws_on.get(source, ()), *_more.get((self.model, source), ()))

    @property
    def sources(self) -> set[type[models.Model]]:
        """List the models that this kind of record draws on."""
        return {*self.draws_on, *(source for model, source in _more if model is self.model)}


_registry: dict[type[models.Model], Searchable] = {}
_more: dict[tuple[type[models.Model], type[models.Model]], tuple[str, ...]] = {}


def searchable(
    model: type[models.Model],
    *,
    kind: str,
    label: str | Promise,
    order: int,
    records: Callable[[], models.QuerySet[Any]],
    draws_on: Mapping[type[models.Model], Sequence[str]] | None = None,
) -> Callable[[D], D]:
    """Register how a published record is written into the search."""

    def register(document: D) -> D:
        _registry[model] = Searchable(model, kind, label, order, records, document, draws_on or {})
        return document

    return register


def draws_on(model: type[models.Model], source: type[models.Model], *lookups: str) -> None:
    """Let a lower app's records follow those of an upper one, which alone knows of both."""
    _more[model, source] = lookups


def entries() -> list[Searchable]:
    """List everything that can be found, in the order in which kinds are shown."""
    return sorted(_registry.values(), key=lambda entry: entry.order)


def entry_of(model: type[models.Model]) -> Searchable | None:
    """Give what is registered for a model."""
    return _registry.get(model)


def kinds() -> dict[str, str | Promise]:
    """Give the kinds with their labels, in their order."""
    return {entry.kind: entry.label for entry in entries()}


def texts_of(record: models.Model, *names: str) -> Iterator[str]:
    """Read the plain text of fields: lines, running text, building blocks."""
    for name in names:
        value = getattr(record, name)
        read = getattr(record._meta.get_field(name), "get_searchable_content", None)
        yield from (unescape(str(each)) for each in read(value)) if read else [str(value)]
