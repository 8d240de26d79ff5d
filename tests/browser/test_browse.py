"""Lists that narrow down in place, and fall back to plain pages."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

BOX = "#challenge-empty-premises"


def test_a_tick_changes_the_results_in_place_and_keeps_the_focus(new_page):
    page = new_page()
    page.goto("/test-cases/")
    documents = []
    page.on(
        "request", lambda request: documents.append(request.url) if request.is_navigation_request() else None
    )

    page.check(BOX)

    expect(page.locator("#browse-sentence")).to_contain_text("Empty shops")
    expect(page.locator("#browse-news")).to_contain_text("Empty shops")
    expect(page.locator(BOX)).to_be_focused()
    expect(page).to_have_url(re.compile(r"\?challenge=empty-premises$"))
    assert documents == []


def test_back_and_forward_bring_the_results_back(new_page):
    page = new_page()
    page.goto("/test-cases/")
    everything = page.locator("#browse-sentence").inner_text()
    page.check(BOX)
    expect(page.locator("#browse-sentence")).to_contain_text("Empty shops")

    page.go_back()
    expect(page.locator("#browse-sentence")).to_have_text(everything)
    expect(page.locator(BOX)).not_to_be_checked()

    page.go_forward()
    expect(page.locator("#browse-sentence")).to_contain_text("Empty shops")
    expect(page.locator(BOX)).to_be_checked()


def test_a_slow_answer_is_overtaken_by_a_newer_one(new_page):
    page = new_page()
    page.goto("/test-cases/")
    held = []
    page.route("**/test-cases/?challenge=empty-premises", lambda route: held.append(route))

    page.check(BOX)
    page.uncheck(BOX)
    page.check("#region-DED4")

    expect(page.locator("#browse-sentence")).to_contain_text("Chemnitz")
    for route in held:
        route.abort()
    expect(page.locator("#browse-sentence")).not_to_contain_text("Empty shops")


def test_an_error_falls_back_to_a_whole_page(new_page):
    page = new_page()
    page.goto("/test-cases/")
    page.route(
        "**/test-cases/?challenge=empty-premises",
        lambda route: (
            route.continue_() if route.request.is_navigation_request() else route.fulfill(status=500)
        ),
    )

    with page.expect_navigation():
        page.check(BOX)

    expect(page.locator("#browse-sentence")).to_contain_text("Empty shops")
