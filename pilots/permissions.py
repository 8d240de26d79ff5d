"""Whose pilot action sets, test cases and implementations are."""

from typing import Any

from django.db import models

from partners.permissions import owned_by
from pilots.models import Implementation, PilotAction, TestCase


def _cases_of(partners: Any) -> models.Q:
    """Find the test cases that partners run.

    A draft of a run does not make a published test case one's own: who wants to join in would else edit it.
    """
    ran = models.Q(implementations__partner__in=list(partners))
    return ran & (models.Q(implementations__live=True) | models.Q(live=False))


owned_by(PilotAction, "responsible")
owned_by(TestCase, "implementations", _cases_of, owner="implementations__partner")
owned_by(Implementation, "partner")
