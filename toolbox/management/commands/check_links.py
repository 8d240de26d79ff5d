"""The command that tries the links of the site."""

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from toolbox.linkcheck import LinkChecker
from toolbox.models import LinkCheck
from toolbox.models.links import used_links

#: A link is tried once a day at most: three strikes are three days.
REST = dt.timedelta(hours=20)


class Command(BaseCommand):
    """Try every link that readers meet, and keep what was found for readers and editors."""

    help = "Tries the links of toolbox, sources and test cases; three failures in a row make one dead."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer to try links again that were tried today."""
        parser.add_argument(
            "--all", action="store_true", help="try links again that were tried within 20 hours"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Try what is due, forget what is linked no more, and report."""
        now, used = timezone.now(), used_links()
        LinkCheck.objects.exclude(url__in=used).delete()
        known = LinkCheck.objects.in_bulk(field_name="url")
        due = [
            url for url in used if options["all"] or url not in known or now - known[url].checked_at > REST
        ]
        checker = LinkChecker()
        for url in due:
            finding = checker.check(url)
            check = known.get(url) or LinkCheck(url=url)
            check.note(finding.found, finding.detail, timezone.now())
            check.save()
            self.stdout.write(f"{check.get_found_display()}: {url} ({finding.detail})")
        dead = sum(check.is_dead for check in LinkCheck.objects.all())
        self.stdout.write(f"{len(due)} of {len(used)} links tried; {dead} seem to be dead.")
