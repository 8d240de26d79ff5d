"""Write a workbook of records."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from inducci.workbook.exporting import export


class Command(BaseCommand):
    """Write all test cases, implementations, money, results and documents."""

    help = "Writes an XLSX workbook that import_workbook takes in again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file to write."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Write it."""
        try:
            with file.open("wb") as opened:
                export(opened)
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"Written: {file}")
