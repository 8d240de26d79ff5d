"""An editor chooses regions by a part of a name or code."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import faults

pytestmark = pytest.mark.browser


def form_of_a_run(page: Page, server, name: str) -> None:
    """Sign in, and open the form of an implementation."""
    page.goto("/admin/login/")
    page.get_by_label("Username").fill(server.name)
    page.get_by_label("Password").fill(server.password)
    page.get_by_role("button", name="Sign in").click()
    page.goto("/admin/snippets/pilots/implementation/")
    page.get_by_role("link", name=name).first.click()
    expect(page.get_by_text("NUTS 3, where known")).to_be_visible()


def test_a_district_is_found_by_name_or_code_in_any_spelling(server, new_page):
    page = new_page()
    form_of_a_run(page, server, "KRACH+")
    field = page.get_by_role("combobox", name="Districts")

    for typed, chosen in (
        ("lodz", "Miasto Łódź (PL711)"),
        ("Łódź", "Miasto Łódź (PL711)"),
        ("at130", "Wien (AT130)"),
    ):
        if (cross := page.get_by_role("button", name=f"Take it out: {chosen}")).is_visible():
            cross.click()
        field.press_sequentially(typed)
        page.get_by_role("option", name=chosen).click()
        expect(cross).to_be_visible()

    sent = page.locator("select[name=also_in]").evaluate(
        "one => [...one.selectedOptions].map((each) => each.text)"
    )
    assert {"Miasto Łódź (PL711)", "Wien (AT130)"} <= {*sent}
    assert faults(page, within="[data-contentpath=also_in]") == []
