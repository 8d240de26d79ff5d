"""The map of all public addresses for search engines."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db import models
from django.urls import reverse
from wagtail.contrib.sitemaps import Sitemap as PageSitemap

from core.models import Record
from outputs.models import Output
from partners.models import Partner
from pilots.models import PilotAction, TestCase
from regions.models import NutsRegion


class ListSitemap(Sitemap[str]):
    """The lists."""

    def items(self) -> list[str]:
        """Name the lists that no page of the tree stands for."""
        return ["pilots:test_cases", "pilots:pilot_actions", "outputs:list", "partners:list", "regions:list"]

    def location(self, item: str) -> str:
        """Give the address of a list."""
        return reverse(item)


class RecordSitemap(Sitemap[Any]):
    """The published records of one kind."""

    def __init__(self, model: type[Record]) -> None:
        self.model = model

    def items(self) -> models.QuerySet[Any]:
        """List the published records."""
        return self.model.objects.live().order_by("pk")

    def lastmod(self, item: Any) -> dt.datetime | None:
        """Tell when a record was last published."""
        return item.last_published_at


class FactSheetSitemap(RecordSitemap):
    """The official sheets of the sets."""

    def location(self, item: PilotAction) -> str:
        """Give the address of a sheet."""
        return reverse("pilots:fact_sheet", args=[item.slug])


class RegionSitemap(Sitemap[NutsRegion]):
    """The regions with a partner; the rest of the classification says nothing new."""

    def items(self) -> models.QuerySet[NutsRegion]:
        """List the partner regions."""
        return NutsRegion.objects.in_use()


SITEMAPS: dict[str, Any] = {
    "pages": PageSitemap,
    "lists": ListSitemap,
    "test-cases": RecordSitemap(TestCase),
    "pilot-actions": RecordSitemap(PilotAction),
    "fact-sheets": FactSheetSitemap(PilotAction),
    "outputs": RecordSitemap(Output),
    "partners": RecordSitemap(Partner),
    "regions": RegionSitemap,
}
