"""Who ran a test case where, when and with what money."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar, Self

from django.db import models
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.models import Orderable
from wagtail.search import index

from core.blocks import line_list
from core.choices import Precision
from core.models import PartialDate, Record, RecordQuerySet
from outputs.codes import OutputCode
from partners.models import Partner
from pilots.choices import Afterwards, Evidence, FirstResult, MoneyKind, Outcome, RunBy
from regions.models import NutsRegion
from vocabularies.choices import Scheme
from vocabularies.models import Concept

_EUROS = models.DecimalField(max_digits=12, decimal_places=2)


def _sum_of(related: type[models.Model]) -> models.Subquery:
    """Add up the euros of an implementation's children of one kind."""
    mine = related._default_manager.filter(implementation=models.OuterRef("pk")).order_by()
    return models.Subquery(
        mine.values("implementation").annotate(n=models.Sum("euros")).values("n"), output_field=_EUROS
    )


class ImplementationQuerySet(RecordQuerySet):
    """Questions about implementations."""

    def live(self) -> Self:
        """Keep what is published, of published test cases by published partners."""
        return self.filter(
            live=True, test_case__live=True, test_case__pilot_action__live=True, partner__live=True
        )

    def within_region(self, code: str) -> Self:
        """Keep what ran in a NUTS region or below it."""
        return self.filter(
            models.Q(region__code__startswith=code)
            | models.Exists(
                Implementation.also_in.through.objects.filter(
                    implementation=models.OuterRef("pk"), nutsregion__code__startswith=code
                )
            )
        )

    def with_money(self) -> Self:
        """Add `money_euros`: all documented money and investments; empty where nothing is known."""
        lines, investments = _sum_of(MoneyLine), _sum_of(Investment)
        zero = models.Value(Decimal(0), output_field=_EUROS)
        # A sum with an unknown part is unknown: then the investments alone are what is documented.
        return self.annotate(money_euros=Coalesce(lines + Coalesce(investments, zero), investments))

    def for_page(self) -> Self:
        """Fetch what a test case's page prints of its implementations."""
        return (
            self.select_related("partner", "region", "place_kind")
            .defer("region__outline")
            .order_by("partner__number", "start", "slug")
            .prefetch_related("money_lines", "investments", "results", "also_in", "industrial_past")
        )


