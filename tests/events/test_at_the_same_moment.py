"""Many people at the same moment: no place is given twice, nobody is lost, no address registers twice.

Each person is a thread with a database connection of its own. On SQLite they share a copy of the database in
a file; on PostgreSQL the event is committed for them and taken away afterwards.
"""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections
from django.db.utils import load_backend
from django.utils import timezone
from post_office.models import Email
from wagtail.models import Page, Site

from core.models import ContentVersion
from events.models import EventPage, Registration
from events.registering import RegistrationError, register
from inducci.management.commands.prepare import write_ahead
from tests.events.conftest import make_conference

PEOPLE = 12
SEATS = 5


@pytest.fixture
def crowd(db, tmp_path):
    """Let many people register at once for a conference with five places on site."""
    if connection.vendor == "sqlite":
        make_conference(seats=SEATS)
        yield Crowd(_copied(tmp_path / "race.sqlite3"))
        return
    root = Site.objects.get().root_page_id
    _committed(lambda: make_conference(seats=SEATS))
    yield Crowd()
    _committed(lambda: _clean_up(root))


def _copied(path):
    """Write the test database into a file like a site's, with what the test's own transaction made."""
    path.write_bytes(connection.connection.serialize())
    copy = opened_file(path)
    write_ahead(copy)
    copy.close()
    return path


def opened_file(path):
    """Make a connection to a database in a file."""
    settings = {**connections.settings["default"], "NAME": str(path)}
    return load_backend(settings["ENGINE"]).DatabaseWrapper(settings, "default")


def _committed(do):
    """Do something in a thread, whose connection knows nothing of the test's transaction."""

    def run():
        try:
            do()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(run).result()


def _clean_up(root):
    """Take away what was committed."""
    EventPage.objects.get(slug="conference").delete()
    Site.objects.update(root_page=root)
    Page.objects.get(slug="front").delete()
    Email.objects.all().delete()
    ContentVersion.objects.all().delete()


class Crowd:
    """People who press the button at the same moment."""

    def __init__(self, path=None):
        self.path = path

    def press(self, emails):
        """Register everybody at once; give the outcomes, and what the database holds afterwards."""
        barrier = Barrier(len(emails))
        with ThreadPoolExecutor(len(emails)) as pool:
            outcomes = list(pool.map(lambda email: self._one(email, barrier), emails))
            stored = pool.submit(self._stored).result()
        return Counter(outcomes), stored

    def _one(self, email, barrier):
        """Register one person on a connection of their own."""
        self._connect()
        try:
            event = EventPage.objects.get(slug="conference")
            barrier.wait(timeout=30)
            values = {"name": "N", "organisation": "O", "email": email, "attendance": "on-site", "needs": ""}
            return register(event, {**values, "of_delegation": False}, timezone.now()).standing
        except RegistrationError as refusal:
            return refusal.field
        finally:
            connection.close()

    def _stored(self):
        """Count what is stored."""
        self._connect()
        try:
            mails = Email.objects.count()
            return Counter(Registration.objects.values_list("standing", flat=True)), mails
        finally:
            connection.close()

    def _connect(self):
        """Open a connection of the thread's own to the copy in the file."""
        if self.path:
            connections["default"] = opened_file(self.path)


def test_no_place_is_given_twice_and_nobody_is_lost(crowd):
    outcomes, (stored, mails) = crowd.press([f"person-{number}@example.org" for number in range(PEOPLE)])

    assert outcomes == {"placed": SEATS, "waiting": PEOPLE - SEATS}
    assert stored == outcomes
    assert mails == PEOPLE


def test_one_address_registers_once(crowd):
    outcomes, (stored, mails) = crowd.press(["same@example.org"] * 6)

    assert outcomes == {"placed": 1, "email": 5}
    assert (stored, mails) == ({"placed": 1}, 1)
