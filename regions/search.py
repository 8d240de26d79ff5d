"""How regions are found: those that a partner is at home in."""

from django.utils.translation import gettext_lazy as _

from core.search import Document, searchable
from regions.models import NutsRegion, country_name


@searchable(
    NutsRegion,
    kind="regions",
    label=_("Regions"),
    order=60,
    records=lambda: NutsRegion.objects.in_use().defer("outline"),
)
def document_of_region(region: NutsRegion) -> Document:
    """Write a region into the search."""
    return Document(
        title=region.label,
        url=region.get_absolute_url(),
        names=[region.name, region.name_latin, region.code],
        summary=region.summary,
        body=[country_name(region.country_code)],
    )
