"""The number of queries does not grow with a list, and a record's page is read in few."""

import datetime as dt
from typing import Any

import pytest
from django.db import transaction

from core.models import CreditedImage, Source
from events.models import EventDocument, EventPage, EventSession, NewsPage
from outputs.models import Output, OutputFile
from partners.models import Partner
from pilots.models import PilotAction, PilotActionRegion, TestCase, TestCaseImage
from tests.crawl import LISTS
from tests.factories import (
    ConceptFactory,
    DocumentFactory,
    EventPageFactory,
    ImageFactory,
    ImplementationFactory,
    InvestmentFactory,
    MoneyLineFactory,
    NewsPageFactory,
    NutsRegionFactory,
    OutputFactory,
    PartnerFactory,
    PilotActionFactory,
    ResultFactory,
    SourceFactory,
    TestCaseFactory,
    ToolPageFactory,
    make_front_page,
)
from toolbox.models import ToolPage
from vocabularies.choices import Scheme

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the file open in which it cuts a picture.
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"),
]

# A record is read in twelve; each of the upper apps that speak of a test case adds one.
ENOUGH = 15
DISTRICTS = ("ITH31", "ITH32", "ITH35")
RELATIONS = {
    "main_challenges": Scheme.CHALLENGE,
    "interventions": Scheme.INTERVENTION,
    "assets": Scheme.ASSET,
    "target_groups": Scheme.TARGET_GROUP,
    "creative_fields": Scheme.CREATIVE_FIELD,
}
DAY = dt.date(2021, 5, 1)


def _concepts(scheme):
    """Make two concepts of a scheme, unless they are there."""
    return [ConceptFactory(scheme=scheme, slug=f"{scheme}-{one}") for one in range(2)]


def _sources():
    """Make two sources, unless they are there."""
    return list(Source.objects.all()[:2]) or SourceFactory.create_batch(2)


def _image():
    """Draw a picture, unless there is one."""
    return CreditedImage.objects.first() or ImageFactory()


def _partner(number):
    """Make a partner in a region and a district of its own."""
    return PartnerFactory(
        slug=f"partner-{number}",
        region=NutsRegionFactory(code=f"PL{number:02}"),
        district=NutsRegionFactory(code=f"PL{number:02}1"),
        logo=_image(),
    )


def _output(number, partner):
    """Make an output with two files, two languages and a part."""
    whole = Output.objects.first()
    output = OutputFactory(slug=f"output-{number}", delivered=DAY, part_of=whole)
    output.partners, output.regions = (
        [partner, *Partner.objects.all()[:1]],
        [partner.region, partner.district],
    )
    output.languages, output.sources = _concepts(Scheme.LANGUAGE), _sources()
    output.files = [OutputFile(document=DocumentFactory()) for _file in range(2)]
    output.save()
    return output


def _run(case, partner, number):
    """Make an implementation with money, investments, results and districts."""
    run = ImplementationFactory(
        test_case=case, partner=partner, start=DAY, lead_weeks=number, outcome="worked",
        place_kind=ConceptFactory(scheme=Scheme.PLACE, slug=f"place-{number}"),
    )  # fmt: skip
    run.also_in = [NutsRegionFactory(code=code) for code in DISTRICTS]
    run.industrial_past = _concepts(Scheme.INDUSTRIAL_PAST)
    run.save()
    for part in (MoneyLineFactory, InvestmentFactory, ResultFactory):
        part.create_batch(2, implementation=run)


def _case(action, partner, output, number):
    """Make a test case with all its relations; the first two have three implementations."""
    case = TestCaseFactory(slug=f"case-{number}", pilot_action=action)
    for field, scheme in RELATIONS.items():
        setattr(case, field, _concepts(scheme))
    case.also_challenges, case.sources = (
        _concepts(Scheme.CHALLENGE),
        _sources(),
    )
    case.documentation = [output, *Output.objects.all()[:1]]
    case.images = [TestCaseImage(image=_image(), alt_text="A window") for _place in range(2)]
    case.save()
    for _run_number in range(3 if number < 12 else 1):
        _run(case, partner, number)
    return case


