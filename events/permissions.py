"""Who sees what people wrote on registering: those who may change the event, and nobody else."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import models
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permissions import policy_registry

from events.models import EventPage, Registration

# A person registers; an organiser looks, and takes out on request.
ACTIONS = frozenset({"view", "delete"})


def events_of(user: Any) -> models.QuerySet[EventPage]:
    """Give the events that an editor may change."""
    pages = policy_registry.get_by_type(EventPage).instances_user_has_permission_for(user, "change")
    return EventPage.objects.filter(pk__in=pages.order_by().values("pk"))


class RegistrationPolicy(BasePermissionPolicy):
    """The rights on registrations follow those on their event."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Tell whether an editor has any event."""
        return action in ACTIONS and events_of(user).exists()

    def user_has_any_permission(self, user: Any, actions: Collection[str]) -> bool:
        """Tell whether an editor has any event."""
        return any(self.user_has_permission(user, action) for action in ACTIONS.intersection(actions))

    def users_with_any_permission(self, actions: Collection[str]) -> models.QuerySet[Any]:
        """Give those who may change events."""
        return policy_registry.get_by_type(EventPage).users_with_any_permission(["change"])

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Registration) -> bool:
        """Tell whether a registration is for one of the editor's events."""
        return action in ACTIONS and events_of(user).filter(pk=instance.event_id).exists()

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Collection[str], instance: Registration
    ) -> bool:
        """Tell whether a registration is for one of the editor's events."""
        return bool(ACTIONS.intersection(actions)) and events_of(user).filter(pk=instance.event_id).exists()

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Collection[str]
    ) -> models.QuerySet[Registration]:
        """Give the registrations for the editor's events."""
        return Registration.objects.filter(event__in=events_of(user))

    def users_with_any_permission_for_instance(
        self, actions: Collection[str], instance: Registration
    ) -> models.QuerySet[Any]:
        """Give those who may change the event."""
        policy = policy_registry.get_by_type(EventPage)
        return policy.users_with_any_permission_for_instance(["change"], instance.event)
