"""How the classification differs from the database, and how it gets there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.db import transaction
from wagtail.search.backends import get_search_backends

from regions.classification.closed import closed_rows
from regions.classification.eurostat import eurostat_rows
from regions.classification.rows import ClassificationError, RegionRow, gather
from regions.models import NutsRegion

# An editor may have written these; they are filled where they are empty and never overwritten.
EDITORS_OWN: Final = ("name_en", "note")
CENTRE: Final = ("latitude", "longitude")


@dataclass(frozen=True, slots=True)
class Differences:
    """How rows differ from the database: `changed` holds old and new values by code and field."""

    added: tuple[RegionRow, ...] = ()
    changed: Mapping[str, Mapping[str, tuple[Any, Any]]] = field(default_factory=dict)
    unchanged: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to write."""
        return not self.added and not self.changed

    def sentences(self) -> list[str]:
        """Say every difference in plain words."""
        added = [f"{row.code}: new, {row.name}" for row in self.added]
        changed = [
            f"{code}: {name.replace('_', ' ')}: {_in_words(old)} → {_in_words(new)}"
            for code, changes in self.changed.items()
            for name, (old, new) in changes.items()
        ]
        return added + changed + [f"{code}: in the database only; it stays" for code in self.missing]


def import_classification() -> Differences:
    """Load Eurostat's table and the codes closed before, or raise ClassificationError and load nothing."""
    return apply(gather(eurostat_rows, closed_rows))


def merged(rows: Iterable[RegionRow]) -> list[RegionRow]:
    """Make one row of all that speak of one code: the newest names it, and what it lacks the others add."""
    by_code: dict[str, RegionRow] = {}
    for row in rows:
        by_code[row.code] = _merge(by_code[row.code], row) if row.code in by_code else row
    return list(by_code.values())


def _merge(one: RegionRow, other: RegionRow) -> RegionRow:
    """Make one row of two; where both are equally new, the first leads."""
    lead, rest = (one, other) if one.last_version >= other.last_version else (other, one)
    lacking = {
        name: getattr(rest, name)
        for name in ("name_latin", "successors", "outline", *EDITORS_OWN)
        if not getattr(lead, name)
    }
    if lead.latitude is None:
        lacking |= {name: getattr(rest, name) for name in CENTRE}
    return replace(lead, first_version=min(one.first_version, other.first_version), **lacking)


def with_outlines(rows: Iterable[RegionRow], outlines: Mapping[str, dict[str, Any]]) -> list[RegionRow]:
    """Give rows their outlines; a region of the database that no row speaks of gets a row."""
    found = merged(rows)
    others = set(outlines) - {row.code for row in found}
    stored = NutsRegion.objects.filter(code__in=others).values_list(
        "code", "name", "first_version", "last_version"
    )
    found += [
        RegionRow(code, name, first_version=first, last_version=last) for code, name, first, last in stored
    ]
    return [replace(row, outline=outlines.get(row.code, row.outline)) for row in found]


def differences(rows: Iterable[RegionRow]) -> Differences:
    """Compare rows with the database; raise ClassificationError where a successor is in neither."""
    found = merged(rows)
    regions, successors = _stored(with_outline=any(row.outline for row in found))
    _check_successors(found, regions)
    changed = {
        row.code: changes
        for row in found
        if row.code in regions and (changes := _changes(row, regions[row.code], successors[row.code]))
    }
    codes = {row.code for row in found}
    return Differences(
        added=tuple(row for row in found if row.code not in regions),
        changed=changed,
        unchanged=tuple(sorted(codes & regions.keys() - changed.keys())),
        missing=tuple(sorted(regions.keys() - codes)),
    )


def _stored(*, with_outline: bool) -> tuple[dict[str, NutsRegion], dict[str, tuple[str, ...]]]:
    """Read the regions of the database and their successors; outlines are large and read only when needed.

    Inside a transaction the regions are locked, so that nobody edits one in the meantime.
    """
    queryset = NutsRegion.objects.all() if with_outline else NutsRegion.objects.defer("outline")
    if transaction.get_connection().in_atomic_block:
        queryset = queryset.select_for_update()
    regions = {region.code: region for region in queryset}
    pairs = NutsRegion.successors.through.objects.values_list("from_nutsregion__code", "to_nutsregion__code")
    successors: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for code, successor in pairs:
        successors[code] = tuple(sorted((*successors[code], successor)))
    return regions, successors


