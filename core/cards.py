"""How a record or a page shows itself in a list: plain values, the same for all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Fact:
    """A term and its value; an empty value is unknown and shown as such."""

    term: Text
    value: Text = ""

    @property
    def unknown(self) -> bool:
        """Tell whether nothing is documented."""
        return not self.value


def fact(term: Text, *values: object) -> Fact:
    """Join the known values of a fact, each once, in their order."""
    # A translated word is looked up each time it is used: once here, not twice.
    words = ("" if value is None else str(value) for value in values)
    return Fact(term, " · ".join(dict.fromkeys(filter(None, words))))


@dataclass(frozen=True, slots=True)
class Card:
    """What a list shows of one record: its name, where it leads, and a few facts.

    `key` names the record for machines; `code` and `palette` draw its cover.
    """

    title: Text
    url: str
    key: str
    palette: str
    code: str
    kicker: Text = ""
    text: Text = ""
    facts: Sequence[Fact] = field(default_factory=tuple)

    @property
    def meta(self) -> list[Text]:
        """List the known facts as single words."""
        return [one.value for one in self.facts if not one.unknown]


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the map with its name; degrees, empty where they are not known."""

    name: Text = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """What every form of a list tells of a record: its card, its points on the map, its dates."""

    card: Card
    places: Sequence[Place]
    first_published_at: dt.datetime | None
    last_published_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Link:
    """A record as one line of a list beside another record; `meta` are single words below it."""

    label: Text
    url: str
    text: Text = ""
    meta: Sequence[object] = field(default_factory=tuple)


def table_of(cards: Sequence[Card], noun: Text) -> dict[str, Any]:
    """Lay cards out as a table: the name first, then a column for each fact."""
    terms = [one.term for one in cards[0].facts] if cards else []
    return {
        "headers": [str(noun)[:1].upper() + str(noun)[1:], *terms],
        "rows": [
            [{"text": card.title, "url": card.url, "key": card.key}, *(one.value for one in card.facts)]
            for card in cards
        ],
    }
