"""The rules that news, events and registrations keep, each broken once on purpose."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from events.models import Registration
from tests.factories import EventPageFactory, NewsPageFactory
from tests.rules import Breach, constraints_of, each, sentence_of

pytestmark = pytest.mark.django_db

DAY = dt.date(2022, 3, 24)
MOMENT = dt.datetime(2022, 3, 1, tzinfo=dt.UTC)


def registration(email="a@example.org", **values):
    """Store a registration for the one event."""
    event = EventPageFactory._meta.model.objects.first() or EventPageFactory()
    return Registration.objects.create(
        event=event, name="N", organisation="O", email=email, mailbox=email, attendance="online", **values
    )


BREACHES = {
    "events_event_ends_after_it_starts": Breach(EventPageFactory, {"end": DAY - dt.timedelta(days=1)}),
    "events_country_is_two_letters": Breach(EventPageFactory, {"country": "B1"}),
    "events_registration_opens_then_closes": Breach(
        EventPageFactory, {"registration_opens": MOMENT, "registration_closes": MOMENT}
    ),
    "events_partners_share_lies_within_the_seats": Breach(
        EventPageFactory, {"seats": 1, "partner_seats": 2, "delegation_code": "x"}
    ),
    "events_newsflash_number_is_unique": Breach(
        lambda **values: NewsPageFactory(**{"kind": "newsflash", "number": 2, **values}),
        {"number": 1},
        {"number": 1},
    ),
    "events_only_newsflashes_are_numbered": Breach(NewsPageFactory, {"number": 1}),
    "events_mailbox_registers_once": Breach(
        registration, {"mailbox": "b@example.org"}, {"email": "b@example.org"}
    ),
    "events_only_places_on_site_run_out": Breach(registration, {"standing": "waiting"}),
}


def test_every_rule_is_broken_once():
    assert set(constraints_of("events")) == set(BREACHES)


@each(BREACHES)
def test_a_form_refuses_it_with_its_sentence(name):
    assert sentence_of("events", name) in BREACHES[name].sentences()


@each(BREACHES)
def test_the_database_refuses_it(name):
    assert BREACHES[name].refused_by_database()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"time_zone": "Europe/Atlantis"}, "time_zone"),
        (
            {"start": None, "registration_opens": MOMENT, "registration_closes": MOMENT + dt.timedelta(1)},
            "start",
        ),
        (
            {
                "mode": "unknown",
                "registration_opens": MOMENT,
                "registration_closes": MOMENT + dt.timedelta(1),
            },
            "mode",
        ),
        ({"start_precision": "month", "start_time": dt.time(9)}, "start_time"),
        ({"seats": 3, "partner_seats": 1}, "delegation_code"),
    ],
)
def test_an_event_lacks_nothing_that_its_registration_needs(values, field):
    event = EventPageFactory()
    for name, value in values.items():
        setattr(event, name, value)

    with pytest.raises(ValidationError) as refusal:
        event.full_clean()

    assert field in refusal.value.message_dict
