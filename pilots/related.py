"""What test cases add to the pages of partners, regions and outputs."""

from django.utils.translation import gettext_lazy as _

from core.related import Section, related_to
from outputs.models import Output
from partners.models import Partner
from pilots.models import PilotAction, TestCase
from regions.models import NutsRegion


@related_to(Partner)
def test_cases_of_partner(partner: Partner) -> Section:
    """List the test cases that a partner ran."""
    return Section(_("Test cases"), TestCase.objects.live().for_links().run_by(partner))


@related_to(NutsRegion)
def test_cases_in_region(region: NutsRegion) -> Section:
    """List the test cases that ran in a region or below it."""
    return Section(_("What was tried here"), TestCase.objects.live().for_links().within_region(region.code))


@related_to(NutsRegion)
def sets_with_region(region: NutsRegion) -> Section:
    """List the sets in which a region took part."""
    part = (
        PilotAction.objects.live().filter(participations__region__code__startswith=region.code).values("pk")
    )
    return Section(_("Pilot action sets"), PilotAction.objects.filter(pk__in=part))


@related_to(Output)
def test_cases_documented_by(output: Output) -> Section:
    """List the test cases that an output documents."""
    return Section(
        _("Documents these test cases"), TestCase.objects.live().for_links().filter(documentation=output)
    )


@related_to(Output)
def sets_described_by(output: Output) -> Section:
    """List the pilot action sets that an output describes."""
    return Section(_("Describes this set"), PilotAction.objects.live().filter(output=output))
