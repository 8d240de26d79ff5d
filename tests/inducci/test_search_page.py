"""The search page."""

import pytest
from html5lib import parse

from tests.factories import OutputFactory, TestCaseFactory

pytestmark = pytest.mark.django_db

XHTML = "{http://www.w3.org/1999/xhtml}"


def text_of(response):
    return " ".join("".join(parse(response.content.decode()).find(f".//{XHTML}main").itertext()).split())


def links(response):
    return [
        link.get("href") for link in parse(response.content.decode()).iterfind(f".//{XHTML}main//{XHTML}a")
    ]


def test_pages_and_records_are_found_in_one_list(site):
    page = site.get("/search/", {"q": "Skofja Loka"})

    assert page.status_code == 200
    assert "results for “Skofja Loka”." in text_of(page)
    assert {"/test-cases/cci-help-desk/", "/partners/kranj/", "/toolbox/opening-a-help-desk/"} <= {
        *links(page)
    }
    assert "<mark>Škofja</mark> <mark>Loka</mark>" in page.content.decode()
    assert '<meta name="robots" content="noindex, follow">' in page.content.decode()


def test_every_row_of_the_seeded_site_leads_to_a_page(site):
    found = site.get("/search/", {"q": "creative", "format": "json"}).json()

    assert found["count"] > 20
    for hit in found["results"]:
        assert site.get(hit["url"]).status_code == 200, hit


def test_seeding_leaves_nothing_to_repair(site, capsys):
    from django.core.management import call_command

    call_command("rebuild_search")

    assert capsys.readouterr().out == "Search: 0 rows added, 0 corrected, 0 removed.\n"


def test_information_pages_are_found(site):
    found = site.get("/search/", {"q": "accessibility statement", "kind": "pages", "format": "json"}).json()

    assert found["results"][0]["url"] == "/accessibility/"


def test_a_kind_is_chosen_by_a_link_that_says_how_much_it_holds(client):
    TestCaseFactory(title="Quuxroom")
    OutputFactory(title="Quuxroom")

    page = client.get("/search/?q=quuxroom")
    assert "/search/?q=quuxroom&kind=outputs" in links(page)
    assert "Documents (1)" in text_of(page)

    chosen = client.get("/search/?q=quuxroom&kind=outputs")
    assert "1 result for “quuxroom”." in text_of(chosen)
    assert "Everything (2)" in text_of(chosen)


def test_a_kind_without_hits_offers_the_others(client):
    TestCaseFactory(title="Quuxroom")

    page = client.get("/search/?q=quuxroom&kind=outputs")

    assert "There are results of other kinds." in text_of(page)
    assert "/search/?q=quuxroom" in links(page)


def test_a_slip_of_the_keys_is_one_click_from_its_results(client):
    TestCaseFactory(title="Industrial quuxathon")

    page = client.get("/search/?q=quuxaton")

    assert "Nothing here contains “quuxaton”." in text_of(page)
    assert "/search/?q=quuxathon" in links(page)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Type a word or two"),
        ({"q": "   "}, "Type a word or two"),
        ({"q": '"'}, "has no letter or digit"),
        ({"q": "***"}, "has no letter or digit"),
        ({"q": "NEAR(a, b)"}, "Nothing here contains"),
        ({"q": "title:x & y"}, "Nothing here contains"),
        ({"q": "a\0b"}, "a character that cannot be searched for"),
        ({"q": "x" * 10_000}, "cut to its first 200 characters"),
        ({"q": "<script>"}, "Nothing here contains “<script>”."),
        ({"q": "x", "kind": "horses"}, "no results of the kind “horses”"),
        ({"q": "x", "page": "two"}, "“two” is not a page number"),
        ({"q": "x", "page": "-1"}, "“-1” is not a page number"),
    ],
)
def test_odd_input_is_answered_with_a_sentence(client, sent, sentence):
    page = client.get("/search/", sent)

    assert page.status_code == 200
    assert sentence in text_of(page)


def test_a_page_past_the_end_leads_to_the_last_one(client):
    for number in range(21):
        TestCaseFactory(title=f"Quuxroom {number}")

    assert "/search/?q=quuxroom&page=2" in links(client.get("/search/?q=quuxroom"))
    past = client.get("/search/?q=quuxroom&page=3")
    assert past.status_code == 404
    assert "/search/?q=quuxroom&page=2" in links(past)
    assert client.get("/search/?q=quuxroom&page=3&format=json").status_code == 404


def test_the_page_costs_the_same_queries_however_much_it_finds(client, queries_of):
    TestCaseFactory(title="Quuxroom")
    few = queries_of("/search/?q=quuxroom")
    for _ in range(10):
        TestCaseFactory(title="Quuxroom")

    assert queries_of("/search/?q=quuxroom") == few
