"""The front page, the information pages, and what the composition remembers."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from core.blocks import BodyBlock
from core.models import BasePage
from core.previews import SITE_PREVIEW, Preview
from inducci.front import front_page


class FrontPage(BasePage):
    """The first page: what this is, and the ways in."""

    heading = models.CharField(_("heading"), max_length=80)

    content_panels: ClassVar = [*BasePage.content_panels, FieldPanel("heading")]
    max_count: ClassVar = 1
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = [
        "inducci.InformationPage",
        "toolbox.ToolIndexPage",
        "toolbox.ChallengeIndexPage",
        "events.NewsIndexPage",
        "events.EventIndexPage",
    ]

    class Meta:
        verbose_name = _("front page")

    @property
    def preview(self) -> Preview:
        """Show the front page as the whole site where a link to it is shared."""
        return SITE_PREVIEW

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Gather the ways in: problems, sets, toolbox items, regions, partners."""
        return {**super().get_context(request, *args, **kwargs), **front_page()}


class InformationPage(BasePage):
    """A page about the site itself: about, accessibility, privacy, legal notice."""

    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)
    updated_on = models.DateField(_("last checked on"), null=True, blank=True)

    content_panels: ClassVar = [*BasePage.content_panels, FieldPanel("body"), FieldPanel("updated_on")]
    parent_page_types: ClassVar = ["inducci.FrontPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("information page")


class Planted(models.Model):
    """A line of the fixtures that was loaded once; what an editor did to it since stays as it is."""

    label = models.CharField(max_length=60)
    key = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("planted fixture")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["label", "key"], name="inducci_fixture_is_planted_once")
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.key}"


class WorkbookUpload(models.Model):
    """A workbook that somebody looked at, kept until it is taken in or a day is over."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)
    name = models.CharField(max_length=255)
    content = models.BinaryField()
    publish = models.BooleanField(default=False)
    # What was shown: it is taken in only if nothing of this has changed since.
    outcome = models.JSONField()

    class Meta:
        verbose_name = _("uploaded workbook")
        verbose_name_plural = _("uploaded workbooks")
        default_permissions: ClassVar = ()

    def __str__(self) -> str:
        return self.name
