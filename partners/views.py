"""The list of partners and the page of each."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.views import RecordView
from partners.filters import PartnerFilterSet
from partners.models import Partner
from regions.views import MapBrowseView


class PartnerBrowseView(MapBrowseView):
    """The partners, narrowed down as the reader asks."""

    filterset_class = PartnerFilterSet
    heading = _("Partners")
    lead = _("The organisations that made InduCCI, each at home in an old industrial region.")
    noun: ClassVar = (_("partner"), _("partners"))

    def get_queryset(self) -> models.QuerySet[Any]:
        """List the published partners."""
        return Partner.objects.live().for_cards()


class PartnerDetailView(RecordView):
    """One partner: who they are, what they did, how to reach them."""

    model = Partner
