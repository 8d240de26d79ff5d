"""Write a workbook of records."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from inducci.workbook.exporting import export


class Command(BaseCommand):
    """Write all test cases, implementations, money, results and documents."""

    help = (
        "Writes a workbook that import_workbook takes in again: XLSX, or CSV files in a ZIP archive (.zip)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file to write."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--template", action="store_true", help="write no records, only what to fill in")

    def handle(self, *args: Any, file: Path, template: bool, **options: Any) -> None:
        """Write it."""
        try:
            with file.open("wb") as opened:
                export(
                    opened, form="csv" if file.suffix.lower() == ".zip" else "xlsx", with_records=not template
                )
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"Written: {file}")
