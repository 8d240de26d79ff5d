"""Many drafts, as an import leaves them, are submitted for review at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.functional import cached_property, classproperty
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from modelcluster.models import get_all_child_relations
from wagtail.admin.mail import send_notification
from wagtail.fields import StreamField
from wagtail.models import TaskState, WorkflowState
from wagtail.permissions import policy_registry
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction
from wagtail.snippets.models import get_snippet_models

from core.models import Record, User
from partners.models import Partner
from partners.reviews import ReviewersNotifier, held_mails

# A record or a part of it, and what judges it.
Judge = tuple[models.Model, Callable[[], Any]]
# So many are judged and submitted in one request.
MOST = 100


class SubmitBulkAction(SnippetBulkAction):
    """Submit the chosen drafts that may be published; the others are named with what keeps them."""

    display_name = gettext_lazy("Submit for review")
    action_type = "submit"
    aria_label = gettext_lazy("Submit the chosen drafts for review")
    template_name = "partners/admin/submit_many.html"
    action_priority = 20

    @classproperty
    def models(cls) -> list[type[models.Model]]:  # noqa: N805  # a property of the class, as Wagtail has it
        """List the kinds that have a review."""
        return [model for model in get_snippet_models() if issubclass(model, Record)]

    @cached_property
    def _judged(self) -> tuple[list[Record], dict[str, Any]]:
        """Part the chosen records into those that can be submitted and those that cannot, with the reason."""
        chosen: Any = self.model._default_manager.all()
        if "all" not in (keys := self.request.GET.getlist("id")):
            chosen = chosen.filter(pk__in=[key for key in keys if key.isdecimal()])
        policy, user = self.permission_policy, self.request.user
        editable = chosen.filter(pk__in=policy.instances_user_has_permission_for(user, "change").values("pk"))
        # What waits already, or stands as it is, takes no place among those that may go.
        reviewed = [int(key) for key in reviews_of(self.model).values_list("object_id", flat=True)]
        unseen = models.Q(live=False) | models.Q(has_unpublished_changes=True)
        drafts = editable.filter(unseen).exclude(pk__in=reviewed)
        first = list(drafts.select_related("latest_revision")[:MOST])
        others = list(editable.exclude(pk__in=drafts.values("pk"))[:MOST])
        reasons = {record: why_not(record) for record in (*first, *others)}
        return [record for record in first if not reasons[record]], {
            "items_with_no_access": list(chosen.exclude(pk__in=editable.values("pk"))[:MOST]),
            "kept": [(record, why) for record, why in reasons.items() if why],
            "left": drafts.count() - len(first),
        }

    def get_actionable_objects(self) -> tuple[list[Record], dict[str, Any]]:
        """Give the records that are submitted, and all others for the page that says so."""
        return self._judged

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the records that stay the address of their forms."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        kept = [{**self.object_context(record), "reasons": reasons} for record, reasons in context["kept"]]
        return {**context, "kept": kept, "most": MOST}

    @classmethod
    def execute_action(cls, objects: list[Record], user: Any = None, **kwargs: Any) -> tuple[int, int]:
        """Start a review of each, and mail each reviewer once."""
        person = kwargs["self"].request.user
        with held_mails() as submitted:
            for record in objects:
                submit(record, person)
        mail_together(submitted, person)
        return len(objects), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        """Say how many are on their way."""
        if not num_parent_objects:
            messages.warning(self.request, _("Nothing was submitted."))
            return None
        said = ngettext(
            "%d draft is submitted for review.", "%d drafts are submitted for review.", num_parent_objects
        )
        return said % num_parent_objects


def reviews_of(model: type[models.Model]) -> models.QuerySet[WorkflowState]:
    """Find the reviews of a kind of record that wait for a decision."""
    kind = ContentType.objects.get_for_model(model)
    return WorkflowState.objects.filter(content_type=kind, status=WorkflowState.STATUS_IN_PROGRESS)


def submit(record: Record, person: Any) -> None:
    """Start the review of a draft, or go on with it where it was sent back."""
    if record.latest_revision is None:  # as seeding leaves a draft
        record.save_revision(user=person)
    state = record.current_workflow_state
    if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(person)
    else:
        record.get_workflow().start(record, person)


def why_not(record: Record) -> list[str]:
    """Say what keeps a draft from being submitted; nothing where it may be."""
    if record.workflow_in_progress:
        return [_("It is being reviewed already.")]
    if record.locked:
        return [_("It is locked.")]
    if record.live and not record.has_unpublished_changes:
        return [_("It is published as it stands.")]
    return lacks(record.get_latest_revision_as_object())


def lacks(draft: Record) -> list[str]:
    """List what a draft and its parts lack to be published, as the form would say it."""
    found: dict[tuple[int, str], str] = {}
    whole: list[Judge] = [(draft, draft.clean_to_publish), (draft, draft.full_clean)]
    for part, judge in (*whole, *_parts(draft)):
        try:
            judge()
        except ValidationError as error:
            for name, sentence in _sentences(part, error):
                found.setdefault((id(part), name), sentence)
    return list(found.values())


def _parts(draft: Record) -> Iterator[Judge]:
    """Give what the parts of a draft and its blocks are judged by, each with what it belongs to."""
    for field in draft._meta.get_fields():
        if isinstance(field, StreamField) and (value := getattr(draft, field.name)):
            yield draft, partial(field.stream_block.clean, value)
    for relation in get_all_child_relations(type(draft)):
        for part in getattr(draft, relation.get_accessor_name()).all():
            yield part, partial(part.full_clean, exclude={relation.field.name})


def _sentences(record: models.Model, error: ValidationError) -> Iterator[tuple[str, str]]:
    """Write the complaints about a record, each with its field."""
    if not hasattr(error, "error_dict"):
        yield "", _("There is a fault in one of its blocks.")
        return
    for name, sentences in error.message_dict.items():
        field: Any = None if name == NON_FIELD_ERRORS else record._meta.get_field(name)
        label = f"{capfirst(field.verbose_name)}: " if field else ""
        yield name, label + " ".join(sentences)


def mail_together(submitted: list[TaskState], author: Any) -> None:
    """Mail each reviewer one list of what was submitted; it is all of one kind."""
    # Who may decide follows from whose a record is and who wrote the draft.
    alike: dict[tuple[frozenset[int], int | None], list[TaskState]] = defaultdict(list)
    owned: dict[int, set[int]] = {}
    partners = Partner._default_manager.values_list("pk", flat=True)
    for state in submitted:
        record = state.workflow_state.content_object
        owned = owned or policy_registry.get_by_type(type(record)).owned_among(partners)
        alike[frozenset(owned[record.pk]), state.revision.user_id].append(state)
    waiting: dict[User, list[TaskState]] = defaultdict(list)
    for states in alike.values():
        for reviewer in ReviewersNotifier().get_recipient_users(states[0]):
            waiting[reviewer] += states
    for reviewer, states in waiting.items():
        send_notification([reviewer], "submitted", {"task_states": states, "author": author})
