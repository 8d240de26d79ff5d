"""The list of partner regions and the page of every NUTS region."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView

from core.views import BrowseView
from regions.filters import RegionFilterSet
from regions.models import NutsRegion


class RegionBrowseView(BrowseView):
    """The partner regions, narrowed down as the reader asks."""

    filterset_class = RegionFilterSet
    heading = _("Regions")
    lead = _("Where the partners are at home. Every region of the EU has a page here under its NUTS code.")
    noun: ClassVar = (_("partner region"), _("partner regions"))

    def get_queryset(self) -> models.QuerySet[Any]:
        """List the regions with a partner."""
        return NutsRegion.objects.in_use().for_cards()


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
            **kwargs,
        )
