"""How partners are found."""

from django.utils.translation import gettext_lazy as _

from core.search import Document, draws_on, searchable
from partners.models import Partner
from regions.models import NutsRegion, country_name


@searchable(
    Partner,
    kind="partners",
    label=_("Partners"),
    order=50,
    records=lambda: Partner.objects.live().select_related("region", "district"),
    draws_on={NutsRegion: ["region", "district"]},
)
def document_of_partner(partner: Partner) -> Document:
    """Write a partner into the search."""
    regions = [region for region in (partner.region, partner.district) if region]
    return Document(
        title=partner.name,
        url=partner.get_absolute_url(),
        names=[partner.native_name, partner.short_name, partner.code],
        summary=partner.summary,
        body=[
            partner.part_in_project,
            partner.city,
            *(name for region in regions for name in (region.label, region.name, region.code)),
            *(country_name(region.country_code) for region in regions[:1]),
        ],
    )


# A region is found while a published partner is at home in it.
draws_on(NutsRegion, Partner, "partners")
