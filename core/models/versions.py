"""A sign that changes with the content, shared by every worker process."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone


class ContentVersion(models.Model):
    """The one row whose token is new after every change of what readers may see.

    It is written in the transaction of the change: a worker that reads the old token sees the old
    content, and a change that is rolled back takes its token along. A token is never used twice.
    """

    ONLY: ClassVar[int] = 1

    token = models.UUIDField(default=uuid.uuid4)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "content version"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(pk=1), name="core_there_is_one_version")
        ]

    def __str__(self) -> str:
        return str(self.token)

    @classmethod
    def renew(cls) -> None:
        """Write a new token; bulk writes, which send no signals, call this themselves."""
        fresh = {"token": uuid.uuid4(), "changed_at": timezone.now()}
        if not cls.objects.filter(pk=cls.ONLY).update(**fresh):
            cls.objects.get_or_create(pk=cls.ONLY, defaults=fresh)

    @classmethod
    def read(cls) -> tuple[uuid.UUID | None, dt.datetime | None]:
        """Give the token and the time of the last change."""
        row = cls.objects.filter(pk=cls.ONLY).values_list("token", "changed_at").first()
        return row or (None, None)
