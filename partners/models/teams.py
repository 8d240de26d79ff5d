"""Who edits for a partner, and where the partner's files and pages lie."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.contrib.auth.models import Group
from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Collection, PagePermissionTester

from core.models import BasePage
from partners.models.partners import Partner


class Team(models.Model):
    """The people who edit for a partner: the members of its group."""

    partner = models.OneToOneField(Partner, on_delete=models.CASCADE, related_name="team")
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="team")
    collection = models.OneToOneField(Collection, on_delete=models.PROTECT, related_name="team")

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        permissions: ClassVar = [
            ("review_others", "May review what other partners submit"),
            ("manage_all_partners", "May edit and review the records of every partner"),
        ]

    def __str__(self) -> str:
        return self.group.name


class FolderPermissionTester(PagePermissionTester):
    """A folder stays where and as it is; editors work on what lies in it."""

    def _is_administrator(self) -> bool:
        """Tell whether a person may change the folder itself."""
        return bool(self.user.is_active and self.user.is_superuser)

    can_edit = can_unpublish = can_publish = can_lock = can_unlock = can_copy = can_move = _is_administrator
    can_set_view_restrictions = can_unschedule = _is_administrator

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Let an administrator delete a folder."""
        return self._is_administrator()

    def can_submit_for_moderation(self) -> bool:
        """Have nothing to review."""
        return False


class PartnerFolder(BasePage):
    """The part of the page tree that belongs to one partner; readers never see it.

    An app that lets partners write pages makes a kind of folder of its own; `bootstrap` hangs one of them for
    each partner below the page that the kind names as its parent.
    """

    partner = models.ForeignKey(
        Partner, verbose_name=_("partner"), on_delete=models.PROTECT, related_name="+"
    )

    content_panels: ClassVar = [*BasePage.content_panels, FieldPanel("partner")]
    is_creatable: ClassVar = False

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> FolderPermissionTester:
        """Tell what a person may do with the folder itself."""
        return FolderPermissionTester(user, self)

    def route(self, request: HttpRequest, path_components: list[str]) -> NoReturn:
        """Have no address: what lies in the folder has its own."""
        raise Http404
