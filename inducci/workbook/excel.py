"""A workbook as an Excel file: its heads have notes, and what is chosen has drop-downs."""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from shutil import copyfileobj
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.writer.excel import ExcelWriter

from core.exports import text_cell
from inducci.workbook.columns import Column
from inducci.workbook.reading import Book, Cell, Fault, read_lines
from inducci.workbook.sheets import IMPLEMENTATIONS, LISTS, SHEETS, Sheet
from inducci.workbook.tables import Lists, Table, sheet_of

# The last line of a sheet that a drop-down covers.
LAST = 20_000
FAULTS_SHOWN = 1000
# The format asks for times, and equal content is to give equal bytes: the first day that ZIP knows.
NO_TIME = dt.datetime(1980, 1, 1)  # the library writes times without a zone
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]{1,30})"')

# --- Writing ------------------------------------------------------------------------------------


class _Undated(ZipFile):
    """A ZIP archive that does not keep the time of writing, so that equal content gives equal bytes."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *args: Any, **kwargs: Any) -> None:
        """Write a part from memory."""
        super().writestr(self._part(zinfo_or_arcname), data)

    def write(self, filename: Any, arcname: Any = None, *args: Any, **kwargs: Any) -> None:
        """Write a part from a file."""
        with Path(filename).open("rb") as source, self.open(self._part(arcname), "w") as target:
            copyfileobj(source, target)

    @staticmethod
    def _part(name: Any) -> ZipInfo:
        part = ZipInfo(name)
        part.compress_type = ZIP_DEFLATED
        return part


def write(file: IO[bytes], tables: list[Table]) -> None:
    """Write all sheets, and one with what the drop-downs offer."""
    book, lists = Workbook(write_only=True), Lists()
    book.properties.creator = "InduCCI e-toolbox"
    book.properties.created = book.properties.modified = NO_TIME
    for table in tables:
        page = book.create_sheet(table.sheet.title)
        lists.add(table)
        _set_up(page, table, lists)
        cells = _Cells(page)
        for row in table.rows():
            page.append([cells.of(value) for value in row])
    page = book.create_sheet(LISTS)
    for values in lists.rows():
        page.append([value and text_cell(page, value) for value in values])
    # Not Workbook.save(), which writes the present time into the file.
    ExcelWriter(book, _Undated(file, "w", ZIP_DEFLATED)).save()


class _Cells:
    """Makes the cells of a sheet; their styles are made once, since looking each up anew takes long."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.text, self.number, self.date = (WriteOnlyCell(page) for _ in range(3))
        self.text.alignment = Alignment(wrap_text=True, vertical="top")
        self.number.alignment = self.date.alignment = Alignment(vertical="top")
        self.date.number_format = "yyyy-mm-dd"

    def of(self, value: Any) -> Any:
        """Make a cell; text stays text, whatever it looks like."""
        if value is None or value == "":
            return None
        is_text = isinstance(value, str)
        cell = text_cell(self.page, value) if is_text else WriteOnlyCell(self.page, value)
        like = self.text if is_text else self.date if isinstance(value, dt.date) else self.number
        cell._style = like._style
        return cell


def _set_up(page: Any, table: Table, lists: Lists) -> None:
    """Write the heads with their notes, and put drop-downs into the columns below."""
    page.freeze_panes = "B2"
    notes, head = table.notes, []
    columns = {column.name: column for column in table.columns}
    for place, name in enumerate(table.sheet.headers, start=1):
        cell = text_cell(page, name)
        cell.font = Font(bold=True)
        cell.comment = Comment(notes[name], "InduCCI", height=160, width=320)
        head.append(cell)
        letter = get_column_letter(place)
        page.column_dimensions[letter].width = 24
        if choice := _choice(columns.get(name), name, lists):
            choice.add(f"{letter}2:{letter}{LAST}")
            page.data_validations.append(choice)
    page.append(head)


def _choice(column: Column | None, name: str, lists: Lists) -> DataValidation | None:
    """Make the drop-down of a column; a cell for several records has its list, and no drop-down."""
    if column is not None and column.is_many:
        return None
    sheet = IMPLEMENTATIONS if name == "implementation" else column and sheet_of(column)
    if sheet:
        # Records of this very workbook; others may be named, too, so Excel asks and does not refuse.
        offered = f"{quote_sheetname(sheet.title)}!$A$2:$A${LAST}"
        return DataValidation(
            type="list", formula1=offered, allow_blank=True, showErrorMessage=True, errorStyle="warning"
        )
    found = column and lists.name_of(column)
    if not found or found not in lists.columns:
        return None
    letter = get_column_letter(list(lists.columns).index(found) + 1)
    offered = f"{LISTS}!${letter}$2:${letter}${len(lists.columns[found]) + 1}"
    return DataValidation(type="list", formula1=offered, allow_blank=True, showErrorMessage=True)


# --- Reading ------------------------------------------------------------------------------------


def read(file: IO[bytes], archive: ZipFile, book: Book) -> None:
    """Read all sheets line by line; a missing one is a fault."""
    # openpyxl warns of what it leaves out (colours, drop-downs), and of dates, which we name ourselves.
    with warnings.catch_warnings(action="ignore"):
        opened = load_workbook(file, read_only=True)
        for sheet in SHEETS:
            if sheet.title in opened.sheetnames:
                _read_sheet(opened[sheet.title], sheet, archive, book)
            else:
                book.faults.append(Fault(_("The sheet is missing."), sheet.title))
        opened.close()


def _read_sheet(page: Any, sheet: Sheet, archive: ZipFile, book: Book) -> None:
    """Read one sheet."""
    if not hasattr(page, "reset_dimensions"):
        book.faults.append(Fault(_("This is a chart and no sheet with cells."), sheet.title))
        return
    page.reset_dimensions()
    read_lines(map(_cells, page.iter_rows()), sheet, book)
    for reference in _merged(page, archive):
        book.faults.append(
            Fault(_("These cells are merged; split them."), sheet.title, 0, _("cells %s") % reference)
        )


def _cells(row: Any) -> list[Cell]:
    """Give the cells of a line that hold something, and say which cannot be taken, whatever their column."""
    reasons = {
        "f": _("This cell holds a formula; paste its value instead."),
        "e": _("This cell holds an error (%s).") % "{}",
    }
    return [
        Cell(cell.column, cell.value, reasons.get(cell.data_type, "").format(cell.value))
        for cell in row
        if cell.value is not None and cell.value != ""
    ]


def _merged(page: Any, archive: ZipFile) -> Iterator[str]:
    """Find merged cells in the file itself, since a sheet that is read line by line does not tell them."""
    seen: set[str] = set()
    rest = b""
    with archive.open(page._worksheet_path) as source:
        while piece := source.read(1 << 20):
            text = rest + piece
            seen.update(found.decode() for found in MERGED.findall(text))
            rest = text[-200:]
    yield from islice(sorted(seen), FAULTS_SHOWN)
