"""The lists of news and events; each of them is a page of its own."""

from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django.views.generic import DetailView

from core.views import BrowseView
from events.calendars import calendar_of
from events.filters import EventFilterSet, NewsFilterSet
from events.models import EventPage, NewsPage


class NewsBrowseView(BrowseView):
    """The news, narrowed down as the reader asks."""

    filterset_class = NewsFilterSet
    heading = _("News")
    lead = _("Newsflashes of the project, news, and what the press wrote.")
    noun: ClassVar = (_("piece of news"), _("pieces of news"))

    def get_queryset(self) -> models.QuerySet[Any]:
        """List the published news."""
        return NewsPage.objects.visible().for_cards()


class EventBrowseView(BrowseView):
    """The events, narrowed down as the reader asks."""

    filterset_class = EventFilterSet
    heading = _("Events")
    lead = _("Meetings, workshops, test case events and conferences: what was held, and what comes.")
    noun: ClassVar = (_("event"), _("events"))

    def get_queryset(self) -> models.QuerySet[Any]:
        """List the published events."""
        return EventPage.objects.visible().for_cards()


class StoryView(DetailView[Any]):
    """One page at its short address, wherever in the tree it hangs."""

    model: type[models.Model]

    def get_queryset(self) -> models.QuerySet[Any]:
        """Look among the pages that every reader may see."""
        return self.model._default_manager.visible().for_cards()  # type: ignore[attr-defined]  # both page types have it

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Let the page draw itself, as it does in an editor's preview."""
        return self.object.serve(self.request)


class NewsDetailView(StoryView):
    """One piece of news."""

    model = NewsPage


class EventDetailView(StoryView):
    """One event."""

    model = EventPage


@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Give an event as a file for a reader's own calendar."""
    event = get_object_or_404(EventPage.objects.visible(), slug=slug)
    if not event.has_day:
        raise Http404
    response = HttpResponse(calendar_of(event), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    return response


@require_safe
def recording(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the recording of an event: who opens this page has asked for its host."""
    event = get_object_or_404(EventPage.objects.visible().exclude(recording_url=""), slug=slug)
    host = urlsplit(event.recording_url)
    response = TemplateResponse(request, "events/recording.html", {"event": event, "host": host.hostname})
    response._csp_update = {"frame-src": f"{host.scheme}://{host.netloc}"}  # type: ignore[attr-defined]  # read by django-csp
    return response
