"""How a checklist read when somebody answered it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from toolbox.models.tools import ToolPage


class ChecklistVersion(models.Model):
    """The questions of a published checklist, kept so that an old link still opens them.

    A revision of the page could be purged and may be a draft; a version is kept as long as its page.
    """

    page = models.ForeignKey("toolbox.ToolPage", on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("number"))
    #: The groups as the page's text stores them: a list of blocks of the type “checklist”.
    groups = models.JSONField(_("groups"))
    made_on = models.DateField(_("made on"), default=timezone.localdate)

    class Meta:
        verbose_name = _("version of a checklist")
        verbose_name_plural = _("versions of checklists")
        ordering: ClassVar = ["page", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "number"], name="toolbox_version_is_numbered_once")
        ]

    def __str__(self) -> str:
        return f"{self.page} ({self.number})"

    @property
    def texts(self) -> dict[str, str]:
        """List the questions by their ids, in their order."""
        return {item["id"]: item["value"]["text"] for group in self.groups for item in group["items"]}

    @property
    def ids(self) -> list[str]:
        """List the ids of the questions in their order."""
        return list(self.texts)

    @classmethod
    def keep(cls, page: ToolPage) -> None:
        """Keep how a page's checklist reads now, unless that is kept already."""
        groups = page.checklist_groups()
        last = cls.objects.filter(page=page).order_by("-number").first()
        if groups and (last is None or last.groups != groups):
            number = last.number + 1 if last else 1
            cls.objects.create(page=page, number=number, groups=groups)
