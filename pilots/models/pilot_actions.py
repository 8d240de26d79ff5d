"""The four pilot action sets."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.models import Orderable
from wagtail.search import index

from core.blocks import line_list
from core.cards import Card, Link, Place, fact
from core.choices import Palette
from core.models import Record, RecordQuerySet
from core.previews import Preview
from outputs.models import Output
from partners.models import Partner
from pilots.choices import Participation
from regions.models import NutsRegion
from vocabularies.choices import Scheme
from vocabularies.models import Concept


class PilotActionQuerySet(RecordQuerySet):
    """Questions about pilot action sets."""

    def for_cards(self) -> Self:
        """Fetch what a card prints, in a fixed number of queries."""
        from pilots.models.test_cases import TestCase

        cases = TestCase.objects.live().filter(pilot_action=models.OuterRef("pk")).order_by()
        return self.annotate(
            test_case_count=models.functions.Coalesce(
                models.Subquery(cases.values("pilot_action").annotate(n=models.Count("pk")).values("n")), 0
            )
        ).prefetch_related(
            models.Prefetch("participations", PilotActionRegion.objects.select_related("region"))
        )

    def for_page(self) -> Self:
        """Fetch what a set's page prints, in a fixed number of queries."""
        return self.for_cards().prefetch_related(
            models.Prefetch("output", Output.objects.live()),
            models.Prefetch("responsible", Partner.objects.live()),
            "target_groups",
            "sources",
        )


class PilotAction(Record):
    """One of four sets of test cases that partners planned and judged together."""

    number = models.PositiveSmallIntegerField(_("number"), help_text=_("1 for the first set."))
    code = models.CharField(_("code"), max_length=10, blank=True, help_text=_("O.T2.1, where it is known."))
    code_is_inferred = models.BooleanField(
        _("the code is our reading"), default=False, help_text=_("Tick where no paper prints the code.")
    )
    title = models.CharField(_("title"), max_length=150, help_text=_("As the official sheet prints it."))
    title_is_working = models.BooleanField(
        _("working title"), default=False, help_text=_("Tick where the official title is not known.")
    )
    plain_title = models.CharField(
        _("title in plain words"),
        max_length=60,
        help_text=_("As you would say it to a neighbour: Rooms for creatives."),
    )
    pitch = models.CharField(
        _("pitch"),
        max_length=160,
        help_text=_(
            "One sentence without jargon: Towns lend what stands empty to people who make something of it."
        ),
    )
    summary = models.TextField(
        _("what the set was about"),
        max_length=800,
        help_text=_("What the partners wanted to find out together, and how they went about it."),
    )
    palette = models.CharField(
        _("colour"), max_length=16, choices=Palette, help_text=_("Each set has a colour of its own.")
    )
    output = models.ForeignKey(
        Output,
        verbose_name=_("output"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="pilot_actions",
        help_text=_("The output of the register that describes this set."),
    )
    work_package = models.CharField(
        _("work package"), max_length=4, blank=True, help_text=_("As the application counts it: T2.")
    )
    responsible = models.ForeignKey(
        Partner,
        verbose_name=_("responsible"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="pilot_actions",
        help_text=_("The partner who keeps this record."),
    )
    key_questions = line_list(
        _("guiding questions"),
        _("What the partners wanted to know: “Who has to agree before the doors open?”"),
    )
    target_groups = ParentalManyToManyField(
        Concept,
        verbose_name=_("who it was for"),
        blank=True,
        related_name="+",
        limit_choices_to={"scheme": Scheme.TARGET_GROUP},
        help_text=_("Whom the set was made for."),
    )
    results = models.TextField(
        _("what came of it"),
        max_length=800,
        blank=True,
        help_text=_("What can be seen or counted: “Six shops were used, and two of them for good.”"),
    )
    sustainability = models.TextField(
        _("what happened after"),
        max_length=800,
        blank=True,
        help_text=_("What lasts, and who pays for it: “Two towns go on with money of their own.”"),
    )
    procurement = models.CharField(
        _("rules kept"),
        max_length=300,
        blank=True,
        help_text=_("How public money was spent: “For each order three offers were asked for.”"),
    )
    environment = models.CharField(
        _("sustainable development"),
        max_length=300,
        blank=True,
        help_text=_("What it meant for nature and climate: “Furniture was borrowed, not bought.”"),
    )
    equality = models.CharField(
        _("equal opportunities"),
        max_length=300,
        blank=True,
        help_text=_(
            "Who could take part, and how that was made easier: “All rooms could be reached by wheelchair.”"
        ),
    )
    declared_test_cases = models.PositiveSmallIntegerField(
        _("test cases as announced"),
        null=True,
        blank=True,
        help_text=_("The number its official sheet prints."),
    )

    objects: ClassVar = PilotActionQuerySet.as_manager()

    search_fields: ClassVar = [
        index.SearchField("title", boost=2),
        index.SearchField("plain_title"),
        index.SearchField("summary"),
        index.AutocompleteField("title"),
        index.AutocompleteField("plain_title"),
        index.FilterField("id"),
        index.FilterField("live"),
        index.FilterField("locale"),
    ]

    class Meta(Record.Meta):
        verbose_name = _("pilot action set")
        verbose_name_plural = _("pilot action sets")
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["number", "locale"],
                name="pilots_set_number_is_unique",
                violation_error_message=_("Another set has this number."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Give the public address."""
        return reverse("pilots:pilot_action", args=[self.slug])

    @property
    def places(self) -> list[Place]:
        """Show the set in the regions that took part."""
        return [part.region.place for part in self.participations.all()]

    @property
    def link(self) -> Link:
        """Show the set beside another record."""
        return Link(self.plain_title, self.get_absolute_url(), text=self.pitch)

    @property
    def preview(self) -> Preview:
        """Show the set where a link to it is shared."""
        return Preview.of(
            self.plain_title, kicker=_("Pilot action"), palette=self.palette, code=self.slug, text=self.pitch
        )

    @property
    def card(self) -> Card:
        """Show the set in a list."""
        number = getattr(self, "test_case_count", None)
        words = ngettext("%(number)s test case", "%(number)s test cases", number or 0) % {"number": number}
        return Card(
            title=self.plain_title,
            url=self.get_absolute_url(),
            key=self.slug,
            palette=self.palette,
            code=self.slug,
            kicker=gettext("Set %(number)s of 4") % {"number": self.number},
            text=self.pitch,
            facts=(fact(_("Documented here"), words if number else ""), fact(_("Code"), self.code)),
        )


class PilotActionRegion(Orderable):
    """How a region took part in a set: with test cases, or in the exchange only."""

    pilot_action = ParentalKey(PilotAction, on_delete=models.CASCADE, related_name="participations")
    region = models.ForeignKey(
        NutsRegion,
        verbose_name=_("region"),
        on_delete=models.PROTECT,
        related_name="pilot_participations",
        help_text=_("Look for its code or its name, for example AT31 or Upper Austria."),
    )
    participation = models.CharField(
        _("part"),
        max_length=8,
        choices=Participation,
        default=Participation.TESTED,
        help_text=_("“The exchange only” means: people came to learn, and nothing was tried there."),
    )
    code_as_printed = models.CharField(
        _("code as printed"),
        max_length=10,
        blank=True,
        help_text=_("Where the document prints another code: BE2."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("region of the set")
        verbose_name_plural = _("regions of the set")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["pilot_action", "region"],
                name="pilots_region_takes_part_once",
                violation_error_message=_("This region is in the list already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.region} · {self.get_participation_display()}"
