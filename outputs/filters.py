"""How outputs are browsed."""

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.filters import BrowseFilterSet, RecordFacet, TextFilter, YearFacet
from outputs.models import Output
from partners.models import Partner
from regions.filters import MAP_VIEWS, RegionFacet
from vocabularies.choices import Scheme
from vocabularies.filters import ConceptFacet


def _codes() -> Iterable[str]:
    """List the codes of the regions outputs are about."""
    return Output.objects.live().exclude(regions=None).values_list("regions__code", flat=True).distinct()


def _days() -> Iterable[dt.date]:
    """List a day in each year of delivery."""
    return Output.objects.live().dates("delivered", "year")


class OutputFilterSet(BrowseFilterSet):
    """The filters of the list of outputs."""

    q = TextFilter()
    kind = ConceptFacet("kind", scheme=Scheme.DOCUMENT_KIND, phrase=_("of the kind %s"))
    partner = RecordFacet(
        "partners",
        label=_("From"),
        records=Partner.objects.live,
        name="short_name",
        where=models.Q(partners__live=True),
        phrase=_("from %s"),
    )
    region = RegionFacet("regions__code", used=_codes, phrase=_("about %s"))
    language = ConceptFacet("languages", scheme=Scheme.LANGUAGE, phrase=_("in %s"))
    output = RecordFacet(
        "part_of",
        label=_("Belongs to"),
        records=lambda: Output.objects.live().filter(parts__live=True).distinct(),
        name="title",
        where=models.Q(part_of__live=True),
        phrase=_("belonging to %s"),
    )
    year = YearFacet("delivered", label=_("Year"), days=_days, phrase=_("of %s"))

    views: ClassVar = MAP_VIEWS
    sorts: ClassVar = {
        "code": (
            _("By code"),
            ["-category", models.Case(models.When(code="", then=1), default=0), "code", "title"],
        ),
        "title": (_("By title"), ["title"]),
        "newest": (_("Newest first"), [models.F("delivered").desc(nulls_last=True), "title"]),
    }

    class Meta:
        model = Output
        fields: ClassVar[list[str]] = []
