"""Links that are mailed to one person: signed, each for one purpose only."""

from __future__ import annotations

import datetime as dt
import enum

from django.conf import settings
from django.core import signing
from django.urls import reverse

from events.models import Registration
from events.models.registrations import CONFIRM_WITHIN


class Purpose(enum.Enum):
    """What a link is good for; a link for one purpose does not open another."""

    CONFIRM = "confirm"
    CHANGE = "change"
    STREAM = "stream"

    @property
    def lasts(self) -> dt.timedelta:
        """Say how long a link of this purpose is good; the registration itself may go earlier."""
        return CONFIRM_WITHIN if self is Purpose.CONFIRM else dt.timedelta(days=400)


def token_for(registration: Registration, purpose: Purpose) -> str:
    """Sign the key of a registration for one purpose."""
    return signing.dumps(str(registration.key), salt=f"events.{purpose.value}")


def link_to(registration: Registration, purpose: Purpose) -> str:
    """Give the whole address of a person's link."""
    token = token_for(registration, purpose)
    path = reverse(f"events:{purpose.value}", args=[registration.event.slug, token])
    return f"{settings.BASE_URL}{path}"


def key_in(token: str, purpose: Purpose) -> str | None:
    """Read the key out of a link; nothing if it was changed, is for another purpose, or is too old."""
    try:
        return str(signing.loads(token, salt=f"events.{purpose.value}", max_age=purpose.lasts))
    except signing.BadSignature:
        return None
