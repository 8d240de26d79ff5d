"""The ten tasks of the guide for editors, walked through in the real admin; each leaves its picture.

`make guide` keeps the pictures in static/img/guide, where docs/editors.md shows them.
"""

import io
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.axe import faults
from tests.browser.conftest import SCREENSHOTS
from tests.browser.server import ROOT

pytestmark = pytest.mark.browser
PASSWORD = "a long word for tests"
# So long after it opened, Wagtail begins to follow what changes in a form.
QUIET = 2_500
# Enough for letters, icons and covers, and a third of the bytes.
COLOURS = 128
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
PEOPLE = f"""
import datetime as dt
from django.contrib.auth.models import Group
from core.models import User
from partners.models import Partner
from pilots.models import TestCase
for name, number in (("editor", 6), ("reviewer", 2)):
    user = User.objects.create_user(name, name + "@example.org", {PASSWORD!r})
    user.groups.add(Partner.objects.get(number=number).team.group)
user.groups.add(Group.objects.get(name="Reviewers"))
TestCase.objects.filter(slug="corporate-theatre").update(verified_on=dt.date(2025, 3, 3))
"""


@pytest.fixture
def picture(pytestconfig):
    """Take a picture of a page, or of a part of it from the top."""
    folder = ROOT / "static" / "img" / "guide" if pytestconfig.getoption("--keep-guide") else SCREENSHOTS

    def take(page: Page, name: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        shot = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
        shot.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(
            folder / f"{name}.png", optimize=True
        )

    return take


def sign_in(new_page: Any, name: str) -> Page:
    """Fill the form of the sign-in."""
    page: Page = new_page(width=1100, height=760)
    page.goto("/admin/login/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    return page


def enter(page: Page) -> None:
    """Send it."""
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="What waits for you")).to_be_visible()


def submit(page: Page) -> None:
    """Hand a draft to the review."""
    page.locator(".w-dropdown__toggle").last.click()
    page.get_by_role("button", name="Submit to Review by another partner").click()
    page.wait_for_url("**/implementation/")


def decide(page: Page, decision: str) -> None:
    """Decide as a reviewer."""
    page.get_by_label(decision).check()
    page.get_by_role("button", name="Decide").click()


def test_ten_tasks_lead_from_the_mail_to_the_public_page(server, new_page, picture):
    server.do(PEOPLE)

    # 1, 2 and 3: sign in, see what waits, and add the missing budget where its line leads
    editor = sign_in(new_page, "editor")
    picture(editor, "1-sign-in")
    enter(editor)
    picture(editor, "2-what-waits")
    editor.get_by_role("link", name="Money: CCI help desk").first.click()
    lack = editor.get_by_text("Worth knowing: Without a budget")
    expect(lack).to_be_visible()
    editor.wait_for_timeout(QUIET)
    picture(editor, "3-what-is-missing")
    editor.get_by_role("button", name="Add sum of money").click()
    expect(lack).to_be_hidden()
    editor.locator("[name='money_lines-0-kind']").select_option("rent")
    editor.locator("[name='money_lines-0-euros']").fill("4321")
    paid_by = editor.locator("[name='money_lines-0-funder']")
    paid_by.fill("the chamber")
    expect(editor.locator("#id_money_lines-0-funder-characters")).to_have_text("11 / 150")

    # 4, 5 and 6: the draft saves itself; look at the page as it would be; submit it
    editor.wait_for_timeout(QUIET)
    expect(editor.get_by_text("Autosave is paused").first).to_be_hidden()
    expect(editor.get_by_text("Saved").first).to_be_visible()
    picture(editor, "4-a-draft")
    editor.get_by_role("button", name="Toggle preview").click()
    shown = editor.frame_locator("iframe[title='Preview']").last
    expect(shown.get_by_text("€4,321").first).to_be_visible()
    picture(editor, "5-preview")
    editor.get_by_role("button", name="Toggle preview").click()
    editor.locator(".w-dropdown__toggle").last.click()
    picture(editor, "6-submit")
    editor.get_by_role("button", name="Submit to Review by another partner").click()
    editor.wait_for_url("**/implementation/")

    # 7 and 8: the reviewer asks for more, the editor mends it, the reviewer approves
    reviewer = sign_in(new_page, "reviewer")
    enter(reviewer)
    reviewer.get_by_role("link", name="CCI help desk").first.click()
    expect(reviewer.get_by_role("cell", name="4321")).to_be_visible()
    expect(reviewer.get_by_text("None", exact=True)).to_have_count(0)
    reviewer.get_by_role("textbox", name="Comment").fill("Of which year are these prices?")
    reviewer.get_by_label("Send back with the comment").check()
    picture(reviewer, "7-review")
    decide(reviewer, "Send back with the comment")
    editor.goto("/admin/")
    expect(editor.get_by_text("Of which year are these prices?")).to_be_visible()
    picture(editor, "8-sent-back")
    editor.get_by_role("link", name="CCI help desk").first.click()
    editor.get_by_role("tab", name="Money and people").click()
    editor.locator("[name='money_lines-0-price_year']").fill("2021")
    submit(editor)
    reviewer.goto("/admin/")
    reviewer.get_by_role("link", name="CCI help desk").first.click()
    decide(reviewer, "Approve and publish")
    expect(reviewer.get_by_text("is published.")).to_be_visible()
    reader = new_page()
    reader.goto("/test-cases/cci-help-desk/")
    expect(reader.locator("main")).to_contain_text("€4,321")

    # 9 and 10: say that it is still true; choose the day on which a draft is to appear
    editor.goto("/admin/")
    still_true = editor.get_by_role("button", name="Yes, still true")
    still_true.scroll_into_view_if_needed()
    picture(editor, "9-still-true")
    still_true.click()
    expect(editor.get_by_text("is marked as true today.")).to_be_visible()
    editor.get_by_role("link", name="Its cost in euros: Corporate theatre").first.click()
    editor.get_by_role("button", name="Toggle status").click()
    editor.get_by_role("button", name="Set schedule").click()
    expect(editor.get_by_role("dialog").first).to_be_visible()
    picture(editor, "10-schedule")
    editor.keyboard.press("Escape")

    # and much at once
    editor.goto("/admin/workbook/")
    picture(editor, "workbook")


def test_axe_finds_nothing_on_the_pages_of_the_guide(server, new_page):
    page = new_page()
    page.goto("/admin/login/")
    page.get_by_label("Username").fill(server.name)
    page.get_by_label("Password").fill(server.password)
    enter(page)
    forms = [
        page.get_by_role("link", name=name).first.get_attribute("href") for name in ("KRACH+ · PP1", "PP6")
    ]

    for address in ("/admin/", *forms, "/admin/workbook/", "/admin/guide/"):
        page.emulate_media(color_scheme="light")
        page.goto(address)
        found = faults(page, runOnly=RULES)
        page.emulate_media(color_scheme="dark")
        assert (address, found, faults(page, runOnly=RULES)) == (address, [], [])
