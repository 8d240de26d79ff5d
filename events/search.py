"""How news and events are found; registrations never are."""

from django.utils.translation import gettext_lazy as _

from core.search import Document, searchable, texts_of
from events.models import EventPage, NewsPage
from partners.models import Partner
from vocabularies.models import Concept


@searchable(
    EventPage,
    kind="events",
    label=_("Events"),
    order=52,
    records=lambda: (
        EventPage.objects.visible().select_related("partner", "language").prefetch_related("sessions")
    ),
    draws_on={Concept: ["language"], Partner: ["partner"]},
)
def document_of_event(event: EventPage) -> Document:
    """Write an event into the search, with its place, host and programme."""
    host = event.shown_partner
    return Document(
        title=event.title,
        url=event.get_absolute_url(),
        names=[event.native_title] if event.native_title else [],
        summary=event.summary,
        body=[
            *texts_of(event, "body"),
            event.get_kind_display(),
            event.days,
            event.where,
            *((host.name, host.short_name) if host else ()),
            *(f"{session.title} {session.text}" for session in event.sessions.all()),
        ],
    )


@searchable(
    NewsPage,
    kind="news",
    label=_("News"),
    order=54,
    records=lambda: NewsPage.objects.visible().select_related("partner"),
    draws_on={Partner: ["partner"]},
)
def document_of_news(news: NewsPage) -> Document:
    """Write a piece of news into the search."""
    partner = news.shown_partner
    return Document(
        title=news.title,
        url=news.get_absolute_url(),
        summary=news.summary,
        body=[
            *texts_of(news, "body"),
            news.label,
            news.when,
            *((partner.name, partner.short_name) if partner else ()),
        ],
    )
