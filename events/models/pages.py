"""What news and events have in common."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from core.blocks import BodyBlock
from core.choices import Certainty
from core.covers import MIXED
from core.models import BasePage, Source
from partners.models import Partner
from partners.permissions import PartnerPageForm
from pilots.models import TestCase

#: News and events belong to all sets: their covers take every colour.
PALETTE = MIXED


class StoryPage(BasePage):
    """A page that tells what happened or will happen, and says where that is known from."""

    summary = models.CharField(
        _("summary"),
        max_length=600,
        help_text=_(
            "In two or three sentences what readers need if they read nothing else: what, where, for whom."
        ),
    )
    body = StreamField(
        BodyBlock(),
        verbose_name=_("text"),
        blank=True,
        help_text=_("Not needed for short news. Put what matters most first."),
    )
    partner = models.ForeignKey(
        Partner,
        verbose_name=_("from"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
        help_text=_("The partner whose news or event this is, and who may change it."),
    )
    test_cases = ParentalManyToManyField(
        TestCase,
        verbose_name=_("test cases"),
        blank=True,
        related_name="%(class)ss",
        help_text=_("The test cases that it tells of. Their pages lead here."),
    )
    certainty = models.CharField(
        _("how firmly known"),
        max_length=12,
        choices=Certainty,
        default=Certainty.DOCUMENTED,
        help_text=_("Choose the weakest that applies: what you only concluded is “our reading”."),
    )
    note = models.CharField(
        _("note to the reader"),
        max_length=500,
        blank=True,
        help_text=_("What the reader should know about these facts: “The title is our own rendering.”"),
    )
    sources = ParentalManyToManyField(
        Source,
        verbose_name=_("sources"),
        blank=True,
        related_name="+",
        help_text=_("Where you read it, so that others can check: a newsflash, an article."),
    )

    base_form_class = PartnerPageForm
    provenance_panel: ClassVar = MultiFieldPanel(
        [FieldPanel("test_cases"), FieldPanel("certainty"), FieldPanel("note"), FieldPanel("sources")],
        _("What it is about, and where it comes from"),
    )
    search_fields: ClassVar = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
    ]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        """Give the short address, which does not depend on the place in the tree."""
        raise NotImplementedError

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """Give the site, its root and the short address."""
        parts = super().get_url_parts(request)
        return (parts[0], parts[1], self.get_absolute_url()) if parts else None

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the page leads to, as far as it is published."""
        return {
            **super().get_context(request, *args, **kwargs),
            "cases": [case for case in self.test_cases.select_related("pilot_action") if case.is_public],
            "from": self.shown_partner,
            "sources": list(self.sources.all()),
        }

    @property
    def shown_partner(self) -> Partner | None:
        """Give the partner, if readers may see it."""
        return self.partner if self.partner and self.partner.live else None
