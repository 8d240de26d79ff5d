"""What an organiser does in the admin: look, take along, write, print; each for their own events alone."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from typing import Any, ClassVar

import django_filters
from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.cache import never_cache
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import IndexView

from core.exports import harmless
from core.outbox import post
from events import letters, registering
from events.choices import Attendance, Standing
from events.forms import MailingForm
from events.models import EventPage, Registration
from events.permissions import events_of

EXPORTED = (
    "event.title",
    "name",
    "organisation",
    "email",
    "get_attendance_display",
    "get_standing_display",
    "of_delegation",
    "needs",
    "created_at",
    "confirmed_at",
)
WORDS = ("event.title", "name", "organisation", "email", "needs")


def own_events(request: HttpRequest | None) -> models.QuerySet[EventPage]:
    """Offer the events that an organiser may change and that have registrations."""
    if request is None:
        return EventPage.objects.none()
    return events_of(request.user).filter(registrations__isnull=False).distinct().order_by("-start")


class RegistrationFilterSet(WagtailFilterSet):
    """The filters of the list of registrations."""

    event = django_filters.ModelChoiceFilter(queryset=own_events, label=_("event"))
    is_confirmed = django_filters.BooleanFilter(
        field_name="confirmed_at", lookup_expr="isnull", exclude=True, label=_("confirmed")
    )

    class Meta:
        model = Registration
        fields: ClassVar = ["event", "attendance", "standing", "of_delegation"]


class RegistrationIndexView(IndexView):
    """The registrations for an organiser's events: searched, filtered, exported."""

    model = Registration
    index_url_name = "events_registrations"
    index_results_url_name = "events_registrations_results"
    any_permission_required: ClassVar = ["view"]
    page_title = _("Registrations")
    header_icon = "group"
    paginate_by = 50
    default_ordering = "-created_at"
    search_fields: ClassVar = ["name", "organisation", "email"]
    filterset_class = RegistrationFilterSet
    list_export: ClassVar = list(EXPORTED)
    export_filename = "registrations"
    export_headings: ClassVar = {
        "event.title": _("Event"),
        "get_attendance_display": _("Takes part"),
        "get_standing_display": _("Standing"),
    }
    custom_field_preprocess: ClassVar = {name: {"csv": harmless} for name in WORDS}
    columns: ClassVar = [
        Column("name", label=_("Name"), sort_key="name"),
        Column("organisation", label=_("Organisation"), sort_key="organisation"),
        Column("email", label=_("E-mail")),
        Column("event", label=_("Event"), accessor="event.title"),
        Column("attendance", label=_("Takes part"), accessor="get_attendance_display"),
        Column("standing", label=_("Standing"), accessor="get_standing_display"),
        DateColumn("created_at", label=_("Registered"), sort_key="created_at"),
        DateColumn("confirmed_at", label=_("Confirmed"), sort_key="confirmed_at"),
    ]

    def get_base_queryset(self) -> models.QuerySet[Registration]:
        """List what the organiser may see."""
        return Registration.objects.filter(event__in=events_of(self.request.user)).select_related("event")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the list out of every cache."""
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store, private"
        return response


class OrganiserView(View):
    """A page about one event; for others than its organisers it does not exist."""

    event: EventPage

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the event among those that the organiser may change."""
        super().setup(request, *args, **kwargs)
        self.event = get_object_or_404(events_of(request.user), pk=kwargs["pk"])

    def page(self, name: str, **context: Any) -> HttpResponse:
        """Draw a page of the admin."""
        return TemplateResponse(self.request, f"events/admin/{name}.html", {"event": self.event, **context})


