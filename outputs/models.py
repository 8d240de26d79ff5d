"""The register of outputs and deliverables, with their files."""

from __future__ import annotations

import re
from typing import ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.models import Orderable
from wagtail.search import index

from core.cards import Card, Fact, Link, Place, fact
from core.choices import Palette, Precision
from core.models import PartialDate, Record, RecordQuerySet, VersionedDocument
from core.previews import Preview
from outputs.choices import Category
from outputs.codes import OutputCode
from partners.models import Partner
from regions.models import NutsRegion
from vocabularies.choices import Scheme
from vocabularies.models import Concept


class OutputQuerySet(RecordQuerySet):
    """Questions about outputs and deliverables."""

    def for_links(self) -> Self:
        """Fetch what a link prints."""
        return self.select_related("kind").prefetch_related(
            models.Prefetch("files", OutputFile.objects.for_links())
        )

    def for_cards(self) -> Self:
        """Fetch what a card prints, in a fixed number of queries."""
        return self.for_links().prefetch_related(
            "languages",
            "regions",
            models.Prefetch("partners", Partner.objects.live()),
        )

    def for_page(self) -> Self:
        """Fetch what a record's page prints, in a fixed number of queries."""
        older = ("files__document__replaces", "files__document__replaced_by__replaces")
        return self.for_cards().select_related("part_of").prefetch_related("sources", *older)


