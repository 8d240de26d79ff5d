"""The rules that concepts obey."""

import pytest
from django.db.models import ProtectedError

from tests.factories import ConceptFactory, OutputFactory, TestCaseFactory
from tests.html import listed
from tests.rules import Breach, constraints_of, each, sentence_of
from vocabularies.choices import Scheme
from vocabularies.models import Concept

pytestmark = pytest.mark.django_db

BREACHES = {
    "vocabularies_concept_is_unique_in_its_scheme": Breach(
        ConceptFactory, {"slug": "empty-shops"}, {"slug": "empty-shops"}
    ),
}


def test_every_rule_of_the_vocabularies_is_broken_here_on_purpose():
    assert set(constraints_of("vocabularies")) == set(BREACHES)


@each(BREACHES)
def test_the_form_names_a_broken_rule(name):
    breach = BREACHES[name]

    sentences = breach.sentences()

    assert sentence_of("vocabularies", name) in sentences


@each(BREACHES)
def test_the_database_refuses_a_broken_rule(name):
    breach = BREACHES[name]

    refused = breach.refused_by_database()

    assert refused


def test_two_vocabularies_may_share_a_word():
    place = ConceptFactory(scheme=Scheme.PLACE, slug="town")

    past = ConceptFactory(scheme=Scheme.INDUSTRIAL_PAST, slug="town")

    past.full_clean()
    assert place != past


def test_a_word_in_use_cannot_be_deleted():
    kind = OutputFactory().kind

    with pytest.raises(ProtectedError):
        kind.delete()

    assert Concept.objects.filter(pk=kind.pk).exists()


def test_concepts_stand_in_their_own_order():
    late = ConceptFactory(slug="a", order=20)
    early = ConceptFactory(slug="b", order=10)

    found = list(Concept.objects.in_scheme(Scheme.CHALLENGE))

    assert found == [early, late]


def test_a_concept_is_found_by_its_natural_key():
    concept = ConceptFactory(scheme=Scheme.ASSET, slug="room")

    found = Concept.objects.get_by_natural_key(*concept.natural_key())

    assert found == concept


def test_a_word_of_another_vocabulary_is_no_problem_of_a_test_case(client):
    ConceptFactory(scheme=Scheme.ASSET, slug="room")
    TestCaseFactory(slug="krach")

    response = client.get("/test-cases/?challenge=room")

    assert listed(response) == ["krach"]
    assert "“room” is no choice under My problem, so we left it out." in response.content.decode()
