"""Closed lists that every app shares."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Certainty(models.TextChoices):
    """How firmly a record is known."""

    DOCUMENTED = "documented", _("from the project's own documents")
    PUBLIC = "public", _("from public pages")
    INFERRED = "inferred", _("our reading; not confirmed")


class Precision(models.TextChoices):
    """How exactly a date is known."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")


class Language(models.TextChoices):
    """The language of a file; the codes are those of the vocabulary of languages."""

    UNKNOWN = "", _("not stated")
    EN = "en", _("English")
    DE = "de", _("German")
    CS = "cs", _("Czech")
    IT = "it", _("Italian")
    NL = "nl", _("Dutch")
    PL = "pl", _("Polish")
    SL = "sl", _("Slovene")
    FR = "fr", _("French")


class Licence(models.TextChoices):
    """On which terms a file may be used again."""

    UNKNOWN = "", _("not stated")
    CC_BY = "CC-BY-4.0", "CC BY 4.0"
    CC_BY_SA = "CC-BY-SA-4.0", "CC BY-SA 4.0"
    CC0 = "CC0-1.0", "CC0 1.0"
    EUPL = "EUPL-1.2", "EUPL 1.2"
    RESERVED = "reserved", _("all rights reserved")


class Palette(models.TextChoices):
    """The colours of the site; each pilot action set owns one."""

    ESTABLISHING = "establishing", _("vermilion")
    COOPERATION = "cooperation", _("cobalt")
    MEDIATING = "mediating", _("violet")
    EMPOWERMENT = "empowerment", _("green")
    TOOLBOX = "toolbox", _("yellow")
    OUTPUTS = "outputs", _("steel")
    PARTNERS = "partners", _("steel")
    REGIONS = "regions", _("steel")
