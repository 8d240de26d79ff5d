"""What every page of the tree has."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index


class BasePage(Page):
    """A page with one plain sentence that says what it is for."""

    lead = models.CharField(
        _("lead"), max_length=300, blank=True, help_text=_("One or two plain sentences. Search engines show them, too.")
    )

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("lead")]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("lead")]

    class Meta:
        abstract = True
