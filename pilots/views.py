"""The lists of test cases and pilot action sets, and the page of each."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.views import RecordView
from pilots.cards import listed
from pilots.choices import TEST_CASES_PLANNED
from pilots.facts import ask, panel, strip
from pilots.filters import PilotActionFilterSet, TestCaseFilterSet
from pilots.models import PilotAction, TestCase
from regions.views import MapBrowseView


class TestCaseBrowseView(MapBrowseView):
    """The test cases, narrowed down as the reader asks."""

    filterset_class = TestCaseFilterSet
    heading = _("Test cases")
    noun: ClassVar = (_("test case"), _("test cases"))

    # Made once: putting a query together takes longer than running it.
    queryset = TestCase.objects.live().with_budget().with_evidence()

    def fetched(self, pks: Sequence[int]) -> list[Any]:
        """Read what cards print straight from the columns."""
        found = listed(list(pks))
        return [found[pk] for pk in pks if pk in found]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say how many of the announced test cases are documented here."""
        lead = gettext(
            "What was tried with cultural and creative industries (CCI), for how much, and what came of it. "
            "%(documented)s of %(planned)s are documented here."
        )
        numbers = {"documented": len(self.index.pks), "planned": TEST_CASES_PLANNED}
        return {**super().get_context_data(**kwargs), "lead": lead % numbers}


class TestCaseDetailView(RecordView):
    """One test case: its fixed questions, its facts, and a panel for each who ran it."""

    model = TestCase

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather the facts of the strip and of the panels."""
        case = self.object
        runs = case.runs
        return super().get_context_data(
            strip=strip(case, runs),
            runs=runs,
            concepts=case.concepts_of_draft() if self.is_preview else case.concepts(),
            pictures=[image.story for image in case.images.all()],
            panels=[panel(run) for run in runs],
            ask=ask(runs[0]) if runs else {},
            documentation=[output for output in case.documentation.all() if output.live],
            partners=list({run.partner_id: run.partner for run in runs}.values()),
            **kwargs,
        )


class PilotActionBrowseView(MapBrowseView):
    """The four pilot action sets."""

    filterset_class = PilotActionFilterSet
    heading = _("Pilot actions")
    lead = _("Four sets of test cases that the partners planned, ran and judged together.")
    noun: ClassVar = (_("pilot action set"), _("pilot action sets"))

    def get_queryset(self) -> models.QuerySet[Any]:
        """List the published sets."""
        return PilotAction.objects.live().for_cards()


class PilotActionDetailView(RecordView):
    """One set: its guiding questions, its test cases, what came of it."""

    model = PilotAction

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the set's test cases, and its partner and output where they are published."""
        action = self.object
        cases = listed(action.test_cases.live()) if action.pk else {}
        return super().get_context_data(
            cards=[case.card for case in cases.values()],
            responsible=action.responsible if action.responsible and action.responsible.live else None,
            output=action.output if action.output and action.output.live else None,
            **kwargs,
        )
