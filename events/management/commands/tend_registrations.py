"""The command that a timer runs to keep the registrations of coming events in order."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from events.models import EventPage
from events.registering import tend


class Command(BaseCommand):
    """Free the places that were not confirmed in time, and move the waiting lists up."""

    help = "Frees places that were not confirmed within 48 hours and moves the waiting lists up."

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through the events that have registrations."""
        now = timezone.now()
        events = EventPage.objects.filter(registrations__isnull=False).distinct()
        self.stdout.write(f"Moved up: {sum(tend(event, now) for event in events)}.")
