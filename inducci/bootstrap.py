"""Groups, folders and the review: who may do what on a new site, made once and repaired by every later run.

What an administrator adds to a group stays; what editing for a partner needs is put back.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
    Workflow,
    WorkflowContentType,
    WorkflowMixin,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.permissions import policy_registry

from core.models import Record, Source, Synonym, User
from partners.models import Partner, PartnerFolder, PartnerReviewTask, Team
from partners.permissions import PartnerPolicy
from pilots.models import PilotAction
from regions.models import NutsRegion
from vocabularies.models import Concept

REVIEWERS = "Reviewers"
LEAD_REVIEWERS = "Reviewers of the lead partner"
ADMINISTRATORS = "Administrators"
REVIEW = "Review by another partner"
SHARED = "Shared by all partners"

# There is one of each of these, or the lead partner makes new ones: editors change, and add none.
NO_NEW: tuple[type[models.Model], ...] = (Partner, PilotAction)
VOCABULARY: tuple[type[models.Model], ...] = (Concept, Source, Synonym, NutsRegion)
EDITING = ("add", "change", "delete", "view")
PUBLISHING = ("publish", "lock", "unlock")


@dataclass
class Made:
    """What a run of the command made anew."""

    names: list[str] = field(default_factory=list)


@transaction.atomic
def bootstrap() -> Made:
    """Make what is missing of groups, collections, folders and the review."""
    made = Made()
    _drop_stock_groups()
    shared = _collection(SHARED)
    lead = _lead_reviewers(made)
    reviewers = _reviewers(made)
    administrators = _administrators(made)
    for partner in Partner.objects.order_by("number"):
        _team(made, partner, shared)
    _review(made, [reviewers, lead, administrators])
    return made


def _records() -> list[type[models.Model]]:
    """List the kinds of record that belong to partners."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, Record) and isinstance(policy_registry.get_by_type(model), PartnerPolicy)
    ]


def _permissions(model: type[models.Model], *actions: str) -> list[Permission]:
    """Find Django's permissions for a kind of record."""
    content_type = ContentType.objects.get_for_model(model)
    names = [f"{action}_{model._meta.model_name}" for action in actions]
    return list(Permission.objects.filter(content_type=content_type, codename__in=names))


def _named(app: str, *codenames: str) -> list[Permission]:
    """Find permissions by their names."""
    return list(Permission.objects.filter(content_type__app_label=app, codename__in=codenames))


def _group(made: Made, name: str) -> Group:
    """Give the group of this name, which may always sign in."""
    group, is_new = Group.objects.get_or_create(name=name)
    if is_new:
        made.names.append(name)
    group.permissions.add(*_named("wagtailadmin", "access_admin"))
    return group


def _collection(name: str) -> Collection:
    """Give the collection of this name."""
    root = Collection.get_first_root_node()
    return root.get_children().filter(name=name).first() or root.add_child(name=name)


def _files(group: Group, collection: Collection, *actions: str) -> None:
    """Let a group do something with the pictures and documents of a collection."""
    for model in (get_image_model(), get_document_model()):
        for permission in _permissions(model, *actions):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=permission
            )


def _pages(group: Group, page: Page, *actions: str) -> None:
    """Let a group do something with a page and all below it."""
    for permission in _named("wagtailcore", *(f"{action}_page" for action in actions)):
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def _drop_stock_groups() -> None:
    """Remove the groups that Wagtail brings, which may change every page; unless somebody is in them."""
    Group.objects.filter(name__in=["Editors", "Moderators"], user=None).delete()
    Workflow.objects.filter(name="Moderators approval", workflow_states=None).delete()


# --- Partners -----------------------------------------------------------------------------------


