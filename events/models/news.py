"""News and newsflashes."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import PageManager

from core.cards import Card, Link, Place, fact
from core.choices import Precision
from core.models import BasePage, PartialDate
from core.models.pages import BasePageQuerySet
from core.panels import NotesPanel
from events.choices import NewsKind
from events.models.pages import PALETTE, StoryPage
from partners.models import PartnerFolder
from vocabularies.choices import Scheme
from vocabularies.models import Concept


class NewsIndexPage(BasePage):
    """The pinboard of the news; readers see it as the list at /news/."""

    max_count: ClassVar = 1
    subpage_types: ClassVar = ["events.NewsPage", "events.NewsFolderPage"]

    class Meta:
        verbose_name = _("news list")


class NewsFolderPage(PartnerFolder):
    """The part of the list that belongs to one partner."""

    parent_page_types: ClassVar = ["events.NewsIndexPage"]
    subpage_types: ClassVar = ["events.NewsPage"]

    class Meta:
        verbose_name = _("news folder")


class NewsPageQuerySet(BasePageQuerySet):
    """Questions about news."""

    def newest_first(self) -> Self:
        """Put the newest first; what has no date comes last."""
        return self.order_by(models.F("issued").desc(nulls_last=True), "title")

    def for_links(self) -> Self:
        """Fetch what a link prints."""
        return self.newest_first()

    def for_cards(self) -> Self:
        """Fetch what a card prints, in a fixed number of queries."""
        return self.select_related("partner").prefetch_related("languages").newest_first()


class NewsPage(StoryPage):
    """A newsflash of the project, a piece of news, or what the press wrote."""

    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=NewsKind,
        default=NewsKind.NEWS,
        help_text=_("What a newspaper wrote about the project is “press”."),
    )
    number = models.PositiveSmallIntegerField(
        _("number"), null=True, blank=True, help_text=_("Newsflashes are numbered.")
    )
    issued = models.DateField(
        _("date"),
        null=True,
        blank=True,
        help_text=_("Only the month is known? Give its first day, 2021-04-01, and choose “month” below."),
    )
    issued_precision = models.CharField(
        _("this date is known to the"),
        max_length=5,
        choices=Precision,
        default=Precision.DAY,
        help_text=_("Readers see no more than this: “month” prints April 2021."),
    )
    date_note = models.CharField(
        _("about the date"), max_length=80, blank=True, help_text=_("For example: after March 2022.")
    )
    languages = ParentalManyToManyField(
        Concept,
        verbose_name=_("languages of the original"),
        blank=True,
        related_name="+",
        limit_choices_to={"scheme": Scheme.LANGUAGE},
        help_text=_("In which languages the text elsewhere can be read."),
    )

    objects: ClassVar = PageManager.from_queryset(NewsPageQuerySet)()

    content_panels: ClassVar = [
        NotesPanel(),
        *BasePage.content_panels[:1],
        MultiFieldPanel(
            [FieldPanel("kind"), FieldPanel("number"), FieldPanel("partner"), FieldPanel("languages")],
            _("What it is"),
        ),
        MultiFieldPanel(
            [FieldPanel("issued"), FieldPanel("issued_precision"), FieldPanel("date_note")], _("When")
        ),
        FieldPanel("summary"),
        FieldPanel("body"),
        StoryPage.provenance_panel,
    ]
    parent_page_types: ClassVar = ["events.NewsIndexPage", "events.NewsFolderPage"]

    class Meta:
        verbose_name = _("piece of news")
        verbose_name_plural = _("news")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["number"],
                name="events_newsflash_number_is_unique",
                violation_error_message=_("Another newsflash has this number."),
            ),
            models.CheckConstraint(
                condition=models.Q(number=None) | models.Q(kind=NewsKind.NEWSFLASH, number__gte=1),
                name="events_only_newsflashes_are_numbered",
                violation_error_message=_("Only newsflashes have a number, from 1 on."),
            ),
        ]

    def get_absolute_url(self) -> str:
        """Give the public address."""
        return reverse("events:news_detail", args=[self.slug])

    @property
    def date(self) -> PartialDate | None:
        """Give the date as exactly as it is known."""
        return PartialDate(self.issued, self.issued_precision) if self.issued else None

    @property
    def when(self) -> str:
        """Write the date in words, as far as it is known."""
        return str(self.date) if self.date else self.date_note

    @property
    def label(self) -> str:
        """Name the kind, and the number of a newsflash."""
        return f"{self.get_kind_display()} {self.number or ''}".strip()

    @property
    def places(self) -> list[Place]:
        """Say that news has no place on the map."""
        return []

    @property
    def link(self) -> Link:
        """Show the news beside a record."""
        return Link(
            self.title, self.get_absolute_url(), meta=[word for word in (self.label, self.when) if word]
        )

    @property
    def card(self) -> Card:
        """Show the news in a list."""
        partner = self.shown_partner
        return Card(
            title=self.title,
            url=self.get_absolute_url(),
            key=self.slug,
            palette=PALETTE,
            code=self.slug,
            kicker=self.label,
            text=self.summary,
            facts=(
                fact(gettext("Date"), self.when),
                fact(gettext("From"), partner.short_name if partner else ""),
                fact(gettext("Original in"), *(language.label for language in self.languages.all())),
            ),
        )
