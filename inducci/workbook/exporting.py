"""Write records into a workbook, or a workbook to fill in."""

from typing import IO, Any

from inducci.workbook import csv_files, excel
from inducci.workbook.tables import tables

FORMS = {"xlsx": excel.write, "csv": csv_files.write}


def export(file: IO[bytes], *, form: str = "xlsx", user: Any = None, with_records: bool = True) -> None:
    """Write each record as its latest draft has it; a person gets the own records.

    Equal content gives equal bytes. As CSV it is a ZIP archive with a file for each sheet.
    """
    FORMS[form](file, tables(user, with_records=with_records))
