"""Load the NUTS classification."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from regions.classification import (
    VERSIONS,
    ClassificationError,
    Differences,
    RegionRow,
    apply,
    closed_rows,
    differences,
    eurostat_rows,
    gather,
    gisco_outlines,
    gisco_rows,
    with_outlines,
)
from regions.models import NutsRegion

SHOWN = 50


class Command(BaseCommand):
    """Bring the regions up to date; what editors wrote stays, and nothing is deleted."""

    help = (
        "Loads the NUTS classification: Eurostat's table of 2021 and 2024 and the codes closed before. "
        "Files of GISCO add older versions and outlines; statistical regions in them are left out. "
        "All or nothing: one wrong line refuses the whole import."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Make room for --version, which is Django's own otherwise."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        """Take files of GISCO, and a rehearsal."""
        parser.add_argument("--gisco-table", type=Path, metavar="FILE", help="NUTS_AT_<version>.csv of GISCO")
        parser.add_argument(
            "--version", type=int, choices=VERSIONS, help="the version of NUTS that the table holds"
        )
        parser.add_argument(
            "--gisco-outlines", type=Path, metavar="FILE", help="NUTS_RG_20M_<version>_4326.geojson of GISCO"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would change and write nothing")

    def handle(
        self,
        *args: Any,
        gisco_table: Path | None,
        version: int | None,
        gisco_outlines: Path | None,
        dry_run: bool,
        **options: Any,
    ) -> None:
        """Read everything, then write everything, or name every line that is wrong."""
        if (gisco_table is None) != (version is None):
            raise CommandError("--gisco-table and --version go together.")
        try:
            rows = read(gisco_table, version, gisco_outlines)
            found = differences(rows) if dry_run else apply(rows)
        except ClassificationError as error:
            problems = "\n".join(f"  {problem}" for problem in error.problems)
            raise CommandError(f"Nothing was imported:\n{problems}") from error
        self.report(found)
        if dry_run:
            self.stdout.write("Nothing was written: this was a dry run.")

    def report(self, found: Differences) -> None:
        """Print the counts and the first differences."""
        self.stdout.write(
            f"{len(found.added)} new, {len(found.changed)} changed, {len(found.unchanged)} unchanged, "
            f"{len(found.missing)} in the database only"
        )
        sentences = found.sentences()
        for sentence in sentences[:SHOWN]:
            self.stdout.write(f"  {sentence}")
        if len(sentences) > SHOWN:
            self.stdout.write(f"  and {len(sentences) - SHOWN} more")


def read(table: Path | None, version: int | None, outlines: Path | None) -> list[RegionRow]:
    """Read all sources; raise ClassificationError with the complaints about every one of them."""
    known = set(NutsRegion.objects.values_list("code", flat=True))
    rows = gather(eurostat_rows, closed_rows)
    known |= {row.code for row in rows}
    problems: list[str] = []
    if table is not None and version is not None:
        try:
            rows += gisco_rows(table, version, known)
        except ClassificationError as error:
            problems += error.problems
    if outlines is not None:
        try:
            # Where the table is refused, nobody knows which codes it would have brought.
            codes = None if problems else known | {row.code for row in rows}
            rows = with_outlines(rows, gisco_outlines(outlines, codes))
        except ClassificationError as error:
            problems += error.problems
    if problems:
        raise ClassificationError(problems)
    return rows
