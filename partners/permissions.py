"""What a partner's people may see and change: the partner's own records, and nothing of the others'.

A model says in its app's `permissions.py` who owns it: `owned_by(Output, "partners")`. All that follows
(lists, forms, choosers, every address of the admin) asks the policy that this registers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.permissions import policy_registry, register_permission_policy

from core.adminforms import GuardedPageForm
from core.models import User
from core.permissions import RowPolicy
from partners.models import Partner, Team

REVIEW = "partners.review_others"
MANAGE_ALL = "partners.manage_all_partners"


def manages_all(user: Any) -> bool:
    """Tell whether a person edits and reviews for every partner, as the lead partner's reviewers do."""
    return bool(user.is_active and (user.is_superuser or user.has_perm(MANAGE_ALL)))


def partner_keys(user: Any) -> frozenset[int]:
    """Give the partners for which a person edits; asked once in a request."""
    if not hasattr(user, "_partner_keys"):
        user._partner_keys = frozenset(
            Team.objects.filter(group__user=user.pk).values_list("partner_id", flat=True)
        )
    return user._partner_keys


class PartnerPolicy(RowPolicy):
    """A person's rows are those of the partners for which the person edits."""

    def __init__(
        self, model: type[models.Model], field: str, rows: Callable[[Any], models.Q], owner: str
    ) -> None:
        super().__init__(model)
        self.field, self.owner = field, owner
        self.rows_of = rows

    def rows(self, user: Any) -> models.Q | None:
        """Give the condition of the person's own rows."""
        return None if manages_all(user) else self.rows_of(partner_keys(user))

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Ask for a team, too: who belongs to none has no rows."""
        return super().user_has_permission(user, action) and (manages_all(user) or bool(partner_keys(user)))

    def owners(self, record: models.Model) -> set[int]:
        """Give the partners to which a record belongs."""
        mine = self.model._default_manager.filter(pk=record.pk)
        keys = Partner._default_manager.values_list("pk", flat=True)
        return {key for key in keys if mine.filter(self.rows_of([key])).exists()}

    def names_own(self, user: Any, record: models.Model) -> bool:
        """Tell whether a record, as it is at hand, names one of the partners for which the person edits.

        Where ownership follows from other records, only the database can tell, and the answer is yes.
        """
        field = self.model._meta.get_field(self.field) if self.field != "pk" else None
        if manages_all(user) or not isinstance(field, models.ForeignKey | models.ManyToManyField):
            return True
        if isinstance(field, models.ForeignKey):
            return getattr(record, field.attname) in partner_keys(user)
        return any(partner.pk in partner_keys(user) for partner in getattr(record, self.field).all())

    def owned_among(self, partners: Iterable[int]) -> dict[int, set[int]]:
        """Give the records of some partners, each with those of them to whom it belongs, in one query."""
        keys, found = set(partners), defaultdict(set)
        rows = self.model._default_manager.filter(self.rows_of(keys)).order_by()
        for record, partner in rows.values_list("pk", self.owner):
            if partner in keys:
                found[record].add(partner)
        return found

    def users_with_any_permission_for_instance(self, actions: Any, instance: models.Model) -> Any:
        """Find the people who may do one of these with a record."""
        label, codename = MANAGE_ALL.split(".")
        everywhere = models.Q(is_superuser=True) | models.Q(
            groups__permissions__codename=codename, groups__permissions__content_type__app_label=label
        )
        own = models.Q(groups__team__partner__in=self.owners(instance))
        return User.objects.filter(
            pk__in=self.users_with_any_permission(actions).filter(everywhere | own).values("pk")
        )

    def limit_owners(self, form: Any, user: Any) -> None:
        """Let an editor write for the own partners only; several owners may stand beside them."""
        if manages_all(user) or self.field not in form.fields:
            return
        own, field = partner_keys(user), form.fields[self.field]
        if not hasattr(field, "queryset"):
            return
        if isinstance(self.model._meta.get_field(self.field), models.ForeignKey):
            field.queryset = Partner._default_manager.filter(pk__in=own)
        if form.instance.pk is None and own:
            many = isinstance(self.model._meta.get_field(self.field), models.ManyToManyField)
            form.initial.setdefault(self.field, sorted(own) if many else min(own))

    def judge_owners(self, form: Any, user: Any) -> None:
        """Refuse a record that no longer belongs to a partner of the person who saves it."""
        if manages_all(user) or self.field not in form.fields:
            return
        chosen = form.cleaned_data.get(self.field)
        chosen_keys = {chosen.pk} if isinstance(chosen, Partner) else {one.pk for one in chosen or ()}
        if self.field in form.cleaned_data and not chosen_keys & partner_keys(user):
            form.add_error(self.field, ValidationError(_("Name your own organisation, too.")))


def owned_by(
    model: type[models.Model],
    field: str,
    rows: Callable[[Any], models.Q] | None = None,
    owner: str = "",
) -> PartnerPolicy:
    """Say which field of a model names the partner, or the partners, to whom a record belongs.

    Where ownership does not follow from one field, `rows` makes the condition from the partners' keys, and
    `owner` is the way from the record to the partner.
    """
    ours = rows or (lambda keys: models.Q(**{f"{field}__in": list(keys)}))
    policy = PartnerPolicy(model, field, ours, owner or field)
    register_permission_policy(model, policy, exact_class=True)
    return policy


class PartnerPageForm(GuardedPageForm):
    """The form of a page that names its partner: an editor writes for the own organisation only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user is None or manages_all(self.for_user) or "partner" not in self.fields:
            return
        own = partner_keys(self.for_user)
        field = self.fields["partner"]
        field.required = True
        field.queryset = Partner._default_manager.filter(pk__in=own)
        if own:
            self.initial["partner"] = self.initial.get("partner") or min(own)


def folders(partners: Iterable[int]) -> dict[str, int]:
    """Give the paths of the folders in which the pages of some partners lie, each with its partner."""
    teams = Team.objects.filter(partner__in=list(partners))
    rows = teams.values_list("group__page_permissions__page__path", "partner_id")
    return {path: partner for path, partner in rows if path}


def own_among(user: Any, model: type[models.Model], keys: Iterable[Any]) -> set[Any]:
    """Find among some records or pages of a kind those of the partners for which a person edits."""
    if issubclass(model, Page):
        within = models.Q(pk__in=[])
        for path in folders(partner_keys(user)):
            within |= models.Q(path__startswith=path)
    else:
        policy = policy_registry.get_by_type(model)
        if not isinstance(policy, PartnerPolicy):
            return set()
        within = policy.rows_of(partner_keys(user))
    rows = model._default_manager.filter(within, pk__in=list(keys)).order_by()
    return set(rows.values_list("pk", flat=True))


def is_own(user: Any, record: models.Model) -> bool:
    """Tell whether a record or page belongs to a partner for which the person edits."""
    return record.pk in own_among(user, type(record), [record.pk])


owned_by(Partner, "pk")
