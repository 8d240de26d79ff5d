"""News and events."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Name the app in the admin."""

    name = "events"
    verbose_name = "News and events"

    def ready(self) -> None:
        """Move the waiting list up when an editor publishes an event with more places."""
        from wagtail.signals import page_published

        from events.models import EventPage
        from events.registering import tend_published

        page_published.connect(tend_published, sender=EventPage)