def _check_successors(rows: Sequence[RegionRow], regions: Mapping[str, NutsRegion]) -> None:
    """Refuse successors that are neither among the rows nor in the database, or the region itself."""
    known = {row.code for row in rows} | regions.keys()
    wrong = [
        (row.code, code) for row in rows for code in row.successors if code not in known or code == row.code
    ]
    if wrong:
        raise ClassificationError(
            [f"{code}: its successor {successor} is not known." for code, successor in wrong]
        )


def _changes(row: RegionRow, region: NutsRegion, successors: tuple[str, ...]) -> dict[str, tuple[Any, Any]]:
    """Compare a row with its region, field by field."""
    wanted: dict[str, Any] = {
        "first_version": min(row.first_version, region.first_version),
        "last_version": max(row.last_version, region.last_version),
    }
    if row.last_version >= region.last_version:  # an older table knows an older name
        wanted["name"] = row.name
        wanted["name_latin"] = row.name_latin or region.name_latin
    wanted |= {
        name: getattr(row, name) for name in EDITORS_OWN if getattr(row, name) and not getattr(region, name)
    }
    if row.latitude is not None and region.latitude is None and region.longitude is None:
        wanted |= {name: getattr(row, name) for name in CENTRE}
    if row.outline:
        wanted["outline"] = row.outline
    changes = {
        name: (getattr(region, name), value)
        for name, value in wanted.items()
        if getattr(region, name) != value
    }
    if row.successors and tuple(sorted(set(row.successors))) != successors:
        changes["successors"] = (successors, tuple(sorted(set(row.successors))))
    return changes


@transaction.atomic
def apply(rows: Iterable[RegionRow]) -> Differences:
    """Bring the database to the rows, all or none, and tell what was different; nothing is deleted."""
    found = differences(rows)
    _add(found.added)
    _change(found.changed)
    _link({row.code: row.successors for row in found.added if row.successors})
    _link(
        {code: changes["successors"][1] for code, changes in found.changed.items() if "successors" in changes}
    )
    searched = {each.field_name for each in NutsRegion.get_search_fields()}
    _index(
        [row.code for row in found.added]
        + [code for code, changes in found.changed.items() if searched & changes.keys()]
    )
    return found


def _add(rows: Iterable[RegionRow]) -> None:
    """Store new regions."""
    names = ("code", "name", "name_latin", "first_version", "last_version", "outline", *EDITORS_OWN, *CENTRE)
    NutsRegion.objects.bulk_create(
        [NutsRegion(**{name: getattr(row, name) for name in names}) for row in rows]
    )


def _change(changed: Mapping[str, Mapping[str, tuple[Any, Any]]]) -> None:
    """Store the new values, one statement for all regions in which the same fields change."""
    regions = {region.code: region for region in NutsRegion.objects.defer("outline").filter(code__in=changed)}
    groups: dict[tuple[str, ...], list[NutsRegion]] = defaultdict(list)
    for code, changes in changed.items():
        names = tuple(sorted(changes.keys() - {"successors"}))
        for name in names:
            setattr(regions[code], name, changes[name][1])
        if names:
            groups[names].append(regions[code])
    for names, group in groups.items():
        NutsRegion.objects.bulk_update(group, names, batch_size=100)


def _link(successors: Mapping[str, Sequence[str]]) -> None:
    """Store which regions took over."""
    through = NutsRegion.successors.through
    codes = {*successors, *(code for taking_over in successors.values() for code in taking_over)}
    ids = dict(NutsRegion.objects.filter(code__in=codes).values_list("code", "pk"))
    through.objects.filter(from_nutsregion_id__in=[ids[code] for code in successors]).delete()
    through.objects.bulk_create(
        through(from_nutsregion_id=ids[code], to_nutsregion_id=ids[successor])
        for code, taking_over in successors.items()
        for successor in dict.fromkeys(taking_over)
    )


def _index(codes: Sequence[str]) -> None:
    """Put regions into the search index of the admin: bulk writes send no signal that would do so."""
    regions = list(NutsRegion.objects.defer("outline").filter(code__in=codes))
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(NutsRegion, regions)


def _in_words(value: object) -> str:
    """Write a value for a person; outlines are too long to be printed."""
    if isinstance(value, dict):
        return "outline"
    if isinstance(value, tuple):
        return ", ".join(value) or "nothing"
    return "nothing" if value in (None, "") else str(value)
