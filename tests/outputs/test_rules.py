"""The rules that outputs obey, and how they are found."""

import datetime as dt

import pytest

from outputs.models import OutputFile
from tests.factories import (
    ConceptFactory,
    DocumentFactory,
    NutsRegionFactory,
    OutputFactory,
    PartnerFactory,
    TestCaseFactory,
)
from tests.html import listed, words_of
from tests.rules import Breach, constraints_of, each, sentence_of
from vocabularies.choices import Scheme

pytestmark = pytest.mark.django_db

BREACHES = {
    "outputs_output_slug_is_unique": Breach(OutputFactory, {"slug": "taken"}, {"slug": "taken"}),
    "outputs_code_follows_grammar": Breach(OutputFactory, {"code": "T2.3"}),
    "outputs_code_is_unique": Breach(OutputFactory, {"code": "T2.3.5"}, {"code": "T2.3.5"}),
    "outputs_quantity_is_positive": Breach(OutputFactory, {"quantity": 0}),
}


def test_every_rule_of_the_outputs_is_broken_here_on_purpose():
    assert set(constraints_of("outputs")) == set(BREACHES)


@each(BREACHES)
def test_the_form_names_a_broken_rule(name):
    breach = BREACHES[name]

    sentences = breach.sentences()

    assert sentence_of("outputs", name) in sentences


@each(BREACHES)
def test_the_database_refuses_a_broken_rule(name):
    breach = BREACHES[name]

    refused = breach.refused_by_database()

    assert refused


@pytest.mark.parametrize("code", ["O.T2.1", "D.T2.3.5", "T2.3.5", ""])
def test_the_form_and_the_database_take_every_code_of_the_grammar(code):
    breach = Breach(OutputFactory, {"code": code})

    sentences, refused = breach.sentences(), breach.refused_by_database()

    assert (sentences, refused) == ([], False)


def test_two_outputs_may_be_without_a_code():
    OutputFactory(code="")

    second = OutputFactory(code="")

    second.full_clean()


def test_an_output_of_two_partners_is_listed_once(client):
    output = OutputFactory(slug="paper")
    output.partners.set([PartnerFactory(slug="padova"), PartnerFactory(slug="kranj")])
    output.save()

    response = client.get("/outputs/?partner=padova&partner=kranj")

    assert listed(response) == ["paper"]


def test_an_output_is_found_by_the_district_above_its_region(client):
    output = OutputFactory(slug="paper")
    output.regions.set([NutsRegionFactory(code="DED4")])
    output.save()

    response = client.get("/outputs/?region=DE")

    assert listed(response) == ["paper"]


def test_an_output_without_a_day_is_found_as_not_documented(client):
    OutputFactory(slug="dated", delivered=dt.date(2022, 3, 1))
    OutputFactory(slug="undated")

    response = client.get("/outputs/?year=unknown")

    assert listed(response) == ["undated"]


def test_the_newest_output_stands_first_and_the_undated_last(client):
    OutputFactory(slug="old", delivered=dt.date(2020, 3, 1))
    OutputFactory(slug="undated")
    OutputFactory(slug="new", delivered=dt.date(2022, 3, 1))

    response = client.get("/outputs/?sort=newest")

    assert listed(response) == ["new", "old", "undated"]


def test_outputs_are_found_by_their_language(client):
    english = ConceptFactory(scheme=Scheme.LANGUAGE, slug="en")
    output = OutputFactory(slug="english")
    output.languages.set([english])
    output.save()
    OutputFactory(slug="silent")

    response = client.get("/outputs/?language=en")

    assert listed(response) == ["english"]


def test_a_record_without_a_file_says_so_instead_of_linking_to_nothing(client):
    OutputFactory(slug="paper")

    response = client.get("/outputs/paper/")

    assert "No file yet" in words_of(response)


def test_a_file_is_offered_with_its_form_and_version(client):
    OutputFile.objects.create(output=OutputFactory(slug="paper"), document=DocumentFactory(pages=12))

    words = words_of(client.get("/outputs/paper/"))

    assert "A paper English PDF 12 pages 16 bytes licence not stated version 1" in words


def test_a_date_of_which_the_month_is_known_is_printed_as_a_month(client):
    OutputFactory(slug="paper", delivered=dt.date(2022, 3, 1), delivered_precision="month")

    response = client.get("/outputs/paper/")

    assert "Handed in March 2022" in words_of(response)


def test_an_output_names_the_test_cases_that_it_documents(client):
    case = TestCaseFactory(title="Help desk")
    case.documentation.set([OutputFactory(slug="paper")])
    case.save()

    response = client.get("/outputs/paper/")

    assert "Documents these test cases Help desk" in words_of(response)


def test_both_ways_to_write_a_code_are_one():
    output = OutputFactory(code="D.T2.3.5")

    output.full_clean(exclude=["locale"])

    assert output.code == "T2.3.5"


def test_outputs_are_found_by_what_they_belong_to(client):
    whole = OutputFactory(slug="whole", title="The whole")
    OutputFactory(slug="part", part_of=whole)
    OutputFactory(slug="other", part_of=OutputFactory(slug="draft", live=False))

    response = client.get("/outputs/?output=whole")

    assert listed(response) == ["part"]
    assert "belonging to The whole" in words_of(response)


def test_an_output_and_its_deliverables_lead_to_each_other(client):
    whole = OutputFactory(slug="whole")
    OutputFactory(slug="part", part_of=whole)

    assert 'href="/outputs/part/"' in client.get("/outputs/whole/").content.decode()
    assert 'href="/outputs/whole/"' in client.get("/outputs/part/").content.decode()
