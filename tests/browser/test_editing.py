"""Editors in the forms: a budget that was missing goes public, and two people meet at one record."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
PASSWORD = "a long word for tests"
# So long after it opened, Wagtail begins to follow what changes in a form.
QUIET = 2_500
PEOPLE = f"""
from django.contrib.auth.models import Group
from core.models import User
from partners.models import Partner
for name, number, is_reviewer in (("anna", 6, False), ("carla", 6, False), ("bert", 2, True)):
    user = User.objects.create_user(name, name + "@example.org", {PASSWORD!r})
    user.groups.add(Partner.objects.get(number=number).team.group)
    if is_reviewer:
        user.groups.add(Group.objects.get(name="Reviewers"))
"""


@pytest.fixture(scope="module", autouse=True)
def people(server):
    """Make two editors of one partner and a reviewer of another, once."""
    server.do(PEOPLE)


def sign_in(new_page: Any, name: str) -> Page:
    """Sign somebody in, and give the first page."""
    page: Page = new_page(width=1280, height=900)
    page.goto("/admin/login/")
    page.locator("[name=username]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("button[type=submit]").first.click()
    expect(page.get_by_role("heading", name="What waits for you")).to_be_visible()
    return page


def test_a_missing_budget_is_added_submitted_approved_and_public(new_page):
    editor = sign_in(new_page, "anna")
    editor.get_by_role("link", name="Money: CCI help desk").first.click()
    lack = editor.get_by_text("Worth knowing: Without a budget")
    expect(lack).to_be_visible()
    editor.get_by_role("button", name="Add sum of money").click()
    expect(lack).to_be_hidden()
    editor.locator("[name='money_lines-0-kind']").select_option("rent")
    editor.locator("[name='money_lines-0-euros']").fill("4321")
    paid_by = editor.locator("[name='money_lines-0-funder']")
    paid_by.fill("the chamber")
    expect(editor.locator("#id_money_lines-0-funder-characters")).to_have_text("11 / 150")
    editor.locator(".w-dropdown__toggle").last.click()
    editor.get_by_role("button", name="Submit to Review by another partner").click()
    editor.wait_for_url("**/implementation/")

    reviewer = sign_in(new_page, "bert")
    reviewer.get_by_role("link", name="CCI help desk").first.click()
    expect(reviewer.get_by_role("cell", name="4321")).to_be_visible()
    reviewer.get_by_label("Approve and publish").check()
    reviewer.get_by_role("button", name="Decide").click()
    expect(reviewer.get_by_text("is published.")).to_be_visible()

    reader = new_page()
    reader.goto("/test-cases/cci-help-desk/")
    assert "€4,321" in reader.locator("main").inner_text()


def test_a_second_person_is_warned_by_name_and_neither_loses_a_word(new_page):
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
