"""The review: a second pair of eyes before anything is published."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState

from core.models import User


class PartnerReviewTask(AbstractGroupApprovalTask):
    """A review by another partner or by the lead partner; nobody reviews what they wrote or submitted.

    The text is locked while it is reviewed, so that what is published is what was read.
    """

    class Meta:
        verbose_name = _("review by another partner")
        verbose_name_plural = _("reviews by another partner")

    def may_review(self, obj: Any, user: User) -> bool:
        """Tell whether a person may decide on what was submitted."""
        from partners.permissions import is_own, manages_all

        if not user.is_active or not (user.is_superuser or self._user_in_groups(user)):
            return False
        state, revision = obj.current_workflow_state, obj.get_latest_revision()
        wrote_it = {getattr(state, "requested_by_id", None), getattr(revision, "user_id", None)}
        return user.pk not in wrote_it and (manages_all(user) or not is_own(user, obj))

    def user_can_access_editor(self, obj: Any, user: User) -> bool:
        """Open no form to a reviewer: a reviewer reads, and approves or sends back."""
        return False

    def locked_for_user(self, obj: Any, user: User) -> bool:
        """Lock what is being reviewed; an administrator can still mend it."""
        return not user.is_superuser

    def user_can_lock(self, obj: Any, user: User) -> bool:
        """Leave locking to those who may edit."""
        return False

    def get_actions(self, obj: Any, user: User) -> list[tuple[str, Any, bool]]:
        """List what a person may decide."""
        if not self.may_review(obj, user):
            return []
        return [
            ("reject", _("Send back"), True),
            ("approve", _("Approve"), False),
            ("approve", _("Approve with a comment"), True),
        ]

    def on_action(self, task_state: TaskState, user: User, action_name: str, **kwargs: Any) -> Any:
        """Decide, unless the person may not."""
        if not self.may_review(task_state.workflow_state.content_object, user):
            raise PermissionDenied
        return super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user: User, **kwargs: Any) -> Any:
        """Find what waits for a person's review; two queries for each kind of record."""
        from partners.permissions import manages_all, own_among

        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        if not user.is_active or not (user.is_superuser or self._user_in_groups(user)):
            return waiting.none()
        of_kind = defaultdict(list)
        for state in waiting.select_related("workflow_state__content_type"):
            of_kind[state.workflow_state.content_type].append(state)
        mine = []
        for kind, states in of_kind.items():
            model: Any = kind.model_class()
            if model is None:
                continue
            keys = {int(state.workflow_state.object_id) for state in states}
            rows = model._base_manager.filter(pk__in=keys)
            wrote = dict(rows.values_list("pk", "latest_revision__user"))
            own = set() if manages_all(user) else own_among(user, model, keys)
            for state in states:
                key, requested_by = int(state.workflow_state.object_id), state.workflow_state.requested_by_id
                if key in wrote and key not in own and user.pk not in (requested_by, wrote[key]):
                    mine.append(state.pk)
        return waiting.filter(pk__in=mine)

    @classmethod
    def get_description(cls) -> Any:
        """Say what the task is."""
        return _(
            "A reviewer of another partner, or of the lead partner, approves or sends back with comments."
        )
