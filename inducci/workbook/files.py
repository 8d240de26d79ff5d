"""Find out what kind of file a workbook is, and read it."""

from __future__ import annotations

import zlib
from typing import IO
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inducci.workbook import csv_files, excel
from inducci.workbook.reading import Book, Fault

LARGEST = 100 * 1024 * 1024
NO_WORKBOOK = gettext_lazy(
    "This is not an Excel workbook (XLSX), a ZIP archive with a CSV file for each sheet, or a CSV file "
    "named after its sheet; or it is damaged."
)
# What openpyxl, zlib and the XML parser raise for a file that is damaged, or that is something else.
UNREADABLE = (
    *(BadZipFile, OSError, EOFError, zlib.error, SyntaxError, KeyError, ValueError, TypeError),
    *(IndexError, AttributeError, NotImplementedError, RuntimeError, OverflowError),
)


def read(file: IO[bytes]) -> Book:
    """Read a workbook; a file that is none is one fault."""
    book = Book()
    try:
        file.seek(0)
        start = file.read(2)
        file.seek(0)
        if start == b"PK":
            _read_zip(file, book)
        else:
            _read_csv(file, book)
    except UNREADABLE:
        return Book(faults=[Fault(str(NO_WORKBOOK))])
    return book


def _read_zip(file: IO[bytes], book: Book) -> None:
    """Read an Excel workbook, or an archive of CSV files: both are ZIP files."""
    with ZipFile(file) as archive:
        if sum(part.file_size for part in archive.infolist()) > LARGEST:
            book.faults.append(Fault(_("The workbook is larger than 100 MB when it is unpacked.")))
        elif any(name.lower().endswith(".csv") for name in archive.namelist()):
            csv_files.read_archive(archive, book)
        else:
            excel.read(file, archive, book)


def _read_csv(file: IO[bytes], book: Book) -> None:
    """Read a single CSV file; the other sheets are left alone."""
    content = file.read(LARGEST + 1)
    sheet = csv_files.sheet_of(content, getattr(file, "name", "") or "")
    if sheet is None or b"\0" in content:
        book.faults.append(Fault(str(NO_WORKBOOK)))
    elif len(content) > LARGEST:
        book.faults.append(Fault(_("The file is larger than 100 MB.")))
    else:
        csv_files.read_file(content, sheet, book)
