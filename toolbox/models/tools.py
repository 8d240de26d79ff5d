"""The toolbox: checklists, interviews, guides and links."""

from __future__ import annotations

from typing import Any, ClassVar, Self
from uuid import NAMESPACE_OID, uuid5

from django import forms
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index

from core import pdf
from core.cards import Card, Link, Place, fact
from core.choices import Certainty, Palette
from core.models import BasePage, Source
from core.models.pages import BasePageQuerySet
from core.panels import NotesPanel
from core.previews import Preview
from partners.models import Partner, PartnerFolder
from pilots.models import TestCase
from toolbox.answers import VERSION, Sheet, as_csv, sheet_of
from toolbox.blocks import ToolBodyBlock
from toolbox.choices import Effort, Kind, Phase, ToolRole
from toolbox.forms import ToolPageForm
from toolbox.models.links import LinkCheck
from toolbox.models.versions import ChecklistVersion
from vocabularies.choices import Scheme
from vocabularies.models import Concept


class ToolIndexPage(BasePage):
    """The shelf on which the toolbox items stand; readers see it as the list at /toolbox/."""

    max_count: ClassVar = 1
    subpage_types: ClassVar = ["toolbox.ToolPage", "toolbox.ToolFolderPage"]

    class Meta:
        verbose_name = _("toolbox")


class ToolFolderPage(PartnerFolder):
    """The part of the shelf that belongs to one partner."""

    parent_page_types: ClassVar = ["toolbox.ToolIndexPage"]
    subpage_types: ClassVar = ["toolbox.ToolPage"]

    class Meta:
        verbose_name = _("toolbox folder")


class ToolPageQuerySet(BasePageQuerySet):
    """Questions about toolbox items."""

    def for_links(self) -> Self:
        """Fetch what a link prints."""
        return self.order_by("title")

    def for_cards(self) -> Self:
        """Fetch what a card prints, in a fixed number of queries."""
        return self.select_related("partner", "language").order_by("title")


