"""The people it is for: an officer on an old phone, the public, a partner's editor."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.pdf import plain, words
from tests.browser.watch import Watch

pytestmark = pytest.mark.browser


def test_an_officer_without_javascript_takes_a_test_case_to_paper(new_page):
    page = new_page(width=360, height=640, java_script_enabled=False)
    count = page.locator(".results")

    # Given a problem in her own words on the front page
    page.goto("/")
    problem = page.locator(".ways a").first
    promised = problem.locator(".ways__count").inner_text().split()[0]
    problem.click()
    met = page.locator("section", has=page.get_by_role("heading", name="Who met it"))
    expect(met.locator(".row")).to_have_count(int(promised))

    # and in a test case that met it, which leads to all of them
    met.get_by_role("link").first.click()
    page.locator(".story").get_by_role("link", name="Empty shops and halls").click()
    expect(count).to_have_attribute("data-count", promised)

    # when she narrows the list down with a box and the button
    page.locator("summary", has_text="Filter").click()
    option = page.locator(
        ".facet__option:has(input:enabled:not(:checked):not([name=challenge])):visible"
    ).first
    promised = option.locator(".facet__count").inner_text()
    option.locator("input").check()
    page.get_by_role("button", name="Show results").click()
    expect(count).to_have_attribute("data-count", promised)
    expect(page.locator(".chip:not(.chip--clear)")).to_have_count(2)

    # and opens the first test case, then its title is on the paper.
    card = count.get_by_role("link").first
    title = card.inner_text()
    card.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    assert plain(title) in words(page.pdf(format="A4"))


def test_the_public_reaches_a_document_in_two_clicks(new_page):
    page = new_page()
    page.goto("/")

    page.get_by_role("navigation", name="Main").get_by_role("link", name="Documents").click()
    record = page.locator(".results").get_by_role("link").first
    title = record.inner_text()
    record.click()

    page.wait_for_url("**/outputs/*/")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_what_readers_see_changes_when_an_editor_publishes(new_page, server):
    page, public = new_page(height=900), new_page()
    watch = Watch(page, server.host)
    pitch = "Shown to readers only once an editor has published it."

    # Given an editor with a test case before her
    page.goto("/admin/")
    page.locator("[name=username]").fill(server.name)
    page.locator("[name=password]").fill(server.password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Pilot actions").click()
    page.get_by_role("link", name="Test cases").click()
    page.get_by_role("link", name="LABOR 2025").first.click()

    # when she saves a draft, then a preview shows it and readers do not see it;
    page.get_by_role("textbox", name="Pitch").fill(pitch)
    page.get_by_role("button", name="Toggle preview").click()
    page.frame_locator("iframe#w-preview-iframe").get_by_text(pitch).first.wait_for()
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text(re.compile("saved|updated", re.IGNORECASE)).first.wait_for()
    public.goto("/test-cases/labor-2025/")
    expect(public.get_by_text(pitch)).to_be_hidden()

    # when she publishes, they do.
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("published").first.wait_for()
    public.reload()
    expect(public.get_by_text(pitch)).to_be_visible()
    assert watch.faults == []
