"""News and events as readers see them."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from icalendar import Calendar

from events.models import EventDocument, EventPage, EventSession
from tests.events.conftest import DAY, make_conference
from tests.factories import (
    ConceptFactory,
    DocumentFactory,
    EventPageFactory,
    NewsPageFactory,
    OutputFactory,
    PartnerFactory,
    TestCaseFactory,
)
from tests.html import listed, soup_of, words_of
from vocabularies.choices import Scheme

pytestmark = pytest.mark.django_db


def entry_of(client, slug):
    """Read the one entry of an event's calendar file, and the names of its zones."""
    file: Any = Calendar.from_ical(client.get(f"/events/{slug}/event.ics").content)
    return file.events[0], [str(zone["TZID"]) for zone in file.timezones]


def items(page):
    """Read what the page tells machines in schema.org's words."""
    return {
        str(tag["itemprop"]): str(
            tag.get("content") or tag.get("href") or tag.get("datetime") or tag.get_text()
        )
        for tag in soup_of(page).select("[itemscope][itemtype='https://schema.org/Event'] [itemprop]")
    }


def test_an_event_tells_machines_what_it_is(client):
    make_conference(
        start=dt.date(2030, 1, 15), language=ConceptFactory(scheme=Scheme.LANGUAGE, slug="nl"), fee="free"
    )

    told = items(client.get("/events/conference/"))

    assert told["startDate"] == "2030-01-15T10:00:00+01:00"
    assert told["endDate"] == "2030-01-15T17:00:00+01:00"
    assert told["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert told["eventStatus"] == "https://schema.org/EventScheduled"
    assert (told["inLanguage"], told["isAccessibleForFree"]) == ("nl", "true")


@pytest.mark.parametrize(
    ("values", "words", "iso"),
    [
        ({"start": dt.date(2019, 6, 1), "start_precision": "month"}, "June 2019", "2019-06"),
        ({"start": dt.date(2020, 1, 1), "start_precision": "year"}, "2020", "2020"),
        (
            {"start": dt.date(2019, 11, 25), "end": dt.date(2019, 11, 27)},
            "25 to 27 November 2019",
            "2019-11-25",
        ),
        (
            {"start": dt.date(2019, 12, 30), "end": dt.date(2020, 1, 2)},
            "30 December 2019 to 2 January 2020",
            "2019-12-30",
        ),
    ],
)
def test_a_date_is_said_as_exactly_as_it_is_known(client, values, words, iso):
    EventPageFactory(slug="event", **values)

    page = client.get("/events/event/")

    assert words in words_of(page)
    assert items(page)["startDate"] == iso


def test_a_past_event_is_an_archive_and_no_invitation(client):
    make_conference(start=timezone.localdate() - 20 * DAY)

    page = client.get("/events/conference/")

    assert "in the archive" in words_of(page)
    assert not soup_of(page).select('a[href$="/registration/"], a[href$="event.ics"]')


def test_a_coming_event_invites(client, conference):
    page = client.get("/events/conference/")

    assert "2 of 2 places on site are left." in words_of(page)
    assert soup_of(page).select_one('a[href="/events/conference/registration/"]')
    assert soup_of(page).select_one('a[href="/events/conference/event.ics"]')


def test_an_editor_sees_a_draft_with_its_programme_and_files(conference):
    conference.sessions.add(EventSession(title="Part one"))
    conference.files.add(EventDocument(document=DocumentFactory(title="The plan")))
    new = EventPage(title="New", slug="new", kind="conference", summary="Not stored yet.")

    words = [words_of(page.make_preview_request()) for page in (conference, new)]

    assert "Part one" in words[0]
    assert "The plan" in words[0]
    assert "Not stored yet." in words[1]


def test_a_calendar_file_names_the_zone_and_a_later_version_replaces_it(client):
    event = make_conference(start=dt.date(2030, 7, 1), time_zone="Europe/Ljubljana")
    event.save_revision().publish()
    one, zones = entry_of(client, "conference")
    event.refresh_from_db()
    event.last_published_at += dt.timedelta(hours=2)
    event.called_off = True
    event.save()

    other, _zones = entry_of(client, "conference")

    assert one["DTSTART"].dt == dt.datetime(2030, 7, 1, 8, tzinfo=dt.UTC)
    assert one["DTSTART"].params["TZID"] == "Europe/Ljubljana"
    assert zones == ["Europe/Ljubljana"]
    assert one["UID"] == other["UID"]
    assert other["SEQUENCE"] > one["SEQUENCE"]
    assert (one["STATUS"], other["STATUS"]) == ("CONFIRMED", "CANCELLED")


def test_days_without_times_are_whole_days_in_a_calendar(client):
    EventPageFactory(slug="event", start=dt.date(2019, 11, 25), end=dt.date(2019, 11, 27))

    entry, _zones = entry_of(client, "event")

    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (dt.date(2019, 11, 25), dt.date(2019, 11, 28))


def test_an_event_without_a_day_has_no_calendar_file(client):
    EventPageFactory(slug="event", start=dt.date(2019, 6, 1), start_precision="month")

    assert client.get("/events/event/event.ics").status_code == 404


def test_a_recording_comes_from_nowhere_until_its_page_is_opened(client):
    EventPageFactory(slug="event", recording_url="https://video.example/embed/1")

    event, recording = client.get("/events/event/"), client.get("/events/event/recording/")

    assert "video.example" not in event.content.decode()
    assert "video.example" not in event["Content-Security-Policy"]
    assert "frame-src https://video.example" in recording["Content-Security-Policy"]
    assert soup_of(recording).select_one('iframe[src="https://video.example/embed/1"]')
    assert client.get("/events/event/recording/x/").status_code == 404


def test_a_file_is_for_readers_once_its_event_is(client):
    document = DocumentFactory()
    event = EventPageFactory(slug="event", live=False)
    event.files = [EventDocument(document=document)]
    event.save()
    before = client.get(document.url).status_code

    event.save_revision().publish()

    assert f'href="{document.url}"' in client.get("/events/event/").content.decode()
    after = client.get(document.url)
    after.close()
    assert (before, after.status_code) == (404, 200)


def test_events_and_what_they_show_lead_to_each_other(client):
    case, partner, output = (
        TestCaseFactory(slug="krach"),
        PartnerFactory(slug="genk"),
        OutputFactory(slug="paper"),
    )
    EventPageFactory(slug="event", test_cases=[case], partner=partner, documents=[output])
    NewsPageFactory(slug="news", test_cases=[case], partner=partner)
    records = ["/test-cases/krach/", "/partners/genk/", "/outputs/paper/"]

    there = [f'href="{address}"' in client.get("/events/event/").content.decode() for address in records]
    back = ['href="/events/event/"' in client.get(address).content.decode() for address in records]
    news = ['href="/news/news/"' in client.get(address).content.decode() for address in records]

    assert (there, back, news) == ([True] * 3, [True] * 3, [True, True, False])


@pytest.mark.parametrize(("path", "make"), [("/news/", NewsPageFactory), ("/events/", EventPageFactory)])
def test_a_feed_reader_finds_the_feed_of_a_list(client, path, make):
    make(title="Fresh from the press")

    link = soup_of(client.get(path)).select("link[type='application/atom+xml']")[0]
    feed = client.get(str(link["href"]))

    assert feed["Content-Type"].startswith("application/atom+xml")
    assert "Fresh from the press" in feed.content.decode()


@pytest.mark.parametrize("query", ["kind=newsflash", "year=2021", "language=sl", "partner=genk"])
def test_news_are_narrowed_down(client, query):
    NewsPageFactory(
        slug="ours",
        kind="newsflash",
        number=1,
        issued=dt.date(2021, 3, 1),
        partner=PartnerFactory(slug="genk"),
        languages=[ConceptFactory(scheme=Scheme.LANGUAGE, slug="sl")],
    )
    NewsPageFactory(slug="theirs", issued=dt.date(2020, 3, 1))

    assert listed(client.get(f"/news/?{query}")) == ["ours"]


@pytest.mark.parametrize(
    "query", ["kind=focus-group", "year=2019", "language=sl", "partner=genk", "mode=online"]
)
def test_events_are_narrowed_down(client, query):
    EventPageFactory(
        slug="ours",
        kind="focus-group",
        start=dt.date(2019, 3, 1),
        partner=PartnerFactory(slug="genk"),
        mode="online",
        language=ConceptFactory(scheme=Scheme.LANGUAGE, slug="sl"),
    )
    EventPageFactory(slug="theirs")

    assert listed(client.get(f"/events/?{query}")) == ["ours"]


def test_the_front_page_shows_the_next_event_or_else_the_last(client):
    EventPageFactory(slug="long-ago", title="Long ago")
    last = first_story(client)
    EventPageFactory(slug="next-year", title="Next year", start=timezone.localdate() + 300 * DAY)
    make_conference(title="Next week")

    assert (last, first_story(client)) == ("Long ago", "Next week")


def first_story(client):
    """Name the first of the news and events on the front page."""
    return soup_of(client.get("/")).select("[aria-labelledby=stories] .card__title")[0].get_text(strip=True)
