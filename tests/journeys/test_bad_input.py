"""What no list was made for: odd values, broken addresses, a database that is away."""

import string
from unittest import mock
from urllib.parse import urlencode

import pytest
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.filters import BrowseQuery
from events.views import EventBrowseView, NewsBrowseView
from outputs.views import OutputBrowseView
from partners.views import PartnerBrowseView
from pilots.views import PilotActionBrowseView, TestCaseBrowseView
from regions.models import NutsRegion
from regions.views import RegionBrowseView
from tests.factories import (
    ConceptFactory,
    ImplementationFactory,
    NutsRegionFactory,
    TestCaseFactory,
    make_front_page,
)
from tests.html import count_of, soup_of, warnings, words_of
from toolbox.views import ToolBrowseView

pytestmark = pytest.mark.django_db

VIEWS = {
    "/test-cases/": TestCaseBrowseView,
    "/pilot-actions/": PilotActionBrowseView,
    "/toolbox/": ToolBrowseView,
    "/outputs/": OutputBrowseView,
    "/partners/": PartnerBrowseView,
    "/regions/": RegionBrowseView,
    "/news/": NewsBrowseView,
    "/events/": EventBrowseView,
}
FILTERSETS = {address: view.filterset_class for address, view in VIEWS.items()}
GARBAGE = [
    "%00",
    "%ff",
    "%ED%A0%80",
    "%F0%9F",
    "%",
    "%25",
    "%E2%80%AE",
    "%0d%0aSet-Cookie:x",
    "[]",
    "{{7*7}}",
    "'",
]
random_queries = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def _records(database_of_module):
    """Make a little of what can be asked for."""
    for code in ("IT", "ITH", "DE"):
        NutsRegionFactory(code=code)
    run = ImplementationFactory(partner__slug="padova", test_case__slug="case")
    run.test_case.main_challenges = [ConceptFactory(slug="empty-shops"), ConceptFactory(slug="weak-image")]
    run.test_case.save()


@pytest.fixture
def world(_records, db):
    """Give a test the records, and take away what it changes."""


@pytest.fixture
def broken_database():
    """Take the database away."""
    with mock.patch.object(CursorWrapper, "execute", side_effect=OperationalError("the server is gone")):
        yield


def _addresses():
    """Make addresses out of what means something and of anything else."""
    names = st.sampled_from(
        ["q", "page", "sort", "view", "region", "country", "challenge", "partner", "budget"]
    )
    good = st.sampled_from(
        ["ITH3", "ith", "DE", "unknown", "padova", "empty-shops", "under-5000", "title", "2", "table"]
    )
    pairs = st.tuples(names | st.text(max_size=8), good | st.text(max_size=20))
    return st.lists(pairs, max_size=12)


# --- Values that mean nothing -----------------------------------------------------------------


@pytest.mark.parametrize("address", VIEWS)
def test_a_value_that_means_nothing_is_named_once_for_each_filter_and_left_out(world, client, address):
    facets = FILTERSETS[address].facets()
    usual = count_of(client.get(address))

    response = client.get(address, dict.fromkeys(facets, "XX99"))

    assert len([warning for warning in warnings(response) if "“XX99”" in warning]) == len(facets)
    assert count_of(response) == usual


@pytest.mark.parametrize("address", VIEWS)
def test_a_good_value_counts_beside_a_wrong_one(world, client, address):
    facets = FILTERSETS[address].facets()
    alone = client.get(address, dict.fromkeys(facets, "unknown"))

    response = client.get(address, {facet: ["unknown", "XX99"] for facet in facets})

    assert count_of(response) == count_of(alone)


@pytest.mark.parametrize("address", VIEWS)
@pytest.mark.parametrize("name", ["sort", "view"])
def test_an_order_or_view_that_does_not_exist_is_named(world, client, address, name):
    response = client.get(address, {name: "sideways"})

    assert any("“sideways”" in warning for warning in warnings(response))


@pytest.mark.parametrize("address", VIEWS)
def test_an_unknown_parameter_is_named(world, client, address):
    response = client.get(f"{address}?colour=red")

    assert any("“colour”" in warning for warning in warnings(response))


@pytest.mark.parametrize("address", VIEWS)
def test_what_newsletters_add_to_an_address_is_not_complained_about(world, client, address):
    names = ["utm_source", "utm_campaign", "fbclid", "gclid", "mc_cid"]

    response = client.get(address, dict.fromkeys(names, "newsletter"))

    assert (response.status_code, warnings(response)) == (200, [])


