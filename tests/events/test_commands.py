"""What a timer runs: forgetting, tending, delivering."""

import datetime as dt
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from events.models import EventPage, Registration
from tests.events.conftest import DAY

pytestmark = pytest.mark.django_db


def run(*words):
    """Run a command and give what it says."""
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue().strip()


def over_for(days):
    """Put the conference into the past."""
    EventPage.objects.update(start=timezone.localdate() - days * DAY, end_time=dt.time(0, 1), time_zone="UTC")


def test_registrations_are_forgotten_when_their_days_are_over(register):
    register(1, name="Zyzzyva")
    register(2)
    over_for(29)
    early = run("forget_registrations")
    over_for(32)

    looked = run("forget_registrations", "--dry-run")
    still = Registration.objects.count()
    said = run("forget_registrations")

    assert (early, still) == ("", 2)
    assert (looked, said) == ("conference: 2 would be deleted.", "conference: 2 deleted.")
    assert not Registration.objects.exists()


def test_registrations_of_a_coming_event_are_kept(register):
    register()

    assert run("forget_registrations") == ""
    assert Registration.objects.exists()


def test_a_timer_frees_the_places_that_nobody_confirmed(register):
    register()
    Registration.objects.update(created_at=timezone.now() - 3 * DAY)

    assert run("tend_registrations") == "Moved up: 0."
    assert not Registration.objects.exists()


def test_a_timer_delivers_what_waits(register):
    register()

    assert run("deliver_mail") == "Mails sent: 1."
    assert [one.to for one in mail.outbox] == [["person-1@example.org"]]
