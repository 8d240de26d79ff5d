"""Every address of the seeded site, opened once and judged."""

import re

import pytest
from django.template.loader import render_to_string

from core.choices import Certainty
from events.models import EventPage, NewsPage
from outputs.models import Output
from partners.models import Partner
from pilots.models import Implementation, Investment, PilotAction, TestCase
from tests.accessibility import faults
from tests.crawl import INFORMATION, LISTS, MACHINES, RECORDS, crawl, sitemap
from tests.html import count_of, listed, soup_of, words_of
from toolbox.models import ToolPage

pytestmark = pytest.mark.django_db

EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
ROLES = re.compile(r"^(info|office|kontakt|contact|mail|hello|post)@")
LEFTOVERS = re.compile(r"\bNone\b|\bnull\b|\bundefined\b|\{\{|\}\}|\{%|%\}|%\(\w+\)s|&lt;|&amp;")
ERRORS = ("400", "403", "404", "500", "503")


@pytest.fixture(scope="module")
def opened(seeded, client_of_module):
    """Open every address once."""
    return crawl(client_of_module)


@pytest.fixture
def pages(opened):
    """Give the HTML of every address without a query."""
    return {address: one.text for address, one in opened.items() if one.is_page and "?" not in address}


def test_every_address_answers(opened):
    answers = {address: one.status for address, one in opened.items()}

    broken = {address: status for address, status in answers.items() if status != 200}

    assert broken == {}


def test_no_page_has_a_fault(pages, opened):
    tables = {f"{address}?view=table": opened[f"{address}?view=table"].text for address in LISTS}

    found = {address: faults(text) for address, text in {**pages, **tables}.items()}

    assert {address: one for address, one in found.items() if one} == {}


def test_the_crawl_came_to_every_record(opened):
    addresses = {record.get_absolute_url() for model in RECORDS for record in model.objects.live()}

    assert addresses <= set(opened)
    assert len(addresses) > 50


def test_every_kind_of_address_is_among_the_opened(opened):
    kinds = {"/", "/regions/DED4/", "/regions/BE221/", *LISTS, *MACHINES, *INFORMATION}

    assert kinds <= set(opened)


def test_the_sitemap_names_every_record_and_nothing_that_is_missing(site, opened):
    named = sitemap(site)

    records = {record.get_absolute_url() for model in RECORDS for record in model.objects.live()}

    assert records <= set(named)
    assert {opened[address].status for address in named} == {200}


def test_the_sitemap_names_no_address_twice(site):
    named = sitemap(site)

    assert sorted(set(named)) == sorted(named)


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("/partners/", 8),
        ("/regions/", 7),
        ("/pilot-actions/", 4),
        ("/test-cases/", 14),
        ("/news/", 13),
        ("/events/", 19),
    ],
)
def test_a_list_holds_what_the_project_had(site, address, number):
    response = site.get(address)

    assert (count_of(response), len(listed(response))) == (number, number)


def test_the_front_page_counts_what_the_project_had(site):
    words = words_of(site.get("/"))

    for fact in ("partners in 7 countries 8", "regions 7", "test cases documented, of 23 planned 14"):
        assert fact in words


def test_the_pages_of_the_test_cases_show_two_investments(opened):
    titles = list(Investment.objects.values_list("title", flat=True))

    shown = [title for title in titles if any(title in one.text for one in opened.values())]

    assert (len(titles), shown) == (2, titles)


def test_the_two_partners_of_chemnitz_share_a_region(seeded):
    partners = Partner.objects.live().filter(region__code="DED4")

    numbers = [partner.code for partner in partners]

    assert numbers == ["PP1", "PP2"]


@pytest.mark.parametrize(
    "name", ["Škofja Loka", "Śląskie", "Ústecký", "Bielsko-Biała", "Wirtschaftsförderung"]
)
def test_names_keep_their_accents(pages, name):
    texts = "".join(pages.values())

    assert name in texts


def test_no_page_shows_what_a_template_left_behind(pages):
    found = {address: LEFTOVERS.findall(words_of(text)) for address, text in pages.items()}

    assert {address: one for address, one in found.items() if one} == {}


def test_no_page_shows_a_private_mailbox(opened):
    found = {mailbox for one in opened.values() for mailbox in EMAIL.findall(one.text)}

    private = {mailbox for mailbox in found if not ROLES.match(mailbox)}

    assert private == set()


@pytest.mark.parametrize(
    "model", [TestCase, Implementation, PilotAction, ToolPage, Output, Partner, EventPage, NewsPage]
)
def test_what_is_only_our_reading_says_so(seeded, model):
    inferred = model.objects.filter(certainty=Certainty.INFERRED, live=True)

    silent = [str(record) for record in inferred if not record.note]

    assert silent == []


def test_every_live_record_names_a_source_or_says_why_not():
    bare = [
        str(record)
        for model in RECORDS
        for record in model.objects.live().filter(note="")
        if not record.sources.exists()
    ]

    assert bare == []


def test_every_page_has_a_title_of_its_own(pages):
    titles = [
        str(soup_of(text).title) for address, text in pages.items() if not address.startswith("/regions/")
    ]

    twice = {title for title in titles if titles.count(title) > 1}

    assert twice == set()


def test_every_canonical_address_is_the_page_itself(pages):
    found = {address: soup_of(text).select_one("link[rel=canonical]") for address, text in pages.items()}

    wrong = [address for address, link in found.items() if link and not str(link["href"]).endswith(address)]

    assert wrong == []


def test_every_count_beside_a_choice_is_the_number_of_results(opened):
    wrong = {}
    for address in LISTS:
        for box in soup_of(opened[address].text).select(".facet__option"):
            count, field = box.select_one(".facet__count"), box.select_one("input")
            assert field is not None
            shown = count_of(opened[f"{address}?{field['name']}={field['value']}"].text)
            if count and int(count.get_text()) != shown:
                wrong[f"{address}?{field['name']}={field['value']}"] = (count.get_text(), shown)

    assert wrong == {}


@pytest.mark.parametrize("code", ERRORS)
def test_an_error_page_is_without_faults_and_needs_no_database(django_assert_num_queries, code):
    with django_assert_num_queries(0):
        html = render_to_string(f"{code}.html")

    assert faults(html) == []
    assert f"Error {code}" in html


def test_an_address_that_is_not_there_leads_to_the_lists(site):
    response = site.get("/no-such-page/")

    assert response.status_code == 404
    assert all(f'href="{address}"' in response.content.decode() for address in LISTS)


def test_a_region_in_small_letters_leads_to_its_one_address(site):
    response = site.get("/regions/ded4/")

    assert (response.status_code, response["Location"]) == (301, "/regions/DED4/")


def test_an_ended_code_leads_to_what_replaced_it(pages):
    words = words_of(pages["/regions/BE221/"])

    assert "NUTS 2016" in words
    assert 'href="/regions/BE224/"' in pages["/regions/BE221/"]
