"""What every page of the tree has."""

from typing import ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet
from wagtail.search import index

from core.adminforms import GuardedPageForm
from core.covers import MIXED
from core.previews import SITE, Preview


class BasePageQuerySet(PageQuerySet):
    """Questions about pages."""

    def visible(self) -> Self:
        """Keep the published pages that every reader may see: the only door for public code."""
        locked = PageViewRestriction.objects.annotate(
            below=models.ExpressionWrapper(models.OuterRef("path"), models.CharField()),
            start=models.F("page__path"),
        ).filter(below__startswith=models.F("start"))
        return self.live().filter(~models.Exists(locked))


class BasePage(Page):
    """A page with one plain sentence that says what it is for."""

    lead = models.CharField(
        _("lead"),
        max_length=300,
        blank=True,
        help_text=_("One or two plain sentences. Search engines show them, too."),
    )

    base_form_class = GuardedPageForm
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("lead")]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("lead")]

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Keep addresses apart: pages of one kind share a list, in whichever folder they lie."""
        super().clean()
        others = type(self)._default_manager.filter(slug=self.slug).exclude(pk=self.pk)
        if others.exists():
            raise ValidationError({"slug": _("Another page of this kind has this address.")})

    @property
    def preview(self) -> Preview:
        """Show the page where a link to it is shared."""
        return Preview.of(self.title, kicker=SITE, palette=MIXED, code=self.slug, text=self.lead)

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """Give the page's address on the public site, whatever name the server is called by."""
        parts = super().get_url_parts(request)
        return (parts[0], settings.BASE_URL, parts[2]) if parts else None
