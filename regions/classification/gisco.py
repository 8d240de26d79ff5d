"""The files of GISCO that an operator may load: tables of one version (CSV) and outlines (GeoJSON).

Neither comes with the site. What counts is what a file holds, not what it is called.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, Final

from regions.classification.rows import (
    COUNTRIES_OF_NUTS,
    Ledger,
    RegionRow,
    is_extra_regio,
    refuse,
    text_of,
    tidy,
)
from regions.codes import NutsCode

COLUMNS: Final = ("CNTR_CODE", "NUTS_ID", "NAME_LATN", "NUTS_NAME", "MOUNT_TYPE", "URBN_TYPE", "COAST_TYPE")
# NUTS has its own letters for two countries.
LETTERS: Final = {"GR": "EL", "GB": "UK"}
# They have statistical regions, which are no NUTS regions; so has the United Kingdom since it left.
STATISTICAL: Final = frozenset(
    {"AL", "BA", "CH", "GE", "IS", "LI", "MD", "ME", "MK", "NO", "RS", "TR", "UA", "XK"}
)
LAST_BRITISH_VERSION: Final = 2016


def gisco_rows(path: Path, version: int, known: Collection[str] = ()) -> list[RegionRow]:
    """Read a table of one version; raise ClassificationError naming every line that is wrong.

    `known` are the codes of the database, among which parents are looked for, too. Extra-regio
    codes and statistical regions are left out.
    """
    ledger = Ledger(path.name)
    rows = list(_rows(path, version, ledger))
    ledger.check_parents(known)
    if not rows and not ledger.problems:
        ledger.complain("", "there is no region in it.")
    refuse(ledger)
    return rows


def gisco_outlines(path: Path, known: Collection[str] | None = None) -> dict[str, dict[str, Any]]:
    """Read outlines as GeoJSON geometries by code.

    Raises ClassificationError naming every feature that is wrong. Where `known` is given, the outline
    of a code that is not among them is refused; that of a statistical region is left out.
    """
    ledger = Ledger(path.name)
    outlines: dict[str, dict[str, Any]] = {}
    for number, feature in enumerate(_features(path, ledger), start=1):
        place = f"feature {number}"
        code = _code_of_feature(ledger, place, feature)
        if code is None or (is_left_out(code.value) and code.value not in (known or ())):
            continue
        if known is not None and code.value not in known:
            ledger.complain(place, f"{code} is not known; the table of its version is to be loaded, too.")
        try:
            outlines[code.value] = geometry(feature.get("geometry"))
        except ValueError as error:
            ledger.complain(place, f"{code}: {error}")
    if not outlines and not ledger.problems:
        ledger.complain("", "there is no outline in it.")
    refuse(ledger)
    return outlines


def in_letters_of_nuts(text: str) -> str:
    """Write a code with EL for Greece and UK for the United Kingdom."""
    return LETTERS.get(text[:2], text[:2]) + text[2:]


def is_left_out(code: str, version: int | None = None) -> bool:
    """Tell whether a code is no region of NUTS: outside the EU at the time, or extra-regio."""
    has_left = code[:2] == "UK" and (version is None or version > LAST_BRITISH_VERSION)
    return has_left or code[:2] in STATISTICAL or is_extra_regio(code)


def _rows(path: Path, version: int, ledger: Ledger) -> Iterator[RegionRow]:
    """Read the lines of a table."""
    for place, cells in _lines(path, ledger):
        country = in_letters_of_nuts(cells["CNTR_CODE"])
        code = ledger.code(place, in_letters_of_nuts(cells["NUTS_ID"]))
        if code is None:
            continue
        if country != code.country.value:
            ledger.complain(place, f"{code} does not lie in {country!r}.")
        elif is_left_out(code.value, version):
            continue
        elif country not in COUNTRIES_OF_NUTS:
            ledger.complain(place, f"{country} is not a country of NUTS.")
        name, latin = ledger.name(place, cells["NUTS_NAME"]), tidy(cells["NAME_LATN"])
        if latin:
            ledger.name(place, latin)
        yield RegionRow(
            code.value, name, "" if latin == name else latin, first_version=version, last_version=version
        )


def _lines(path: Path, ledger: Ledger) -> Iterator[tuple[str, dict[str, str]]]:
    """Read the lines of a CSV file below its header, cells by column."""
    reader = csv.reader(io.StringIO(text_of(path, ledger), newline=""), strict=True)
    header: list[str] = []
    try:
        for cells in reader:
            place = f"line {reader.line_num}"
            cells = [cell.strip() for cell in cells]
            if not header:
                header = cells
                if sorted(header) != sorted(COLUMNS):
                    ledger.complain(place, f"the columns are not {','.join(COLUMNS)}.")
                    return
            elif len(cells) == len(header):
                yield place, dict(zip(header, cells, strict=True))
            elif any(cells):
                ledger.complain(place, f"there are {len(cells)} values for {len(header)} columns.")
    except csv.Error as error:
        ledger.complain(f"line {reader.line_num}", f"this is not CSV: {error}.")


def _features(path: Path, ledger: Ledger) -> list[Any]:
    """Read the features of a GeoJSON file."""
    text = text_of(path, ledger)
    if ledger.problems:
        return []
    try:
        collection = json.loads(text)
    except json.JSONDecodeError as error:
        ledger.complain(f"line {error.lineno}", f"this is not JSON: {error.msg} at character {error.colno}.")
        return []
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list):
        ledger.complain("", "this is not a GeoJSON collection of features.")
        return []
    return features


def _code_of_feature(ledger: Ledger, place: str, feature: object) -> NutsCode | None:
    """Give the code of a feature, or complain that it has none or one of another level."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict) or not isinstance(properties.get("NUTS_ID"), str):
        ledger.complain(place, "it has no NUTS_ID.")
        return None
    code = ledger.code(place, in_letters_of_nuts(properties["NUTS_ID"].strip()))
    if code and properties.get("LEVL_CODE") != code.level:
        ledger.complain(place, f"{code} is not on level {properties.get('LEVL_CODE')}.")
    return code


def geometry(value: object) -> dict[str, Any]:
    """Give a polygon or several, and nothing besides; raise ValueError where it is none in degrees."""
    if not isinstance(value, dict) or value.get("type") not in ("Polygon", "MultiPolygon"):
        raise ValueError("it is neither a Polygon nor a MultiPolygon.")
    coordinates: Any = value.get("coordinates")
    polygons = [coordinates] if value["type"] == "Polygon" else coordinates
    try:
        rings = list(chain.from_iterable(polygons))
        if not rings or not all(polygons):
            raise ValueError("it has no ring.")
        for ring in rings:
            _check_ring(ring)
    except TypeError as error:
        raise ValueError("its coordinates are not nested as those of polygons are.") from error
    return {"type": value["type"], "coordinates": coordinates}


def _check_ring(ring: object) -> None:
    """Raise ValueError for a ring that is open or leaves the degrees of the Earth, TypeError for no ring."""
    if not isinstance(ring, list):
        raise TypeError
    for position in ring:
        longitude, latitude = (
            position[:2] if isinstance(position, list) and len(position) >= 2 else (None, None)
        )
        if not (_is_number(longitude, 180) and _is_number(latitude, 90)):
            raise ValueError(f"{position!r} is not a longitude and a latitude in degrees.")
    if len(ring) < 4 or ring[0] != ring[-1]:
        raise ValueError("a ring is not closed.")


def _is_number(value: object, limit: int) -> bool:
    """Tell whether a value is a number of degrees; NaN and infinity are none."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= limit
