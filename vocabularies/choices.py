"""The vocabularies of the site."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scheme(models.TextChoices):
    """A vocabulary: what its concepts describe."""

    CHALLENGE = "challenge", _("Problem")
    INTERVENTION = "intervention", _("What was done")
    TARGET_GROUP = "target-group", _("Who it is for")
    CREATIVE_FIELD = "creative-field", _("Creative field")
    ASSET = "asset", _("What you need in place")
    PLACE = "place", _("Kind of place")
    INDUSTRIAL_PAST = "industrial-past", _("Industrial past")
    DOCUMENT_KIND = "document-kind", _("Kind of document")
    LANGUAGE = "language", _("Language")
