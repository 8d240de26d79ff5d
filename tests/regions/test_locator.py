"""A region's page shows where the region is, as far as that is known."""

import pytest

from tests.factories import NutsRegionFactory
from tests.html import soup_of

pytestmark = pytest.mark.django_db


def test_a_region_with_a_place_is_shown_on_a_map(client):
    NutsRegionFactory(code="DED4", name="Chemnitz", latitude="50.8", longitude="12.9")

    soup = soup_of(client.get("/regions/DED4/"))

    (drawing,) = soup.select(".locator")
    assert drawing["aria-label"] == "Chemnitz on the map of Central Europe"
    assert len(drawing.select(".locator__mark")) == 1
    assert "Natural Earth" in soup.get_text()


@pytest.mark.parametrize("place", [{}, {"latitude": "-21.1", "longitude": "55.5"}])
def test_a_region_without_a_place_on_the_picture_has_no_map(client, place):
    NutsRegionFactory(code="FRY4", name="La Réunion", **place)

    assert soup_of(client.get("/regions/FRY4/")).select(".locator, .map__caption") == []
