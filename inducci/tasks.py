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
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.ui.components import Component
from wagtail.log_actions import log
from wagtail.models import Page, TaskState
from wagtail.permissions import policy_registry

from core.completeness import RULE, Question, completeness, content_of, open_questions
from core.models import ContentVersion, Record
from core.panels import field_name
from inducci.progress import (
    Reviews,
    Stage,
    edit_address,
    list_of_drafts,
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
# What is lacking is shown at once up to the first number; no list is longer than the second.
SHOWN, LISTED = 8, 25


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: about which record, why, and the address a click away."""

    title: str
    url: str
    why: str | Promise = ""
    note: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Tasks of one sort, the first ones of all that there are, and the lists that hold the rest."""

    heading: str
    tasks: list[Task]
    total: int
    hint: str = ""
    lists: tuple[tuple[str, str], ...] = ()

    @property
    def left(self) -> int:
        """Count those that are not shown."""
        return self.total - len(self.tasks)


def review_tasks(user: Any) -> Group:
    """List what waits for a person's review, what waits longest first."""
    waiting = (
        TaskState.objects.reviewable_by(user)
        .select_related("revision__user")
        .prefetch_related("revision__content_object")
        .order_by("started_at")
    )
    tasks = [
        Task(
            title=str(state.revision.object_str),
            url=reverse("partners_review", args=[state.pk]),
            why=_("%(kind)s, submitted by %(author)s")
            % {
                "kind": state.revision.content_object._meta.verbose_name,
                "author": state.revision.user or _("somebody who has left"),
            },
        )
        for state in waiting[:LISTED]
    ]
    return Group(_("Waiting for your review"), tasks, waiting.count())


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
        lacking, old = self._lacking(records), self._old(records)
        back, drafts, reviewed = self._unpublished(records, states)
        return {
            "request": request,
            "csrf_token": parent_context.get("csrf_token"),
            "groups": [review_tasks(user), back, drafts, self._broken(records), reviewed],
            "lacking": [self._lack(*one) for one in lacking[:SHOWN]],
            "more": [self._lack(*one) for one in lacking[SHOWN:LISTED]],
            "lacks_left": max(0, len(lacking) - LISTED),
            "to_verify": [self._to_verify(record) for record in old[:LISTED]],
            "verify_left": max(0, len(old) - LISTED),
            "complete": self._complete(records),
            "partners": [progress(partner, found, states) for partner in partners],
            "rule": RULE,
            "has_records": bool(records),
        }

    def _unpublished(self, records: list[Any], states: Reviews) -> list[Group]:
        """Sort what readers do not see into what came back, what is being written and what is reviewed."""
        at: dict[Stage, list[Any]] = {stage: [] for stage in Stage}
        for record in sorted(records, key=_edited_at, reverse=True):
            at[stage_of(record, states)].append(record)
        drafts = _(
            "Readers see nothing of a draft. Open it and submit it for review, or tick several in a list."
        )
        groups = (
            (Stage.BACK, _("Sent back to you"), ""),
            (Stage.DRAFT, _("Your drafts"), drafts),
            (Stage.REVIEWED, _("With a reviewer"), _("Nothing to do: you get a mail.")),
        )
        return [
            Group(
                heading,
                [self._unpublished_task(record, states) for record in at[stage][:LISTED]],
                len(at[stage]),
                hint,
                _lists(at[stage][LISTED:]),
            )
            for stage, heading, hint in groups
        ]

    def _unpublished_task(self, record: Any, states: Reviews) -> Task:
        """Lead to a draft, with what a reviewer said when sending it back."""
        state, said = state_of(record, states), ""
        if state and stage_of(record, states) is Stage.BACK:
            task = state.current_task_state
            said = _("%(who)s: “%(comment)s”") % {"who": task.finished_by, "comment": task.comment}
        return Task(title_of(record), edit_address(record), record._meta.verbose_name, said)

    def _lacking(self, records: list[Any]) -> list[tuple[Any, Question]]:
        """List what the records lack, what costs most first."""
        lacking = [(record, question) for record in records for question in open_questions(record)]
        return sorted(lacking, key=lambda lack: -lack[1].weight)

    def _lack(self, record: Any, question: Question) -> Task:
        """Say what the lack of an answer costs, and lead to the very field."""
        address = edit_address(record, question.field)
        return Task(title_of(record), address, question.cost, field_name(type(record), question.field))

    def _broken(self, records: list[Any]) -> Group:
        """List the links of the records that seem to be gone."""
        dead = [link.url for link in LinkCheck.objects.all() if link.is_dead]
        tasks = [
            Task(title=title_of(record), url=edit_address(record), note=url)
            for record in (records if dead else [])
            for url in dead
            if url in str(content_of(record))
        ]
        hint = _("Each was tried several times; find its new address, or take it out.")
        return Group(_("Links that broke"), tasks[:LISTED], len(tasks), hint)

    def _old(self, records: list[Any]) -> list[Any]:
        """List what was last verified more than a year ago, what waits longest first."""
        limit = timezone.localdate() - STILL_TRUE_AFTER
        old = [one for one in records if one.live and (_verified_on(one) or limit) < limit]
        return sorted(old, key=lambda one: one.verified_on)

    def _to_verify(self, record: Any) -> dict[str, Any]:
        """Give what the button needs that says that a record is still true."""
        return {
            "title": title_of(record),
            "url": edit_address(record),
            "on": record.verified_on,
            "kind": record._meta.label_lower,
            "pk": record.pk,
        }

    def _complete(self, records: list[Any]) -> dict[str, Any]:
        """Say how complete each record is, and all of them together."""
        rated = sorted(((completeness(one), title_of(one), one) for one in records), key=lambda row: row[:2])
        average = round(sum(percent for percent, *_rest in rated) / len(rated)) if rated else 0
        rows = [
            {"title": title, "url": edit_address(record), "percent": percent}
            for percent, title, record in rated[:LISTED]
        ]
        return {"rows": rows, "average": average, "left": len(rated) - len(rows)}


def _edited_at(record: Any) -> float:
    """Tell when somebody last wrote a draft of a record."""
    return record.latest_revision.created_at.timestamp() if record.latest_revision else 0.0


def _lists(records: list[Any]) -> tuple[tuple[str, str], ...]:
    """Name the lists of drafts in which some records stand, each with its address."""
    kinds = {type(record) for record in records if isinstance(record, Record)}
    found = ((capfirst(kind._meta.verbose_name_plural), list_of_drafts(kind)) for kind in kinds)
    return tuple(sorted(found))


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