class EventOverview(OrganiserView):
    """The numbers of an event, and a form to write to those who come."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the numbers and an empty form."""
        return self.overview(MailingForm(initial={"key": uuid.uuid4()}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the mail as it will be, send it to the organiser alone, or send it to all."""
        form = MailingForm(request.POST)
        if not form.is_valid():
            return self.overview(form)
        said, action = form.cleaned_data, request.POST.get("action")
        if action == "send":
            number = registering.write_to_people(self.event, **said)
            messages.success(request, gettext("Mails on their way: %s.") % number)
            return HttpResponseRedirect(reverse("events_overview", args=[self.event.pk]))
        if action == "test":
            mailbox = getattr(request.user, "email", "")
            if mailbox:
                post(mailbox, said["subject"], letters.preview(self.event, said["text"]))
                messages.success(request, gettext("A test is on its way to %s.") % mailbox)
            else:
                messages.error(request, gettext("Your account has no e-mail address to send a test to."))
        number = self.event.registrations.among(said["audience"]).count()
        return self.overview(form, preview=letters.preview(self.event, said["text"]), recipients=number)

    def overview(self, form: MailingForm, **context: Any) -> HttpResponse:
        """Show the page."""
        days = registrations_by_day(self.event)
        return self.page(
            "overview",
            form=form,
            numbers=numbers_of(self.event),
            capacity=self.event.capacity(),
            days=days,
            width=max(len(days) * 12, 12),
            mailings=list(self.event.mailings.all()),
            **context,
        )


class AttendanceList(OrganiserView):
    """The list to sign at the door, and badges: a page to print."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show those who have a place on site, by name."""
        people = self.event.registrations.filter(
            attendance=Attendance.ON_SITE, standing=Standing.PLACED, confirmed_at__isnull=False
        )
        return self.page("attendance", people=list(people.order_by("name")))


class TakeOut(OrganiserView):
    """Delete a registration on request; the waiting list moves up and the person gets a mail."""

    def post(self, request: HttpRequest, pk: int, registration: int) -> HttpResponse:
        """Delete it."""
        registering.cancel(get_object_or_404(self.event.registrations, pk=registration), timezone.now())
        messages.success(request, gettext("The registration is deleted."))
        return HttpResponseRedirect(reverse("events_people", args=[self.event.pk]))

    def get(self, request: HttpRequest, pk: int, registration: int) -> HttpResponse:
        """Ask once more."""
        found = get_object_or_404(self.event.registrations, pk=registration)
        return self.page("take_out", registration=found)


class People(OrganiserView):
    """All registrations for an event, each with a way to take it out."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """List them by name."""
        return self.page("people", people=list(self.event.registrations.order_by("name")))


def numbers_of(event: EventPage) -> list[tuple[str, int]]:
    """Count the registrations by what they are."""
    rows = event.registrations.values_list("attendance", "standing", "confirmed_at")
    found: Counter[str] = Counter()
    for attendance, standing, confirmed_at in rows:
        found[
            "unconfirmed" if confirmed_at is None else standing if attendance == "on-site" else "online"
        ] += 1
    return [
        (gettext("with a place on site"), found["placed"]),
        (gettext("waiting for a place"), found["waiting"]),
        (gettext("online"), found["online"]),
        (gettext("not confirmed yet"), found["unconfirmed"]),
    ]


def registrations_by_day(event: EventPage) -> list[dict[str, Any]]:
    """Count the registrations of each day, with the bar that shows them: 60 units for the highest."""
    found = Counter(
        moment.astimezone(event.zone).date()
        for moment in event.registrations.values_list("created_at", flat=True)
    )
    if not found:
        return []
    first, highest = min(found), max(found.values())
    days = [first + dt.timedelta(days=number) for number in range((max(found) - first).days + 1)]
    return [
        {
            "day": day,
            "number": found[day],
            "x": place * 12,
            "height": round(60 * found[day] / highest),
            "y": 60 - round(60 * found[day] / highest),
        }
        for place, day in enumerate(days)
    ]


overview = never_cache(EventOverview.as_view())
attendance = never_cache(AttendanceList.as_view())
people = never_cache(People.as_view())
take_out = never_cache(TakeOut.as_view())
