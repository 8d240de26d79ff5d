"""Reading what a reader asked for, and narrowing a list down to it.

A `BrowseQuery` is the immutable reading of an address. What it cannot use is told as a `Refusal`
and left out: a wrong value is named on the page, never obeyed and never silently dropped.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.search import matching_ids

UNKNOWN = "unknown"
LONGEST_TEXT = 200
VIEWS = ("list", "table")
FORMATS = ("csv", "xlsx", "json", "geojson", "atom")
# Added by newsletters and social media to the addresses they pass on; they mean nothing to us.
TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid")


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a facet with its label."""

    value: str
    label: str | Promise


@dataclass(frozen=True, slots=True)
class Refusal:
    """A parameter of the address that could not be used, and why."""

    parameter: str
    value: str
    reason: str

    def __str__(self) -> str:
        return self.reason


def shorten(value: str, length: int = 60) -> str:
    """Cut what a reader sent to a length that fits in a sentence."""
    visible = "".join(ch if ch.isprintable() else "\N{REPLACEMENT CHARACTER}" for ch in value[: length + 1])
    return visible if len(visible) <= length else visible[:length] + "…"


class FacetFilter(django_filters.MultipleChoiceFilter):
    """A filter of which several values may be chosen: any of them will do.

    `paths` lead from the record to its values; `where` says which joined rows count, so that a
    draft on the way is never found; `phrase` puts the chosen values into the sentence above the list.
    """

    def __init__(
        self,
        *paths: str,
        label: str | Promise,
        phrase: str | Promise = "",
        where: models.Q | None = None,
        has_unknown: bool = True,
    ) -> None:
        super().__init__(field_name=paths[0], label=label, required=False, choices=[])
        self.paths = paths
        self.phrase = phrase or _("with %s")
        self.where = where or models.Q()
        self.has_unknown = has_unknown

    @property
    def field(self) -> forms.Field:
        """Make the form's field; its values were judged when the address was read."""
        return _AnyChoice(required=False, label=self.label)

    def offered(self) -> list[Option]:
        """List the values to choose from, in their order."""
        raise NotImplementedError

    def options(self) -> list[Option]:
        """List the values to choose from; the unknown is one of them."""
        return [*self.offered(), *([Option(UNKNOWN, _("not documented"))] if self.has_unknown else [])]

    def accepted(self, values: Iterable[str], offered: Iterable[Option]) -> dict[str, Option]:
        """Say for each sent value that means something what it means: "ded4" means Chemnitz, DED4."""
        known = {option.value: option for option in offered}
        return {value: known[value] for value in values if value in known}

    def pairs(self, records: models.QuerySet[Any]) -> Iterator[tuple[int, str]]:
        """List each record with each of its values; records that are not in the list may be among them."""
        rows = records.model._default_manager.filter(self.where & self.known()).order_by()
        for path in self.paths:
            for pk, value in rows.values_list("pk", path).distinct():
                if value not in (None, ""):
                    yield from ((pk, one) for one in self.values_of(value))

    def values_of(self, stored: Any) -> Iterable[str]:
        """Say which values of the facet a stored value stands for."""
        return (str(stored),)

    def match(self, values: Sequence[str]) -> models.Q:
        """Make the condition that one of these values stands at the end of a path."""
        return self.anywhere("__in", values)

    def known(self) -> models.Q:
        """Make the condition that any value is recorded at all."""
        return self.anywhere("__isnull", False)

    def anywhere(self, lookup: str, value: Any) -> models.Q:
        """Make the condition that a lookup holds at the end of any path."""
        condition = models.Q(pk__in=[])
        for path in self.paths:
            condition |= models.Q(**{f"{path}{lookup}": value})
        return condition

    def filter(self, qs: models.QuerySet[Any], value: Sequence[str]) -> models.QuerySet[Any]:
        """Keep the records that have one of the values; each record once."""
        if not value:
            return qs
        rows = qs.model._default_manager.all()
        known = [one for one in value if one != UNKNOWN]
        condition = (
            models.Q(pk__in=rows.filter(self.where & self.match(known)).values("pk")) if known else models.Q()
        )
        if UNKNOWN in value:
            condition |= ~models.Q(pk__in=rows.filter(self.where & self.known()).values("pk"))
        return qs.filter(condition)