class Output(Record):
    """Something the project handed in: a policy paper, a training scheme, a documentation."""

    needed_to_publish: ClassVar = {
        "kind": _("Choose a kind: without it, it is missing from every search by kind.")
    }

    code = models.CharField(
        _("code"), max_length=10, blank=True, help_text=_("O.T2.1 for an output, T2.3.5 for a deliverable.")
    )
    category = models.CharField(
        _("category"),
        max_length=12,
        choices=Category,
        default=Category.DELIVERABLE,
        help_text=_("An output bears a code such as O.T2.1. All other papers are deliverables."),
    )
    kind = models.ForeignKey(
        Concept,
        verbose_name=_("kind"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        limit_choices_to={"scheme": Scheme.DOCUMENT_KIND},
        help_text=_("Readers look for papers by their kind."),
    )
    title = models.CharField(_("title"), max_length=150, help_text=_("As its title page prints it."))
    title_is_working = models.BooleanField(
        _("working title"), default=False, help_text=_("Tick where the official title is not known.")
    )
    native_title = models.CharField(
        _("title in its own language"),
        max_length=150,
        blank=True,
        help_text=_("In the language in which it was written, with every accent."),
    )
    summary = models.TextField(
        _("what it is and for whom"),
        max_length=500,
        help_text=_(
            "Who should read it, and why: “For town halls that lend empty shops. It has a contract to copy.”"
        ),
    )
    quantity = models.PositiveSmallIntegerField(
        _("how many"), default=1, help_text=_("7 for seven policy papers.")
    )
    part_of = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parts",
        help_text=_("The output to which this paper belongs."),
    )
    partners = ParentalManyToManyField(
        Partner,
        verbose_name=_("responsible"),
        blank=True,
        related_name="outputs",
        help_text=_("Who wrote it, or answers for it. They may change this record."),
    )
    regions = ParentalManyToManyField(
        NutsRegion,
        verbose_name=_("regions"),
        blank=True,
        related_name="outputs",
        help_text=_("The regions it is about. Leave empty where it is about all."),
    )
    languages = ParentalManyToManyField(
        Concept,
        verbose_name=_("languages"),
        blank=True,
        related_name="+",
        limit_choices_to={"scheme": Scheme.LANGUAGE},
        help_text=_("All languages in which it can be read."),
    )
    delivered = models.DateField(
        _("handed in"),
        null=True,
        blank=True,
        help_text=_("Only the month is known? Give its first day, 2021-04-01, and choose “month” beside it."),
    )
    delivered_precision = models.CharField(
        _("this date is known to the"),
        max_length=5,
        choices=Precision,
        default=Precision.DAY,
        help_text=_("Readers see no more than this: “month” prints April 2021."),
    )
    web_address = models.URLField(
        _("place on the web"),
        blank=True,
        help_text=_("Where it was published elsewhere, with https:// before it."),
    )

    objects: ClassVar = OutputQuerySet.as_manager()

    search_fields: ClassVar = [
        index.SearchField("title", boost=2),
        index.SearchField("native_title"),
        index.SearchField("code"),
        index.SearchField("summary"),
        index.AutocompleteField("title"),
        index.AutocompleteField("code"),
        index.FilterField("id"),
        index.FilterField("live"),
        index.FilterField("locale"),
    ]

    class Meta(Record.Meta):
        verbose_name = _("output")
        verbose_name_plural = _("outputs")
        ordering: ClassVar = ["-category", "code", "title"]
        constraints: ClassVar = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(code="") | models.Q(code__regex=OutputCode.GRAMMAR),
                name="outputs_code_follows_grammar",
                violation_error_message=_("A code looks like O.T2.1 or T2.3.5."),
            ),
            models.UniqueConstraint(
                fields=["code", "locale"],
                condition=~models.Q(code=""),
                name="outputs_code_is_unique",
                violation_error_message=_("Another output has this code."),
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1),
                name="outputs_quantity_is_positive",
                violation_error_message=_("There is at least one of it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}".strip()

    def clean(self) -> None:
        """Keep the code as the documents print it, so that D.T2.3.5 and T2.3.5 are one."""
        super().clean()
        if self.code and re.fullmatch(OutputCode.GRAMMAR, self.code):
            self.code = OutputCode(self.code).short

    def get_absolute_url(self) -> str:
        """Give the public address."""
        return reverse("outputs:detail", args=[self.slug])

    @property
    def delivery(self) -> PartialDate | None:
        """Give the date of delivery as exactly as it is known."""
        return PartialDate(self.delivered, self.delivered_precision) if self.delivered else None

    @property
    def responsible(self) -> list[Partner]:
        """List the published partners that answer for it."""
        return [partner for partner in self.partners.all() if partner.live]

    @property
    def places(self) -> list[Place]:
        """Show the output in the regions it is about."""
        return [region.place for region in self.regions.all()]

    @property
    def link(self) -> Link:
        """Show the output beside another record."""
        words = (self.kind, self.code, self.file_words)
        return Link(self.title, self.get_absolute_url(), meta=[part for part in words if part])

    @property
    def preview(self) -> Preview:
        """Show the output where a link to it is shared."""
        return Preview.of(
            self.title,
            kicker=self.kind or self.get_category_display(),
            palette=Palette.OUTPUTS,
            code=self.slug,
            text=self.summary,
        )

    @property
    def card(self) -> Card:
        """Show the output in a list."""
        return Card(
            title=self.title,
            url=self.get_absolute_url(),
            key=self.slug,
            palette=Palette.OUTPUTS,
            code=self.slug,
            kicker=" · ".join(str(part) for part in (self.kind, self.code) if part),
            text=self.summary,
            facts=(
                fact(_("From"), *(partner.short_name for partner in self.responsible)),
                fact(_("Handed in"), self.delivery),
                fact(_("Language"), *(language.label for language in self.languages.all())),
                Fact(_("File"), self.file_words),
            ),
        )

    @property
    def offered(self) -> list[OutputFile]:
        """List its files, the original language first."""
        return sorted(self.files.all(), key=lambda file: not file.is_original)

    @property
    def file_words(self) -> str:
        """Say what can be had: of one file language, form and size, of more their number and languages."""
        documents = [file.document.newest for file in self.offered]
        if not documents:
            return gettext("no file yet")
        if len(documents) == 1:
            return ", ".join(documents[0].words)
        number = ngettext("%(number)s file", "%(number)s files", len(documents)) % {"number": len(documents)}
        languages = dict.fromkeys(one.get_language_display() for one in documents if one.language)
        return ": ".join(filter(None, (number, ", ".join(map(str, languages)))))


class OutputFileQuerySet(models.QuerySet["OutputFile"]):
    """Questions about the files of outputs."""

    def for_links(self) -> Self:
        """Fetch the documents, the newest versions included."""
        return self.select_related("document__replaced_by")


class OutputFile(Orderable):
    """One file of an output: its document in one language."""

    output = ParentalKey(Output, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(
        VersionedDocument,
        verbose_name=_("document"),
        on_delete=models.PROTECT,
        related_name="output_files",
        help_text=_("You choose its language and licence where you upload it."),
    )
    is_original = models.BooleanField(
        _("in the original language"), default=False, help_text=_("It is offered before the translations.")
    )

    objects: ClassVar = OutputFileQuerySet.as_manager()

    class Meta(Orderable.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self) -> str:
        return str(self.document)