class ToolPage(BasePage):
    """A checklist, interview, small guide or collection of links."""

    kind = models.CharField(
        _("form"),
        max_length=10,
        choices=Kind,
        help_text=_("It decides which block the text needs: a checklist needs the block “Checklist”."),
    )
    role = models.CharField(
        _("what it passes on"),
        max_length=16,
        choices=ToolRole,
        help_text=_(
            "What you found good is a best practice. What you would do differently is a lesson learned."
        ),
    )
    summary = models.CharField(
        _("summary"),
        max_length=300,
        help_text=_("What it is good for, and when: “Twelve questions before you sign for an empty shop.”"),
    )
    body = StreamField(
        ToolBodyBlock(),
        verbose_name=_("text"),
        blank=True,
        help_text=_("Add the block of its form below, and text around it where it helps."),
    )
    challenges = ParentalManyToManyField(
        Concept,
        verbose_name=_("problems it helps with"),
        blank=True,
        related_name="tools",
        limit_choices_to={"scheme": Scheme.CHALLENGE},
        help_text=_("The problems against which it helps. Their pages lead here."),
    )
    target_groups = ParentalManyToManyField(
        Concept,
        verbose_name=_("who it is for"),
        blank=True,
        related_name="+",
        limit_choices_to={"scheme": Scheme.TARGET_GROUP},
        help_text=_("Who would use it at work."),
    )
    phase = models.CharField(
        _("when it helps"),
        max_length=10,
        choices=Phase,
        help_text=_("What the reader is busy with when it helps."),
    )
    effort = models.CharField(
        _("time it takes"),
        max_length=10,
        choices=Effort,
        help_text=_("For reading and answering it, not for doing all it says."),
    )
    test_cases = ParentalManyToManyField(
        TestCase,
        verbose_name=_("test cases it draws on"),
        blank=True,
        related_name="tools",
        help_text=_("Where it was learned. Readers see them below it."),
    )
    partner = models.ForeignKey(
        Partner,
        verbose_name=_("from"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tools",
        help_text=_("The partner who wrote it, and who may change it."),
    )
    language = models.ForeignKey(
        Concept,
        verbose_name=_("language"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"scheme": Scheme.LANGUAGE},
        help_text=_("The language in which it is written."),
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
        help_text=_("What the reader should know about it: “Put together from three talks.”"),
    )
    sources = ParentalManyToManyField(
        Source,
        verbose_name=_("sources"),
        blank=True,
        related_name="+",
        help_text=_("Where it comes from, so that others can check."),
    )
    verified_on = models.DateField(
        _("last verified on"),
        null=True,
        blank=True,
        help_text=_("The day on which somebody last found all this still true."),
    )

    objects: ClassVar = PageManager.from_queryset(ToolPageQuerySet)()

    base_form_class = ToolPageForm
    content_panels: ClassVar = [
        NotesPanel(),
        *BasePage.content_panels[:1],
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldPanel("role"),
                FieldPanel("language", widget=forms.Select),
                FieldPanel("partner"),
            ],
            _("What it is"),
        ),
        FieldPanel("summary"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("phase"),
                FieldPanel("effort"),
                FieldPanel("challenges"),
                FieldPanel("target_groups"),
            ],
            _("Who needs it, when"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("test_cases"),
                FieldPanel("certainty"),
                FieldPanel("note"),
                FieldPanel("sources"),
                FieldPanel("verified_on"),
            ],
            _("Where it comes from"),
        ),
    ]
    search_fields: ClassVar = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
    ]
    parent_page_types: ClassVar = ["toolbox.ToolIndexPage", "toolbox.ToolFolderPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("toolbox item")
        verbose_name_plural = _("toolbox items")

    def get_absolute_url(self) -> str:
        """Give the short address, which does not depend on the item's place in the tree."""
        return reverse("toolbox:detail", args=[self.slug])

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """Give the site, its root and the short address."""
        parts = super().get_url_parts(request)
        return (parts[0], parts[1], self.get_absolute_url()) if parts else None

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the item draws on, as far as it is published."""
        sheet = kwargs.get("sheet") or sheet_of(self, request.GET)
        return {
            **super().get_context(request, *args, **kwargs),
            "sheet": sheet,
            "parts": parts_of(self.body, sheet),
            "contents": [
                entry
                for block in with_checks(self.body)
                if block.block_type == "steps"
                for entry in block.value.contents
            ],
            "cases": [case for case in self.test_cases.select_related("pilot_action") if case.is_public],
            "challenges": self.ways_in(),
            "from": self.partner if self.partner and self.partner.live else None,
            "pdf_url": self.pdf_url,
        }

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep how the checklist reads, once readers can answer it."""
        super().save(*args, **kwargs)
        # Saving a draft of a published page names the fields that it touches.
        if self.live and not kwargs.get("update_fields"):
            ChecklistVersion.keep(self)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Draw the page; write what the form sent into the address; give the answers as a file."""
        sheet = sheet_of(self, request.GET)
        if sheet and VERSION in request.GET and not sheet.refusal:
            return HttpResponseRedirect(sheet.address)
        if sheet and request.GET.get("format") == "csv":
            return as_csv(sheet)
        return super().serve(request, *args, sheet=sheet, **kwargs)

    def ways_in(self) -> list[dict[str, str]]:
        """List the problems it helps with, each with its page, or with the test cases that met it."""
        base = reverse("pilots:test_cases")
        return [
            {
                "label": concept.label,
                "url": page.get_absolute_url()
                if (page := getattr(concept, "challenge_page", None)) and page.live
                else f"{base}?challenge={concept.slug}",
            }
            for concept in self.challenges.select_related("challenge_page")
        ]

    @property
    def linked_data(self) -> dict[str, Any]:
        """Describe the item to search engines."""
        return {
            "@type": "LearningResource",
            "url": self.full_url,
            "name": self.title,
            "description": self.summary,
            "learningResourceType": str(self.get_kind_display()),
            "inLanguage": self.language.slug if self.language else "en",
            "datePublished": self.first_published_at,
            "dateModified": self.last_published_at,
            "isAccessibleForFree": True,
        }

    def checklist_groups(self) -> list[dict[str, Any]]:
        """Give the groups of questions as the text stores them, each question with an id of its own."""
        return [
            {**block["value"], "items": [_with_id(item) for item in block["value"]["items"]]}
            for block in self.body.get_prep_value()
            if block["type"] == "checklist"
        ]

    @property
    def pdf_url(self) -> str:
        """Give the address of a checklist's PDF, or nothing where none can be written."""
        is_offered = self.kind == Kind.CHECKLIST and self.slug and pdf.is_available()
        return reverse("toolbox:checklist_pdf", args=[self.slug]) if is_offered else ""

    @property
    def places(self) -> list[Place]:
        """Say that a toolbox item has no place on the map."""
        return []

    @property
    def link(self) -> Link:
        """Show the item beside a record."""
        return Link(
            self.title,
            self.get_absolute_url(),
            text=self.summary,
            meta=[self.get_kind_display(), self.get_effort_display()],
        )

    @property
    def preview(self) -> Preview:
        """Show the item where a link to it is shared."""
        return Preview.of(
            self.title,
            kicker=self.get_kind_display(),
            palette=Palette.TOOLBOX,
            code=self.slug,
            text=self.summary,
        )

    @property
    def card(self) -> Card:
        """Show the item in a list."""
        return Card(
            title=self.title,
            url=self.get_absolute_url(),
            key=self.slug,
            palette=Palette.TOOLBOX,
            code=self.slug,
            kicker=f"{self.get_kind_display()} · {self.get_role_display()}",
            text=self.summary,
            facts=(
                fact(_("Takes"), self.get_effort_display()),
                fact(_("Helps to"), self.get_phase_display().lower()),
                fact(_("From"), self.partner.short_name if self.partner and self.partner.live else ""),
                fact(_("Language"), self.language.label if self.language else ""),
            ),
        )


def parts_of(body: StreamValue, sheet: Sheet | None) -> dict[str, list[Any]]:
    """Part a text into what stands before its checklist, the groups with what is between, and the rest."""
    blocks = list(body)
    places = [place for place, block in enumerate(blocks) if block.block_type == "checklist"]
    if sheet is None or not places:
        return {"before": blocks}
    groups, between = sheet.shown(), blocks[places[0] : places[-1] + 1]
    if sheet.is_old:
        between = blocks[places[0] : places[0] + 1] * len(groups)
    following = iter(groups)
    return {
        "before": blocks[: places[0]],
        "sheet": [
            {"group": next(following)} if block.block_type == "checklist" else {"block": block}
            for block in between
        ],
        "after": blocks[places[-1] + 1 :],
    }


def with_checks(body: StreamValue) -> StreamValue:
    """Put beside every link what was found when it was last tried, in one query for all."""
    links = [link for block in body if block.block_type == "links" for link in block.value["links"]]
    found = LinkCheck.objects.in_bulk([link["url"] for link in links], field_name="url") if links else {}
    for link in links:
        link.check = found.get(link["url"])
    return body


def _with_id(item: dict[str, Any]) -> dict[str, Any]:
    """Give a question that was not written in the admin an id that follows from its words."""
    if "id" in item and "value" in item:
        return item
    return {"type": "item", "value": item, "id": str(uuid5(NAMESPACE_OID, item["text"]))}
