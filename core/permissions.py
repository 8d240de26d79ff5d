"""Who may touch which row: what every admin address of a record asks before it answers.

Wagtail's own views ask about the kind of record only. In `core.viewsets` a guard stands before every view
of a record, and a scope before its lists; which rows are a person's own says the kind's `RowPolicy`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db import models
from wagtail.models import CollectionMember, Page
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry


class RowPolicy(ModelPermissionPolicy):
    """Groups say what a person may do with a kind of record; `rows` says with which of them."""

    def rows(self, user: Any) -> models.Q | None:
        """Give the condition of the person's own rows, or None where all of them are."""
        raise NotImplementedError

    def user_has_permission_for_instance(self, user: Any, action: str, instance: models.Model) -> bool:
        """Judge by the row in the database, never by a draft or by what a form says."""
        if not self.user_has_permission(user, action):
            return False
        rows = self.rows(user)
        if rows is None:
            return True
        if instance.pk is None:
            return action == "add"
        own = self.model._default_manager.filter(rows, pk=instance.pk)
        # What readers see is taken away by a reviewer or an administrator.
        return own.filter(live=False).exists() if action == "delete" else own.exists()

    def scope(
        self, user: Any, queryset: models.QuerySet[Any], actions: Iterable[str]
    ) -> models.QuerySet[Any]:
        """Keep the person's own rows; the condition is one that searches accept, too."""
        if not self.user_has_any_permission(user, actions):
            return queryset.none()
        rows = self.rows(user)
        return queryset if rows is None else queryset.filter(pk__in=self._keys(rows))

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Collection[str]
    ) -> models.QuerySet[Any]:
        """Find all rows with which a person may do one of these."""
        scoped = self.scope(user, self.model._default_manager.all(), actions)
        if set(actions) == {"delete"} and self.rows(user) is not None:
            return scoped.filter(live=False)
        return scoped

    def choosable(self, user: Any, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Keep what a person may point at: what is public anyway, and the person's own."""
        rows = self.rows(user)
        if rows is None:
            return queryset
        public = self.model._default_manager.live().values_list("pk", flat=True)
        return queryset.filter(pk__in=[*public, *self._keys(rows)])

    def limit_owners(self, form: Any, user: Any) -> None:
        """Offer in a form only owners for whom the person may write."""

    def judge_owners(self, form: Any, user: Any) -> None:
        """Refuse a form that would give a record out of the person's hands."""

    def _keys(self, rows: models.Q) -> list[Any]:
        """List the primary keys of rows; a search can filter by these, but not by a join."""
        return list(
            self.model._default_manager.filter(rows).order_by().values_list("pk", flat=True).distinct()
        )


def choosable(user: Any, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """Keep the records, pictures and documents that a person may point at."""
    policy = policy_registry.get_by_type(queryset.model)
    if isinstance(policy, RowPolicy):
        return policy.choosable(user, queryset)
    if issubclass(queryset.model, CollectionMember):
        allowed = policy.instances_user_has_permission_for(user, "choose")
        return queryset.filter(pk__in=allowed.values("pk"))
    if issubclass(queryset.model, Page) and not user.is_superuser:
        own = policy.instances_user_has_any_permission_for(user, ["add", "change"])
        return queryset.filter(models.Q(live=True) | models.Q(pk__in=own.values("pk")))
    return queryset


def limit_choices(fields: Iterable[Any], user: Any, kept: Collection[models.Model] = ()) -> None:
    """Offer and accept in a form's fields only what a person may point at, and what stood there before."""
    for field in fields:
        queryset = getattr(field, "queryset", None)
        if queryset is None:
            continue
        keys = [record.pk for record in kept if isinstance(record, queryset.model)]
        allowed = choosable(user, queryset)
        if allowed is not queryset:
            field.unlimited = queryset
            field.queryset = queryset.filter(models.Q(pk__in=allowed.values("pk")) | models.Q(pk__in=keys))
