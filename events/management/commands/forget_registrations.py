"""The command that deletes the registrations of past events."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from events.registering import forgettable


class Command(BaseCommand):
    """Delete what people wrote on registering, the set number of days after each event."""

    help = "Deletes the registrations of events that are over for as many days as each event says."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer to look first."""
        parser.add_argument("--dry-run", action="store_true", help="only say what would be deleted")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        """Delete event by event, and say how many; never whose."""
        for event, registrations in forgettable(timezone.now()):
            number = registrations.count()
            if not dry_run:
                registrations.delete()
            said = "would be deleted" if dry_run else "deleted"
            self.stdout.write(f"{event.slug}: {number} {said}.")
