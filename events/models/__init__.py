"""News, events, and who comes."""

from events.models.events import EventDocument, EventIndexPage, EventPage, EventSession
from events.models.mailings import Mailing
from events.models.news import NewsIndexPage, NewsPage
from events.models.registrations import Registration

__all__ = [
    "EventDocument",
    "EventIndexPage",
    "EventPage",
    "EventSession",
    "Mailing",
    "NewsIndexPage",
    "NewsPage",
    "Registration",
]
