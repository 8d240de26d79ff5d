"""An officer answers half a checklist, sends the link, and a colleague opens it on a phone and prints it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.pages import PAGES

pytestmark = pytest.mark.browser

CHECKLIST = PAGES["checklist"]


def _answer(page, place, label):
    """Choose an answer to a question."""
    page.locator(".checklist__item").nth(place).get_by_label(label, exact=True).check()


def test_half_a_checklist_is_sent_on_opened_on_a_phone_and_printed(new_page):
    officer = new_page()
    officer.goto(CHECKLIST)
    for place, label in enumerate(("Yes", "No", "Later", "Not applicable", "Yes")):
        _answer(officer, place, label)
    expect(officer.locator("#answers-progress")).to_have_text(
        "5 of 10 answered: 2 yes, 1 no, 1 later, 1 not applicable."
    )
    expect(officer.locator("#answers-news")).to_contain_text("5 of 10")
    assert len(officer.url) < 200

    colleague = new_page(width=360, height=780)
    colleague.goto(officer.url)
    chosen = colleague.locator(".checklist__item input:checked:not([value='-'])")
    assert [one.input_value() for one in chosen.all()] == ["y", "n", "l", "x", "y"]
    expect(colleague.locator("#answers-state li")).to_have_count(6)

    colleague.emulate_media(media="print")
    expect(colleague.locator(".checklist__answers label:visible")).to_have_text(
        ["Yes", "No", "Later", "Not applicable", "Yes"]
    )
    expect(colleague.locator("form[data-answers] .button:visible")).to_have_count(0)


def test_without_script_a_button_does_the_same(new_page):
    page = new_page(java_script_enabled=False)
    page.goto(CHECKLIST)

    _answer(page, 1, "Later")
    page.get_by_role("button", name="Put my answers into the link").click()

    expect(page).to_have_url(re.compile(r"\?a=1\."))
    expect(page.locator("#answers-progress")).to_have_text("1 of 10 answered: 1 later.")


def test_a_note_stays_in_the_browser_and_never_leaves_it(new_page):
    page = new_page()
    sent = []
    page.on("request", lambda request: sent.append(request.url + (request.post_data or "")))
    page.goto(CHECKLIST)
    note = page.locator(".checklist__note").first

    note.locator("summary").click()
    note.locator("textarea").fill("Zeppelin")
    _answer(page, 0, "Yes")
    expect(page.locator("#answers-progress")).to_contain_text("1 of 10")
    page.reload()

    expect(page.locator(".checklist__note textarea").first).to_have_value("Zeppelin")
    assert not any("Zeppelin" in one for one in sent)
