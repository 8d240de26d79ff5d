"""The toolbox: checklists, interviews, guides and links."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from core.choices import Certainty
from core.models import BasePage, Source
from partners.models import Partner
from pilots.models import TestCase
from toolbox.blocks import ToolBodyBlock
from toolbox.choices import Effort, Kind, Phase, ToolRole
from vocabularies.choices import Scheme
from vocabularies.models import Concept


class ToolIndexPage(BasePage):
    """The shelf on which the toolbox items stand; readers see it as the list at /toolbox/."""

    max_count: ClassVar = 1
    subpage_types: ClassVar = ["toolbox.ToolPage"]

    class Meta:
        verbose_name = _("toolbox")


class ToolPageQuerySet(PageQuerySet):
    """Questions about toolbox items."""

    def for_cards(self) -> Self:
        """Fetch what a card prints, in a fixed number of queries."""
        return self.prefetch_related(
            models.Prefetch("partner", Partner.objects.live()), "language"
        ).order_by("title")

    def for_page(self) -> Self:
        """Fetch what an item's page prints, in a fixed number of queries."""
        return self.for_cards().prefetch_related(
            "challenges", "target_groups", "sources", models.Prefetch("test_cases", TestCase.objects.live().for_cards())
        )


class ToolPage(BasePage):
    """A checklist, interview, small guide or collection of links."""

    kind = models.CharField(_("form"), max_length=10, choices=Kind)
    role = models.CharField(_("what it passes on"), max_length=16, choices=ToolRole)
    summary = models.CharField(_("summary"), max_length=300)
    body = StreamField(ToolBodyBlock(), verbose_name=_("text"), blank=True)
    challenges = ParentalManyToManyField(
        Concept,
        verbose_name=_("problems it helps with"),
        blank=True,
        related_name="tools",
        limit_choices_to={"scheme": Scheme.CHALLENGE},
    )
    target_groups = ParentalManyToManyField(
        Concept,
        verbose_name=_("who it is for"),
        blank=True,
        related_name="+",
        limit_choices_to={"scheme": Scheme.TARGET_GROUP},
    )
    phase = models.CharField(_("when it helps"), max_length=10, choices=Phase)
    effort = models.CharField(_("time it takes"), max_length=10, choices=Effort)
    test_cases = ParentalManyToManyField(
        TestCase, verbose_name=_("test cases it draws on"), blank=True, related_name="tools"
    )
    partner = models.ForeignKey(
        Partner, verbose_name=_("from"), null=True, blank=True, on_delete=models.PROTECT, related_name="tools"
    )
    language = models.ForeignKey(
        Concept,
        verbose_name=_("language"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"scheme": Scheme.LANGUAGE},
    )
    certainty = models.CharField(_("how firmly known"), max_length=12, choices=Certainty, default=Certainty.DOCUMENTED)
    note = models.CharField(_("note to the reader"), max_length=500, blank=True)
    sources = ParentalManyToManyField(Source, verbose_name=_("sources"), blank=True, related_name="+")
    verified_on = models.DateField(_("last verified on"), null=True, blank=True)

    objects: ClassVar = PageManager.from_queryset(ToolPageQuerySet)()

    content_panels: ClassVar = [
        *BasePage.content_panels[:1],
        MultiFieldPanel([FieldPanel("kind"), FieldPanel("role"), FieldPanel("language"), FieldPanel("partner")], _("What it is")),
        FieldPanel("summary"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("phase"), FieldPanel("effort"), FieldPanel("challenges"), FieldPanel("target_groups")], _("Who needs it, when")),
        MultiFieldPanel(
            [FieldPanel("test_cases"), FieldPanel("certainty"), FieldPanel("note"), FieldPanel("sources"), FieldPanel("verified_on")],
            _("Where it comes from"),
        ),
    ]
    search_fields: ClassVar = [*BasePage.search_fields, index.SearchField("summary"), index.SearchField("body")]
    parent_page_types: ClassVar = ["toolbox.ToolIndexPage"]
    subpage_types: ClassVar = []

    class Meta:
        verbose_name = _("toolbox item")
        verbose_name_plural = _("toolbox items")