@pytest.mark.parametrize("address", VIEWS)
def test_empty_values_mean_nothing_and_are_not_complained_about(world, client, address):
    names = [*FILTERSETS[address].base_filters, "sort", "view", "page"]

    response = client.get(address, dict.fromkeys(names, ""))

    assert (response.status_code, warnings(response)) == (200, [])


@pytest.mark.parametrize("address", VIEWS)
@pytest.mark.parametrize("value", GARBAGE)
def test_garbage_in_every_parameter_is_never_a_server_error(world, client, address, value):
    names = [*FILTERSETS[address].base_filters, "sort", "view", "page", "x"]

    response = client.get(f"{address}?{'&'.join(f'{name}={value}' for name in names)}")

    assert response.status_code == 200
    assert len(warnings(response)) >= len(FILTERSETS[address].facets())


@pytest.mark.parametrize("address", VIEWS)
def test_ten_thousand_characters_in_every_parameter_are_answered_with_sentences(world, client, address):
    names = [*FILTERSETS[address].base_filters, "sort", "view", "page"]

    response = client.get(address, dict.fromkeys(names, "y" * 10_000))

    assert (response.status_code, len(warnings(response))) == (200, len(names))
    assert "y" * 201 not in response.content.decode()


@pytest.mark.parametrize("address", VIEWS)
def test_five_hundred_repeats_are_read_like_one(world, client, address):
    name = next(iter(FILTERSETS[address].facets()))

    response = client.get(address, {name: ["XX99"] * 500})

    assert (response.status_code, len(warnings(response))) == (200, 1)


@pytest.mark.parametrize("address", VIEWS)
def test_a_thousand_parameters_too_many_are_a_bad_request(world, client, address):
    response = client.get(address, {"region": ["DE"] * 1_500})

    assert response.status_code in (200, 400)


@pytest.mark.parametrize("address", ["/test-cases/", "/outputs/", "/partners/"])
def test_every_region_of_europe_may_be_asked_for_at_once(world, client, address):
    codes = [f"PL{letter}{number:02}" for letter in string.ascii_uppercase for number in range(34)]
    NutsRegion.objects.bulk_create(
        NutsRegion(code=code, name=code, first_version=2021, last_version=2024) for code in codes
    )

    response = client.get(address, {"region": codes})

    assert response.status_code == 200


@pytest.mark.parametrize("address", VIEWS)
def test_a_name_of_a_parameter_may_be_anything(world, client, address):
    answers = [
        client.get(f"{address}?{name}=1").status_code for name in ("%00", "a" * 5000, "%ff", "<b>", "")
    ]

    assert set(answers) == {200}


def test_what_a_reader_sent_is_printed_and_never_run(world, client):
    response = client.get("/test-cases/", {"region": "<script>alert(1)</script>", "q": "<img src=x>"})

    assert "<script>alert" not in response.content.decode()
    assert "<img src=x" not in response.content.decode()


def test_two_hundred_single_letters_are_a_search_like_any_other(world, client):
    response = client.get("/test-cases/", {"q": " ".join("abcdefghij" * 10)})

    assert response.status_code == 200


# --- Pages ------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/test-cases/", "/regions/"])
@pytest.mark.parametrize("page", ["-1", "0", "abc", "1.5", "1e5", "9" * 400, "\u0663", " 1 2", "\x00", "+1"])
def test_what_is_no_page_number_shows_the_first_page_and_is_named(world, client, address, page):
    response = client.get(address, {"page": page})

    assert response.status_code == 200
    assert any("is not a page number" in warning for warning in warnings(response))


@pytest.mark.parametrize("address", VIEWS)
@pytest.mark.parametrize("page", ["2", "1000000000", "9" * 18])
def test_a_page_past_the_end_does_not_exist_and_leads_to_the_last(world, client, address, page):
    response = client.get(
        address, {"page": page, "q": "a"} if address != "/pilot-actions/" else {"page": page}
    )

    assert response.status_code == 404
    assert soup_of(response).select_one(f'main a[href^="{address}?"]')


