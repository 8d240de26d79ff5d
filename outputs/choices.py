"""Closed lists about outputs."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    """Whether the project promised a thing as a result or handed it in on the way."""

    OUTPUT = "output", _("Output")
    DELIVERABLE = "deliverable", _("Deliverable")
