"""The list of toolbox items and the ways in by problem; each item and each problem is a page of its own."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView, View

from core import pdf
from core.choices import Palette
from core.filters import UNKNOWN
from core.models.pages import BasePageQuerySet
from core.views import BrowseView, PdfMixin
from toolbox.choices import Kind
from toolbox.filters import ToolFilterSet
from toolbox.models import ChallengeIndexPage, ChallengePage, ToolPage


class ToolBrowseView(BrowseView):
    """The toolbox: three doors, and below them the list, narrowed down as the reader asks."""

    template_name = "toolbox/tool_list.html"
    filterset_class = ToolFilterSet
    heading = _("Toolbox")
    lead = _("Checklists, small guides and links, made from what the partners learned.")
    noun: ClassVar = (_("toolbox item"), _("toolbox items"))

    def get_queryset(self) -> models.QuerySet[Any]:
        """List the published items."""
        return ToolPage.objects.visible().for_cards()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the doors, as long as nothing is narrowed down."""
        is_whole = not self.query.count and not self.query.words and self.query.page == 1
        return super().get_context_data(doors=self.doors() if is_whole else [], **kwargs)

    def doors(self) -> list[dict[str, Any]]:
        """Open the toolbox by problem, by form and by phase, each with its number of items."""
        pages = {
            page.challenge.slug: page.get_absolute_url()
            for page in ChallengePage.objects.visible().for_links()
            if page.challenge
        }
        labels = {
            "challenge": gettext("By problem"),
            "kind": gettext("By form"),
            "phase": gettext("By phase"),
        }
        return [
            {"label": label, "links": self._door(name, pages if name == "challenge" else {})}
            for name, label in labels.items()
        ]

    def _door(self, name: str, pages: dict[str, str]) -> list[dict[str, Any]]:
        """List what stands behind a door: the page of a problem, or the list narrowed down."""
        return [
            {
                "label": option.label,
                "url": pages.get(option.value) or f"{self.request.path}?{name}={option.value}",
                "count": self.counted.counts[name].get(option.value, 0),
            }
            for option in self.index.options[name]
            if option.value != UNKNOWN
        ]


class ToolDetailView(DetailView[ToolPage]):
    """One toolbox item at its short address, wherever in the tree it hangs."""

    def get_queryset(self) -> models.QuerySet[Any]:
        """Look among the items that every reader may see."""
        return ToolPage.objects.visible().for_cards()

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Let the page draw itself, as it does in an editor's preview."""
        return self.object.serve(self.request)


class ChecklistPdfView(PdfMixin, DetailView[ToolPage]):
    """A checklist as PDF, with boxes to tick."""

    pdf_template_name = "toolbox/tool_page.html"

    def get_queryset(self) -> models.QuerySet[Any]:
        """Look among the checklists that every reader may see."""
        return ToolPage.objects.visible().filter(kind=Kind.CHECKLIST)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather what the page itself prints, without anybody's answers."""
        self.request.GET = QueryDict()
        return {**super().get_context_data(**kwargs), **self.object.get_context(self.request)}

    def sheet(self, context: dict[str, Any]) -> pdf.Sheet:
        """Say what the head of the sheet prints."""
        page = self.object
        return pdf.Sheet(
            page.title, f"{settings.BASE_URL}{page.get_absolute_url()}", page.slug, Palette.TOOLBOX
        )

    def file_name(self) -> str:
        """Name the file after the checklist."""
        return f"InduCCI_{self.object.slug}_checklist.pdf"


class ChallengeListView(View):
    """All problems at their short address."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Let the page draw itself."""
        return get_object_or_404(BasePageQuerySet(ChallengeIndexPage).visible()).serve(request)


class ChallengeDetailView(DetailView[ChallengePage]):
    """One problem at its short address."""

    def get_queryset(self) -> models.QuerySet[Any]:
        """Look among the problems that every reader may see."""
        return ChallengePage.objects.visible().for_page()

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Let the page draw itself, as it does in an editor's preview."""
        return self.object.serve(self.request)
