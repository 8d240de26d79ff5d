"""The lists of test cases and pilot action sets, and the page of each."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.permissions import policy_registry

from core import pdf
from core.models import Record
from core.views import PdfMixin, RecordView
from pilots.cards import listed
from pilots.choices import TEST_CASES_PLANNED
from pilots.facts import ask, panel, strip
from pilots.factsheet import ACRONYM, FactSheet
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
            pdf_url=pdf_url("pilots:test_case_pdf", case),
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
            sheet_url=reverse("pilots:fact_sheet", args=[action.slug]) if action.slug else "",
            sheet_pdf_url=pdf_url("pilots:fact_sheet_pdf", action),
            **kwargs,
        )


def pdf_url(name: str, record: Record) -> str:
    """Give the address of a record's PDF, or nothing where none can be written."""
    return reverse(name, args=[record.slug]) if record.slug and pdf.is_available() else ""


class FactSheetView(RecordView):
    """The official sheet of a set, with what its editors should look at."""

    model = PilotAction
    template_name = "pilots/fact_sheet.html"

    def get_queryset(self) -> models.QuerySet[Any]:
        """Look among the published sets; editors see the sheets of drafts as well."""
        every = PilotAction.objects.for_page()
        return every if self.is_editor else super().get_queryset()

    @cached_property
    def is_editor(self) -> bool:
        """Tell whether the reader works on this set."""
        user = self.request.user
        action = (
            PilotAction.objects.filter(slug=self.kwargs["slug"]).first() if user.is_authenticated else None
        )
        policy = policy_registry.get_by_type(PilotAction)
        return action is not None and policy.user_has_permission_for_instance(user, "change", action)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Lay out the sheet; for editors, list what is missing or contradictory with the way to the field."""
        sheet = FactSheet.of(self.object)
        return super().get_context_data(
            fact_sheet=sheet,
            blocks=sheet.blocks,
            differences=sheet.differences,
            page_url=f"{settings.BASE_URL}{reverse('pilots:fact_sheet', args=[self.object.slug])}",
            pdf_url=pdf_url("pilots:fact_sheet_pdf", self.object),
            findings=self.findings(sheet) if self.is_editor else None,
            **kwargs,
        )

    def findings(self, sheet: FactSheet) -> list[dict[str, Any]]:
        """Show the findings with the way to the field."""
        finder = AdminURLFinder(self.request.user)
        return [
            {
                "sentence": one.sentence,
                "is_contradiction": one.is_contradiction,
                "record": str(one.record),
                "url": f"{url}#id_{one.field}"
                if (url := finder.get_edit_url(one.record)) and one.field
                else url,
            }
            for one in sorted(sheet.findings, key=lambda one: not one.is_contradiction)
        ]


class FactSheetPdfView(PdfMixin, FactSheetView):
    """The official sheet as PDF, for everybody the same."""

    pdf_template_name = "pilots/fact_sheet_pdf.html"

    def sheet(self, context: dict[str, Any]) -> pdf.Sheet:
        """Say what the head of the sheet prints."""
        action = self.object
        return pdf.Sheet(context["fact_sheet"].title, context["page_url"], action.slug, action.palette)

    def file_name(self) -> str:
        """Name the file after the output."""
        return f"{ACRONYM}_{self.object.code or self.object.slug}_fact-sheet_en.pdf"


class TestCasePdfView(PdfMixin, TestCaseDetailView):
    """A test case as PDF."""

    pdf_template_name = "pilots/testcase_detail.html"

    def sheet(self, context: dict[str, Any]) -> pdf.Sheet:
        """Say what the head of the sheet prints."""
        case = self.object
        return pdf.Sheet(case.title, case.full_url or "", case.slug, case.pilot_action.palette)

    def file_name(self) -> str:
        """Name the file after the test case."""
        return "_".join(filter(None, (ACRONYM, self.object.code, f"{self.object.slug}_en.pdf")))
