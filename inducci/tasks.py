"""The first page of the admin: what waits for a person, what helps most first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.ui.components import Component
from wagtail.log_actions import log
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.permissions import policy_registry

from core.completeness import RULE, completeness, content_of, open_questions, questions_for
from core.models import ContentVersion, Record
from core.panels import field_name
from partners.permissions import PartnerPolicy, manages_all, partner_keys
from toolbox.models import LinkCheck

STILL_TRUE_AFTER = dt.timedelta(days=365)
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: about which record, why, and the address a click away."""

    title: str
    url: str
    why: str | Promise = ""
    note: str | Promise = ""
    weight: int = 0


def edit_address(record: Any, field: str = "") -> str:
    """Give the address of a record's form, at the very field."""
    if isinstance(record, Page):
        address = reverse("wagtailadmin_pages:edit", args=[record.pk])
    else:
        address = reverse(record.snippet_viewset.get_url_name("edit"), args=[record.pk])
    return f"{address}#field-{field}" if field else address


def own_records(user: Any) -> list[Any]:
    """List the records and pages of a person's partners; one query for each kind."""
    found: list[Any] = []
    for model in apps.get_models():
        if issubclass(model, Record):
            policy = policy_registry.get_by_type(model)
            if isinstance(policy, PartnerPolicy) and policy.user_has_permission(user, "change"):
                mine = models.Q(pk__in=policy.instances_user_has_permission_for(user, "change").values("pk"))
                found.extend(model._default_manager.filter(mine).select_related("latest_revision"))
        elif issubclass(model, Page) and questions_for(model):
            mine = models.Q(
                pk__in=policy_registry.get_by_type(Page)
                .instances_user_has_permission_for(user, "change")
                .values("pk")
            )
            found.extend(model._default_manager.filter(mine).select_related("latest_revision"))
    return found


def states_of(records: Iterable[Any]) -> dict[tuple[int, str], WorkflowState]:
    """Find the running reviews of records."""
    active = WorkflowState.objects.active().select_related("current_task_state__finished_by")
    return {(state.content_type_id, state.object_id): state for state in active}


def review_tasks(user: Any) -> list[Task]:
    """List what waits for a person's review, what waits longest first."""
    waiting = (
        TaskState.objects.reviewable_by(user)
        .select_related("revision__user")
        .prefetch_related("revision__content_object")
        .order_by("started_at")
    )
    return [
        Task(
            title=str(state.revision.object_str),
            url=reverse("partners_review", args=[state.pk]),
            why=_("%(kind)s, submitted by %(author)s")
            % {
                "kind": state.revision.content_object._meta.verbose_name,
                "author": state.revision.user or _("somebody who has left"),
            },
        )
        for state in waiting
    ]


def _key(record: Any) -> tuple[int, str]:
    """Name a record as reviews do."""
    kind = ContentType.objects.get_for_model(record, for_concrete_model=False)
    return kind.pk, str(record.pk)


