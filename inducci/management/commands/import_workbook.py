"""Take in a workbook of records."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from inducci.workbook.importing import UNCHANGED, take_in


class Command(BaseCommand):
    """Store all that a workbook says, or nothing."""

    help = "Takes in a workbook as export_workbook writes it (XLSX or CSV): as drafts, all or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, and say how far to go."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only tell what would become of each line")
        parser.add_argument("--publish", action="store_true", help="publish what is new or changed")

    def handle(self, *args: Any, file: Path, dry_run: bool, publish: bool, **options: Any) -> None:
        """Take it in, or name every fault."""
        # On a terminal alone; it would spoil what is written into a file.
        with tqdm(desc="Lines", unit="", file=sys.stderr, disable=None, leave=False) as bar:

            def advance(done: int, total: int) -> None:
                bar.total = total
                bar.n = done
                bar.refresh()

            try:
                with file.open("rb") as opened:
                    outcome = take_in(opened, dry_run=dry_run, publish=publish, advance=advance)
            except OSError as error:
                raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        for verdict in outcome.verdicts:
            if dry_run or (verdict.kind != UNCHANGED and not outcome.faults):
                self.stdout.write(str(verdict))
        if outcome.faults:
            told = "\n".join(f"  {fault}" for fault in outcome.faults)
            raise CommandError(f"Nothing was stored. Faults: {len(outcome.faults)}\n{told}")
        counts = ", ".join(f"{number} {kind}" for kind, number in sorted(outcome.counts.items()))
        self.stdout.write(f"{counts or 'no lines'}{'; nothing was stored' if dry_run else ''}")
