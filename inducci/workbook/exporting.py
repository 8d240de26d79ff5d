"""Write records into a workbook, or a workbook to fill in."""

from typing import IO, Any, Literal

from inducci.workbook import csv_files, excel
from inducci.workbook.tables import tables

Form = Literal["xlsx", "csv"]


def export(file: IO[bytes], *, form: Form = "xlsx", user: Any = None, with_records: bool = True) -> None:
    """Write each record as its latest draft has it; a person gets the own records.

    Equal content gives equal bytes. As CSV it is a ZIP archive with a file for each sheet.
    """
    write = excel.write if form == "xlsx" else csv_files.write
    write(file, tables(user, with_records=with_records))
