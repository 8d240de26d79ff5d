"""How far the records of partners have come: whose they are, where each stands, how complete they are."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from wagtail.models import Page, WorkflowState
from wagtail.permissions import policy_registry

from core.completeness import completeness
from core.models import Record
from partners.models import Partner, PartnerFolder
from partners.permissions import PartnerPolicy, folders

Reviews = dict[tuple[int, str], WorkflowState]
Owned = list[tuple[Any, set[int]]]


class Stage(Enum):
    """Where a text stands that readers do not see yet."""

    DRAFT = "draft"
    BACK = "sent back"
    REVIEWED = "with a reviewer"
    PUBLISHED = "published"


def edit_address(record: Any, field: str = "") -> str:
    """Give the address of a record's form, at the very field."""
    if isinstance(record, Page):
        address = reverse("wagtailadmin_pages:edit", args=[record.pk])
    else:
        address = reverse(record.snippet_viewset.get_url_name("edit"), args=[record.pk])
    return f"{address}#field-{field}" if field else address


def list_of_drafts(model: Any) -> str:
    """Give the address of the list of a kind's drafts."""
    return f"{reverse(model.snippet_viewset.get_url_name('list'))}?has_unpublished_changes=true"


def title_of(record: Any) -> str:
    """Give a record's title as its latest draft has it."""
    return str(record.latest_revision.object_str if record.latest_revision else record)


def records_of(partners: Iterable[int]) -> Owned:
    """List the records and pages of partners, each with those it belongs to; two queries for each kind."""
    keys = list(partners)
    if not keys:
        return []
    paths, found = folders(keys), []
    within = models.Q(pk__in=[])
    for path in paths:
        within |= models.Q(path__startswith=path)
    for model in apps.get_models():
        policy = policy_registry.get_by_type(model)
        if issubclass(model, Record) and isinstance(policy, PartnerPolicy):
            owners = policy.owned_among(keys)
            rows = model._default_manager.filter(pk__in=owners).select_related("latest_revision")
            found += [(record, owners[record.pk]) for record in rows]
        elif issubclass(model, Page) and _lies_in_folders(model):
            pages: Any = model._default_manager.filter(within).select_related("latest_revision")
            found += [
                (page, {partner for path, partner in paths.items() if page.path.startswith(path)})
                for page in pages
            ]
    return found


def _lies_in_folders(kind: type[Page]) -> bool:
    """Tell whether partners have pages of a kind in their folders."""
    return any(issubclass(parent, PartnerFolder) for parent in kind.allowed_parent_page_models())


def running_reviews() -> Reviews:
    """Find the reviews that run."""
    active = WorkflowState.objects.active().select_related("current_task_state__finished_by")
    return {(state.content_type_id, state.object_id): state for state in active}


def state_of(record: Any, reviews: Reviews) -> WorkflowState | None:
    """Find the review of a record, if one runs."""
    kind = ContentType.objects.get_for_model(record, for_concrete_model=False)
    return reviews.get((kind.pk, str(record.pk)))


def stage_of(record: Any, reviews: Reviews) -> Stage:
    """Tell where a record stands on its way to readers."""
    if record.live and not record.has_unpublished_changes:
        return Stage.PUBLISHED
    state = state_of(record, reviews)
    if state is None:
        return Stage.DRAFT
    return Stage.BACK if state.status == WorkflowState.STATUS_NEEDS_CHANGES else Stage.REVIEWED


def progress(partner: Partner, found: Owned, reviews: Reviews) -> dict[str, Any]:
    """Say how complete a partner's records are, what waits there, and which one needs most."""
    records = [record for record, owners in found if partner.pk in owners]
    rated = sorted(((completeness(one), title_of(one), one) for one in records), key=lambda row: row[:2])
    stages = [stage_of(record, reviews) for record in records]
    return {
        "partner": str(partner),
        "url": edit_address(partner),
        "percent": round(sum(row[0] for row in rated) / len(rated)) if rated else 0,
        "drafts": stages.count(Stage.DRAFT) + stages.count(Stage.BACK),
        "reviewed": stages.count(Stage.REVIEWED),
        "least": {"percent": rated[0][0], "title": rated[0][1], "url": edit_address(rated[0][2])},
    }
