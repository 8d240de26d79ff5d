"""Closed lists about toolbox items."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """The form of a toolbox item."""

    CHECKLIST = "checklist", _("Checklist")
    INTERVIEW = "interview", _("Interview")
    GUIDE = "guide", _("Guide")
    LINKS = "links", _("Links")


class Theme(models.TextChoices):
    """A group of problems that go together."""

    PLACES = "places", _("Places")
    CREATIVES = "creatives", _("Creatives")
    COMPANIES = "companies", _("Companies")
    ADMINISTRATION = "administration", _("The town hall")
    PEOPLE = "people", _("People and image")


class ToolRole(models.TextChoices):
    """What a toolbox item passes on."""

    BEST_PRACTICE = "best-practice", _("Best practice")
    LESSON = "lesson-learned", _("Lesson learned")
    RECOMMENDATION = "recommendation", _("Recommendation")


class Phase(models.TextChoices):
    """The moment at which a toolbox item helps."""

    UNDERSTAND = "understand", _("Understand")
    DECIDE = "decide", _("Decide")
    PREPARE = "prepare", _("Prepare")
    RUN = "run", _("Run")
    EVALUATE = "evaluate", _("Evaluate")
    CONTINUE = "continue", _("Continue")


class Effort(models.TextChoices):
    """How much time a toolbox item asks for."""

    MINUTES_5 = "5-minutes", _("5 minutes")
    MINUTES_30 = "30-minutes", _("30 minutes")
    HALF_DAY = "half-day", _("half a day")


class Found(models.TextChoices):
    """What a link answered when it was tried."""

    WORKS = "works", _("works")
    CLOSED = "closed", _("closed to programs (401, 403)")
    BUSY = "busy", _("busy (429, 503)")
    MISSING = "missing", _("not found (404)")
    GONE = "gone", _("removed for good (410)")
    ERROR = "error", _("an error of the server")
    SLOW = "slow", _("no answer in time")
    LOST = "lost", _("no such server, or no connection")
    LOOP = "loop", _("sent on and on")
    FORBIDDEN = "forbidden", _("leads to a private address; not opened")

    @property
    def is_failure(self) -> bool:
        """Tell whether it counts as a strike."""
        return self not in (Found.WORKS, Found.CLOSED, Found.BUSY)
