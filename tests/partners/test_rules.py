"""The rules that partners obey."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from partners.models import Partner
from tests.factories import NutsRegionFactory, PartnerFactory
from tests.html import listed, words_of
from tests.rules import Breach, constraints_of, each, sentence_of

pytestmark = pytest.mark.django_db

BREACHES = {
    "partners_partner_slug_is_unique": Breach(PartnerFactory, {"slug": "taken"}, {"slug": "taken"}),
    "partners_number_is_positive": Breach(PartnerFactory, {"number": 0}),
    "partners_number_is_unique": Breach(PartnerFactory, {"number": 7}, {"number": 7}),
}


def test_every_rule_of_the_partners_is_broken_here_on_purpose():
    assert set(constraints_of("partners")) == set(BREACHES)


@each(BREACHES)
def test_the_form_names_a_broken_rule(name):
    breach = BREACHES[name]

    sentences = breach.sentences()

    assert sentence_of("partners", name) in sentences


@each(BREACHES)
def test_the_database_refuses_a_broken_rule(name):
    breach = BREACHES[name]

    refused = breach.refused_by_database()

    assert refused


def test_the_address_of_a_published_partner_stays():
    partner = PartnerFactory(slug="padova", first_published_at=timezone.now())
    partner.slug = "padua"

    with pytest.raises(ValidationError) as refusal:
        partner.full_clean()

    assert refusal.value.message_dict == {"slug": ["The address of a published record stays: “padova”."]}


def test_the_address_of_a_partner_who_was_never_published_may_change():
    partner = PartnerFactory(slug="padova", live=False)
    partner.slug = "padua"

    partner.full_clean()

    assert partner.get_absolute_url() == "/partners/padua/"


def test_partners_stand_in_the_order_of_their_numbers(client):
    PartnerFactory(number=12, slug="twelve")
    PartnerFactory(number=3, slug="three")

    response = client.get("/partners/")

    assert listed(response) == ["three", "twelve"]


def test_partners_are_found_by_the_country_of_their_region(client):
    PartnerFactory(slug="padova", region=NutsRegionFactory(code="ITH3"))
    PartnerFactory(slug="kranj", region=NutsRegionFactory(code="SI04"))
    NutsRegionFactory(code="SI")

    response = client.get("/partners/?country=SI")

    assert listed(response) == ["kranj"]


def test_a_partner_without_a_known_region_is_found_as_unknown(client):
    PartnerFactory(slug="padova")
    PartnerFactory(slug="nowhere", region=None)

    response = client.get("/partners/?region=unknown")

    assert listed(response) == ["nowhere"]


@pytest.mark.parametrize("words", ["Škofja", "škofja loka", "LOKA"])
def test_partners_are_found_by_the_words_of_their_own_name(client, words):
    PartnerFactory(slug="kranj", native_name="BSC Škofja Loka")
    PartnerFactory(slug="padova")

    response = client.get("/partners/", {"q": words})

    assert listed(response) == ["kranj"]


def test_a_partner_without_a_street_says_so(client):
    PartnerFactory(slug="padova", street="")

    response = client.get("/partners/padova/")

    assert "The street is not documented." in words_of(response)


def test_a_partner_is_known_by_its_number():
    partner = PartnerFactory(number=5, name="The Agency")

    words = str(partner)

    assert words == "PP5 The Agency"
    assert list(Partner.objects.live()) == [partner]
