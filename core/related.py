"""Slots through which upper apps put sections on the pages of lower ones.

An upper app's `related.py` registers what it offers; the lower app's template asks for it by
`{% related_sections object %}` and never needs to know who answered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models
from django.utils.functional import Promise

SectionMaker = Callable[[Any], "Section"]
UseFinder = Callable[[], "models.QuerySet[Any]"]
F = TypeVar("F", bound=Callable[..., Any])

_sections: dict[type[models.Model], list[SectionMaker]] = defaultdict(list)
_uses: dict[type[models.Model], list[UseFinder]] = defaultdict(list)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the records that stand below it."""

    title: str | Promise
    items: Sequence[Any] | models.QuerySet[Any]


def related_to(model: type[models.Model]) -> Callable[[F], F]:
    """Offer a section to the pages of a record's kind."""

    def register(make: F) -> F:
        _sections[model].append(make)
        return make

    return register


def sections_for(record: models.Model) -> list[Section]:
    """Collect what the upper apps say about a record; empty sections are left out."""
    # An editor's preview of a new record: nothing can point at what is not stored yet.
    if record.pk is None:
        return []
    made = (make(record) for make in _sections[type(record)])
    filled = (Section(section.title, list(section.items)) for section in made)
    return [section for section in filled if section.items]


def uses(model: type[models.Model]) -> Callable[[F], F]:
    """Register a query for the primary keys of a lower app's records that an upper app builds on."""

    def register(find: F) -> F:
        _uses[model].append(find)
        return find

    return register


def in_use(model: type[models.Model]) -> models.Q:
    """Make the condition that any upper app builds on a record."""
    condition = models.Q(pk__in=[])
    for find in _uses[model]:
        condition |= models.Q(pk__in=find())
    return condition
