"""An event as a calendar file (RFC 5545)."""

import datetime as dt
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event

from events.models import EventPage

PRODUCT = "-//InduCCI//e-toolbox//EN"


def calendar_of(event: EventPage) -> bytes:
    """Write an event whose day is known, with its time zone; a later version replaces an earlier one."""
    entry = Event()
    entry.add("uid", f"{event.slug}@{urlsplit(settings.BASE_URL).hostname}")
    entry.add("summary", event.title)
    entry.add("description", event.summary)
    entry.add("url", f"{settings.BASE_URL}{event.get_absolute_url()}")
    for name, moment in zip(("dtstart", "dtend"), span(event), strict=True):
        entry.add(name, moment)
    if event.where:
        entry.add("location", event.where)
    entry.add("status", "CANCELLED" if event.called_off else "CONFIRMED")
    changed = event.last_published_at or event.latest_revision_created_at or dt.datetime.now(dt.UTC)
    entry.add("dtstamp", changed)
    entry.add("last-modified", changed)
    entry.add("sequence", version(event))
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(entry)
    if event.start:
        # The rules of the clock around the event are enough; those of decades would be ten times the rest.
        calendar.add_missing_timezones(
            first_date=event.start.replace(month=1, day=1),
            last_date=event.start.replace(year=event.start.year + 2, month=1, day=1),
        )
    return bytes(calendar.to_ical())


def span(event: EventPage) -> tuple[dt.date | dt.datetime, dt.date | dt.datetime]:
    """Give beginning and end: moments where the times are known, else whole days, the last one excluded."""
    if event.begins_at:
        return event.begins_at, event.ends_at or event.begins_at
    if event.start is None:
        raise ValueError("An event without a day has no place in a calendar.")
    return event.start, (event.end or event.start) + dt.timedelta(days=1)


def version(event: EventPage) -> int:
    """Number the published versions upwards: by the minutes since the first one."""
    first, last = event.first_published_at, event.last_published_at
    return int((last - first).total_seconds() // 60) if first and last else 0
