"""What a workbook is written from: the rows of each sheet, the notes at its heads, and what may be chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from inducci.workbook.columns import Column, Keys
from inducci.workbook.records import rows_of
from inducci.workbook.sheets import RECORDS, SHEETS, Sheet

KEY_NOTES = {
    "slug": _("The short name: small letters, digits and hyphens. It tells which record is meant."),
    "implementation": _("The short name of the implementation to which this line belongs."),
    "number": _("1 for its first line, 2 for its second …"),
}


@dataclass(frozen=True)
class Table:
    """One sheet to be written; without records it is a form to fill in."""

    sheet: Sheet
    columns: list[Column]
    user: Any
    with_records: bool

    @property
    def notes(self) -> dict[str, str]:
        """Give the note at each head."""
        keys = {name: str(KEY_NOTES[name]) for name in self.sheet.key_names}
        return keys | {column.name: column.note for column in self.columns}

    def rows(self) -> Iterator[list[Any]]:
        """Give the rows below the head."""
        return rows_of(self.sheet, self.columns, self.user) if self.with_records else iter(())


def tables(user: Any, *, with_records: bool) -> list[Table]:
    """Give all sheets, as far as a person may see them."""
    keys = Keys(user)
    return [Table(sheet, sheet.columns(keys), user, with_records) for sheet in SHEETS]


@dataclass
class Lists:
    """What may be chosen: the vocabularies and other fixed lists, each under a name."""

    columns: dict[str, list[str]] = field(default_factory=dict)

    def add(self, table: Table) -> None:
        """Take the lists of a sheet."""
        for column in table.columns:
            if (name := self.name_of(column)) and (values := self._values(column)):
                self.columns.setdefault(name, values)

    def name_of(self, column: Column) -> str:
        """Name the list of a column; nothing for one without."""
        model = column.field.related_model
        if not column.is_reference:
            return f"{column.field.model._meta.model_name}.{column.name}" if column.choices else ""
        if sheet_of(column):
            return ""
        limit = (column.field.get_limit_choices_to() or {}).values()
        return " ".join(map(str, [model._meta.verbose_name, *limit]))

    @staticmethod
    def _values(column: Column) -> list[str]:
        """List what may stand in a column."""
        return list(column.keys.of(column.field)) if column.is_reference else column.choices

    def rows(self) -> Iterator[list[str | None]]:
        """Lay the lists out beside each other, their names first."""
        yield list(self.columns)
        for place in range(max(map(len, self.columns.values()), default=0)):
            yield [values[place] if place < len(values) else None for values in self.columns.values()]


def sheet_of(column: Column) -> Sheet | None:
    """Find the sheet whose records a column names."""
    return next((sheet for sheet in RECORDS if sheet.model is column.field.related_model), None)
