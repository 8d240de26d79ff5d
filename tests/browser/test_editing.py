"""An editor who knows nothing adds a missing budget; a reviewer of another partner publishes it."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
PASSWORD = "a long word for tests"
PEOPLE = f"""
from django.contrib.auth.models import Group
from core.models import User
from partners.models import Partner
for name, number, is_reviewer in (("anna", 6, False), ("bert", 2, True)):
    user = User.objects.create_user(name, name + "@example.org", {PASSWORD!r})
    user.groups.add(Partner.objects.get(number=number).team.group)
    if is_reviewer:
        user.groups.add(Group.objects.get(name="Reviewers"))
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


def test_a_missing_budget_is_added_submitted_approved_and_public(server, new_page):
    server.do(PEOPLE)

    editor = sign_in(new_page, "anna")
    editor.get_by_role("link", name="Money: CCI help desk").first.click()
    editor.get_by_role("button", name="Add sum of money").click()
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
