"""Read a workbook line by line, and name everything in it that is no plain cell of a known column."""

from __future__ import annotations

import re
import warnings
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from inducci.workbook.sheets import SHEETS, Sheet

# So many empty lines in a row are no gap any more, but a sheet that was marked to its end.
EMPTY_LINES = 1000
FAULTS_SHOWN = 1000
LARGEST = 100 * 1024 * 1024
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]{1,30})"')
# What openpyxl, zlib and the XML parser raise for a file that is damaged, or that is something else.
UNREADABLE = (
    *(BadZipFile, OSError, EOFError, zlib.error, SyntaxError, KeyError, ValueError, TypeError),
    *(IndexError, AttributeError, NotImplementedError, RuntimeError, OverflowError),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where."""

    reason: str
    sheet: str = ""
    line: int = 0
    column: str = ""

    def __str__(self) -> str:
        where = (self.sheet, f"line {self.line}" if self.line else "", self.column)
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
        column = f"column {self.letters[name]} ({name})" if name in self.letters else name
        return Fault(str(reason), self.sheet.title, self.number, column)


@dataclass
class Book:
    """All lines of a workbook, and all that is wrong with its form."""

    lines: dict[str, list[Line]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read(file: IO[bytes]) -> Book:
    """Read a workbook; a file that is none is one fault."""
    book = Book()
    try:
        # openpyxl warns of what it leaves out (colours, drop-downs), and of dates, which we name ourselves.
        with warnings.catch_warnings(action="ignore"), ZipFile(file) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST:
                return Book(faults=[Fault("The workbook is larger than 100 MB when it is unpacked.")])
            opened = load_workbook(file, read_only=True)
            for sheet in SHEETS:
                if sheet.title in opened.sheetnames:
                    _read_sheet(opened[sheet.title], sheet, parts, book)
                else:
                    book.faults.append(Fault("The sheet is missing.", sheet.title))
            opened.close()
    except UNREADABLE:
        return Book(faults=[Fault("This is not an Excel workbook (XLSX), or it is damaged.")])
    return book


def _read_sheet(page: Any, sheet: Sheet, parts: ZipFile, book: Book) -> None:
    """Read one sheet."""
    if not hasattr(page, "reset_dimensions"):
        book.faults.append(Fault("This is a chart and no sheet with cells.", sheet.title))
        return
    page.reset_dimensions()
    rows = _without_gaps(page, sheet, book)
    first, head = next(rows, (1, []))
    columns = _columns(head, first, sheet, book)
    letters = {name: get_column_letter(column) for column, name in columns.items()}
    lines = book.lines[sheet.title] = []
    for number, row in rows:
        cells: dict[str, Any] = dict.fromkeys(letters)
        bad = set()
        for cell in row:
            name = columns.get(cell.column, "")
            reason = _reason_against(cell, name)
            if reason:
                bad.add(name)
                where = f"column {get_column_letter(cell.column)}" + (f" ({name})" if name else "")
                book.faults.append(Fault(reason, sheet.title, number, where))
            else:
                cells[name] = cell.value
        lines.append(Line(sheet, number, cells, letters, frozenset(bad)))
    for reference in _merged(page, parts):
        book.faults.append(Fault("These cells are merged; split them.", sheet.title, 0, f"cells {reference}"))


def _reason_against(cell: Any, name: str) -> str:
    """Say why a cell cannot be taken, whatever its column."""
    if cell.data_type == "f":
        return "This cell holds a formula; paste its value instead."
    if cell.data_type == "e":
        return f"This cell holds an error ({cell.value})."
    return "" if name else "This column has no known head."


def _without_gaps(page: Any, sheet: Sheet, book: Book) -> Iterator[tuple[int, list[Any]]]:
    """Give the lines that hold something; stop where a sheet goes on and on without anything."""
    empty = 0
    for number, row in enumerate(page.iter_rows(), start=1):
        filled = [cell for cell in row if cell.value is not None and cell.value != ""]
        empty = 0 if filled else empty + 1
        if empty > EMPTY_LINES:
            reason = f"More than {EMPTY_LINES} empty lines follow; delete them."
            book.faults.append(Fault(reason, sheet.title, number - EMPTY_LINES))
            return
        if filled:
            yield number, filled


def _columns(head: list[Any], number: int, sheet: Sheet, book: Book) -> dict[int, str]:
    """Find the columns by their heads; those that are not there stay as they are."""
    found = {cell.column: str(cell.value).strip() for cell in head}
    names = Counter(found.values())
    for column, name in found.items():
        where = f"column {get_column_letter(column)}"
        if name not in sheet.headers:
            book.faults.append(
                Fault(f"There is no column “{name}” in this sheet.", sheet.title, number, where)
            )
        elif names[name] > 1:
            book.faults.append(Fault(f"The column “{name}” is there twice.", sheet.title, number, where))
    for name in sheet.key_names:
        if name not in names:
            book.faults.append(Fault(f"The column “{name}” is missing.", sheet.title, number))
    return {column: name for column, name in found.items() if name in sheet.headers}


def _merged(page: Any, parts: ZipFile) -> Iterator[str]:
    """Find merged cells in the file itself, since a sheet that is read line by line does not tell them."""
    seen: set[str] = set()
    rest = b""
    with parts.open(page._worksheet_path) as source:
        while piece := source.read(1 << 20):
            text = rest + piece
            seen.update(found.decode() for found in MERGED.findall(text))
            rest = text[-200:]
    yield from islice(sorted(seen), FAULTS_SHOWN)
