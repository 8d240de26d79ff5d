"""What an organiser wrote to the people who registered."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.choices import Audience
from events.models.events import EventPage


class Mailing(models.Model):
    """One mail to many; its key is made with the form, so that a form sent twice mails once."""

    event = models.ForeignKey(
        EventPage, verbose_name=_("event"), on_delete=models.CASCADE, related_name="mailings"
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    audience = models.CharField(_("to"), max_length=10, choices=Audience, default=Audience.ALL)
    subject = models.CharField(_("subject"), max_length=120)
    text = models.TextField(_("text"), max_length=5000)
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now)
    number = models.PositiveIntegerField(_("number of mails"), default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        ordering: ClassVar = ["-sent_at"]

    def __str__(self) -> str:
        return self.subject