class _AnyChoice(forms.MultipleChoiceField):
    """A field that takes every value."""

    def valid_value(self, value: Any) -> bool:
        return True


class ChoiceFacet(FacetFilter):
    """A facet whose values are a closed list of the code."""

    def __init__(self, path: str, *, choices: type[models.TextChoices], **kwargs: Any) -> None:
        super().__init__(path, **kwargs)
        self.members = choices

    def offered(self) -> list[Option]:
        """List the members of the closed list."""
        return [
            Option(member.value, member.label) for member in self.members if member.value not in ("", UNKNOWN)
        ]

    def known(self) -> models.Q:
        """Leave out what is recorded as unknown."""
        return super().known() & ~self.anywhere("__in", ["", UNKNOWN])

    def values_of(self, stored: Any) -> Iterable[str]:
        """Leave out what is recorded as unknown."""
        return () if stored == UNKNOWN else (str(stored),)


class BandFacet(FacetFilter):
    """A facet that sorts numbers into bands; its path names a column of the list itself."""

    def __init__(self, column: str, *, bands: Any, **kwargs: Any) -> None:
        super().__init__(column, **kwargs)
        self.column, self.bands = column, bands

    def offered(self) -> list[Option]:
        """List the bands from low to high."""
        return [Option(band.value, band.label) for band in self.bands]

    def pairs(self, records: models.QuerySet[Any]) -> Iterator[tuple[int, str]]:
        """List each record with the band of its number."""
        rows = records.exclude(**{f"{self.column}__isnull": True}).order_by().values_list("pk", self.column)
        return ((pk, self.bands.of(number).value) for pk, number in rows)

    def match(self, values: Sequence[str]) -> models.Q:
        """Make the condition that the number lies in one of the bands."""
        condition = models.Q(pk__in=[])
        for value in values:
            low, high = self.bands(value).bounds
            within = models.Q(**{f"{self.column}__isnull": False})
            within &= models.Q() if low is None else models.Q(**{f"{self.column}__gte": low})
            condition |= within & (models.Q() if high is None else models.Q(**{f"{self.column}__lt": high}))
        return condition

    def filter(self, qs: models.QuerySet[Any], value: Sequence[str]) -> models.QuerySet[Any]:
        """Keep the records whose number lies in one of the bands."""
        if not value:
            return qs
        condition = self.match([one for one in value if one != UNKNOWN])
        return qs.filter(
            condition | models.Q(**{f"{self.column}__isnull": True}) if UNKNOWN in value else condition
        )


class LevelFacet(FacetFilter):
    """A facet of a small whole number with a label, such as the level of evidence."""

    def __init__(self, column: str, *, levels: type[models.IntegerChoices], **kwargs: Any) -> None:
        super().__init__(column, has_unknown=False, **kwargs)
        self.column, self.levels = column, levels

    def offered(self) -> list[Option]:
        """List the levels under their names: E0, E1."""
        return [Option(level.name.lower(), f"{level.name}: {level.label}") for level in self.levels]

    def pairs(self, records: models.QuerySet[Any]) -> Iterator[tuple[int, str]]:
        """List each record with the name of its level."""
        rows = records.order_by().values_list("pk", self.column)
        return ((pk, self.levels(level).name.lower()) for pk, level in rows)

    def filter(self, qs: models.QuerySet[Any], value: Sequence[str]) -> models.QuerySet[Any]:
        """Keep the records at one of the levels."""
        return (
            qs.filter(**{f"{self.column}__in": [self.levels[one.upper()] for one in value]}) if value else qs
        )


class YearFacet(FacetFilter):
    """A facet of years, taken from a date."""

    def __init__(self, *paths: str, days: Callable[[], Iterable[dt.date]], **kwargs: Any) -> None:
        super().__init__(*paths, **kwargs)
        self.days = days

    def offered(self) -> list[Option]:
        """List the years on record, the newest first."""
        years = sorted({day.year for day in self.days()}, reverse=True)
        return [Option(str(year), str(year)) for year in years]

    def values_of(self, stored: Any) -> Iterable[str]:
        """Give the year of a date."""
        return (str(stored.year),)

    def match(self, values: Sequence[str]) -> models.Q:
        """Make the condition that the date lies in one of the years."""
        return self.anywhere("__year__in", [int(value) for value in values])


