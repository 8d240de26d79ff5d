"""Test cases in a list, read straight from the columns that a card prints.

A list shows twenty of them, an export all: two queries for any number, no records made for it, and
each word of a closed list translated once.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from core.cards import Card, Listed, Place, fact
from pilots.choices import BudgetBand, FirstResult, Outcome
from pilots.models import Implementation, TestCase

CASE = (
    "pk", "slug", "title", "pitch", "pilot_action__plain_title", "pilot_action__palette", "budget_euros",
    "first_published_at", "last_published_at",
)  # fmt: skip
RUN = (
    "test_case", "partner__short_name", "first_result", "outcome", "town", "place", "latitude", "longitude",
    "region", "region__name_en", "region__name", "region__latitude", "region__longitude",
)  # fmt: skip
# Made once: putting a query together takes longer than running it.
CASES = TestCase.objects.live().with_budget().values_list(*CASE, named=True)
RUNS = (
    Implementation.objects.live().order_by("partner__number", "start", "slug").values_list(*RUN, named=True)
)


def listed(cases: models.QuerySet[TestCase] | list[int]) -> dict[int, Listed]:
    """Show test cases as a list does, by their primary keys and in their usual order; drafts are left out."""
    runs: dict[int, list[Any]] = defaultdict(list)
    for run in RUNS.filter(test_case__in=cases):
        runs[run.test_case].append(run)
    words = _Words()
    return {case.pk: words.listed(case, runs[case.pk]) for case in CASES.filter(pk__in=cases)}


class _Words:
    """The words of one list, each translated once."""

    def __init__(self) -> None:
        self.address = reverse("pilots:test_cases")
        self.by, self.within, self.budget = _("By"), _("In"), _("Budget")
        self.first_result, self.outcome = _("First result"), _("Outcome")
        self.bands = {band: str(band.label) for band in BudgetBand}
        self.first_results = {band.value: str(band.label) for band in FirstResult}
        self.outcomes = {one.value: str(one.label) for one in Outcome if one != Outcome.UNKNOWN}

    def listed(self, case: Any, runs: list[Any]) -> Listed:
        """Show one test case with its runs."""
        euros = case.budget_euros
        card = Card(
            title=case.title,
            url=f"{self.address}{case.slug}/",
            key=case.slug,
            palette=case.pilot_action__palette,
            code=case.slug,
            kicker=case.pilot_action__plain_title,
            text=case.pitch,
            facts=(
                fact(self.by, *(run.partner__short_name for run in runs)),
                fact(self.within, *(run.region__name_en or run.region__name for run in runs)),
                fact(self.budget, "" if euros is None else self.bands[BudgetBand.of(euros)]),
                fact(self.first_result, *(self.first_results.get(run.first_result) for run in runs)),
                fact(self.outcome, *(self.outcomes.get(run.outcome) for run in runs)),
            ),
        )
        return Listed(card, [_place(run) for run in runs], case.first_published_at, case.last_published_at)


def _place(run: Any) -> Place:
    """Show a run at its own point, else in the middle of its region."""
    if run.latitude is not None and run.longitude is not None:
        return Place(run.town or run.place, run.latitude, run.longitude)
    if run.region:
        return Place(run.region__name_en or run.region__name, run.region__latitude, run.region__longitude)
    return Place(run.town or run.place)
