"""How partners are browsed."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from core.filters import BrowseFilterSet, ChoiceFacet, TextFilter
from partners.choices import OrganisationKind
from partners.models import Partner
from regions.filters import MAP_VIEWS, CountryFacet, RegionFacet


def _codes() -> list[str]:
    """List the codes of the partners' regions."""
    return list(Partner.objects.live().exclude(region=None).values_list("region__code", flat=True))


class PartnerFilterSet(BrowseFilterSet):
    """The filters of the list of partners."""

    q = TextFilter()
    country = CountryFacet("region__code", used=_codes)
    region = RegionFacet("region__code", used=_codes)
    kind = ChoiceFacet("kind", label=_("Kind of organisation"), choices=OrganisationKind)

    views: ClassVar = MAP_VIEWS
    sorts: ClassVar = {"number": (_("By number"), ["number"]), "name": (_("By name"), ["name"])}

    class Meta:
        model = Partner
        fields: ClassVar[list[str]] = []
