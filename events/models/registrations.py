"""Who comes to an event. Personal data: never in the search, in exports for readers, in logs or caches."""

from __future__ import annotations

import datetime as dt
import unicodedata
import uuid
from typing import ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.choices import Attendance, Audience, Standing
from events.models.events import EventPage

# An address that is never confirmed holds its place no longer than this.
CONFIRM_WITHIN = dt.timedelta(hours=48)


def same_mailbox(email: str) -> str:
    """Write an address in the one form by which two spellings of it are recognised."""
    return unicodedata.normalize("NFKC", email).strip().casefold()


class RegistrationQuerySet(models.QuerySet["Registration"]):
    """Questions about registrations."""

    def waiting(self) -> Self:
        """Keep those who confirmed and wait for a place on site, the first comer first."""
        return self.filter(standing=Standing.WAITING, confirmed_at__isnull=False).order_by("created_at", "pk")

    def lapsed(self, now: dt.datetime) -> Self:
        """Keep those who did not confirm in time."""
        return self.filter(confirmed_at=None, created_at__lt=now - CONFIRM_WITHIN)

    def confirmed(self) -> Self:
        """Keep those who confirmed their address."""
        return self.filter(confirmed_at__isnull=False)

    def among(self, audience: str) -> Self:
        """Keep those whom an organiser writes to."""
        return {
            Audience.ALL: self.confirmed(),
            Audience.ON_SITE: self.confirmed().filter(
                attendance=Attendance.ON_SITE, standing=Standing.PLACED
            ),
            Audience.ONLINE: self.confirmed().filter(attendance=Attendance.ONLINE),
            Audience.WAITING: self.waiting(),
        }[Audience(audience)]


class Registration(models.Model):
    """One person's place at one event."""

    event = models.ForeignKey(
        EventPage, verbose_name=_("event"), on_delete=models.CASCADE, related_name="registrations"
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=100)
    organisation = models.CharField(_("organisation"), max_length=150)
    email = models.EmailField(_("e-mail"), max_length=254)
    mailbox = models.CharField(max_length=254, editable=False)
    attendance = models.CharField(_("takes part"), max_length=8, choices=Attendance)
    standing = models.CharField(_("standing"), max_length=8, choices=Standing, default=Standing.PLACED)
    of_delegation = models.BooleanField(_("of a partner's delegation"), default=False)
    needs = models.CharField(_("needs"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("registered at"), default=timezone.now)
    consented_at = models.DateTimeField(_("consented at"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("last link sent at"), null=True, blank=True, editable=False)

    objects: ClassVar = RegistrationQuerySet.as_manager()

    # Its references to other records would be stored a second time, beside the personal data.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering: ClassVar = ["created_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "mailbox"],
                name="events_mailbox_registers_once",
                violation_error_message=_("This address is registered for this event already."),
            ),
            models.CheckConstraint(
                condition=models.Q(attendance=Attendance.ON_SITE) | models.Q(standing=Standing.PLACED),
                name="events_only_places_on_site_run_out",
                violation_error_message=_("Nobody waits for a place online."),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["event", "attendance", "standing"], name="events_registration_places")
        ]

    def __str__(self) -> str:
        # The admin writes this into its own history, which outlives the registration: hence no name.
        return f"{self._meta.verbose_name} {str(self.key)[:8]}"

    @property
    def has_place(self) -> bool:
        """Tell whether the person has a place, on site or online."""
        return self.standing == Standing.PLACED