def test_the_way_from_past_the_end_keeps_the_choices(world, client):
    for number in range(25):
        TestCaseFactory(slug=f"case-{number}")

    response = client.get("/test-cases/?outcome=unknown&challenge=unknown&page=9")

    link = soup_of(response).select_one("main a.button")
    assert link is not None
    assert client.get(str(link["href"])).status_code == 200
    assert "challenge=unknown" in str(link["href"])


def test_a_list_without_records_has_a_first_page(client):
    response = client.get("/outputs/?page=1")

    assert (response.status_code, count_of(response)) == (200, 0)


# --- Addresses --------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/", "/test-cases/", "/regions/", "/toolbox/", "/documents/1/"])
@pytest.mark.parametrize(
    "tail", ["nothing-here/", "%00/", "a%00b/", "%ff/", "../", "a" * 5_000 + "/", "9" * 400 + "/"]
)
def test_an_address_that_is_not_there_is_never_a_server_error(world, client, address, tail):
    make_front_page()

    response = client.get(address + tail, follow=True)

    assert response.status_code == 404


@pytest.mark.parametrize("number", ["0", "99999999", "9" * 30])
def test_a_document_that_is_not_there_does_not_exist(client, number):
    response = client.get(f"/documents/{number}/paper.pdf")

    assert response.status_code == 404


@pytest.mark.parametrize("address", ["/nothing/?q=%00", "/partners/x/?a=%00&a=%ff", "/regions/XX99/?%00=1"])
def test_a_query_does_not_break_an_address_that_is_not_there(client, address):
    make_front_page()

    response = client.get(address)

    assert response.status_code == 404


@pytest.mark.parametrize("address", ["/test-cases/", "/", "/healthz", "/robots.txt", "/partners/padova/"])
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nobody_writes_to_a_public_page(world, client, address, method):
    make_front_page()

    response = getattr(client, method)(address)

    assert response.status_code < 500


# --- A database that is away ------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [*VIEWS, "/", "/partners/padova/", "/regions/DE/", "/sitemap.xml", "/admin/login/", "/nothing/"],
)
def test_without_its_database_the_site_asks_for_patience(client, broken_database, address):
    response = client.get(address)

    assert (response.status_code, response["Retry-After"]) == (503, "120")
    assert "Closed for repairs" in words_of(response)


def test_without_its_database_even_a_slip_in_the_address_is_no_server_error(client, broken_database):
    client.raise_request_exception = False  # answer as the public site does

    response = client.get("/nothing.here")

    assert response.status_code == 503


def test_the_page_that_asks_for_patience_is_kept_by_nobody(client, broken_database):
    response = client.get("/test-cases/")

    assert response["Cache-Control"] == "no-store"


def test_without_its_database_the_site_says_to_machines_that_it_lives_and_is_not_ready(
    client, broken_database
):
    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (503, {"live": True, "ready": False})


def test_with_its_database_the_site_is_ready(client):
    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"live": True, "ready": True})


@pytest.mark.parametrize("address", ["/robots.txt", "/.well-known/security.txt"])
def test_what_needs_no_database_answers_without_it(client, broken_database, address):
    response = client.get(address)

    assert response.status_code == 200


# --- Any query at all -------------------------------------------------------------------------


@random_queries
@given(pairs=_addresses(), address=st.sampled_from(sorted(VIEWS)))
def test_any_query_is_answered(world, client, pairs, address):
    response = client.get(f"{address}?{urlencode(pairs)}")

    assert response.status_code in (200, 404)


@random_queries
@given(pairs=_addresses(), address=st.sampled_from(sorted(VIEWS)))
def test_the_short_address_means_the_same_and_holds_nothing_wrong(world, pairs, address):
    filters = FILTERSETS[address]
    query = BrowseQuery.parse(QueryDict(urlencode(pairs)), filters).query

    again = BrowseQuery.parse(QueryDict(query.address[1:]), filters)

    assert (again.query, again.refusals) == (query, ())


@random_queries
@given(pairs=_addresses(), mixed=st.randoms())
def test_order_and_repeats_do_not_matter(world, pairs, mixed):
    filters = FILTERSETS["/test-cases/"]
    facets = [pair for pair in pairs if pair[0] not in ("q", "page", "sort", "view")]
    shuffled = mixed.sample(facets * 2, len(facets) * 2)

    queries = [BrowseQuery.parse(QueryDict(urlencode(one)), filters).query for one in (facets, shuffled)]

    assert queries[0] == queries[1]
