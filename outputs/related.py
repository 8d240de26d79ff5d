"""What outputs add to the pages of partners and regions."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import VersionedDocument
from core.related import Section, related_to, uses
from outputs.models import Output, OutputFile
from partners.models import Partner
from regions.models import NutsRegion


@uses(VersionedDocument)
def documents_of_outputs() -> models.QuerySet[Any]:
    """Find the documents that published outputs offer."""
    return OutputFile.objects.filter(output__live=True).values("document")


@related_to(Partner)
def outputs_of_partner(partner: Partner) -> Section:
    """List what a partner answered for."""
    return Section(_("Documents"), Output.objects.live().for_links().filter(partners=partner))


@related_to(NutsRegion)
def outputs_about_region(region: NutsRegion) -> Section:
    """List the documents about a region and all below it."""
    about = Output.objects.live().filter(regions__code__startswith=region.code).values("pk")
    return Section(_("Documents about it"), Output.objects.for_links().filter(pk__in=about))
