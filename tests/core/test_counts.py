"""Counts, chips and dead ends of a list, and how quickly they follow a change."""

import io
import re

import pytest
from django.db import transaction
from openpyxl import load_workbook

from core import facets
from core.exports import harmless
from tests.factories import ConceptFactory, ImplementationFactory, PartnerFactory, TestCaseFactory


@pytest.mark.parametrize("word", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_a_spreadsheet_never_takes_a_title_for_a_formula(word):
    assert harmless(word) == f"'{word}"


@pytest.mark.django_db
def test_a_title_like_a_formula_stays_text_in_excel(client):
    TestCaseFactory(title="=HYPERLINK(1)")

    content = b"".join(client.get("/test-cases/?format=xlsx").streaming_content)
    cell = load_workbook(io.BytesIO(content)).active["B2"]

    assert (cell.data_type, cell.value) == ("s", "'=HYPERLINK(1)")


@pytest.mark.django_db
def test_a_published_change_shows_on_the_very_next_request(client):
    case = TestCaseFactory(title="Before")
    assert b"Before" in client.get("/test-cases/").content

    case.title = "Afterwards"
    case.save_revision().publish()

    assert b"Afterwards" in client.get("/test-cases/").content


@pytest.mark.django_db
def test_counts_follow_a_change_of_a_relation(client):
    case, problem = TestCaseFactory(), ConceptFactory(slug="empty-premises")
    assert count_of(client, "challenge", "empty-premises") == 0

    case.main_challenges.add(problem)
    case.save()

    assert count_of(client, "challenge", "empty-premises") == 1


@pytest.mark.django_db
def test_a_change_that_is_rolled_back_never_shows(client):
    TestCaseFactory(title="Stays")
    client.get("/test-cases/")

    with transaction.atomic():
        TestCaseFactory(title="Vanishes")
        transaction.set_rollback(True)

    assert b"Vanishes" not in client.get("/test-cases/").content


@pytest.mark.django_db
def test_a_facet_leaves_its_own_choice_out_of_its_counts(client):
    ImplementationFactory(partner=PartnerFactory(slug="one"))
    ImplementationFactory(partner=PartnerFactory(slug="two"))

    assert count_of(client, "partner", "two", partner="one") == 1


@pytest.mark.django_db
def test_a_value_that_would_give_nothing_is_shown_with_its_zero_and_cannot_be_ticked(client):
    TestCaseFactory()
    ConceptFactory(slug="empty-premises", label="Empty shops")

    html = client.get("/test-cases/").content.decode()

    assert re.search(r'value="empty-premises"[^>]*disabled', html)


@pytest.mark.django_db
def test_a_dead_end_names_the_ways_out(client):
    ImplementationFactory(partner=PartnerFactory(slug="one", short_name="One"))
    ConceptFactory(slug="empty-premises", label="Empty shops")

    html = client.get("/test-cases/?partner=one&challenge=empty-premises").content.decode()

    assert "Remove Empty shops" in html
    assert "?partner=one" in html


@pytest.mark.django_db
def test_more_than_one_chosen_value_keeps_search_engines_away(client):
    PartnerFactory(slug="one")
    PartnerFactory(slug="two")

    one = client.get("/test-cases/?partner=one").content
    both = client.get("/test-cases/?partner=two&partner=one").content.decode()

    assert b"noindex" not in one
    assert "noindex" in both
    assert 'rel="canonical" href="http://localhost/test-cases/?partner=one&amp;partner=two"' in both


@pytest.mark.django_db
def test_thousands_of_different_addresses_do_not_grow_memory(client):
    TestCaseFactory()
    for number in range(300):
        client.get(f"/test-cases/?q=word{number}&sort=title&page=1")

    assert len(facets._kept) <= 6


def count_of(client, facet: str, value: str, **chosen: str) -> int:
    """Give the count that a list shows beside a value."""
    options = client.get("/test-cases/", {**chosen, "format": "json"}).json()["facets"][facet]
    return {option["value"]: int(option["count"]) for option in options}[value]
