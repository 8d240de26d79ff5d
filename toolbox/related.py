"""What the toolbox adds to the pages of test cases and partners."""

from django.utils.translation import gettext_lazy as _

from core.related import Section, related_to
from partners.models import Partner
from pilots.models import TestCase
from toolbox.models import ToolPage

# Made once: putting a query together takes longer than running it.
TOOLS = ToolPage.objects.visible().for_links()


@related_to(TestCase)
def tools_from_test_case(case: TestCase) -> Section:
    """List the toolbox items that draw on a test case."""
    return Section(_("Use it"), TOOLS.filter(test_cases=case))


@related_to(Partner)
def tools_of_partner(partner: Partner) -> Section:
    """List the toolbox items that a partner wrote."""
    return Section(_("Toolbox items"), TOOLS.filter(partner=partner))
