"""A workbook as CSV: a ZIP archive with a file for each sheet, or one such file."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.db import models
from django.utils.translation import gettext as _

from core.exports import FORMULA
from inducci.workbook.reading import Book, Cell, Fault, read_lines
from inducci.workbook.sheets import SHEETS, Sheet
from inducci.workbook.tables import Lists, Table

# Beside the sheets: what the columns take, and what may be chosen. An import does not look at them.
COLUMNS_FILE, LISTS_FILE = "columns.csv", "lists.csv"
# A spreadsheet takes a cell that begins so for a formula; an apostrophe before it says that it is none.
LOOKS_LIKE_FORMULA = re.compile(f"'*[{re.escape(''.join(FORMULA))}]")
GUARDED = re.compile(f"'+[{re.escape(''.join(FORMULA))}]")


def file_name(sheet: Sheet) -> str:
    """Name the file of a sheet: test-cases.csv."""
    return f"{sheet.title.lower().replace(' ', '-')}.csv"


# --- Writing ------------------------------------------------------------------------------------


def write(file: IO[bytes], tables: list[Table]) -> None:
    """Write all sheets, what their columns take, and what may be chosen."""
    lists = Lists()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for table in tables:
            lists.add(table)
            _write_file(archive, file_name(table.sheet), [table.sheet.headers], table.rows())
        notes = ([table.sheet.title, name, note] for table in tables for name, note in table.notes.items())
        _write_file(archive, COLUMNS_FILE, [["sheet", "column", "what it takes"]], notes)
        _write_file(archive, LISTS_FILE, [], lists.rows())


def _write_file(archive: ZipFile, name: str, head: list[Any], rows: Iterator[Any]) -> None:
    """Write one file in UTF-8, with the mark by which spreadsheets know it."""
    info = ZipInfo(name)  # without the time of writing, so that equal content gives equal bytes
    info.compress_type = ZIP_DEFLATED
    with archive.open(info, "w") as packed, io.TextIOWrapper(packed, "utf-8-sig", newline="") as text:
        writer = csv.writer(text)
        writer.writerows(head)
        writer.writerows([_written(value) for value in row] for row in rows)


def _written(value: Any) -> Any:
    """Write a value as text; a text that a spreadsheet would take for a formula is guarded."""
    if isinstance(value, float):
        return format(Decimal(repr(value)).normalize(), "f")
    if isinstance(value, str) and LOOKS_LIKE_FORMULA.match(value):
        return f"'{value}"
    return value


# --- Reading ------------------------------------------------------------------------------------


def read_archive(archive: ZipFile, book: Book) -> None:
    """Read a file for each sheet."""
    names = {name.rpartition("/")[2].lower(): name for name in archive.namelist()}
    for sheet in SHEETS:
        if packed := names.get(file_name(sheet)):
            read_file(archive.read(packed), sheet, book)
        else:
            book.faults.append(Fault(_("The file %s is missing.") % file_name(sheet), sheet.title))


def sheet_of(content: bytes, name: str) -> Sheet | None:
    """Find the sheet of a single file by its name, else by its heads."""
    for sheet in SHEETS:
        if name.rpartition("/")[2].lower().startswith(file_name(sheet).removesuffix(".csv")):
            return sheet
    line = content.split(b"\n", 1)[0].decode("utf-8-sig", "replace")
    heads = {head.strip(' "\r') for head in re.split("[,;\t]", line)}
    fitting = [sheet for sheet in SHEETS if set(sheet.key_names) <= heads <= set(sheet.headers)]
    return fitting[0] if len(fitting) == 1 else None


def read_file(content: bytes, sheet: Sheet, book: Book) -> None:
    """Read one file; commas, semicolons or tabs stand between its cells."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        book.lines[sheet.title] = []
        book.faults.append(Fault(_("The file is not in UTF-8; save it as “CSV UTF-8”."), sheet.title))
        return
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    readers = {name: _reader(sheet, name) for name in sheet.headers}
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        read_lines(_cells(rows), sheet, book, readers)
    except csv.Error as error:
        book.lines.setdefault(sheet.title, [])
        book.faults.append(Fault(_("The file is damaged: %s.") % error, sheet.title))


def _cells(rows: Iterator[list[str]]) -> Iterator[list[Cell]]:
    """Give the cells of each line that hold something."""
    for row in rows:
        yield [Cell(column, text) for column, text in enumerate(row, start=1) if text.strip()]


def _reader(sheet: Sheet, name: str) -> Callable[[str], Any]:
    """Choose how the text of a column's cells is read."""
    if name == "number":
        return _read_number
    field = sheet.model._meta.get_field(name) if name in sheet.fields else None
    if isinstance(field, models.DateField):
        return _read_date
    if isinstance(field, models.DecimalField | models.IntegerField):
        return _read_number
    return _read_text


def _read_text(text: str) -> str:
    """Take the guard away that keeps a spreadsheet from calculating."""
    if text.startswith("="):
        raise ValueError(_("This cell holds a formula; write its value instead."))
    return text[1:] if GUARDED.match(text) else text


def _read_number(text: str) -> int | float:
    """Read a number with a point before its decimals."""
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text.strip()):
        raise ValueError(_("“%s” is not a number; write it as 1234.5.") % text)
    return float(text) if "." in text else int(text)


def _read_date(text: str) -> dt.datetime:
    """Read a date as ISO 8601 writes it."""
    try:
        return dt.datetime.combine(dt.date.fromisoformat(text.strip()), dt.time())
    except ValueError:
        raise ValueError(_("“%s” is not a date; write it as 2022-03-24.") % text) from None
