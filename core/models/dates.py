"""Dates of which only the month or the year may be known."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.formats import date_format

from core.choices import Precision


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as exactly as it is known: 24 March 2022, March 2022 or 2022.

    `day` is the first day of the month or year where no more is known.
    """

    day: dt.date
    precision: str = Precision.DAY

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read `2022`, `2022-03` or `2022-03-24`; raise ValueError for anything else."""
        precision = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}.get(len(text))
        if precision is None:
            raise ValueError(f"{text!r} is not a date like 2022, 2022-03 or 2022-03-24.")
        return cls(dt.date.fromisoformat((text + "-01-01")[:10]), precision)

    def __str__(self) -> str:
        """Write the date in words."""
        form = {Precision.YEAR: "Y", Precision.MONTH: "F Y"}.get(Precision(self.precision), "j F Y")
        return date_format(self.day, form)

    @property
    def iso(self) -> str:
        """Write the date for machines, no longer than it is known."""
        length = {Precision.YEAR: 4, Precision.MONTH: 7}.get(Precision(self.precision), 10)
        return self.day.isoformat()[:length]
