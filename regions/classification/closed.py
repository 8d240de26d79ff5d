"""Codes that ended before the table of Eurostat begins: fixtures/closed_regions.jsonl."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from regions.classification.rows import (
    COUNTRIES_OF_NUTS,
    FIXTURES,
    VERSIONS,
    Ledger,
    RegionRow,
    degrees,
    refuse,
    text_of,
    tidy,
)
from regions.codes import NutsCode

CLOSED: Final = FIXTURES / "closed_regions.jsonl"
NEEDED: Final = frozenset({"code", "name", "first_version", "last_version"})
WELCOME: Final = NEEDED | {"name_latin", "name_en", "successors", "note", "latitude", "longitude"}
LONGEST: Final = {"name_latin": 200, "name_en": 100, "note": 500}


def closed_rows(path: Path = CLOSED) -> list[RegionRow]:
    """Read codes that have ended, one JSON object a line.

    Raises ClassificationError naming every line that is wrong. The regions around these codes may
    have ended, too, and need not be known.
    """
    ledger = Ledger(path.name)
    rows = [_row(ledger, place, record) for place, record in records(path, ledger)]
    refuse(ledger)
    return rows


def records(path: Path, ledger: Ledger) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Read the JSON objects of a file, each with its place; lines of white space are passed over."""
    for number, line in enumerate(text_of(path, ledger).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            ledger.complain(f"line {number}", f"this is not JSON: {error.msg} at character {error.colno}.")
            continue
        if isinstance(record, dict):
            yield f"line {number}", record
        else:
            ledger.complain(f"line {number}", "this is not a JSON object.")


def _row(ledger: Ledger, place: str, record: Mapping[str, Any]) -> RegionRow:
    """Check a record field by field; the row counts only where nothing was wrong."""
    for key in sorted(NEEDED - record.keys()):
        ledger.complain(place, f"{key} is missing.")
    for key in sorted(record.keys() - WELCOME):
        ledger.complain(place, f"{key} is not a field of a closed code.")
    first, last = (_version(ledger, place, record, key) for key in ("first_version", "last_version"))
    if first and last and first > last:
        ledger.complain(place, f"it ends in {last}, before it begins in {first}.")
    latitude, longitude = _centre(ledger, place, record)
    code = ledger.code(place, record["code"]) if "code" in record else None
    if code and code.country.value not in COUNTRIES_OF_NUTS:
        ledger.complain(place, f"{code.country} is not a country of NUTS.")
    return RegionRow(
        code=str(code),
        name=ledger.name(place, record["name"]) if "name" in record else "",
        first_version=first,
        last_version=last,
        successors=_successors(ledger, place, record),
        latitude=latitude,
        longitude=longitude,
        name_latin=_text(ledger, place, record, "name_latin"),
        name_en=_text(ledger, place, record, "name_en"),
        note=_text(ledger, place, record, "note"),
    )


def _version(ledger: Ledger, place: str, record: Mapping[str, Any], key: str) -> int:
    """Give a version of NUTS, or 0 where none is named."""
    value = record.get(key, 0)
    if key in record and not (isinstance(value, int) and value in VERSIONS):
        ledger.complain(place, f"{value!r} is not a version of NUTS.")
        return 0
    return value


def _text(ledger: Ledger, place: str, record: Mapping[str, Any], key: str) -> str:
    """Give a text that may be missing."""
    value = record.get(key, "")
    if not isinstance(value, str) or len(value) > LONGEST[key]:
        ledger.complain(place, f"{key} is not a text of {LONGEST[key]} letters or fewer.")
    return tidy(value)


def _successors(ledger: Ledger, place: str, record: Mapping[str, Any]) -> tuple[str, ...]:
    """Give the codes that took over."""
    codes = record.get("successors", [])
    if not isinstance(codes, list):
        ledger.complain(place, "successors is not a list of codes.")
        return ()
    for code in codes:
        try:
            NutsCode(str(code))
        except ValueError as error:
            ledger.complain(place, error)
    return tuple(str(code) for code in codes)


def _centre(ledger: Ledger, place: str, record: Mapping[str, Any]) -> tuple[Decimal | None, Decimal | None]:
    """Give latitude and longitude: both or neither."""
    given = {
        key: limit for key, limit in (("latitude", 90), ("longitude", 180)) if record.get(key) is not None
    }
    if len(given) == 1:
        ledger.complain(place, "latitude and longitude go together.")
    read: dict[str, Decimal] = {}
    for key, limit in given.items():
        try:
            read[key] = degrees(record[key], limit)
        except ValueError as error:
            ledger.complain(place, f"{key}: {error}")
    return read.get("latitude"), read.get("longitude")
