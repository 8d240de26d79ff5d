"""What was found behind the links when they were last tried."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.models import Source
from pilots.models import TestCase
from toolbox.choices import Found

#: So many failures in a row, on different days, make a link dead.
STRIKES = 3
LONGEST = 500


class LinkCheck(models.Model):
    """An address elsewhere, with what it answered."""

    url = models.URLField(gettext_lazy("address"), max_length=LONGEST, unique=True)
    found = models.CharField(gettext_lazy("what was found"), max_length=12, choices=Found)
    detail = models.CharField(gettext_lazy("in detail"), max_length=200, blank=True)
    checked_at = models.DateTimeField(gettext_lazy("last tried"))
    seen_at = models.DateTimeField(gettext_lazy("last seen to work"), null=True, blank=True)
    strikes = models.PositiveSmallIntegerField(gettext_lazy("failures in a row"), default=0)

    class Meta:
        verbose_name = gettext_lazy("checked link")
        verbose_name_plural = gettext_lazy("checked links")
        ordering: ClassVar = ["-strikes", "url"]

    def __str__(self) -> str:
        return self.url

    def note(self, found: Found, detail: str, now: dt.datetime) -> None:
        """Write down what a try found; a server that is busy or shut to programs has not failed."""
        self.found, self.detail, self.checked_at = found, detail[:200], now
        if found is Found.WORKS:
            self.seen_at, self.strikes = now, 0
        elif found.is_failure:
            self.strikes = min(self.strikes + 1, 100)

    @property
    def is_dead(self) -> bool:
        """Tell whether the link failed so often that it has to go."""
        return self.strikes >= STRIKES or self.found == Found.FORBIDDEN

    @property
    def said(self) -> str:
        """Tell a reader what to expect behind the link."""
        if self.is_dead:
            return _("seems to be gone")
        if self.seen_at:
            return _("last seen to work on %s") % date_format(self.seen_at, "j F Y")
        return _("could not be checked")


def used_links() -> list[str]:
    """List every address elsewhere that readers meet: in the toolbox, among sources, with test cases."""
    from toolbox.models.tools import ToolPage  # the page draws on the checks, so it comes later

    tools = ToolPage.objects.visible()
    found = [
        link["url"]
        for tool in tools
        for block in tool.body
        if block.block_type == "links"
        for link in block.value["links"]
    ]
    found += Source.objects.exclude(url="").values_list("url", flat=True)
    found += [link.value["url"] for case in TestCase.objects.live() for link in case.links]
    return sorted({url for url in found if len(url) <= LONGEST})
