"""The list of toolbox items and the ways in by problem; each item and each problem is a page of its own."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView, View

from core.models.pages import BasePageQuerySet
from core.views import BrowseView
from toolbox.filters import ToolFilterSet
from toolbox.models import ChallengeIndexPage, ChallengePage, ToolPage


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


class ChallengeListView(View):
    """All problems at their short address."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
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
