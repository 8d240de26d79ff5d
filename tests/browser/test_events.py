"""Somebody who registers for an event, without JavaScript, and thinks better of it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.watch import Watch

pytestmark = pytest.mark.browser

CONFERENCE = """
import datetime as dt
from django.utils import timezone
from events.models import EventIndexPage, EventPage
now = timezone.now()
event = EventPage(
    title="A conference to come", slug="to-come", kind="conference", summary="To try it.", mode="hybrid",
    start=(now + dt.timedelta(days=9)).date(), start_time=dt.time(10), end_time=dt.time(17), seats=5,
    registration_opens=now - dt.timedelta(days=1), registration_closes=now + dt.timedelta(days=5),
    stream_url="https://stream.example/room",
)
EventIndexPage.objects.get().add_child(instance=event)
event.save_revision().publish()
"""


def link_in(letter, purpose):
    """Find a link in a mail."""
    found = re.search(rf"http://\S+/{purpose}/\S+", letter)
    assert found, letter
    return found[0]


def test_a_person_registers_confirms_and_cancels(new_page, server):
    server.do(CONFERENCE)
    page = new_page(width=360, height=740, java_script_enabled=False)
    watch = Watch(page, server.host)

    # From the list to the form, which says what is missing and keeps what was typed,
    page.goto("/events/")
    page.get_by_role("link", name="A conference to come").click()
    page.get_by_role("link", name="Register", exact=True).click()
    page.get_by_label("Name").fill("Zoë Łódź")
    page.get_by_role("button", name="Register").click()
    expect(page.locator(".field__error")).to_have_count(4)
    expect(page.get_by_label("Name")).to_have_value("Zoë Łódź")

    # to the mail and the button behind its link,
    page.get_by_label("Organisation").fill("Town of Genk")
    page.get_by_label("E-mail").fill("zoe@example.org")
    page.get_by_label("On site").check()
    page.get_by_label("My data may be used").check()
    page.get_by_role("button", name="Register").click()
    page.goto(link_in(server.letter("Please confirm: A conference to come"), "confirm"))
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("You have a place on site.")).to_be_visible()

    # to the calendar and the stream,
    with page.expect_download() as download:
        page.get_by_role("link", name="Calendar file").click()
    assert download.value.suggested_filename == "to-come.ics"
    page.get_by_role("link", name="Your way to the live stream").click()
    stream = page.get_by_role("link", name="Open the stream")
    expect(stream).to_have_attribute("href", "https://stream.example/room")

    # and out again; no cookie was set and no other host asked.
    page.goto(link_in(server.letter("Your registration: A conference to come"), "change"))
    page.get_by_role("button", name="Cancel my registration").click()
    expect(page.get_by_text("is cancelled")).to_be_visible()
    assert page.context.cookies() == []
    assert watch.faults == []
