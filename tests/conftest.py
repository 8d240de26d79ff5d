"""What tests share: the whole site, seeded once, and the promise that nothing failed in silence."""

import gc
import logging
import os

import hypothesis
import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from inducci.seeding import seed
from inducci.settings.environment import BASE_DIR

# Looking for garbage as often as Python does unasked costs every tenth second of a run.
gc.set_threshold(100_000, 50, 100)
# Made-up examples are the same in every run, and a slow machine is no failure.
hypothesis.settings.load_profile("ci")


class _Failures(logging.Handler):
    """Keep what tasks complain about; they run beside a request and break nothing that a test would see."""

    def __init__(self) -> None:
        super().__init__(level=logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a complaint."""
        self.messages.append(record.getMessage())


def pytest_addoption(parser):
    """Let `make guide` keep the pictures that the tests take of the admin."""
    parser.addoption("--keep-guide", action="store_true", help="keep the pictures of the guide for editors")


def pytest_collection_modifyitems(config, items):
    """Let the files that need the seeded site come last: so each worker seeds it once.

    Where PostgreSQL is tested, leave out what no database can change: it was tested on SQLite.
    """
    if "INDUCCI_TEST_DATABASE_URL" in os.environ:
        elsewhere = [item for item in items if not asks_a_database(item)]
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if asks_a_database(item)]
    seeded = {item.path for item in items if "seeded" in item.fixturenames}
    items.sort(key=lambda item: item.path in seeded)


def asks_a_database(item):
    """Tell whether a test asks its database anything that another engine might answer otherwise."""
    if item.get_closest_marker("one_engine") is not None:
        return False
    return item.get_closest_marker("django_db") is not None or "django_db_setup" in item.fixturenames


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Give a worker whole files, in their order."""
    from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]  # xdist carries no types

    return LoadFileScheduling(config, log)


@pytest.fixture(scope="session", autouse=True)
def _task_log():
    """Listen to the tasks, such as those that keep the search index."""
    handler = _Failures()
    logger = logging.getLogger("django_tasks")
    logger.addHandler(handler)
    yield handler
    logger.removeHandler(handler)


@pytest.fixture(autouse=True)
def _tasks_succeed(_task_log):
    """Fail a test in which a task failed."""
    yield
    failures, _task_log.messages = _task_log.messages, []
    assert failures == []


@pytest.fixture(autouse=True)
def _empty_cache():
    """Keep one test's cached site roots out of the next one's."""
    cache.clear()


@pytest.fixture(autouse=True, scope="session")
def _uploads(tmp_path_factory):
    """Keep uploads of tests, and the lock of the outbox, in a folder that goes with them."""
    from django.test import override_settings

    folder = tmp_path_factory.mktemp("media")
    with override_settings(MEDIA_ROOT=str(folder), OUTBOX_LOCK=str(folder / "outbox.lock")):
        yield


@pytest.fixture(scope="session")
def _planted(django_db_setup, django_db_blocker):
    """Seed the site once, to the end of the session."""
    with django_db_blocker.unblock(), transaction.atomic():
        seed(BASE_DIR / "fixtures")
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def seeded(_planted):
    """Give the tests of a module the seeded site, and take away what they changed."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def database_of_module(django_db_setup, django_db_blocker):
    """Let a module make its records once for all its tests, and take them away after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def client_of_module():
    """Give a client that lives as long as the tests of a module."""
    return Client()


@pytest.fixture
def site(seeded, db):
    """Give a client to the seeded site."""
    return Client()


@pytest.fixture
def queries_of(client):
    """Count the queries that an address costs."""

    def count(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address)
        assert response.status_code == 200, address
        return len(captured)

    return count
