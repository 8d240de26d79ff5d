"""Facets by place, and the filters of the list of regions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.filters import VIEWS, BrowseFilterSet, FacetFilter, Option, TextFilter
from regions.codes import NutsCode
from regions.models import NutsRegion

# A list of things with a place can be seen on the map, too.
MAP_VIEWS = (*VIEWS, "map")


class RegionFacet(FacetFilter):
    """A facet by NUTS region: a region means itself and all below it.

    `used` gives the codes on record; offered are their NUTS 2 regions, accepted is every code.
    """

    level = 2
    usual_label: str | Promise = _("Region")

    def __init__(self, *paths: str, used: Callable[[], Iterable[str]], **kwargs: Any) -> None:
        kwargs.setdefault("phrase", _("in %s"))
        kwargs.setdefault("label", self.usual_label)
        super().__init__(*paths, **kwargs)
        self.used = used

    def offered(self) -> list[Option]:
        """List the regions in which something is recorded."""
        codes = {code[: self.level + 2] for code in self.used() if code}
        return [Option(region.code, region.label) for region in NutsRegion.objects.filter(code__in=codes)]

    def accepted(self, values: Iterable[str], offered: Iterable[Option]) -> dict[str, Option]:
        """Accept every code of the classification, in capitals or not."""
        known = {option.value: option for option in offered}
        found = {value: known[value.upper()] for value in values if value.upper() in known}
        found |= {value: known[value] for value in values if value in known}
        wanted = {value: value.upper() for value in values if value not in found and self._is_code(value)}
        if wanted:
            rest = {
                region.code: region
                for region in NutsRegion.objects.filter(code__in=wanted.values()).for_cards()
            }
            found |= {sent: Option(code, rest[code].label) for sent, code in wanted.items() if code in rest}
        return found

    def values_of(self, stored: Any) -> Iterable[str]:
        """Count a region for itself and for all regions around it."""
        return (stored[:length] for length in range(2, len(stored) + 1))

    def _is_code(self, value: str) -> bool:
        try:
            NutsCode(value.upper())
        except ValueError:
            return False
        return True

    def match(self, values: Sequence[str]) -> models.Q:
        """Make the condition that the place lies in one of the regions."""
        condition = models.Q(pk__in=[])
        for value in values:
            condition |= self.anywhere("__startswith", value)
        return condition


class CountryFacet(RegionFacet):
    """A facet by country."""

    level = 0
    usual_label = _("Country")

    def _is_code(self, value: str) -> bool:
        return len(value) == 2 and super()._is_code(value)


class RegionFilterSet(BrowseFilterSet):
    """How regions are browsed."""

    q = TextFilter()
    country = CountryFacet(
        "code", used=lambda: NutsRegion.objects.in_use().values_list("code", flat=True), has_unknown=False
    )

    views: ClassVar = MAP_VIEWS
    sorts: ClassVar = {
        "code": (_("By code"), ["code"]),
        "name": (
            _("By name"),
            [models.functions.Coalesce(models.functions.NullIf("name_en", models.Value("")), "name"), "code"],
        ),
    }

    newest: ClassVar = ["code"]

    class Meta:
        model = NutsRegion
        fields: ClassVar[list[str]] = []
