"""The first page of the admin, and what its forms need beside Wagtail's own."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, resolve, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.widgets import Button

from core.models import User
from inducci.guide import guide
from inducci.people import invite, may_manage, require_manageable
from inducci.permissions import CLOSED
from inducci.second_factor.devices import people_with_second_factor
from inducci.second_factor.telling import Change
from inducci.second_factor.views import SecondFactorView, TakeOffView
from inducci.tasks import TasksPanel, verify
from inducci.workbook.views import ExportView, UploadView, VerdictsFileView, VerdictsView, may_use
from partners.permissions import manages_all


@hooks.register("construct_homepage_panels")
def show_tasks(request: HttpRequest, panels: list[Any]) -> None:
    """Show one list of tasks instead of Wagtail's panels about reviews."""
    kept = [panel for panel in panels if panel.name in ("locked_pages", "recent_edits")]
    panels[:] = [TasksPanel(), *kept]


@hooks.register("construct_homepage_summary_items", order=1000)
def show_no_counts(request: HttpRequest, items: list[Any]) -> None:
    """Leave out how many pages and files there are: nobody comes for that."""
    items.clear()


@hooks.register("construct_reports_menu")
def hide_closed_reports(request: HttpRequest, items: list[Any]) -> None:
    """Show reports to those who may open them."""
    if not manages_all(request.user):
        items[:] = [item for item in items if not resolve(item.url).view_name.startswith(CLOSED)]


@hooks.register("register_admin_urls")
def add_verifying() -> list[Any]:
    """Give the button "still true" its address."""
    return [path("verify/<str:kind>/<int:pk>/", verify, name="inducci_verify")]


@hooks.register("register_admin_urls")
def workbook_urls() -> list[Any]:
    """Give the pages of the workbook their addresses."""
    return [
        path("workbook/", UploadView.as_view(), name="inducci_workbook"),
        path("workbook/export/", ExportView.as_view(), name="inducci_workbook_export"),
        path("workbook/<int:upload>/", VerdictsView.as_view(), name="inducci_workbook_verdicts"),
        path("workbook/<int:upload>/verdicts.csv", VerdictsFileView.as_view(), name="inducci_workbook_file"),
    ]


@hooks.register("register_admin_urls")
def guide_url() -> list[Any]:
    """Give the guide for editors its address."""
    return [path("guide/", guide, name="inducci_guide")]


@hooks.register("construct_help_menu")
def help_with_our_own_guide(request: HttpRequest, items: list[Any]) -> None:
    """Offer our guide in the place of Wagtail's, which tells of much that is not here."""
    items[:] = [
        MenuItem(_("Guide for editors"), reverse("inducci_guide"), icon_name="help", order=100),
        *(item for item in items if item.name == "keyboard-shortcuts-trigger"),
    ]


class WorkbookMenuItem(MenuItem):
    """A line of the menu for those who edit records."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the person has records."""
        return may_use(request.user)


@hooks.register("register_admin_menu_item")
def workbook_menu_item() -> MenuItem:
    """Put the workbook into the menu, behind the records."""
    return WorkbookMenuItem(_("Workbook"), reverse("inducci_workbook"), icon_name="table", order=310)


@hooks.register("register_log_actions")
def name_verifying(actions: Any) -> None:
    """Let histories say that somebody found a record still true."""
    actions.register_action("inducci.verify", _("Verify"), _("Found still true"))


@hooks.register("insert_editor_js")
def help_while_typing() -> str:
    """Lead to the field of a task, and count characters while somebody types."""
    return format_html('<script src="{}" defer></script>', static("js/editing.js"))


@hooks.register("insert_global_admin_css")
def dress_tasks() -> str:
    """Dress the list of tasks."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("after_create_user")
def invite_by_mail(request: HttpRequest, user: Any) -> None:
    """Mail a new person the link by which they set their password."""
    invite(user)
    messages.success(request, _("%s is invited by mail.") % user.email)


@hooks.register("before_edit_user")
def keep_superusers(request: HttpRequest, user: Any) -> None:
    """Let superusers alone change the account of a superuser."""
    require_manageable(request.user, [user])


@hooks.register("before_bulk_action")
def keep_superusers_among_many(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> None:
    """Let superusers alone change accounts among which is a superuser's."""
    if action.model is User:
        require_manageable(request.user, objects)


@hooks.register("register_admin_urls")
def add_second_factor() -> list[Any]:
    """Give second factors their addresses."""
    return [
        path("account/second-factor/", SecondFactorView.as_view(), name="inducci_second_factor"),
        path("second-factors/<int:pk>/", TakeOffView.as_view(), name="inducci_take_off_second_factor"),
    ]


@hooks.register("register_log_actions")
def name_second_factor(actions: Any) -> None:
    """Let histories say what happened to a second factor."""
    for change in Change:
        actions.register_action(change.value, change.label, change.label)


@hooks.register("register_user_listing_buttons")
def offer_to_take_off(user: Any, request_user: Any) -> list[Button]:
    """Let an administrator switch off the second factor of somebody who lost the telephone."""
    if not may_manage(request_user, user) or user.pk == request_user.pk:
        return []
    if not hasattr(request_user, "_people_with_second_factor"):
        # Asked once for the whole list.
        request_user._people_with_second_factor = people_with_second_factor()
    if user.pk not in request_user._people_with_second_factor:
        return []
    name = get_user_display_name(user)
    return [
        Button(
            _("Switch second factor off"),
            reverse("inducci_take_off_second_factor", args=[user.pk]),
            icon_name="key",
            attrs={"aria-label": _("Switch the second factor of %s off") % name},
        )
    ]
