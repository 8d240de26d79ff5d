"""News, events, and who comes."""

from events.models.events import EventDocument, EventIndexPage, EventPage, EventSession
from events.models.news import NewsIndexPage, NewsPage
from events.models.registrations import Registration

__all__ = [
    "EventDocument",
    "EventIndexPage",
    "EventPage",
    "EventSession",
    "NewsIndexPage",
    "NewsPage",
    "Registration",
]
