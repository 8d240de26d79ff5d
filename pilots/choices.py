"""Closed lists about test cases and what came of them."""

from __future__ import annotations

from bisect import bisect_right
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

# As the project's leaflet announced; the final number was not found.
TEST_CASES_PLANNED = 23


class Format(models.TextChoices):
    """Whether people met in a room or through a screen."""

    UNKNOWN = "", _("unknown")
    ON_SITE = "on-site", _("on site")
    ONLINE = "online", _("online")
    HYBRID = "hybrid", _("on site and online")


class Participation(models.TextChoices):
    """How a region took part in a pilot action set."""

    TESTED = "tested", _("ran test cases")
    EXCHANGE = "exchange", _("took part in the exchange only")


class RunBy(models.TextChoices):
    """A partner's role in an implementation."""

    LEAD = "lead", _("ran it")
    CO_RUN = "co-run", _("ran it with others")
    HOST = "host", _("hosted it")


class Outcome(models.TextChoices):
    """How it went, kept apart from how well that is shown."""

    WORKED = "worked", _("worked")
    MIXED = "mixed", _("mixed")
    FAILED = "failed", _("did not work")
    EARLY = "early", _("too early to say")
    UNKNOWN = "unknown", _("unknown")


class Afterwards(models.TextChoices):
    """What became of it when the project's money ended."""

    CONTINUES = "continues", _("continues")
    OTHER_FUNDS = "other-funds", _("continues with other funds")
    CHANGED = "changed", _("continues in another form")
    ENDED = "ended", _("ended")
    UNKNOWN = "unknown", _("unknown")


class Evidence(models.IntegerChoices):
    """How well an outcome is shown, from described to evaluated by others."""

    E0 = 0, _("described")
    E1 = 1, _("the owner's account")
    E2 = 2, _("counted outputs")
    E3 = 3, _("feedback or before and after measured")
    E4 = 4, _("independent evaluation")


class MoneyKind(models.TextChoices):
    """What a sum of money was spent on."""

    STAFF = "staff", _("staff")
    SERVICES = "services", _("fees and services")
    RENT = "rent", _("rooms")
    TRAVEL = "travel", _("travel")
    MATERIAL = "material", _("material")
    GRANTS = "grants", _("grants and prizes")
    OTHER = "other", _("other")


class Scene(models.IntegerChoices):
    """How many creatives there must be already."""

    NONE = 0, _("no creative scene needed")
    EMERGING = 1, _("a scene that begins to show")
    ESTABLISHED = 2, _("an established scene")


class Policy(models.IntegerChoices):
    """How far a policy for creatives must have come."""

    NONE = 0, _("no policy needed")
    DRAFT = 1, _("a policy in the making")
    ADOPTED = 2, _("an adopted policy")


class BudgetBand(models.TextChoices):
    """How much money the smallest useful version takes."""

    UNDER_5000 = "under-5000", _("under €5,000")
    FROM_5000 = "5000-20000", _("€5,000 to €20,000")
    FROM_20000 = "20000-50000", _("€20,000 to €50,000")
    FROM_50000 = "50000-150000", _("€50,000 to €150,000")
    OVER_150000 = "over-150000", _("above €150,000")

    @property
    def bounds(self) -> tuple[Decimal | None, Decimal | None]:
        """Give the lowest sum of the band and the first one above it, in euros."""
        edges = (None, *EUROS_FROM, None)
        place = list(BudgetBand).index(self)
        return edges[place], edges[place + 1]

    @classmethod
    def of(cls, euros: Decimal) -> BudgetBand:
        """Give the band in which a sum lies."""
        return BUDGET_BANDS[bisect_right(EUROS_FROM, euros)]


# The lowest sums of all bands but the first; each sum belongs to the band that it begins.
EUROS_FROM = (Decimal(5_000), Decimal(20_000), Decimal(50_000), Decimal(150_000))
BUDGET_BANDS = tuple(BudgetBand)


class FirstResult(models.TextChoices):
    """How long it takes until something shows."""

    WEEKS_4 = "4-weeks", _("4 weeks")
    MONTHS_3 = "3-months", _("3 months")
    MONTHS_6 = "6-months", _("6 months")
    MONTHS_12 = "12-months", _("12 months")
    LONGER = "longer", _("longer than a year")

    @property
    def bounds(self) -> tuple[int | None, int | None]:
        """Give the fewest weeks of the band and the first number above it."""
        edges = (None, 5, 14, 27, 53, None)
        place = list(FirstResult).index(self)
        return edges[place], edges[place + 1]

    @classmethod
    def of(cls, weeks: int) -> FirstResult:
        """Give the band in which a number of weeks lies."""
        return next(band for band in cls if band.bounds[1] is None or weeks < band.bounds[1])
