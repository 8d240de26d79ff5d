"""A conference with registration, and people who come."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.utils import timezone

from core.outbox import deliver
from events.models import Registration
from tests.factories import EventPageFactory

DAY = dt.timedelta(days=1)


@pytest.fixture
def conference(db):
    """Make a conference in ten days for which anybody may register; two places on site."""
    return make_conference()


def make_conference(**values):
    """Make an event in ten days with open registration."""
    now = timezone.now()
    return EventPageFactory(
        **{
            "slug": "conference",
            "title": "A conference to come",
            "start": (now + 10 * DAY).date(),
            "start_time": dt.time(10),
            "end_time": dt.time(17),
            "venue": "Town hall",
            "city": "Genk",
            "country": "BE",
            "registration_opens": now - DAY,
            "registration_closes": now + 5 * DAY,
            "seats": 2,
            "stream_url": "https://stream.example/room",
            **values,
        }
    )


def answers(number=1, **values):
    """Give what one person would send."""
    return {
        "name": f"Person {number}",
        "organisation": "Town of Genk",
        "email": f"person-{number}@example.org",
        "attendance": "on-site",
        "needs": "",
        "consent": "on",
        **values,
    }


@pytest.fixture
def register(client, conference):
    """Send the form, as a person would."""

    def send(number=1, **values):
        return client.post("/events/conference/registration/", answers(number, **values))

    return send


@pytest.fixture
def mails():
    """Deliver what waits, and give the mails since the last time, by recipient."""

    def delivered():
        mail.outbox.clear()
        deliver()
        return {one.to[0]: one for one in mail.outbox}

    return delivered


@pytest.fixture
def confirm(client, mails):
    """Follow the link in the mail to a person and press the button."""

    def press(number=1):
        link = link_in(mails()[f"person-{number}@example.org"], "confirm")
        return client.post(link)

    return press


def link_in(letter, purpose):
    """Find a link in a mail, as a path."""
    found = re.search(rf"http://localhost(/events/\S+/{purpose}/\S+)", letter.body)
    assert found, letter.body
    return found[1]


def person(number=1):
    """Give the registration of a person, or nothing."""
    return Registration.objects.filter(email=f"person-{number}@example.org").first()
