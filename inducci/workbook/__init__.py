"""The workbook: records in a spreadsheet, written by `export` and taken in again by `take_in`."""
