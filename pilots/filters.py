"""How test cases and pilot action sets are browsed."""

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.filters import (
    BandFacet,
    BrowseFilterSet,
    ChoiceFacet,
    LevelFacet,
    RecordFacet,
    TextFilter,
    YearFacet,
)
from partners.models import Partner
from pilots.choices import BudgetBand, Evidence, FirstResult, Outcome
from pilots.models import Implementation, PilotAction, TestCase
from regions.filters import MAP_VIEWS, CountryFacet, RegionFacet
from vocabularies.choices import Scheme
from vocabularies.filters import ConceptFacet

# Only what readers may see counts: a draft implementation never brings its test case into a list.
RUNS = models.Q(implementations__live=True, implementations__partner__live=True)


def _codes() -> Iterable[str]:
    """List the codes of the regions in which test cases ran."""
    return Implementation.objects.live().order_by().values_list("region__code", flat=True).distinct()


def _days() -> Iterable[dt.date]:
    """List a day in each year in which a test case began."""
    return Implementation.objects.live().dates("start", "year")


class TestCaseFilterSet(BrowseFilterSet):
    """The filters of the list of test cases; the first six stand open."""

    q = TextFilter()
    challenge = ConceptFacet(
        "main_challenges",
        "also_challenges",
        scheme=Scheme.CHALLENGE,
        label=_("My problem"),
        phrase=_("for “%s”"),
    )
    budget = BandFacet("budget_euros", label=_("Budget"), bands=BudgetBand, phrase=_("with a budget %s"))
    first_result = ChoiceFacet(
        "implementations__first_result",
        label=_("First result within"),
        choices=FirstResult,
        where=RUNS,
        phrase=_("with a first result within %s"),
    )
    region = RegionFacet(
        "implementations__region__code", "implementations__also_in__code", used=_codes, where=RUNS
    )
    outcome = ChoiceFacet(
        "implementations__outcome",
        label=_("Outcome"),
        choices=Outcome,
        where=RUNS,
        phrase=_("with the outcome “%s”"),
    )
    place = ConceptFacet("implementations__place_kind", scheme=Scheme.PLACE, where=RUNS, phrase=_("in a %s"))
    pilot_action = RecordFacet(
        "pilot_action",
        label=_("Pilot action set"),
        records=PilotAction.objects.live,
        name="plain_title",
        has_unknown=False,
        phrase=_("of the set “%s”"),
    )
    intervention = ConceptFacet("interventions", scheme=Scheme.INTERVENTION, phrase=_("by %s"))
    target_group = ConceptFacet("target_groups", scheme=Scheme.TARGET_GROUP, phrase=_("for %s"))
    creative_field = ConceptFacet("creative_fields", scheme=Scheme.CREATIVE_FIELD)
    partner = RecordFacet(
        "implementations__partner",
        label=_("Partner"),
        records=Partner.objects.live,
        name="short_name",
        where=RUNS,
        phrase=_("run by %s"),
    )
    country = CountryFacet("implementations__region__code", used=_codes, where=RUNS)
    asset = ConceptFacet("assets", scheme=Scheme.ASSET, phrase=_("building on %s"))
    evidence = LevelFacet(
        "evidence_level", label=_("Evidence"), levels=Evidence, phrase=_("with the evidence “%s”")
    )
    year = YearFacet(
        "implementations__start", label=_("Year it began"), days=_days, where=RUNS, phrase=_("begun in %s")
    )

    views: ClassVar = MAP_VIEWS
    sorts: ClassVar = {
        "set": (
            _("By set"),
            ["pilot_action__number", models.Case(models.When(code="", then=1), default=0), "code", "title"],
        ),
        "title": (_("By title"), ["title"]),
        "money": (_("Smallest budget first"), [models.F("budget_euros").asc(nulls_last=True), "title"]),
        "evidence": (_("Best evidence first"), ["-evidence_level", "title"]),
    }

    class Meta:
        model = TestCase
        fields: ClassVar[list[str]] = []


class PilotActionFilterSet(BrowseFilterSet):
    """The filters of the list of pilot action sets."""

    q = TextFilter()
    region = RegionFacet(
        "participations__region__code",
        used=lambda: (
            PilotAction.objects.live()
            .exclude(participations=None)
            .values_list("participations__region__code", flat=True)
        ),
    )
    partner = RecordFacet(
        "test_cases__implementations__partner",
        label=_("Partner"),
        records=Partner.objects.live,
        name="short_name",
        where=models.Q(
            test_cases__live=True,
            test_cases__implementations__live=True,
            test_cases__implementations__partner__live=True,
        ),
        has_unknown=False,
        phrase=_("with test cases of %s"),
    )

    views: ClassVar = MAP_VIEWS
    sorts: ClassVar = {"number": (_("By number"), ["number"]), "title": (_("By title"), ["plain_title"])}

    class Meta:
        model = PilotAction
        fields: ClassVar[list[str]] = []
