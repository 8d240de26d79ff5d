"""Registrations in the admin."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from events import organising
from events.models import EventPage, Registration
from events.permissions import RegistrationPolicy, events_of

register_permission_policy(Registration, RegistrationPolicy(Registration))


@hooks.register("register_admin_urls")
def registration_urls() -> list[URLPattern]:
    """Give the organiser's pages their addresses."""
    index = organising.RegistrationIndexView
    return [
        path("registrations/", index.as_view(), name="events_registrations"),
        path("registrations/results/", index.as_view(results_only=True), name="events_registrations_results"),
        path("registrations/<int:pk>/", organising.overview, name="events_overview"),
        path("registrations/<int:pk>/people/", organising.people, name="events_people"),
        path("registrations/<int:pk>/attendance/", organising.attendance, name="events_attendance"),
        path(
            "registrations/<int:pk>/people/<int:registration>/delete/",
            organising.take_out,
            name="events_take_out",
        ),
    ]


class RegistrationMenuItem(MenuItem):
    """A line of the menu for those who have events."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the editor may change any event."""
        return events_of(request.user).exists()


@hooks.register("register_admin_menu_item")
def registration_menu_item() -> MenuItem:
    """Put the registrations into the menu."""
    return RegistrationMenuItem(
        _("Registrations"), reverse("events_registrations"), icon_name="form", order=320
    )


@hooks.register("register_page_header_buttons")
def registration_button(page: Page, user: object, **kwargs: object) -> list[Button]:
    """Lead from an event's form to its registrations."""
    event = page.specific
    if not isinstance(event, EventPage) or not events_of(user).filter(pk=event.pk).exists():
        return []
    url = reverse("events_overview", args=[event.pk])
    return [Button(_("Registrations"), url=url, icon_name="group", priority=60)]
