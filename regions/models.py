"""The NUTS classification of regions."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Left, Length
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from core.cards import Card, Place, fact
from core.choices import Palette
from core.previews import Preview
from core.related import in_use
from regions.choices import COUNTRIES
from regions.codes import NutsCode


def country_name(code: str) -> str:
    """Give the English name of a country."""
    return str(COUNTRIES.get(code, code))


class NutsRegionQuerySet(models.QuerySet["NutsRegion"]):
    """Questions about regions."""

    def within(self, code: str) -> Self:
        """Keep a region and all below it."""
        return self.filter(code__startswith=code)

    def above(self, code: str) -> Self:
        """Keep the regions around a region, the country first."""
        return self.filter(code__in=[str(ancestor) for ancestor in NutsCode(code).ancestors]).order_by("code")

    def directly_below(self, region: NutsRegion) -> Self:
        """Keep the regions one level below that are in force."""
        return self.current().filter(code__startswith=region.code, level=region.level + 1)

    def current(self) -> Self:
        """Keep the regions of the version in force."""
        return self.filter(last_version=NutsRegion.CURRENT_VERSION)

    def in_use(self) -> Self:
        """Keep the regions that a partner or a record is at home in."""
        return self.filter(in_use(NutsRegion))

    def for_cards(self) -> Self:
        """Fetch what a card prints."""
        return self.defer("outline")

    def get_by_natural_key(self, code: str) -> NutsRegion:
        """Give the region with this code."""
        return self.get(code=code)


class NutsRegion(index.Indexed, models.Model):
    """A region of the NUTS classification, at any level from country to district.

    Source: Eurostat, correspondence tables NUTS 2016-2021 and 2021-2024. Versions are years
    (2016, 2021, 2024); `last_version` before the current one means that the code has ended.
    """

    CURRENT_VERSION: ClassVar[int] = 2024

    code = models.CharField(_("NUTS code"), max_length=5, unique=True)
    name = models.CharField(_("official name"), max_length=200, help_text=_("As Eurostat prints it."))
    name_latin = models.CharField(_("name in Latin letters"), max_length=200, blank=True)
    name_en = models.CharField(
        _("English name"),
        max_length=100,
        blank=True,
        help_text=_("Customary; NUTS has no official English names."),
    )
    first_version = models.PositiveSmallIntegerField(_("known since version"))
    last_version = models.PositiveSmallIntegerField(_("known until version"))
    successors = models.ManyToManyField(
        "self", verbose_name=_("replaced by"), symmetrical=False, blank=True, related_name="predecessors"
    )
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    outline = models.JSONField(
        _("outline"), null=True, blank=True, editable=False, help_text=_("GeoJSON geometry, EPSG:4326.")
    )
    summary = models.CharField(_("summary"), max_length=600, blank=True)
    note = models.CharField(_("note to the reader"), max_length=500, blank=True)
    level = models.GeneratedField(
        expression=Length("code") - models.Value(2),
        output_field=models.SmallIntegerField(verbose_name=_("level")),
        db_persist=True,
    )
    country_code = models.GeneratedField(
        expression=Left("code", 2), output_field=models.CharField(max_length=2), db_persist=True
    )

    objects: ClassVar = NutsRegionQuerySet.as_manager()

    search_fields: ClassVar = [
        index.SearchField("code"),
        index.SearchField("name"),
        index.SearchField("name_en"),
        index.AutocompleteField("code"),
        index.AutocompleteField("name"),
        index.AutocompleteField("name_latin"),
        index.AutocompleteField("name_en"),
        index.FilterField("level"),
        index.FilterField("country_code"),
    ]

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(code__regex=NutsCode.GRAMMAR),
                name="regions_code_is_nuts",
                violation_error_message=_("This is not a NUTS code."),
            ),
            models.CheckConstraint(
                condition=models.Q(last_version__gte=models.F("first_version")),
                name="regions_versions_are_in_order",
                violation_error_message=_("A region cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True) | models.Q(latitude__range=(-90, 90)),
                name="regions_latitude_is_in_degrees",
                violation_error_message=_("A latitude lies between -90 and 90 degrees."),
            ),
            models.CheckConstraint(
                condition=models.Q(longitude__isnull=True) | models.Q(longitude__range=(-180, 180)),
                name="regions_longitude_is_in_degrees",
                violation_error_message=_("A longitude lies between -180 and 180 degrees."),
            ),
        ]

    @property
    def spellings(self) -> tuple[str, ...]:
        """Give the code and the names by which people look for the region."""
        return (self.code, self.name, self.name_latin, self.name_en)

    def __str__(self) -> str:
        return f"{self.label} ({self.code})"

    def natural_key(self) -> tuple[str]:
        """Give the code."""
        return (self.code,)

    def get_absolute_url(self) -> str:
        """Give the public address."""
        return reverse("regions:detail", args=[self.code])

    def get_full_url(self) -> str:
        """Give the whole address."""
        return f"{settings.BASE_URL}{self.get_absolute_url()}"

    @property
    def label(self) -> str:
        """Give the name an English reader knows, else the official one."""
        return self.name_en or self.name

    @property
    def nuts(self) -> NutsCode:
        """Give the code as a value."""
        return NutsCode(self.code)

    @property
    def is_current(self) -> bool:
        """Tell whether the code is in force."""
        return self.last_version == self.CURRENT_VERSION

    @property
    def place(self) -> Place:
        """Show the region as a point, where its middle is known."""
        return Place(self.label, self.latitude, self.longitude)

    @property
    def places(self) -> list[Place]:
        """Show the region on the map."""
        return [self.place]

    @property
    def preview(self) -> Preview | None:
        """Show a region that is written about where a link to it is shared; others look like the site."""
        if not self.summary:
            return None
        return Preview.of(
            self.label,
            kicker=country_name(self.country_code),
            palette=Palette.REGIONS,
            code=self.code,
            text=self.summary,
        )

    @property
    def card(self) -> Card:
        """Show the region in a list."""
        return Card(
            title=self.label,
            url=self.get_absolute_url(),
            kicker=country_name(self.country_code),
            text=self.summary,
            palette=Palette.REGIONS,
            code=self.code,
            key=self.code,
            facts=(fact(_("NUTS code"), self.code), fact(_("Official name"), self.name)),
        )
