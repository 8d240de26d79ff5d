"""The front page and the information pages."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from core.blocks import BodyBlock
from core.models import BasePage


class FrontPage(BasePage):
    """The first page: what this is, and the ways in."""

    heading = models.CharField(_("heading"), max_length=80)

    content_panels: ClassVar = [*BasePage.content_panels, FieldPanel("heading")]
    max_count: ClassVar = 1
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["inducci.InformationPage", "toolbox.ToolIndexPage"]

    class Meta:
        verbose_name = _("front page")


class InformationPage(BasePage):
    """A page about the site itself: about, accessibility, privacy, legal notice."""

    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)
    updated_on = models.DateField(_("last checked on"), null=True, blank=True)

    content_panels: ClassVar = [*BasePage.content_panels, FieldPanel("body"), FieldPanel("updated_on")]
    parent_page_types: ClassVar = ["inducci.FrontPage"]
    subpage_types: ClassVar = []

    class Meta:
        verbose_name = _("information page")
