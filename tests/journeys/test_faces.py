"""One query, many faces: the page, the table, the counts and every export show the same records."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from core.facets import FacetIndex, index_of, set_bits
from core.filters import BrowseQuery
from core.views import BrowseView
from events.views import EventBrowseView, NewsBrowseView
from outputs.views import OutputBrowseView
from partners.views import PartnerBrowseView
from pilots.views import PilotActionBrowseView, TestCaseBrowseView
from regions.views import RegionBrowseView
from toolbox.views import ToolBrowseView

LISTS: dict[str, type[BrowseView]] = {
    "/test-cases/": TestCaseBrowseView,
    "/outputs/": OutputBrowseView,
    "/toolbox/": ToolBrowseView,
    "/partners/": PartnerBrowseView,
    "/regions/": RegionBrowseView,
    "/pilot-actions/": PilotActionBrowseView,
    "/news/": NewsBrowseView,
    "/events/": EventBrowseView,
}
# Codes that no list offers and every list with a region takes.
CODES = ["DE", "DED", "ITH", "ITH36", "AT", "SI0", "PL22"]
random_queries = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


def index_for(path: str) -> FacetIndex:
    """Give the index of a list."""
    view = LISTS[path]
    return index_of(view.filterset_class, view().get_queryset())[0]


def pairs(draw: st.DrawFn, path: str) -> list[tuple[str, str]]:
    """Choose some values of some facets of a list."""
    options = {
        name: [option.value for option in offered] + (CODES if name == "region" else [])
        for name, offered in index_for(path).options.items()
        if offered
    }
    names = draw(st.lists(st.sampled_from(sorted(options)), max_size=3))
    return [(name, draw(st.sampled_from(options[name]))) for name in names]


@st.composite
def queries(draw: st.DrawFn) -> tuple[str, list[tuple[str, str]]]:
    """Choose a list and a query of it."""
    path = draw(st.sampled_from(sorted(LISTS)))
    return path, pairs(draw, path)


def ids_on_pages(client, path: str, query: list[tuple[str, str]]) -> list[str]:
    """Collect the records' keys from all pages of the list."""
    found: list[str] = []
    for page in range(1, 10):
        html = client.get(path, [*query, ("page", page)] if page > 1 else query).content.decode()
        found += re.findall(r'data-id="([^"]+)"', html)
        if 'rel="next"' not in html:
            break
    return found


def ids_in_json(client, path: str, query: list[tuple[str, str]]) -> Iterator[str]:
    """Collect the records' keys from the JSON, page by page."""
    address: str | None = f"{path}?{urlencode([*query, ('format', 'json')])}"
    while address:
        content = client.get(address.replace("http://testserver", "")).json()
        yield from (result["id"] for result in content["results"])
        address = content["next"]


def body(client, path: str, query: list[tuple[str, str]], form: str) -> bytes:
    """Give an export as bytes."""
    response = client.get(f"{path}?{urlencode([*query, ('format', form)])}")
    return b"".join(response.streaming_content) if response.streaming else response.content


def ids_in_csv(client, path, query) -> list[str]:
    """Collect the records' keys from the CSV."""
    rows = csv.reader(io.StringIO(body(client, path, query, "csv").decode("utf-8-sig")))
    return [row[0] for row in rows][1:]


@given(chosen=queries())
@random_queries
def test_all_faces_of_a_query_show_the_same_records(site, chosen):
    path, query = chosen

    page = ids_on_pages(site, path, query)
    workbook = load_workbook(io.BytesIO(body(site, path, query, "xlsx")), read_only=True)
    excel = [row[0] for row in workbook.active.iter_rows(min_row=2, values_only=True)]
    points = json.loads(body(site, path, query, "geojson"))["features"]

    assert list(ids_in_json(site, path, query)) == page
    assert ids_in_csv(site, path, query) == page
    assert excel == page
    assert list(dict.fromkeys(point["properties"]["id"] for point in points)) == page


@given(chosen=queries())
@random_queries
def test_the_counted_hits_are_those_that_the_database_finds(site, chosen):
    path, query = chosen
    view, index = LISTS[path], index_for(path)
    reading = BrowseQuery.parse(QueryDict(urlencode(query)), view.filterset_class, index.options)

    hits = {index.pks[place] for place in set_bits(index.count(reading.query).hits)}
    found = view.filterset_class(reading.query.data(), queryset=view().get_queryset()).qs

    assert hits == set(found.values_list("pk", flat=True))


@given(chosen=queries())
@random_queries
def test_every_count_is_the_number_of_results_after_that_click(site, chosen):
    path, query = chosen
    content = site.get(path, [*query, ("format", "json")]).json()
    name, options = next(iter(content["facets"].items()))

    for option in options[:5]:
        others = [pair for pair in query if pair[0] != name]
        after = site.get(path, [*others, (name, option["value"]), ("format", "json")]).json()
        assert after["count"] == option["count"], (query, name, option)


@given(chosen=queries(), data=st.data())
@random_queries
def test_order_and_repeats_of_parameters_do_not_matter(site, chosen, data):
    path, query = chosen
    shuffled = data.draw(st.permutations(query + query))
    view, options = LISTS[path], index_for(path).options

    one = BrowseQuery.parse(QueryDict(urlencode(query)), view.filterset_class, options).query
    other = BrowseQuery.parse(QueryDict(urlencode(shuffled)), view.filterset_class, options).query

    assert one == other
    assert hash(one) == hash(other)
    assert one.address == other.address


@pytest.mark.parametrize("path", sorted(LISTS))
def test_a_feed_is_valid_and_holds_the_records(site, path):
    feed = ET.fromstring(body(site, path, [], "atom"))  # noqa: S314  # our own feed
    atom = "{http://www.w3.org/2005/Atom}"

    entries = feed.findall(f"{atom}entry")

    assert len(entries) == site.get(path, {"format": "json"}).json()["count"]
    assert feed.find(f"{atom}id") is not None
    assert feed.find(f"{atom}author/{atom}name") is not None
    assert all(entry.find(f"{atom}updated") is not None for entry in entries)


def test_the_page_carries_the_number_that_the_json_carries(site):
    html = site.get("/test-cases/", {"country": "DE"}).content.decode()

    assert (
        f'data-count="{site.get("/test-cases/", {"country": "DE", "format": "json"}).json()["count"]}"'
        in html
    )


def test_an_unknown_form_is_refused_with_the_five_that_there_are(site):
    response = site.get("/test-cases/?format=pdf")

    assert response.status_code == 400
    assert "csv, xlsx, json, geojson, atom" in response.content.decode()
