"""The list of toolbox items; each item is a page of its own."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView

from core import pdf
from core.choices import Palette
from core.views import BrowseView, PdfMixin
from toolbox.choices import Kind
from toolbox.filters import ToolFilterSet
from toolbox.models import ToolPage


class ToolBrowseView(BrowseView):
    """The toolbox, narrowed down as the reader asks."""

    filterset_class = ToolFilterSet
    heading = _("Toolbox")
    lead = _("Checklists, small guides and links, made from what the partners learned.")
    noun: ClassVar = (_("toolbox item"), _("toolbox items"))

    def get_queryset(self) -> models.QuerySet[Any]:
        """List the published items."""
        return ToolPage.objects.visible().for_cards()


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
        """Gather what the page itself prints."""
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