class RecordFacet(FacetFilter):
    """A facet whose values are published records, by their short names."""

    def __init__(
        self, *paths: str, records: Callable[[], models.QuerySet[Any]], name: str, **kwargs: Any
    ) -> None:
        super().__init__(*(f"{path}__slug" for path in paths), **kwargs)
        self.records, self.name = records, name

    def offered(self) -> list[Option]:
        """List the published records in their usual order."""
        return [Option(slug, label) for slug, label in self.records().values_list("slug", self.name)]


class TextFilter(django_filters.CharFilter):
    """A filter for words: the records that the site's own search finds by them."""

    def __init__(self) -> None:
        super().__init__(label=_("Words"), required=False)

    def filter(self, qs: models.QuerySet[Any], value: str) -> models.QuerySet[Any]:
        """Keep the records in which every word stands."""
        return qs.filter(pk__in=matching_ids(qs.model, value)) if value else qs


class BrowseFilterSet(django_filters.FilterSet):
    """The filters of a list: facets in their order, words, and orders to sort by.

    `sorts` maps the word in the address to a label and the columns; the first is the usual one.
    """

    sorts: ClassVar[Mapping[str, tuple[str | Promise, Sequence[Any]]]] = {}
    views: ClassVar[Sequence[str]] = VIEWS
    # The order of the feed.
    newest: ClassVar[Sequence[Any]] = [models.F("last_published_at").desc(nulls_last=True), "-pk"]

    @classmethod
    def facets(cls) -> dict[str, FacetFilter]:
        """Give the facets by their parameter."""
        return {name: one for name, one in cls.base_filters.items() if isinstance(one, FacetFilter)}

    @classmethod
    def has_words(cls) -> bool:
        """Tell whether the list can be searched by words."""
        return "q" in cls.base_filters