class TasksPanel(Component):
    """All that waits for a person, in one list of groups."""

    name = "tasks"
    order = 10
    template_name = "inducci/admin/tasks.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Gather the tasks; the number of queries does not depend on the number of records."""
        request = parent_context["request"]
        user = request.user
        records = own_records(user) if partner_keys(user) and not manages_all(user) else []
        states = states_of(records)
        back, drafts, reviewed = self._drafts(records, states)
        lacking = self._lacking(records)
        return {
            "request": request,
            "csrf_token": parent_context.get("csrf_token"),
            "groups": [
                (_("Waiting for your review"), review_tasks(user), ""),
                (_("Sent back to you"), back, ""),
                (
                    _("Your drafts"),
                    drafts,
                    _("Readers see nothing of a draft. Open it and submit it for review."),
                ),
                (
                    _("Links that broke"),
                    self._broken(records),
                    _("Each was tried several times; find its new address, or take it out."),
                ),
                (_("With a reviewer"), reviewed, _("Nothing to do: you get a mail.")),
            ],
            "lacking": lacking[:SHOWN],
            "more": lacking[SHOWN:],
            "to_verify": self._to_verify(records),
            "complete": self._complete(records),
            "rule": RULE,
            "has_records": bool(records),
        }

    def _drafts(
        self, records: list[Any], states: dict[tuple[int, str], WorkflowState]
    ) -> tuple[list[Task], list[Task], list[Task]]:
        """Sort what is not published into what came back, what is being written and what is reviewed."""
        back, drafts, reviewed = [], [], []
        for record in records:
            if not record.has_unpublished_changes and record.live:
                continue
            state = states.get(_key(record))
            title = _title(record)
            task = Task(title, edit_address(record), record._meta.verbose_name)
            if state is None:
                drafts.append(task)
            elif state.status == WorkflowState.STATUS_NEEDS_CHANGES:
                said = state.current_task_state
                note = _("%(who)s: “%(comment)s”") % {"who": said.finished_by, "comment": said.comment}
                back.append(Task(title, task.url, task.why, note))
            else:
                reviewed.append(task)
        return back, drafts, reviewed

    def _lacking(self, records: list[Any]) -> list[Task]:
        """List what the records lack, what costs most first; each leads to the very field."""
        tasks = [
            Task(
                title=_title(record),
                url=edit_address(record, question.field),
                why=question.cost,
                note=field_name(type(record), question.field),
                weight=question.weight,
            )
            for record in records
            for question in open_questions(record)
        ]
        return sorted(tasks, key=lambda task: -task.weight)

    def _broken(self, records: list[Any]) -> list[Task]:
        """List the links of the records that seem to be gone."""
        dead = [link.url for link in LinkCheck.objects.all() if link.is_dead]
        return [
            Task(title=_title(record), url=edit_address(record), note=url)
            for record in (records if dead else [])
            for url in dead
            if url in str(content_of(record))
        ]

    def _to_verify(self, records: list[Any]) -> list[dict[str, Any]]:
        """List what was last verified more than a year ago."""
        limit = timezone.localdate() - STILL_TRUE_AFTER
        return [
            {
                "title": _title(record),
                "url": edit_address(record),
                "on": record.verified_on,
                "kind": record._meta.label_lower,
                "pk": record.pk,
            }
            for record in records
            if record.live and (_verified_on(record) or limit) < limit
        ]

    def _complete(self, records: list[Any]) -> dict[str, Any]:
        """Say how complete each record is, and all of them together."""
        rows: list[dict[str, Any]] = [
            {"title": _title(record), "url": edit_address(record), "percent": completeness(record)}
            for record in records
        ]
        rows.sort(key=lambda row: (row["percent"], row["title"]))
        average = round(sum(row["percent"] for row in rows) / len(rows)) if rows else 0
        return {"rows": rows, "average": average}


def _verified_on(record: Any) -> dt.date | None:
    """Give the day on which a record was last found true, if its kind knows such a day."""
    return getattr(record, "verified_on", None)


def _title(record: Any) -> str:
    """Give a record's title as its latest draft has it."""
    return str(record.latest_revision.object_str if record.latest_revision else record)


@require_POST
def verify(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Note that a published record is still true; its text stays as it is, so nobody has to review it."""
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError) as unknown:
        raise Http404 from unknown
    if not any(field.name == "verified_on" for field in model._meta.get_fields()):
        raise Http404
    record = model._default_manager.filter(pk=pk, live=True).select_related("latest_revision").first()
    if record is None or not _may_edit(request.user, record):
        raise PermissionDenied
    today = timezone.localdate()
    model._default_manager.filter(pk=pk).update(verified_on=today)
    if revision := record.latest_revision:
        revision.content["verified_on"] = today.isoformat()
        revision.save(update_fields=["content"])
    ContentVersion.renew()
    log(instance=record, action="inducci.verify", user=request.user)
    messages.success(request, _("Thank you: “%s” is marked as true today.") % record)
    return redirect("wagtailadmin_home")


def _may_edit(user: Any, record: Any) -> bool:
    """Tell whether a person edits a record or page."""
    if isinstance(record, Page):
        return bool(record.permissions_for_user(user).can_edit())
    policy = policy_registry.get_by_type(type(record))
    return bool(policy.user_has_permission_for_instance(user, "change", record))
