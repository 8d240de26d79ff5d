"""The first page of the admin: what waits for a person, what helps most first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.ui.components import Component
from wagtail.log_actions import log
from wagtail.models import Page, TaskState
from wagtail.permissions import policy_registry

from core.completeness import RULE, completeness, content_of, open_questions
from core.models import ContentVersion
from core.panels import field_name
from inducci.progress import (
    Reviews,
    Stage,
    edit_address,
    progress,
    records_of,
    running_reviews,
    stage_of,
    state_of,
    title_of,
)
from partners.models import Partner
from partners.permissions import manages_all, partner_keys
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


class TasksPanel(Component):
    """All that waits for a person, in one list of groups."""

    name = "tasks"
    order = 10
    template_name = "inducci/admin/tasks.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Gather the tasks; the number of queries depends neither on the records nor on the partners."""
        request = parent_context["request"]
        user = request.user
        partners = list(Partner.objects.order_by("number")) if manages_all(user) else []
        found = records_of([partner.pk for partner in partners] or partner_keys(user))
        records = [record for record, owners in found if owners & partner_keys(user)]
        states = running_reviews()
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
            "partners": [progress(partner, found, states) for partner in partners],
            "rule": RULE,
            "has_records": bool(records),
        }

    def _drafts(self, records: list[Any], states: Reviews) -> tuple[list[Task], list[Task], list[Task]]:
        """Sort what is not published into what came back, what is being written and what is reviewed."""
        back, drafts, reviewed = [], [], []
        for record in records:
            title, where = title_of(record), edit_address(record)
            task, state = Task(title, where, record._meta.verbose_name), state_of(record, states)
            match stage_of(record, states):
                case Stage.DRAFT:
                    drafts.append(task)
                case Stage.BACK if state:
                    said = state.current_task_state
                    note = _("%(who)s: “%(comment)s”") % {"who": said.finished_by, "comment": said.comment}
                    back.append(Task(title, where, task.why, note))
                case Stage.REVIEWED:
                    reviewed.append(task)
        return back, drafts, reviewed

    def _lacking(self, records: list[Any]) -> list[Task]:
        """List what the records lack, what costs most first; each leads to the very field."""
        tasks = [
            Task(
                title=title_of(record),
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
            Task(title=title_of(record), url=edit_address(record), note=url)
            for record in (records if dead else [])
            for url in dead
            if url in str(content_of(record))
        ]

    def _to_verify(self, records: list[Any]) -> list[dict[str, Any]]:
        """List what was last verified more than a year ago."""
        limit = timezone.localdate() - STILL_TRUE_AFTER
        return [
            {
                "title": title_of(record),
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
            {"title": title_of(record), "url": edit_address(record), "percent": completeness(record)}
            for record in records
        ]
        rows.sort(key=lambda row: (row["percent"], row["title"]))
        average = round(sum(row["percent"] for row in rows) / len(rows)) if rows else 0
        return {"rows": rows, "average": average}


def _verified_on(record: Any) -> dt.date | None:
    """Give the day on which a record was last found true, if its kind knows such a day."""
    return getattr(record, "verified_on", None)


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
