"""What a person may add and change by a workbook: what the forms would let the person add and change."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from partners.permissions import PartnerPolicy, manages_all


class Rights:
    """The rights of a person on one kind of record; without a person everything is allowed."""

    def __init__(self, model: type[models.Model], user: Any) -> None:
        self.model, self.user = model, user
        self.policy: PartnerPolicy = policy_registry.get_by_type(model)
        self._own: set[int] = set()

    def look_at(self, records: Collection[Any]) -> None:
        """Ask of some records at once which are the person's own."""
        if self.user is not None and records:
            allowed = self.policy.instances_user_has_permission_for(self.user, "change")
            mine = allowed.filter(pk__in=[record.pk for record in records])
            self._own.update(mine.values_list("pk", flat=True))

    def why_not(self, record: Any) -> str:
        """Say why a record cannot be changed, or a new one added; nothing where it can."""
        if self.user is None or (record is not None and record.pk in self._own):
            return ""
        if record is not None:
            return _("Another record has this short name already, and it is not yours.")
        kind = self.model._meta.verbose_name
        return "" if self.policy.user_has_permission(self.user, "add") else _("You cannot add a %s.") % kind

    def keeps(self, record: Any) -> bool:
        """Tell whether a changed record still names one of the person's partners."""
        return self.user is None or self.policy.names_own(self.user, record)

    def foreign(self, slugs: Iterable[str]) -> list[str]:
        """List those of new records that came to belong to none of the person's partners."""
        if self.user is None or manages_all(self.user):
            return []
        rows = self.policy.scope(self.user, self.model._default_manager.all(), ["change"])
        return sorted(set(slugs).difference(rows.values_list("slug", flat=True)))
