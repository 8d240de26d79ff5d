"""How news and events are browsed."""

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.filters import BrowseFilterSet, ChoiceFacet, RecordFacet, TextFilter, YearFacet
from events.choices import EventKind, Mode, NewsKind
from events.models import EventPage, NewsPage
from partners.models import Partner
from vocabularies.choices import Scheme
from vocabularies.filters import ConceptFacet


def days_of_news() -> Iterable[dt.date]:
    """List the dates of the published news."""
    return NewsPage.objects.visible().exclude(issued=None).order_by().values_list("issued", flat=True)


def days_of_events() -> Iterable[dt.date]:
    """List the first days of the published events."""
    return EventPage.objects.visible().exclude(start=None).order_by().values_list("start", flat=True)


class NewsFilterSet(BrowseFilterSet):
    """The filters of the news."""

    q = TextFilter()
    kind = ChoiceFacet(
        "kind", label=_("Kind"), choices=NewsKind, has_unknown=False, phrase=_("of the kind “%s”")
    )
    partner = RecordFacet(
        "partner",
        label=_("From"),
        records=Partner.objects.live,
        name="short_name",
        where=models.Q(partner__live=True),
        phrase=_("from %s"),
    )
    language = ConceptFacet(
        "languages", scheme=Scheme.LANGUAGE, label=_("Language of the original"), phrase=_("in %s")
    )
    year = YearFacet("issued", label=_("Year"), days=days_of_news, phrase=_("from %s"))

    newest: ClassVar = [models.F("issued").desc(nulls_last=True), "-pk"]
    sorts: ClassVar = {
        "newest": (_("Newest first"), [models.F("issued").desc(nulls_last=True), "title"]),
        "oldest": (_("Oldest first"), [models.F("issued").asc(nulls_last=True), "title"]),
        "title": (_("By title"), ["title"]),
    }

    class Meta:
        model = NewsPage
        fields: ClassVar[list[str]] = []


class EventFilterSet(BrowseFilterSet):
    """The filters of the events."""

    q = TextFilter()
    kind = ChoiceFacet(
        "kind", label=_("Kind"), choices=EventKind, has_unknown=False, phrase=_("of the kind “%s”")
    )
    mode = ChoiceFacet("mode", label=_("Taking part"), choices=Mode, phrase=_("held %s"))
    partner = RecordFacet(
        "partner",
        label=_("Host"),
        records=Partner.objects.live,
        name="short_name",
        where=models.Q(partner__live=True),
        phrase=_("hosted by %s"),
    )
    language = ConceptFacet("language", scheme=Scheme.LANGUAGE, phrase=_("in %s"))
    year = YearFacet("start", label=_("Year"), days=days_of_events, phrase=_("in %s"))

    newest: ClassVar = [models.F("start").desc(nulls_last=True), "-pk"]
    sorts: ClassVar = {
        "newest": (_("Latest first"), [models.F("start").desc(nulls_last=True), "title"]),
        "oldest": (_("Earliest first"), [models.F("start").asc(nulls_last=True), "title"]),
        "title": (_("By title"), ["title"]),
    }

    class Meta:
        model = EventPage
        fields: ClassVar[list[str]] = []
