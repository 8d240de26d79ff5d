"""What news and events add to the pages of test cases, documents and partners."""

from django.utils.translation import gettext_lazy as _

from core.related import Section, related_to
from events.models import EventPage, NewsPage
from outputs.models import Output
from partners.models import Partner
from pilots.models import TestCase

# Made once: putting a query together takes longer than running it.
EVENTS = EventPage.objects.visible().for_links()
NEWS = NewsPage.objects.visible().for_links()


@related_to(TestCase)
def events_of_test_case(case: TestCase) -> Section:
    """List the events at which a test case was shown."""
    return Section(_("Events"), EVENTS.filter(test_cases=case))


@related_to(TestCase)
def news_of_test_case(case: TestCase) -> Section:
    """List the news about a test case."""
    return Section(_("News"), NEWS.filter(test_cases=case))


@related_to(Output)
def events_of_output(output: Output) -> Section:
    """List the events to which a document belongs."""
    return Section(_("Events"), EVENTS.filter(documents=output))


@related_to(Partner)
def events_of_partner(partner: Partner) -> Section:
    """List the events that a partner hosted."""
    return Section(_("Events"), EVENTS.filter(partner=partner))


@related_to(Partner)
def news_of_partner(partner: Partner) -> Section:
    """List the news from a partner."""
    return Section(_("News"), NEWS.filter(partner=partner))