def _team(made: Made, partner: Partner, shared: Collection) -> None:
    """Make a partner's group, its collection and its folders."""
    team = Team.objects.filter(partner=partner).select_related("group", "collection").first()
    if team is None:
        name = f"{partner.code} {partner.short_name}"
        team = Team.objects.create(partner=partner, group=_group(made, name), collection=_collection(name))
    group = _group(made, team.group.name)
    for model in _records():
        actions = ("change", "view") if model in NO_NEW else EDITING
        group.permissions.add(*_permissions(model, *actions))
    for model in VOCABULARY:
        group.permissions.add(*_permissions(model, "view"))
    _files(group, team.collection, "add", "change", "delete", "choose")
    _files(group, shared, "choose")
    for kind in _folder_kinds():
        folder = _folder(kind, partner)
        if folder is not None:
            _pages(group, folder, "add", "change")


def _folder_kinds() -> list[type[PartnerFolder]]:
    """List the kinds of folder that the apps offer."""
    return [model for model in apps.get_models() if issubclass(model, PartnerFolder)]


def _folder(kind: type[PartnerFolder], partner: Partner) -> PartnerFolder | None:
    """Give a partner's folder, and put into it the partner's pages that lie beside it."""
    folder = kind.objects.filter(partner=partner).first()
    (parent_kind,) = kind.allowed_parent_page_models()
    parent = parent_kind.objects.first()
    if parent is None:
        return None
    if folder is None:
        folder = kind(
            title=f"{partner.code} {partner.short_name}", slug=f"of-{partner.slug}", partner=partner
        )
        folder.live = False
        parent.add_child(instance=folder)
    for child_kind in kind.allowed_subpage_models():
        if any(one.name == "partner" for one in child_kind._meta.get_fields()):
            for page in child_kind.objects.child_of(parent).filter(partner=partner):
                page.move(kind.objects.get(pk=folder.pk), pos="last-child")
    return kind.objects.get(pk=folder.pk)


# --- Review -------------------------------------------------------------------------------------


def _reviewers(made: Made) -> Group:
    """Make the group of those who review for other partners; each is in the own partner's group, too."""
    group = _group(made, REVIEWERS)
    group.permissions.add(*_named("partners", "review_others"))
    return group


def _lead_reviewers(made: Made) -> Group:
    """Make the group of those who edit and review for every partner; they publish by review alone, too."""
    group = _group(made, LEAD_REVIEWERS)
    _everywhere(group)
    return group


def _administrators(made: Made) -> Group:
    """Make the group of those who invite people, too, and publish without a review where it must be quick.

    Groups, reviews and the addresses of the site stay with superusers, who run the machine.
    """
    group = _group(made, ADMINISTRATORS)
    _everywhere(group, *PUBLISHING)
    for model in (User, Redirect):
        group.permissions.add(*_permissions(model, *EDITING))
    return group


def _everywhere(group: Group, *more: str) -> None:
    """Let a group edit and review for every partner, and do more with what is published."""
    group.permissions.add(*_named("partners", "review_others", "manage_all_partners"))
    for model in (*_records(), *VOCABULARY):
        group.permissions.add(*_permissions(model, *EDITING, *more))
    _files(group, Collection.get_first_root_node(), "add", "change", "delete", "choose")
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is not None and not site.root_page.is_root():
        _pages(group, site.root_page, "add", "change", *more)


def _review(made: Made, groups: list[Group]) -> None:
    """Make the review, and assign it to all records and to the page tree."""
    task = PartnerReviewTask.objects.filter(name=REVIEW).first()
    if task is None:
        task = PartnerReviewTask.objects.create(name=REVIEW)
        made.names.append(REVIEW)
    task.groups.add(*set(groups).difference(task.groups.all()))
    workflow = Workflow.objects.filter(name=REVIEW).first() or Workflow.objects.create(name=REVIEW)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    for model in apps.get_models():
        if issubclass(model, WorkflowMixin) and not issubclass(model, Page):
            content_type = ContentType.objects.get_for_model(model)
            WorkflowContentType.objects.get_or_create(
                content_type=content_type, defaults={"workflow": workflow}
            )
    for page in Page.objects.filter(depth=1):
        WorkflowPage.objects.get_or_create(page=page, defaults={"workflow": workflow})
