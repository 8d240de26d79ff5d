"""The command behind `make run`: everything that has to be true before the site is served."""

import gc
import hashlib
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse
from django.utils.crypto import get_random_string

import inducci.storage

ADMINISTRATOR = "admin"
# Without letters and digits that look alike in print.
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"


class Command(BaseCommand):
    """Bring database, content and static files up to date; quick where nothing is new."""

    help = "Migrates, seeds and collects static files as far as needed, without asking anything."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer the two choices that running and developing differ in."""
        parser.add_argument(
            "--local-admin",
            action="store_true",
            help="make an administrator with a random password where there is none",
        )
        parser.add_argument("--no-static", action="store_true", help="leave the static files alone")

    def handle(self, *args: Any, local_admin: bool, no_static: bool, **options: Any) -> None:
        """Do what is left to do, in the order in which the steps need each other."""
        # The command ends soon, and looking for garbage costs a third of the time of seeding.
        gc.set_threshold(100_000, 50, 100)
        self.migrate()
        call_command("seed", stdout=self.stdout, stderr=self.stderr)
        call_command("bootstrap", stdout=self.stdout, stderr=self.stderr)
        if not no_static:
            self.collect_static()
        if local_admin:
            self.make_administrator()

    def migrate(self) -> None:
        """Apply the migrations that the database lacks."""
        if connection.vendor == "sqlite":
            Path(connection.settings_dict["NAME"]).parent.mkdir(parents=True, exist_ok=True)
            write_ahead(connection)
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            self.stdout.write(f"Migrating the database, {len(plan)} steps")
            call_command("migrate", interactive=False, verbosity=0)

    def collect_static(self) -> None:
        """Collect the static files where a source changed since the last time."""
        root = Path(settings.STATIC_ROOT)
        record = root.with_name(f"{root.name}.fingerprint")
        fingerprint = fingerprint_of_static_sources()
        if root.is_dir() and record.is_file() and record.read_text(encoding="ascii") == fingerprint:
            return
        self.stdout.write("Collecting static files")
        call_command("collectstatic", interactive=False, verbosity=0)
        record.write_text(fingerprint, encoding="ascii")

    def make_administrator(self) -> None:
        """Make the first administrator and show the password, once."""
        users = get_user_model()._default_manager
        if users.filter(is_superuser=True).exists():
            return
        password = "-".join(get_random_string(4, ALPHABET) for _ in range(4))
        lines = [
            "A local administrator was made. The password is shown this once:",
            "",
            f"  Address   {settings.BASE_URL}{reverse('wagtailadmin_home')}",
            f"  Name      {ADMINISTRATOR}",
            f"  Password  {password}",
        ]
        users.create_superuser(username=ADMINISTRATOR, password=password)
        self.stdout.write(boxed(lines))


def write_ahead(database: BaseDatabaseWrapper) -> None:
    """Let people read while somebody writes; the SQLite file remembers it for every later connection."""
    with database.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode=WAL")


def static_sources() -> Iterator[tuple[str, Path]]:
    """Name every file that collecting reads, and the code that changes it on the way."""
    for finder in get_finders():
        for path, storage in finder.list([]):
            yield path, Path(storage.path(path))
    yield "", Path(inducci.storage.__file__)


def fingerprint_of_static_sources() -> str:
    """Give a hash over the paths, sizes and times of change of the static files' sources."""
    digest = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for name, path in sorted(static_sources()):
        stat = path.stat()
        digest.update(f"{name}\0{path}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def boxed(lines: list[str]) -> str:
    """Draw a box around lines of text."""
    width = max(map(len, lines))
    edge = f"+{'-' * (width + 2)}+"
    return "\n".join([edge, *(f"| {line:<{width}} |" for line in lines), edge])
