"""The page that shows the design shows all of it, and nobody else sees it."""

import re

import pytest

from inducci.settings.environment import BASE_DIR
from inducci.styleguide import COMPONENTS, ONCE, STATES, contract
from tests.accessibility import faults
from tests.html import soup_of

CSS = BASE_DIR / "static" / "css" / "components"
#: The heads of the front page and of the pages for errors: there is nothing to them but these pages.
HEADS = {"hero", "lost"}

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


@pytest.fixture
def page(client):
    """Open the page."""
    response = client.get("/styleguide/")
    assert response.status_code == 200
    return response.content.decode()


def test_every_component_is_shown():
    files = {file.stem for file in COMPONENTS.glob("*.html")}

    assert set(STATES) == files


def test_every_state_is_drawn(page):
    drawn = {
        part["id"]: len(part.select(".guide__sample")) for part in soup_of(page).select(".guide__part[id]")
    }

    expected = {name: len(states) for name, states in STATES.items() if name not in ONCE}

    assert {name: drawn.get(name) for name in expected} == expected
    assert all(sample.find(True) for sample in soup_of(page).select(".guide__sample"))


def test_every_style_sheet_has_something_to_dress(page):
    classes = {name for tag in soup_of(page).select("[class]") for name in tag["class"]}
    dressed = {re.split("__|--", name)[0] for name in classes}
    bare = {sheet.stem for sheet in CSS.glob("*.css")} - dressed

    assert bare == HEADS


@pytest.mark.parametrize("name", STATES)
def test_a_state_asks_for_nothing_beyond_the_contract(name):
    promised = contract(name)

    asked = {key for values in STATES[name].values() for key in values}

    assert promised
    assert {key for key in asked if not re.search(rf"\b{key}\b", promised)} == set()


def test_the_page_is_without_faults(page):
    assert faults(page) == []


def test_the_public_does_not_see_it(client, settings):
    settings.STYLEGUIDE = False

    assert client.get("/styleguide/").status_code == 404
