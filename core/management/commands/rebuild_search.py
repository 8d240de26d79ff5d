"""Repair the search."""

from typing import Any

from django.core.management.base import BaseCommand

from core.search.registry import entries
from core.search.rows import rebuild_all


class Command(BaseCommand):
    """Compare the search with everything that is published, and put right what differs."""

    help = "Writes the rows that the search lacks, corrects those that are wrong and removes the rest."

    def handle(self, *args: Any, **options: Any) -> None:
        """Repair, and say what was repaired."""
        repairs = rebuild_all(entries())
        self.stdout.write(
            f"Search: {repairs.added} rows added, {repairs.changed} corrected, {repairs.removed} removed."
        )
