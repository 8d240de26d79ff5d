"""Closed lists about news, events and registrations."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NewsKind(models.TextChoices):
    """Who speaks, and how."""

    NEWSFLASH = "newsflash", _("Newsflash")
    NEWS = "news", _("News")
    PRESS = "press", _("Press report")


class EventKind(models.TextChoices):
    """What people came together for."""

    CONFERENCE = "conference", _("Conference")
    DISSEMINATION = "dissemination", _("Closing event")
    TEST_CASE = "test-case", _("Test case event")
    OPENING = "opening", _("Exhibition opening")
    PRESENTATION = "presentation", _("Presentation")
    FOCUS_GROUP = "focus-group", _("Focus group")
    PARTNER_MEETING = "partner-meeting", _("Partner meeting")


class Mode(models.TextChoices):
    """How people take part."""

    ON_SITE = "on-site", _("on site")
    ONLINE = "online", _("online")
    HYBRID = "hybrid", _("on site and online")
    UNKNOWN = "unknown", _("not documented")


class Attendance(models.TextChoices):
    """How one person takes part."""

    ON_SITE = "on-site", _("On site")
    ONLINE = "online", _("Online")


class Standing(models.TextChoices):
    """Whether a registered person has a place."""

    PLACED = "placed", _("has a place")
    WAITING = "waiting", _("waits for a place")


class Audience(models.TextChoices):
    """Whom an organiser writes to, among those who confirmed."""

    ALL = "all", _("all who confirmed")
    ON_SITE = "on-site", _("those with a place on site")
    ONLINE = "online", _("those who take part online")
    WAITING = "waiting", _("those who wait for a place")


class Phase(models.TextChoices):
    """Where the registration for an event stands."""

    NONE = "none", _("no registration here")
    EARLY = "early", _("not open yet")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
    OVER = "over", _("over")
    CALLED_OFF = "called-off", _("called off")
