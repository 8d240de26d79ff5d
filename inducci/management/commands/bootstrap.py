"""Make the groups, the folders and the review."""

from typing import Any

from django.core.management.base import BaseCommand

from inducci.bootstrap import bootstrap


class Command(BaseCommand):
    """Make one group for each partner with its collection and folders, the reviewers, and the review."""

    help = "Makes groups, collections, folders and the review as far as they are missing; safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make what is missing, and name it."""
        made = bootstrap()
        if made.names:
            self.stdout.write(f"Made {', '.join(made.names)}")
