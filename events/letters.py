"""The mails that a registered person gets: plain text, from templates."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from core.outbox import post
from events.links import Purpose, link_to
from events.models import EventPage, Registration


def ask_to_confirm(registration: Registration) -> None:
    """Ask whether the address is the person's own."""
    subject = _("Please confirm: %s") % registration.event.title
    _send(registration, subject, "confirm", Purpose.CONFIRM)


def confirmed(registration: Registration) -> None:
    """Say what the person has: a place, or a turn in the waiting line; with all links."""
    subject = _("Your registration: %s") if registration.has_place else _("On the waiting list: %s")
    _send(registration, subject % registration.event.title, "confirmed", Purpose.CHANGE, Purpose.STREAM)


def cancelled(registration: Registration) -> None:
    """Say that the registration is deleted."""
    _send(registration, _("Cancelled: %s") % registration.event.title, "cancelled")


def from_organiser(registration: Registration, subject: str, text: str) -> None:
    """Pass on what an organiser wrote, with the person's links below it."""
    _send(registration, subject, "from_organiser", Purpose.CHANGE, Purpose.STREAM, text=text)


def preview(event: EventPage, text: str) -> str:
    """Show an organiser the mail as people will get it, without anybody's links."""
    return render_to_string("events/letters/from_organiser.txt", {"event": event, "text": text, **_site()})


def _site() -> dict[str, str]:
    return {"site": settings.BASE_URL}


def _send(registration: Registration, subject: str, name: str, *purposes: Purpose, **more: str) -> None:
    """Write a mail with the person's links into the outbox."""
    event = registration.event
    context = {
        "registration": registration,
        "event": event,
        **_site(),
        **more,
        **{f"{purpose.value}_link": link_to(registration, purpose) for purpose in purposes},
    }
    post(registration.email, subject, render_to_string(f"events/letters/{name}.txt", context))
