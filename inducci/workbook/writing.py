"""Write all records into a workbook, with notes at the heads and drop-downs for what is chosen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from django.db import models
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from wagtail.models import Locale, WorkflowState

from core.exports import text_cell
from inducci.workbook.columns import Column, Keys, key_field
from inducci.workbook.sheets import IMPLEMENTATIONS, LISTS, RECORDS, SHEETS, Sheet

# The last line of a sheet that a drop-down covers.
LAST = 20_000
PIECE = 500


def export(file: IO[bytes]) -> None:
    """Write every record as it is in its latest draft."""
    book, keys, lists = Workbook(write_only=True), Keys(), _Lists()
    for sheet in SHEETS:
        page = book.create_sheet(sheet.title)
        columns = sheet.columns(keys)
        _set_up(page, sheet, columns, lists)
        for row in _rows(sheet, columns):
            page.append([_cell(page, value) for value in row])
    lists.write(book.create_sheet(LISTS))
    book.save(file)


def current(record: Any) -> Any:
    """Give a record as an editor finds it: the latest draft where there is one that is not published."""
    return record.get_latest_revision_as_object() if record.has_unpublished_changes else record


def parts_of(implementation: Any, sheet: Sheet) -> list[Any]:
    """Give the parts of an implementation in their order; their number is their place."""
    return sorted(
        getattr(implementation, sheet.relation).all(), key=lambda part: (part.sort_order or 0, part.pk or 0)
    )


def stored(sheet: Sheet) -> Any:
    """Fetch the records of a sheet, with what its columns and the parts of implementations need."""
    many = [column for column in sheet.columns(Keys()) if column.is_many]
    named = [
        models.Prefetch(column.name, target._default_manager.only(key_field(target)))
        for column in many
        if (target := column.field.related_model)
    ]
    parts = [one.relation for one in SHEETS if one.relation] if sheet is IMPLEMENTATIONS else []
    # Under this name Wagtail looks for reviews that were fetched together.
    reviews = models.Prefetch(
        "_workflow_states", WorkflowState.objects.active(), to_attr="_current_workflow_states"
    )
    rows = sheet.model._default_manager.filter(locale=Locale.get_default())
    return rows.select_related("latest_revision").prefetch_related(*named, *parts, reviews).order_by("slug")


def _rows(sheet: Sheet, columns: list[Column]) -> Iterator[list[Any]]:
    """Lay the records of a sheet, or the parts of all implementations, out as rows."""
    for found in stored(IMPLEMENTATIONS if sheet.relation else sheet).iterator(chunk_size=PIECE):
        record = current(found)
        if not sheet.relation:
            yield [record.slug, *(column.cell(column.plain(record)) for column in columns)]
            continue
        for number, part in enumerate(parts_of(record, sheet), start=1):
            yield [record.slug, number, *(column.cell(column.plain(part)) for column in columns)]


def _cell(page: Any, value: Any) -> Any:
    """Make a cell; text stays text, whatever it looks like."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        cell = text_cell(page, value)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        return cell
    cell = WriteOnlyCell(page, value)
    cell.alignment = Alignment(vertical="top")
    return cell


def _set_up(page: Any, sheet: Sheet, columns: list[Column], lists: _Lists) -> None:
    """Write the heads with their notes, and put drop-downs into the columns below."""
    page.freeze_panes = "B2"
    notes = {column.name: column.note for column in columns}
    notes["slug"] = "The short name: small letters, digits and hyphens. It tells which record is meant."
    notes["implementation"] = "The short name of the implementation to which this line belongs."
    notes["number"] = "1 for its first line, 2 for its second …"
    head = []
    for place, name in enumerate(sheet.headers, start=1):
        cell = text_cell(page, name)
        cell.font = Font(bold=True)
        cell.comment = Comment(notes[name], "InduCCI", height=160, width=320)
        head.append(cell)
        page.column_dimensions[get_column_letter(place)].width = 24
    by_name = {column.name: column for column in columns}
    for place, name in enumerate(sheet.headers, start=1):
        offered = lists.offered_in(by_name[name]) if name in by_name else ""
        if name == "implementation":
            offered = _first_column(IMPLEMENTATIONS)
        if offered:
            letter = get_column_letter(place)
            choice = DataValidation(type="list", formula1=offered, allow_blank=True, showErrorMessage=True)
            choice.add(f"{letter}2:{letter}{LAST}")
            page.data_validations.append(choice)
    page.append(head)


def _first_column(sheet: Sheet) -> str:
    """Point at the short names of another sheet."""
    return f"{quote_sheetname(sheet.title)}!$A$2:$A${LAST}"


class _Lists:
    """What the drop-downs offer: a column for each vocabulary, on a sheet of their own."""

    def __init__(self) -> None:
        self._columns: dict[str, list[str]] = {}

    def offered_in(self, column: Column) -> str:
        """Point at what a column may hold; a cell for several records has its list, and no drop-down."""
        field = column.field
        if not column.is_reference:
            return self._place(f"{field.model._meta.model_name}.{field.name}", column.choices)
        for sheet in RECORDS:
            if sheet.model is field.related_model:
                return "" if column.is_many else _first_column(sheet)
        limit = (field.get_limit_choices_to() or {}).values()
        name = " ".join(map(str, [field.related_model._meta.verbose_name, *limit]))
        place = self._place(name, list(column.keys.of(field)))
        return "" if column.is_many else place

    def _place(self, name: str, values: list[str]) -> str:
        """Give the place of a list, which is made once."""
        if not values:
            return ""
        self._columns.setdefault(name, values)
        letter = get_column_letter(list(self._columns).index(name) + 1)
        return f"{LISTS}!${letter}$2:${letter}${len(values) + 1}"

    def write(self, page: Any) -> None:
        """Write the lists beside each other."""
        page.append([text_cell(page, name) for name in self._columns])
        for place in range(max(map(len, self._columns.values()), default=0)):
            page.append(
                [
                    text_cell(page, values[place]) if place < len(values) else None
                    for values in self._columns.values()
                ]
            )