@dataclass(frozen=True, slots=True)
class BrowseQuery:
    """What a reader asked a list for: immutable, in one canonical form."""

    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()
    words: str = ""
    sort: str = ""
    view: str = "list"
    page: int = 1

    @classmethod
    def parse(
        cls,
        data: QueryDict,
        filterset: type[BrowseFilterSet],
        offered: Mapping[str, Sequence[Option]] | None = None,
    ) -> Reading:
        """Read an address; `offered` are the values of each facet, fetched here where they are not given."""
        return Reading.of(data, filterset, offered or {})

    def values(self, facet: str) -> tuple[str, ...]:
        """Give the chosen values of a facet."""
        return dict(self.chosen).get(facet, ())

    @property
    def count(self) -> int:
        """Count the chosen values, the words as one."""
        return sum(len(values) for _name, values in self.chosen) + bool(self.words)

    def without(self, facet: str, value: str) -> BrowseQuery:
        """Take one chosen value away; the page begins anew."""
        kept = (
            (name, tuple(v for v in values if (name, v) != (facet, value))) for name, values in self.chosen
        )
        return replace(self, chosen=tuple((name, values) for name, values in kept if values), page=1)

    def narrowed(self, facet: str, value: str) -> BrowseQuery:
        """Choose one value of a facet instead of any other, and show the list."""
        chosen = dict(self.chosen) | {facet: (value,)}
        return replace(self, chosen=tuple(chosen.items()), view="list", page=1)

    def cleared(self) -> BrowseQuery:
        """Take every choice away; the view and the order stay."""
        return replace(self, chosen=(), words="", page=1)

    def at(self, **changes: Any) -> BrowseQuery:
        """Change the view, the order or the page."""
        return replace(self, **changes)

    def parameters(self) -> list[tuple[str, str]]:
        """List the parameters in canonical order; what is usual is left out."""
        pairs = [("q", self.words)] if self.words else []
        pairs += [(name, value) for name, values in self.chosen for value in values]
        pairs += [("sort", self.sort)] if self.sort else []
        pairs += [("view", self.view)] if self.view != "list" else []
        return pairs + ([("page", str(self.page))] if self.page > 1 else [])

    @property
    def address(self) -> str:
        """Write the query as the end of an address: `?region=ITH3`, or nothing."""
        parameters = self.parameters()
        return f"?{urlencode(parameters)}" if parameters else "?"

    def data(self) -> QueryDict:
        """Give the query as the filters read it."""
        return QueryDict(
            urlencode([pair for pair in self.parameters() if pair[0] not in ("sort", "view", "page")])
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """What an address says: the query, what could not be used, and the labels of what was chosen."""

    query: BrowseQuery
    refusals: tuple[Refusal, ...]
    labels: Mapping[tuple[str, str], str | Promise]

    @classmethod
    def of(
        cls, data: QueryDict, filterset: type[BrowseFilterSet], offered: Mapping[str, Sequence[Option]]
    ) -> Reading:
        """Read an address parameter by parameter."""
        reader = _Reader(data, filterset, offered)
        query = reader.query()
        return cls(query, tuple(reader.refusals), reader.labels)


@dataclass
class _Reader:
    """The reading of one address, parameter by parameter."""

    data: QueryDict
    filterset: type[BrowseFilterSet]
    offered: Mapping[str, Sequence[Option]]
    refusals: list[Refusal] = field(default_factory=list)
    labels: dict[tuple[str, str], str | Promise] = field(default_factory=dict)

    def query(self) -> BrowseQuery:
        self._name_unknown_parameters()
        return BrowseQuery(
            chosen=tuple(self._chosen()),
            words=self._words(),
            sort=self._sort(),
            view=self._view(),
            page=self._page(),
        )

    def refuse(self, parameter: str, value: str, reason: str) -> None:
        self.refusals.append(Refusal(parameter, value, reason))

    def _name_unknown_parameters(self) -> None:
        known = {*self.filterset.base_filters, "sort", "view", "page", "format"}
        for name in self.data:
            if name not in known and not name.startswith(TRACKING):
                value = self.data.get(name) or ""
                self.refuse(
                    name, value, gettext("This list has no filter “%s”, so we left it out.") % shorten(name)
                )

    def _chosen(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for name, facet in self.filterset.facets().items():
            sent = [value for value in dict.fromkeys(self.data.getlist(name)) if value]
            if not sent:
                continue
            accepted = facet.accepted(sent, self.offered[name] if name in self.offered else facet.options())
            for value in sent:
                if value not in accepted:
                    reason = gettext("“%(value)s” is no choice under %(facet)s, so we left it out.")
                    self.refuse(name, value, reason % {"value": shorten(value), "facet": facet.label})
            if accepted:
                self.labels |= {(name, option.value): option.label for option in accepted.values()}
                yield name, tuple(sorted({option.value for option in accepted.values()}))

    def _words(self) -> str:
        if not self.filterset.has_words():
            return ""
        sent = " ".join(" ".join(self.data.getlist("q")).replace("\0", " ").split())
        if len(sent) > LONGEST_TEXT:
            reason = gettext("The search was cut to its first %(length)s characters: “%(value)s”.")
            self.refuse("q", sent, reason % {"length": LONGEST_TEXT, "value": shorten(sent)})
        if "\0" in "".join(self.data.getlist("q")):
            self.refuse("q", sent, gettext("We left out a character that cannot be searched for."))
        return sent[:LONGEST_TEXT].strip()

    def _one_of(self, name: str, allowed: Sequence[str], what: str) -> str:
        sent = self.data.getlist(name)
        known = [value for value in sent if value in allowed]
        for value in dict.fromkeys(sent):
            if value and value not in allowed:
                self.refuse(
                    name,
                    value,
                    gettext("“%(value)s” is not %(what)s of this list, so we left it out.")
                    % {"value": shorten(value), "what": what},
                )
        return known[-1] if known else allowed[0]

    def _sort(self) -> str:
        names = list(self.filterset.sorts)
        chosen = self._one_of("sort", names, gettext("an order")) if names else ""
        return "" if not names or chosen == names[0] else chosen

    def _view(self) -> str:
        return self._one_of("view", self.filterset.views, gettext("a view"))

    def _page(self) -> int:
        sent = [value for value in self.data.getlist("page") if value]
        if not sent:
            return 1
        if sent[-1].isascii() and sent[-1].isdigit() and len(sent[-1]) <= 18 and int(sent[-1]) > 0:
            return int(sent[-1])
        self.refuse(
            "page", sent[-1], gettext("“%s” is not a page number; this is page 1.") % shorten(sent[-1])
        )
        return 1
