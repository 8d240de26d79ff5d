"""Closed lists about partners."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """A partner's place in the partnership."""

    LEAD = "lead", _("Lead partner")
    PARTNER = "partner", _("Project partner")


class OrganisationKind(models.TextChoices):
    """What sort of body a partner is."""

    AGENCY = "agency", _("Development agency")
    ASSOCIATION = "association", _("Association")
    CHAMBER = "chamber", _("Chamber of commerce")
    MUNICIPALITIES = "municipalities", _("Union of municipalities")
    NGO = "ngo", _("Non-profit organisation")
