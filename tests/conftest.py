"""What tests share: the whole site, seeded once."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from inducci.seeding import seed
from inducci.settings.environment import BASE_DIR


@pytest.fixture(autouse=True)
def _empty_cache():
    """Keep one test's cached site roots out of the next one's."""
    cache.clear()


@pytest.fixture
def site(db):
    """Give a client to the seeded site."""
    seed(BASE_DIR / "fixtures")
    return Client()


@pytest.fixture
def queries_of(client):
    """Count the queries that an address costs."""

    def count(address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            response = client.get(address)
        assert response.status_code == 200, address
        return len(captured)

    return count
