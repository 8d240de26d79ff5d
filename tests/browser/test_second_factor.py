"""An editor sets a second factor up with the shown key, and signs in with a code from paper."""

from base64 import b32decode

import pytest
from django_otp.oath import totp
from playwright.sync_api import Page, expect

from tests.browser.axe import faults

pytestmark = pytest.mark.browser
PASSWORD = "a long word for tests"
PERSON = f"""
from core.models import User
from partners.models import Partner
user = User.objects.create_user("frieda", "frieda@example.org", {PASSWORD!r}, first_name="F", last_name="F")
user.groups.add(Partner.objects.get(number=3).team.group)
"""


def sign_in(page: Page, code: str = "") -> None:
    """Fill the form of the sign-in, and send it."""
    page.goto("/admin/login/")
    page.get_by_label("Username").fill("frieda")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Code from your app").fill(code)
    page.get_by_role("button", name="Sign in").click()


def test_a_second_factor_is_set_up_and_a_one_time_code_signs_in(server, new_page):
    server.do(PERSON)
    page = new_page()

    # Given a second factor, switched on with the code that an app computes from the shown key
    sign_in(page)
    page.get_by_role("heading", name="What waits for you").wait_for()
    page.goto("/admin/account/")
    page.get_by_role("link", name="Set up a second factor").click()
    found = faults(page)
    key = b32decode(page.locator(".factor__key").inner_text().replace(" ", ""))
    page.get_by_label("Code that the app shows now").fill(f"{totp(key):06}")
    page.get_by_label("Code that the app shows now").press("Enter")
    expect(page.get_by_role("heading", name="Keep these one-time codes")).to_be_visible()
    found += faults(page)
    code = page.locator(".factor__codes code").first.inner_text()

    # when the password alone is given, then a sentence beside the field asks for a code;
    page.context.clear_cookies()
    sign_in(page)
    expect(page.get_by_text("a code from your app or one of your one-time codes")).to_be_visible()
    found += faults(page)

    # when a one-time code is given, too, then the person is in.
    sign_in(page, code)
    page.get_by_role("heading", name="What waits for you").wait_for()
    page.goto("/admin/account/second-factor/")
    expect(page.get_by_text("You have 9 one-time codes left.")).to_be_visible()
    assert found + faults(page) == []
