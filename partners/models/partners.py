"""The eight organisations that made InduCCI."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from core.cards import Card, Link, Place, fact
from core.choices import Palette
from core.models import CreditedImage, Record, RecordQuerySet
from core.previews import Preview
from partners.choices import OrganisationKind, Role
from regions.models import NutsRegion, country_name


class PartnerQuerySet(RecordQuerySet):
    """Questions about partners."""

    def for_cards(self) -> Self:
        """Fetch what a card prints, in a fixed number of queries."""
        return self.select_related("region")

    def for_page(self) -> Self:
        """Fetch what a partner's page prints, in a fixed number of queries."""
        return self.select_related("region", "district", "logo").prefetch_related("sources")


class Partner(Record):
    """An organisation of the partnership, from PP1, which leads, to PP8."""

    needed_to_publish: ClassVar = {"region": _("Say in which region you are: without it no map shows you.")}

    number = models.PositiveSmallIntegerField(_("number"), help_text=_("5 for PP5."))
    role = models.CharField(
        _("role"),
        max_length=8,
        choices=Role,
        default=Role.PARTNER,
        help_text=_("One partner leads the project."),
    )
    short_name = models.CharField(
        _("abbreviation"), max_length=30, help_text=_("As people call it: CCIAA Padova.")
    )
    name = models.CharField(
        _("English name"), max_length=150, help_text=_("As you write it on English letters.")
    )
    native_name = models.CharField(
        _("own name"), max_length=150, blank=True, help_text=_("With every accent: Škofja Loka.")
    )
    kind = models.CharField(
        _("kind of organisation"),
        max_length=16,
        choices=OrganisationKind,
        blank=True,
        help_text=_("Choose what comes nearest."),
    )
    region = models.ForeignKey(
        NutsRegion,
        verbose_name=_("region"),
        on_delete=models.PROTECT,
        related_name="partners",
        null=True,
        help_text=_("The NUTS 2 region. Look for its code or its name, for example AT31 or Upper Austria."),
    )
    district = models.ForeignKey(
        NutsRegion,
        verbose_name=_("district"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text=_("NUTS 3, where known, for example AT312."),
    )
    city = models.CharField(
        _("town"), max_length=80, help_text=_("Where your office is, as the town itself writes its name.")
    )
    street = models.CharField(
        _("street"),
        max_length=120,
        blank=True,
        help_text=_("With the number, as on a letter: Station Road 1."),
    )
    postcode = models.CharField(
        _("postcode"), max_length=12, blank=True, help_text=_("Without the sign of the country: 12345.")
    )
    address_note = models.CharField(
        _("note on the address"),
        max_length=200,
        blank=True,
        help_text=_("What a visitor needs to know: “Entrance from the yard.”"),
    )
    website = models.URLField(
        _("website"), blank=True, help_text=_("The whole address, with https:// before it.")
    )
    email = models.EmailField(
        _("role mailbox"),
        blank=True,
        help_text=_("A mailbox of the organisation such as info@…, never a person's."),
    )
    summary = models.TextField(
        _("who they are"),
        max_length=600,
        help_text=_("Who you are, in words for everybody: “We find rooms and money for small companies.”"),
    )
    part_in_project = models.TextField(
        _("part in the project"),
        max_length=600,
        blank=True,
        help_text=_("What you did in it: “We ran two test cases and wrote the guide on contracts.”"),
    )
    logo = models.ForeignKey(
        CreditedImage,
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Somebody who cannot see it hears your name instead."),
    )

    objects: ClassVar = PartnerQuerySet.as_manager()

    search_fields: ClassVar = [
        index.SearchField("name", boost=2),
        index.SearchField("native_name"),
        index.SearchField("short_name"),
        index.AutocompleteField("name"),
        index.AutocompleteField("short_name"),
        index.AutocompleteField("city"),
        index.FilterField("id"),
        index.FilterField("live"),
        index.FilterField("locale"),
    ]

    class Meta(Record.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(number__gte=1),
                name="partners_number_is_positive",
                violation_error_message=_("Partners are counted from 1."),
            ),
            models.UniqueConstraint(
                fields=["number", "locale"],
                name="partners_number_is_unique",
                violation_error_message=_("Another partner has this number."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def code(self) -> str:
        """Give the partner's sign: PP5."""
        return f"PP{self.number}"

    def get_absolute_url(self) -> str:
        """Give the public address."""
        return reverse("partners:detail", args=[self.slug])

    @property
    def places(self) -> list[Place]:
        """Show the partner in the middle of its region."""
        return [self.region.place] if self.region else []

    @property
    def link(self) -> Link:
        """Show the partner beside another record."""
        return Link(self.name, self.get_absolute_url(), meta=[self.code, self.city])

    @property
    def preview(self) -> Preview:
        """Show the partner where a link to it is shared."""
        return Preview.of(
            self.name,
            kicker=f"{self.get_role_display()} · {self.city}",
            palette=Palette.PARTNERS,
            code=self.slug,
            text=self.summary,
        )

    @property
    def card(self) -> Card:
        """Show the partner in a list."""
        region = self.region
        return Card(
            title=self.name,
            url=self.get_absolute_url(),
            key=self.slug,
            palette=Palette.PARTNERS,
            code=self.slug,
            kicker=f"{self.code} · {self.get_role_display()}",
            text=self.native_name,
            facts=(
                fact(_("Town"), self.city),
                fact(_("Region"), region.label if region else ""),
                fact(_("Country"), country_name(region.country_code) if region else ""),
                fact(_("Kind"), self.get_kind_display() if self.kind else ""),
            ),
        )
