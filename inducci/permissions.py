"""What stands before every address of the admin, for those of Wagtail's own views that ask too little."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBadRequest, HttpResponseBase
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.permissions import policy_registry

from partners.permissions import manages_all

log = logging.getLogger(__name__)

# Reports over everybody's texts, programs' lists of all files, and Wagtail's page that breaks on purpose.
CLOSED = (
    "wagtailadmin_reports:",
    "wagtailadmin_api:documents:",
    "wagtailadmin_api:images:",
    "wagtailadmin_workflows:task_cho",
    "wagtailadmin_error_test",
)
BULK = "wagtail_bulk_action"
# Forms of Wagtail's own that break where this field is missing.
NEEDED = {"wagtailadmin_choose_page_external_link": "external-link-chooser-url"}


def guarded(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Close what shows the texts of others, and answer a mangled form with a sentence."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not manages_all(request.user):
            _judge(request)
        try:
            match = request.resolver_match
            if match and request.method == "POST" and match.view_name in NEEDED:
                request.POST[NEEDED[match.view_name]]
            return view(request, *args, **kwargs)
        except MultiValueDictKeyError as missing:
            log.warning("%s sent a form to %s without %s.", request.user, request.path, missing)
            return HttpResponseBadRequest(_("The form came without some of its fields. Open it anew."))

    return wrapped


def _judge(request: HttpRequest) -> None:
    """Refuse an address, or leave in it only what is the person's own."""
    match = request.resolver_match
    if match is None:
        return
    if match.view_name.startswith(CLOSED):
        raise PermissionDenied
    if match.view_name == BULK:
        _keep_own(request, match.kwargs["app_label"], match.kwargs["model_name"])
    if match.view_name.startswith("wagtailadmin_pages:"):
        keys = {match.kwargs.get(name) for name in ("page_id", "page_to_move_id", "pk")} - {None}
        if any(not _may_open(request.user, page) for page in Page.objects.filter(pk__in=keys).specific()):
            raise PermissionDenied


def _may_open(user: Any, page: Page) -> bool:
    """Tell whether a person edits a page, or is asked to review it."""
    if page.permissions_for_user(user).can_edit():
        return True
    task = page.current_workflow_task
    return bool(task and task.get_actions(page, user))


def _keep_own(request: HttpRequest, app_label: str, model_name: str) -> None:
    """Leave in an action on many things only those that the person may change.

    Wagtail's actions refuse the others, too, but list their titles when they do.
    """
    try:
        model = apps.get_model(app_label, model_name)
    except LookupError as unknown:
        raise PermissionDenied from unknown
    own = policy_registry.get_by_type(model).instances_user_has_any_permission_for(
        request.user, ["change", "delete"]
    )
    asked = request.GET.getlist("id")
    if "all" not in asked:
        own = own.filter(pk__in=[key for key in asked if key.isdecimal()])
    keys = [str(key) for key in own.values_list("pk", flat=True)]
    if not keys:
        raise PermissionDenied
    kept = request.GET.copy()
    kept.setlist("id", keys)
    request.GET = kept  # type: ignore[assignment]  # a copy that the views read as the original
