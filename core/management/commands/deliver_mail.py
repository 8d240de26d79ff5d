"""The command that a timer runs to deliver what waits in the outbox."""

from typing import Any

from django.core.management.base import BaseCommand

from core.outbox import deliver


class Command(BaseCommand):
    """Send the mail that is due: new ones, and those that a mail server did not take before."""

    help = "Sends what waits in the outbox; a mail that cannot be sent is tried again every 15 minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        """Deliver, and say how many mails left."""
        self.stdout.write(f"Mails sent: {deliver()}.")