class Implementation(Record):
    """A test case as one partner ran it in one place: dates, people, money and what came of it."""

    needed_to_publish: ClassVar = {
        "region": _("Say in which region it ran: without it nobody nearby finds it.")
    }

    test_case = models.ForeignKey(
        "pilots.TestCase",
        verbose_name=_("test case"),
        on_delete=models.CASCADE,
        related_name="implementations",
        help_text=_("What was tried. Several partners may have run the same test case."),
    )
    partner = models.ForeignKey(
        Partner,
        verbose_name=_("partner"),
        on_delete=models.PROTECT,
        related_name="implementations",
        help_text=_("The organisation that answered for it in this place."),
    )
    role = models.CharField(
        _("role"),
        max_length=8,
        choices=RunBy,
        default=RunBy.LEAD,
        help_text=_("“Hosted it” means: you gave the place, and others ran it."),
    )
    edition = models.CharField(
        _("edition"),
        max_length=60,
        blank=True,
        help_text=_("Where a partner ran it more than once: second edition."),
    )
    summary = models.TextField(
        _("what was done here"),
        max_length=600,
        blank=True,
        help_text=_("What happened in this place: “Makers worked in four empty shops for a month.”"),
    )
    region = models.ForeignKey(
        NutsRegion,
        verbose_name=_("region"),
        on_delete=models.PROTECT,
        related_name="implementations",
        null=True,
        help_text=_("The NUTS 2 region. Look for its code or its name, for example ITH3 or Veneto."),
    )
    also_in = ParentalManyToManyField(
        NutsRegion,
        verbose_name=_("districts"),
        blank=True,
        related_name="+",
        help_text=_("NUTS 3, where known, for example ITH36."),
    )
    region_as_printed = models.CharField(
        _("code as printed"),
        max_length=10,
        blank=True,
        help_text=_("Where the document prints another code: BE2."),
    )
    town = models.CharField(
        _("town"),
        max_length=80,
        blank=True,
        help_text=_(
            "As the town itself writes its name, with every accent. Several with commas between them."
        ),
    )
    place = models.CharField(
        _("place"), max_length=200, blank=True, help_text=_("Five desks: Padova, Treviso (two)…")
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        help_text=_("Degrees to the north, with a point: 50.83."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        help_text=_("Degrees to the east, with a point: 12.92."),
    )
    place_kind = models.ForeignKey(
        Concept,
        verbose_name=_("kind of place"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"scheme": Scheme.PLACE},
        help_text=_("What the place is most like. Readers look for places like their own."),
    )
    industrial_past = ParentalManyToManyField(
        Concept,
        verbose_name=_("industrial past"),
        blank=True,
        related_name="+",
        limit_choices_to={"scheme": Scheme.INDUSTRIAL_PAST},
        help_text=_("What the place lived from, for example textiles or coal."),
    )
    helpers = line_list(_("together with"), _("Organisations, never private persons: the town library."))
    start = models.DateField(
        _("began"),
        null=True,
        blank=True,
        help_text=_("Only the month is known? Give its first day, 2021-04-01, and choose “month” beside it."),
    )
    start_precision = models.CharField(
        _("the beginning is known to the"),
        max_length=5,
        choices=Precision,
        default=Precision.DAY,
        help_text=_("Readers see no more than this: “month” prints April 2021."),
    )
    end = models.DateField(
        _("ended"), null=True, blank=True, help_text=_("The last day. Leave it empty while it still runs.")
    )
    end_precision = models.CharField(
        _("the end is known to the"),
        max_length=5,
        choices=Precision,
        default=Precision.DAY,
        help_text=_("“Year” prints 2021."),
    )
    ongoing = models.BooleanField(
        _("still running"), default=False, help_text=_("Tick it while it runs, and leave the end empty.")
    )
    duration = models.CharField(
        _("length in words"), max_length=60, blank=True, help_text=_("Five workshops of two days.")
    )
    lead_weeks = models.PositiveSmallIntegerField(
        _("weeks until the first result"),
        null=True,
        blank=True,
        help_text=_("From the decision to the first thing to see: 6 for six weeks."),
    )
    person_months = models.DecimalField(
        _("person-months"),
        max_digits=6,
        decimal_places=1,
        null=True,
        blank=True,
        help_text=_("All people together: 3 for two people at half time for three months."),
    )
    money_is_complete = models.BooleanField(
        _("these sums are all the money"),
        default=False,
        help_text=_("Tick only where nothing is missing, neither rooms nor staff."),
    )
    money_note = models.CharField(
        _("note on the money"),
        max_length=200,
        blank=True,
        help_text=_(
            "What the sums leave out, or that they are unknown: “What the staff cost was not written down.”"
        ),
    )
    outcome = models.CharField(
        _("outcome"),
        max_length=8,
        choices=Outcome,
        default=Outcome.UNKNOWN,
        help_text=_("How it went as you see it today. “Did not work” helps others as much as “worked”."),
    )
    helped = line_list(
        _("what helped"),
        _("What others should repeat: “The owner gave us the keys for a euro.”"),
    )
    hindered = line_list(
        _("what hindered"), _("What others should be ready for: “The permit took nine weeks.”")
    )
    would_not_repeat = line_list(
        _("would not do again"),
        _("What you would advise against: “Opening in August, when the town is away.”"),
    )
    afterwards = models.CharField(
        _("after the project"),
        max_length=12,
        choices=Afterwards,
        default=Afterwards.UNKNOWN,
        help_text=_("What became of it when the project's money ended."),
    )
    afterwards_since = models.DateField(
        _("since"),
        null=True,
        blank=True,
        help_text=_("Since when it has been so, as far as you know: 2022-07-01."),
    )
    afterwards_funder = models.CharField(
        _("paid by"),
        max_length=200,
        blank=True,
        help_text=_("Who pays for it now: the town, from its budget for culture."),
    )
    afterwards_note = models.CharField(
        _("what happened after, in words"),
        max_length=300,
        blank=True,
        help_text=_(
            "In a sentence or two: “Two of the four shops are let. The third is still used in summer.”"
        ),
    )
    first_result = models.GeneratedField(
        expression=models.Case(
            *(
                models.When(lead_weeks__lt=band.bounds[1], then=models.Value(band.value))
                for band in FirstResult
                if band.bounds[1] is not None
            ),
            models.When(
                lead_weeks__gte=FirstResult.LONGER.bounds[0], then=models.Value(FirstResult.LONGER.value)
            ),
            default=None,
            output_field=models.CharField(max_length=10),
        ),
        output_field=models.CharField(max_length=10, null=True),
        db_persist=True,
    )

    objects: ClassVar = ImplementationQuerySet.as_manager()

    search_fields: ClassVar = [
        index.SearchField("summary"),
        index.SearchField("town"),
        index.SearchField("place"),
        index.AutocompleteField("town"),
        index.RelatedFields("test_case", [index.SearchField("title")]),
        index.FilterField("id"),
        index.FilterField("live"),
        index.FilterField("locale"),
    ]

    class Meta(Record.Meta):
        verbose_name = _("implementation")
        verbose_name_plural = _("implementations")
        ordering: ClassVar = ["test_case", "partner__number", "start"]
        constraints: ClassVar = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(end__isnull=True)
                | models.Q(start__isnull=True)
                | models.Q(end__gte=models.F("start")),
                name="pilots_run_ends_after_it_begins",
                violation_error_message=_("The end lies before the beginning."),
            ),
            models.CheckConstraint(
                condition=models.Q(ongoing=False) | models.Q(end__isnull=True),
                name="pilots_run_is_over_or_ongoing",
                violation_error_message=_("What is still running has no end yet."),
            ),
            models.CheckConstraint(
                condition=models.Q(person_months__isnull=True) | models.Q(person_months__gte=0),
                name="pilots_staff_is_not_negative",
                violation_error_message=_("Person-months are not negative."),
            ),
        ]

    def __str__(self) -> str:
        parts = (self.test_case.title, self.partner.code, self.edition or self.town)
        return " · ".join(part for part in parts if part)

    def get_absolute_url(self) -> str:
        """Give the address of the panel on its test case's page."""
        return f"{reverse('pilots:test_case', args=[self.test_case.slug])}#{self.slug}"

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the page of the test case with this implementation in it."""
        self.test_case.previewed_run = self
        return self.test_case.serve_preview(request, mode_name)

    @property
    def evidence(self) -> Evidence:
        """Tell how well the outcome is shown; it follows from the results on record."""
        return max((Evidence(result.basis) for result in self.results.all()), default=Evidence.E0)

    @property
    def money(self) -> Decimal | None:
        """Add up all documented money, or give nothing where none is known."""
        sums = [part.euros for part in (*self.money_lines.all(), *self.investments.all())]
        return sum(sums, Decimal(0)) if sums else None

    @property
    def began(self) -> PartialDate | None:
        """Give the beginning as exactly as it is known."""
        return PartialDate(self.start, self.start_precision) if self.start else None

    @property
    def ended(self) -> PartialDate | None:
        """Give the end as exactly as it is known."""
        return PartialDate(self.end, self.end_precision) if self.end else None


class MoneyLine(Orderable):
    """A sum of money that an implementation took."""

    implementation = ParentalKey(Implementation, on_delete=models.CASCADE, related_name="money_lines")
    kind = models.CharField(
        _("for"),
        max_length=10,
        choices=MoneyKind,
        help_text=_("One line for each kind. What a designer was paid is “fees and services”."),
    )
    euros = models.DecimalField(
        _("euros"),
        max_digits=10,
        decimal_places=2,
        help_text=_("A number, such as 1250.50. Leave an unknown sum out: 0 means that it cost nothing."),
    )
    funder = models.CharField(
        _("paid by"),
        max_length=150,
        blank=True,
        help_text=_("For example: the town, from its budget for culture."),
    )
    price_year = models.PositiveSmallIntegerField(
        _("in prices of"), null=True, blank=True, help_text=_("A year: 2021.")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("sum of money")
        verbose_name_plural = _("money")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(euros__gte=0),
                name="pilots_money_is_not_negative",
                violation_error_message=_("Money is not negative."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.euros}"


class Investment(Orderable):
    """Equipment that the project paid for, tied to one implementation."""

    implementation = ParentalKey(Implementation, on_delete=models.CASCADE, related_name="investments")
    code = models.CharField(_("code"), max_length=10, blank=True, help_text=_("Of its deliverable: T2.3.5."))
    title = models.CharField(
        _("title"), max_length=150, help_text=_("What was bought: a loom for the open workshop.")
    )
    euros = models.DecimalField(
        _("euros"), max_digits=10, decimal_places=2, help_text=_("What it cost, such as 4800.")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("investment")
        verbose_name_plural = _("investments")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(euros__gt=0),
                name="pilots_investment_is_positive",
                violation_error_message=_("An investment is more than nothing."),
            ),
            models.CheckConstraint(
                condition=models.Q(code="") | models.Q(code__regex=OutputCode.GRAMMAR),
                name="pilots_investment_code_follows_grammar",
                violation_error_message=_("A code looks like T2.3.5."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Result(Orderable):
    """Something that came of an implementation, and how it is known."""

    BASES: ClassVar = [(level.value, level.label) for level in Evidence if level]

    implementation = ParentalKey(Implementation, on_delete=models.CASCADE, related_name="results")
    indicator = models.CharField(_("what"), max_length=200, help_text=_("Creatives whose work was shown."))
    value = models.CharField(
        _("how many or how much"), max_length=60, blank=True, help_text=_("More than 150.")
    )
    unit = models.CharField(
        _("unit"), max_length=40, blank=True, help_text=_("What was counted: people, rooms, contracts.")
    )
    source = models.CharField(
        _("source"),
        max_length=200,
        blank=True,
        help_text=_("Where it was counted or read: the list of those who came, a newspaper with its date."),
    )
    basis = models.PositiveSmallIntegerField(
        _("how it is known"),
        choices=BASES,
        default=Evidence.E1,
        help_text=_("The evidence level of the test case follows from this."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("result")
        verbose_name_plural = _("results")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(basis__range=(Evidence.E1.value, Evidence.E4.value)),
                name="pilots_result_has_a_basis",
                violation_error_message=_("Say how the result is known."),
            ),
            models.CheckConstraint(
                condition=~models.Q(value="") | models.Q(basis__lt=Evidence.E2.value),
                name="pilots_counted_result_has_a_value",
                violation_error_message=_("Counted or measured: then give the number."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.value}".strip()
