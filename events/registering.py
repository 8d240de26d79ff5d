"""Register, confirm, change and cancel: every step in one transaction that holds the event.

Whoever wants to change who has a place locks the event first: a row lock on PostgreSQL, the one writer of
SQLite. So two people never take the last place, and the waiting list moves up in its order.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events import letters
from events.choices import Attendance, Phase, Standing
from events.models import EventPage, Registration
from events.models.registrations import same_mailbox

# The link of a registration is mailed again no sooner than this after the last time.
MAIL_AGAIN_AFTER = dt.timedelta(minutes=10)

WHY_NOT = {
    Phase.NONE: _("There is no registration for this event here."),
    Phase.EARLY: _("Registration has not opened yet."),
    Phase.CLOSED: _("Registration has closed."),
    Phase.OVER: _("This event is over."),
    Phase.CALLED_OFF: _("This event was called off."),
}


class RegistrationError(Exception):
    """What was asked for cannot be done; `field` is where the sentence belongs, if anywhere."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence, self.field = sentence, field


@contextmanager
def holding(event: EventPage) -> Iterator[EventPage]:
    """Hold an event: nobody else changes its places until the block is through."""
    with transaction.atomic():
        yield EventPage.objects.select_for_update(of=("self",)).get(pk=event.pk)


def register(event: EventPage, values: dict[str, Any], now: dt.datetime) -> Registration:
    """Give somebody a place or a turn in the waiting line, and mail the link that confirms it.

    Raises RegistrationError where registration is not open, or the address is registered already.
    """
    mailbox = same_mailbox(values["email"])
    with holding(event) as held:
        phase = held.phase(now)
        if phase is not Phase.OPEN:
            raise RegistrationError(why_not(phase))
        _release(held, now)
        found = held.registrations.filter(mailbox=mailbox).first()
        if found is None:
            made = Registration(event=held, mailbox=mailbox, created_at=now, consented_at=now, **values)
            _give_place(held, made)
            made.mailed_at = now
            made.save()
            letters.ask_to_confirm(made)
            return made
    # Outside of the refused step, so that the new link is kept.
    send_link(event, mailbox, now)
    raise RegistrationError(
        gettext("This address is registered for this event already. Use the link that was mailed to it."),
        "email",
    )


def why_not(phase: Phase) -> str:
    """Say why nobody can register at the moment."""
    return str(WHY_NOT[phase])


def send_link(event: EventPage, email: str, now: dt.datetime) -> None:
    """Mail the fitting link to an address once more, if it is registered and was not mailed just now."""
    with holding(event) as held:
        found = held.registrations.filter(mailbox=same_mailbox(email)).first()
        if found is None or (found.mailed_at and found.mailed_at > now - MAIL_AGAIN_AFTER):
            return
        found.mailed_at = now
        found.save(update_fields=["mailed_at"])
        if found.confirmed_at:
            letters.confirmed(found)
        else:
            letters.ask_to_confirm(found)


def confirm(registration: Registration, now: dt.datetime) -> Registration:
    """Note that the address is the person's own, and mail what is needed for the day; once only."""
    with holding(registration.event) as event:
        found = event.registrations.get(pk=registration.pk)
        if found.confirmed_at is None:
            found.confirmed_at = now
            found.save(update_fields=["confirmed_at"])
            _release(event, now)
            moved = _move_up(event)
            found.refresh_from_db()
            if found.pk not in moved:
                letters.confirmed(found)
        return found


def change(registration: Registration, values: dict[str, Any], now: dt.datetime) -> Registration:
    """Change what a person said; who comes on site after all takes a place or waits for one."""
    with holding(registration.event) as event:
        found = event.registrations.get(pk=registration.pk)
        before = found.attendance
        for name, value in values.items():
            setattr(found, name, value)
        if found.attendance != before:
            # The place that is given up goes to the line before this person may want another one.
            Registration.objects.filter(pk=found.pk).update(
                attendance=Attendance.ONLINE, standing=Standing.PLACED
            )
            _release(event, now)
            _move_up(event)
            _give_place(event, found)
        found.save()
        return found


def cancel(registration: Registration, now: dt.datetime) -> None:
    """Delete a registration with all it holds; the waiting list moves up."""
    with holding(registration.event) as event:
        found = event.registrations.filter(pk=registration.pk).first()
        if found is None:
            return
        letters.cancelled(found)
        found.delete()
        if event.is_coming(now):
            _move_up(event)


def tend(event: EventPage, now: dt.datetime) -> int:
    """Free what was not confirmed in time, and move the waiting list up; give the number of those moved."""
    with holding(event) as held:
        if not held.is_coming(now) or held.called_off:
            return 0
        _release(held, now)
        return len(_move_up(held))


def write_to_people(event: EventPage, key: uuid.UUID, audience: str, subject: str, text: str) -> int:
    """Mail to those who registered, each once; a form sent twice mails nothing the second time."""
    with holding(event) as held:
        mailing, is_new = held.mailings.get_or_create(
            key=key, defaults={"audience": audience, "subject": subject, "text": text}
        )
        if not is_new:
            return 0
        people = list(held.registrations.among(audience))
        for registration in people:
            letters.from_organiser(registration, subject, text)
        mailing.number = len(people)
        mailing.save(update_fields=["number"])
        return len(people)


def forgettable(now: dt.datetime) -> Iterator[tuple[EventPage, QuerySet[Registration]]]:
    """Find the registrations that have been kept long enough, event by event."""
    for event in EventPage.objects.filter(registrations__isnull=False).distinct().order_by("slug"):
        if event.over_at and event.over_at + dt.timedelta(days=event.keep_days) < now:
            yield event, event.registrations.all()


def tend_published(instance: EventPage, **kwargs: Any) -> None:
    """Move the waiting list up after an editor changed an event."""
    tend(instance, timezone.now())


def _give_place(event: EventPage, registration: Registration) -> None:
    """Say whether somebody has a place: nobody on site overtakes those who wait already."""
    registration.standing = Standing.PLACED
    if registration.attendance == Attendance.ON_SITE:
        share = registration.of_delegation
        is_queue = event.registrations.waiting().filter(of_delegation=share).exists()
        if is_queue or not event.capacity().has_room(of_delegation=share):
            registration.standing = Standing.WAITING


def _release(event: EventPage, now: dt.datetime) -> None:
    """Forget those who did not confirm in time; their places are free."""
    event.registrations.lapsed(now).delete()


def _move_up(event: EventPage) -> set[int]:
    """Give free places to those who wait, in their order, and tell them; give their primary keys."""
    waiting = list(event.registrations.waiting())
    places = event.capacity().moving_up(one.of_delegation for one in waiting) if waiting else []
    for place in places:
        waiting[place].standing = Standing.PLACED
        waiting[place].save(update_fields=["standing"])
        letters.confirmed(waiting[place])
    return {waiting[place].pk for place in places}
