"""Facet counts from bitsets kept in memory: exact, and no query per facet.

Each list has one `FacetIndex` per worker process. A record is a bit; a facet's value is the bitset
of the records that have it. The index is built anew when the content's version has changed.
"""

from __future__ import annotations

import datetime as dt
import uuid
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.db import models

from core.filters import UNKNOWN, BrowseFilterSet, BrowseQuery, Option
from core.models.versions import ContentVersion

# Up to so many hits are sorted by their rank; more are met by walking along the order of the list.
FEW = 4_000
NEWEST = "newest first, for the feed"


@dataclass(frozen=True, slots=True)
class Counted:
    """What a query finds: the hits as a bitset, and for each facet how many a value would give."""

    hits: int
    counts: Mapping[str, Mapping[str, int]]

    @property
    def total(self) -> int:
        """Count the hits."""
        return self.hits.bit_count()


class FacetIndex:
    """All records of a list as bits: which have which value, and in which order they stand."""

    def __init__(self, filterset: type[BrowseFilterSet], records: models.QuerySet[Any]) -> None:
        self.pks = array("q", records.order_by("pk").values_list("pk", flat=True))
        self.places = {pk: place for place, pk in enumerate(self.pks)}
        self.all = (1 << len(self.pks)) - 1
        self.options: dict[str, list[Option]] = {}
        self.bits: dict[str, dict[str, int]] = {}
        for name, facet in filterset.facets().items():
            self.options[name] = facet.options()
            values = self.bitsets(facet.pairs(records))
            if facet.has_unknown:
                known = 0
                for bits in values.values():
                    known |= bits
                values[UNKNOWN] = self.all & ~known
            self.bits[name] = values
        orders = {name: columns for name, (_label, columns) in filterset.sorts.items()} | {
            NEWEST: filterset.newest
        }
        self.orders = {name: self.order(records.order_by(*columns)) for name, columns in orders.items()}
        self.ranks: dict[str, array[int]] = {}

    def bitsets(self, pairs: Iterable[tuple[int, str]]) -> dict[str, int]:
        """Turn pairs of a record and a value into a bitset for each value."""
        records: dict[str, list[int]] = defaultdict(list)
        for pk, value in pairs:
            records[value].append(pk)
        return {value: self.mask(pks) for value, pks in records.items()}

    def order(self, records: models.QuerySet[Any]) -> array[int]:
        """List the bits of all records in one order of the list."""
        places = self.places
        return array("l", [places[pk] for pk in records.values_list("pk", flat=True) if pk in places])

    def mask(self, pks: Iterable[int]) -> int:
        """Make the bitset of some records; those that are not in the list are left out."""
        raw, places = bytearray((len(self.pks) + 7) // 8), self.places
        for pk in pks:
            if (place := places.get(pk)) is not None:
                raw[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(raw, "little")

    def count(self, query: BrowseQuery, within: int | None = None) -> Counted:
        """Find the hits of a query, and count for each value what it would give.

        Within a facet any chosen value will do, across facets all must hold; the counts of a facet
        leave out its own choice. `within` narrows everything to the records that hold the words.
        """
        base = self.all if within is None else within
        chosen = {name: self._any(name, values) for name, values in query.chosen}
        hits = base
        for bits in chosen.values():
            hits &= bits
        counts = {}
        for name, values in self.bits.items():
            others = base
            for other, bits in chosen.items():
                if other != name:
                    others &= bits
            counts[name] = {value: (others & bits).bit_count() for value, bits in values.items()}
        return Counted(hits, counts)

    def _any(self, name: str, values: Sequence[str]) -> int:
        """Join the bitsets of the chosen values of a facet."""
        bits = 0
        for value in values:
            bits |= self.bits[name].get(value, 0)
        return bits

    def page(self, hits: int, sort: str, start: int, stop: int) -> list[int]:
        """Give the primary keys of one page of the hits, in order."""
        if hits.bit_count() <= FEW:
            ranks = self._ranks(sort)
            places = sorted(set_bits(hits), key=ranks.__getitem__)[start:stop]
            return [self.pks[place] for place in places]
        found = []
        raw, seen = hits.to_bytes((len(self.pks) + 7) // 8, "little"), 0
        for place in self.orders[sort]:
            if raw[place >> 3] >> (place & 7) & 1:
                seen += 1
                if seen > start:
                    found.append(self.pks[place])
                if seen == stop:
                    break
        return found

    def _ranks(self, sort: str) -> array[int]:
        """Give the rank of each bit in an order."""
        if sort not in self.ranks:
            ranks = array("l", bytes(array("l").itemsize * len(self.pks)))
            for rank, place in enumerate(self.orders[sort]):
                ranks[place] = rank
            self.ranks[sort] = ranks
        return self.ranks[sort]


def set_bits(bits: int) -> Iterator[int]:
    """List the places of the ones in a bitset."""
    for index, byte in enumerate(bits.to_bytes((bits.bit_length() + 7) // 8, "little")):
        while byte:
            low = byte & -byte
            yield index * 8 + low.bit_length() - 1
            byte ^= low


@dataclass(frozen=True, slots=True)
class _Kept:
    """An index with the version of the content that it was built from."""

    token: uuid.UUID | None
    changed_at: dt.datetime | None
    index: FacetIndex


_kept: dict[type[BrowseFilterSet], _Kept] = {}
_lock = Lock()


def index_of(
    filterset: type[BrowseFilterSet], records: models.QuerySet[Any]
) -> tuple[FacetIndex, dt.datetime | None]:
    """Give the index of a list, built anew if the content has changed, and the time of the last change."""
    token, changed_at = ContentVersion.read()
    kept = _kept.get(filterset)
    if kept is None or kept.token != token:
        with _lock:
            kept = _kept.get(filterset)
            if kept is None or kept.token != token:
                kept = _Kept(token, changed_at, FacetIndex(filterset, records))
                _kept[filterset] = kept
    return kept.index, kept.changed_at
