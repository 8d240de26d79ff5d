"""Two people meet at one record, and neither loses a word."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
PASSWORD = "a long word for tests"
# So long after it opened, Wagtail begins to follow what changes in a form.
QUIET = 2_500
PEOPLE = f"""
from core.models import User
from partners.models import Partner
for name in ("anna", "carla"):
    user = User.objects.create_user(name, name + "@example.org", {PASSWORD!r})
    user.groups.add(Partner.objects.get(number=6).team.group)
"""


def sign_in(new_page: Any, name: str) -> Page:
    """Sign somebody in, and give the first page."""
    page: Page = new_page(width=1280, height=900)
    page.goto("/admin/login/")
    page.locator("[name=username]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("button[type=submit]").first.click()
    expect(page.get_by_role("heading", name="What waits for you")).to_be_visible()
    return page


def test_a_second_person_is_warned_by_name_and_neither_loses_a_word(server, new_page):
    server.do(PEOPLE)
    first, second = sign_in(new_page, "anna"), sign_in(new_page, "carla")
    first.get_by_role("link", name="Money: Corporate theatre").click()
    first.wait_for_url("**/edit/**")
    second.goto(first.url)
    second.locator("#w-editing-sessions button").last.hover()
    expect(second.get_by_text("anna")).to_be_visible()

    first.wait_for_timeout(QUIET)
    first.locator("[name=money_is_complete]").check()
    expect(first.get_by_text("Worth knowing: You say that these are all the sums")).to_be_visible()
    second.locator("[name=money_note]").fill("What Carla knows.")
    expect(second.get_by_text("Autosave is paused").first).to_be_visible()
    second.get_by_role("button", name="Save draft").click()

    expect(second.get_by_role("heading", name="anna saved a new version")).to_be_visible()
    expect(second.locator("[name=money_note]")).to_have_value("What Carla knows.")
    first.reload()
    expect(first.locator("[name=money_is_complete]")).to_be_checked()