def _tool(case, partner, number):
    """Make a toolbox item that draws on test cases in its text and beside it."""
    cases = [case, *TestCase.objects.all()[:2]]
    items = [{"text": "Ask", "test_case": one.pk} for one in cases]
    ToolPageFactory(
        slug=f"tool-{number}", partner=partner, test_cases=cases,
        blocks=[("checklist", {"title": "Group", "items": items})] * 2,
        challenges=_concepts(Scheme.CHALLENGE),
    )  # fmt: skip


def _stories(case, partner, output, number):
    """Make news and an event with all that belongs to them."""
    NewsPageFactory(
        slug=f"news-{number}", partner=partner, test_cases=[case, *TestCase.objects.all()[:2]], issued=DAY,
        languages=_concepts(Scheme.LANGUAGE), sources=_sources(),
    )  # fmt: skip
    event = EventPageFactory(
        slug=f"event-{number}", partner=partner, test_cases=[case, *TestCase.objects.all()[:2]],
        documents=[output, *Output.objects.all()[:1]], sources=_sources(),
    )  # fmt: skip
    event.sessions = [EventSession(title=f"Part {part}") for part in range(3)]
    event.files = [EventDocument(document=DocumentFactory()) for _file in range(2)]
    event.save()


def grow(numbers):
    """Add a partner, an output, a set, a test case, a toolbox item, news and an event for every number."""
    for number in numbers:
        partner = _partner(number)
        output = _output(number, partner)
        action = PilotActionFactory(slug=f"set-{number}", output=output, responsible=partner)
        for code in (*DISTRICTS, f"PL{number:02}"):
            PilotActionRegion.objects.create(pilot_action=action, region=NutsRegionFactory(code=code))
        case = _case(action, partner, output, number)
        _tool(case, partner, number)
        _stories(case, partner, output, number)


ADDRESSES = ["/", "/sitemap.xml", *LISTS, *(f"{address}?view=table" for address in LISTS)]
NARROWED = [
    "/test-cases/?region=PL&outcome=worked&partner=partner-10",
    "/outputs/?partner=partner-10&year=2021",
]


@pytest.fixture(scope="module")
def _grown(django_db_setup, django_db_blocker):
    """Make a site with two records of each kind, once for all tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_front_page()
        grow(range(10, 12))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def small_site(_grown, db):
    """Give a site with two records of each kind; what a test adds goes with it."""


def _twice(queries_of, addresses):
    """Count the queries of the first and of a second visit."""
    first = {address: queries_of(address) for address in addresses}
    return first, {address: queries_of(address) for address in addresses}


def test_the_number_of_queries_does_not_grow_with_the_records(small_site, queries_of):
    few = _twice(queries_of, ADDRESSES + NARROWED)

    grow(range(12, 20))

    many = _twice(queries_of, ADDRESSES + NARROWED)
    assert many[1] == few[1]
    assert all(many[0][address] <= few[0][address] for address in few[0])


def test_every_list_really_grew(small_site, client):
    models: tuple[Any, ...] = (TestCase, PilotAction, Output, Partner, ToolPage, NewsPage, EventPage)

    grow(range(12, 14))

    assert [model.objects.live().count() for model in models] == [4] * len(models)


@pytest.mark.parametrize(
    "address",
    [
        "/test-cases/case-11/",
        "/pilot-actions/set-11/",
        "/outputs/output-11/",
        "/outputs/output-10/",
        "/partners/partner-11/",
        "/toolbox/tool-11/",
        "/news/news-11/",
        "/events/event-11/",
        "/regions/PL11/",
    ],
)
def test_a_record_s_page_is_read_in_few_queries(small_site, queries_of, address):
    first, second = queries_of(address), queries_of(address)

    assert second <= ENOUGH, f"{first} queries, then {second}"


@pytest.mark.parametrize("address", ["/partners/partner-10/", "/regions/PL10/", "/pilot-actions/set-10/"])
def test_a_record_s_page_costs_no_more_for_more_that_belongs_to_it(small_site, queries_of, address):
    few = _twice(queries_of, [address])
    partner, action = Partner.objects.get(slug="partner-10"), PilotAction.objects.get(slug="set-10")

    for number in range(30, 34):
        _case(action, partner, _output(number, partner), number)

    assert _twice(queries_of, [address])[1] == few[1]
