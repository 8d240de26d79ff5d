"""What partners add to the pages of regions."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.related import Section, related_to, uses
from partners.models import Partner
from regions.models import NutsRegion


@uses(NutsRegion)
def regions_of_partners() -> models.QuerySet[Any]:
    """Find the regions in which partners are at home."""
    return Partner.objects.live().exclude(region=None).values("region")


@related_to(NutsRegion)
def partners_in_region(region: NutsRegion) -> Section:
    """List the partners at home in a region."""
    return Section(
        _("Partners here"), Partner.objects.live().for_cards().filter(region__code__startswith=region.code)
    )
