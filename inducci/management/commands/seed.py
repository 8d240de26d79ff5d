"""Load the content that comes with the site."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from inducci.seeding import FixtureError, seed
from inducci.settings.environment import BASE_DIR


class Command(BaseCommand):
    """Plant the fixtures; what was planted before stays as editors left it."""

    help = "Loads fixtures/ by natural key; safe to run again, all or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take another folder of fixtures."""
        parser.add_argument("--from", dest="folder", type=Path, default=BASE_DIR / "fixtures")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Plant, or name every line that is wrong."""
        try:
            report = seed(folder)
        except FixtureError as error:
            raise CommandError(
                "Nothing was loaded:\n" + "\n".join(f"  {problem}" for problem in error.problems)
            ) from error
        if report.total:
            self.stdout.write(
                "Planted "
                + ", ".join(f"{n} {name.replace('_', ' ')}" for name, n in report.planted.items() if n)
            )
