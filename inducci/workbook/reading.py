"""The lines of a workbook, whatever file they come from, and everything in it that cannot be taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from inducci.workbook.sheets import Sheet

# So many empty lines in a row are no gap any more, but a sheet that was marked to its end.
EMPTY_LINES = 1000


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where."""

    reason: str
    sheet: str = ""
    line: int = 0
    column: str = ""

    def __str__(self) -> str:
        line = _("line %d") % self.line if self.line else ""
        where = (self.sheet, line, self.column)
        told = ", ".join(part for part in where if part)
        return f"{told}: {self.reason}" if told else self.reason


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sheet: its cells by the name of their column."""

    sheet: Sheet
    number: int
    cells: dict[str, Any]
    letters: dict[str, str]
    # The columns whose cell was refused already.
    bad: frozenset[str] = frozenset()

    def fault(self, reason: object, name: str = "") -> Fault:
        """Say what is wrong with the line, or with one of its cells."""
        column = column_at(self.letters[name], name) if name in self.letters else name
        return Fault(str(reason), self.sheet.title, self.number, column)


@dataclass
class Book:
    """All lines of a workbook, and all that is wrong with its form."""

    lines: dict[str, list[Line]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def column_at(letter: str, name: str = "") -> str:
    """Say which column is meant: by its letter, as spreadsheets show it, and its head."""
    said = _("column %s") % letter
    return f"{said} ({name})" if name else said


class Cell(NamedTuple):
    """A cell that holds something: its column, its value, and why it cannot be taken, if so."""

    column: int
    value: Any
    reason: str = ""


def read_lines(
    rows: Iterable[list[Cell]],
    sheet: Sheet,
    book: Book,
    readers: Mapping[str, Callable[[Any], Any]] | None = None,
) -> None:
    """Read a sheet from its rows, each of its cells that hold something.

    A column's reader turns what a cell holds into a value, and raises ValueError with the reason against it.
    """
    filled = _without_gaps(rows, sheet, book)
    first, head = next(filled, (1, []))
    columns = _columns(head, first, sheet, book)
    letters = {name: get_column_letter(column) for column, name in columns.items()}
    lines = book.lines[sheet.title] = []
    for number, row in filled:
        cells: dict[str, Any] = dict.fromkeys(letters)
        bad = set()
        for cell in row:
            name = columns.get(cell.column, "")
            reason = cell.reason or ("" if name else _("This column has no known head."))
            try:
                cells[name] = readers[name](cell.value) if readers and not reason else cell.value
            except ValueError as error:
                reason = str(error)
            if reason:
                cells.pop(name, None)
                bad.add(name)
                where = column_at(get_column_letter(cell.column), name)
                book.faults.append(Fault(reason, sheet.title, number, where))
        lines.append(Line(sheet, number, cells, letters, frozenset(bad)))


def _without_gaps(rows: Iterable[list[Cell]], sheet: Sheet, book: Book) -> Iterator[tuple[int, list[Cell]]]:
    """Give the lines that hold something; stop where a sheet goes on and on without anything."""
    empty = 0
    for number, row in enumerate(rows, start=1):
        empty = 0 if row else empty + 1
        if empty > EMPTY_LINES:
            reason = _("More than %d empty lines follow; delete them.") % EMPTY_LINES
            book.faults.append(Fault(reason, sheet.title, number - EMPTY_LINES))
            return
        if row:
            yield number, row


def _columns(head: list[Cell], number: int, sheet: Sheet, book: Book) -> dict[int, str]:
    """Find the columns by their heads; those that are not there stay as they are."""
    found = {cell.column: str(cell.value).strip() for cell in head}
    names = Counter(found.values())
    for column, name in found.items():
        where = column_at(get_column_letter(column))
        if name not in sheet.headers:
            book.faults.append(
                Fault(_("There is no column “%s” in this sheet.") % name, sheet.title, number, where)
            )
        elif names[name] > 1:
            book.faults.append(Fault(_("The column “%s” is there twice.") % name, sheet.title, number, where))
    for name in sheet.key_names:
        if name not in names:
            book.faults.append(Fault(_("The column “%s” is missing.") % name, sheet.title, number))
    return {column: name for column, name in found.items() if name in sheet.headers}
