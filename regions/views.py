"""The list of partner regions and the page of every NUTS region."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView

from core.filters import UNKNOWN
from core.views import BrowseView
from regions.filters import RegionFilterSet
from regions.map import MapView, Mark, draw
from regions.models import NutsRegion


class MapBrowseView(BrowseView):
    """A list that can be seen on the map: a mark for each region, as large as its number of hits."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the map where it was asked for."""
        context = super().get_context_data(**kwargs)
        if self.query.view == "map":
            description = gettext("A mark for each region, as large as its number of %(things)s.")
            context["map"] = draw(
                self.marks(),
                title=gettext("%(heading)s on the map") % {"heading": self.heading},
                description=description % {"things": self.noun[1]},
                noun=self.noun,
            )
        return context

    def marks(self) -> list[Mark]:
        """Mark the regions that the list offers with what is found in each."""
        chosen = self.query.values("region")
        within, hits = self.index.bits["region"], self.counted.hits
        return [
            Mark(
                code=option.value,
                label=str(option.label),
                count=(within.get(option.value, 0) & hits).bit_count(),
                url=f"{self.request.path}{self.query.narrowed('region', option.value).address}",
                is_chosen=option.value in chosen,
            )
            for option in self.index.options["region"]
            if option.value != UNKNOWN
        ]


class RegionBrowseView(MapBrowseView):
    """The partner regions, narrowed down as the reader asks."""

    filterset_class = RegionFilterSet
    heading = _("Regions")
    lead = _("Where the partners are at home. Every region of the EU has a page here under its NUTS code.")
    noun: ClassVar = (_("partner region"), _("partner regions"))

    def get_queryset(self) -> models.QuerySet[Any]:
        """List the regions with a partner."""
        return NutsRegion.objects.in_use().for_cards()

    def marks(self) -> list[Mark]:
        """Mark the regions of the list."""
        regions = self.pieces()
        return [Mark(region.code, region.label, 1, region.get_absolute_url()) for region in regions]


class RegionDetailView(DetailView[NutsRegion]):
    """One region: its place in the classification and what was tried there."""

    model = NutsRegion
    slug_field = "code"
    slug_url_kwarg = "code"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead a code in small letters to its one address."""
        code = self.kwargs["code"]
        if code != code.upper():
            return HttpResponsePermanentRedirect(reverse("regions:detail", args=[code.upper()]))
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> models.QuerySet[Any]:
        """Fetch a region without its outline."""
        return NutsRegion.objects.defer("outline")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the regions above and below, and what replaced an ended code."""
        region = self.object
        return super().get_context_data(
            above=list(NutsRegion.objects.above(region.code).for_cards()),
            below=list(NutsRegion.objects.directly_below(region).for_cards()) if region.level < 3 else [],
            successors=[] if region.is_current else list(region.successors.for_cards()),
            predecessors=list(region.predecessors.for_cards()),
            map=locate(region) if region.latitude is not None else None,
            **kwargs,
        )


def locate(region: NutsRegion) -> MapView:
    """Show where a region is, on a map that has nothing else."""
    mark = Mark(region.code, region.label, 0, region.get_absolute_url())
    title = gettext("%(name)s on the map of Central Europe") % {"name": region.label}
    return draw([mark], title=title, description="")
