"""What readers see of news, events and their registration."""

from events.views.pages import (
    EventBrowseView,
    EventDetailView,
    NewsBrowseView,
    NewsDetailView,
    calendar,
    recording,
)
from events.views.registrations import ChangeView, ConfirmView, LinkView, RegisterView, SentView, StreamView

__all__ = [
    "ChangeView",
    "ConfirmView",
    "EventBrowseView",
    "EventDetailView",
    "LinkView",
    "NewsBrowseView",
    "NewsDetailView",
    "RegisterView",
    "SentView",
    "StreamView",
    "calendar",
    "recording",
]
