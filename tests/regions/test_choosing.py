"""Choosing a region in a form of the admin."""

import pytest
from django.test import Client
from django.urls import reverse

from regions.models import NutsRegion
from tests.factories import NutsRegionFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["SI042", "si04", "Gorenjska", "gorenj", "Škofja", "skofja Loka", "ŠKOFJA"])
def test_a_region_is_found_by_its_code_or_by_a_name_in_any_spelling(typed):
    NutsRegionFactory(code="SI042", name="Gorenjska", name_en="Škofja Loka and around")
    NutsRegionFactory(code="SI041", name="Osrednjeslovenska")
    client = Client()
    client.force_login(UserFactory())

    response = client.get(
        reverse(f"{NutsRegion.snippet_viewset.chooser_viewset.url_namespace}:choose_results"), {"q": typed}
    )

    names = [region.code for region in response.context["results"]]
    assert "SI042" in names
    assert typed[:3].casefold() == "si0" or names == ["SI042"]


def test_what_is_no_region_finds_none():
    NutsRegionFactory(code="SI042", name="Gorenjska")
    client = Client()
    client.force_login(UserFactory())

    response = client.get(
        reverse(f"{NutsRegion.snippet_viewset.chooser_viewset.url_namespace}:choose_results"), {"q": "oren"}
    )

    assert list(response.context["results"]) == []
