"""News, events, and who comes."""

from events.models.events import EventDocument, EventFolderPage, EventIndexPage, EventPage, EventSession
from events.models.mailings import Mailing
from events.models.news import NewsFolderPage, NewsIndexPage, NewsPage
from events.models.registrations import Registration

__all__ = [
    "EventDocument",
    "EventFolderPage",
    "EventIndexPage",
    "EventPage",
    "EventSession",
    "Mailing",
    "NewsFolderPage",
    "NewsIndexPage",
    "NewsPage",
    "Registration",
]
