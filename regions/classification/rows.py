"""A row of the classification, and the checks that every file of rows goes through."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Sequence
from dataclasses import KW_ONLY, dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

from regions.choices import COUNTRIES
from regions.codes import NutsCode

VERSIONS: Final = (1999, 2003, 2006, 2010, 2013, 2016, 2021, 2024)
# The United Kingdom belonged to it up to NUTS 2016.
COUNTRIES_OF_NUTS: Final = frozenset({*COUNTRIES, "UK"})
FIXTURES: Final = Path(__file__).resolve().parents[2] / "fixtures"
LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class RegionRow:
    """What a source says of a region: versions are years, places degrees, the outline is GeoJSON."""

    code: str
    name: str
    name_latin: str = ""
    _: KW_ONLY
    first_version: int
    last_version: int
    successors: tuple[str, ...] = ()
    name_en: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    outline: dict[str, Any] | None = None
    note: str = ""


class ClassificationError(Exception):
    """The classification cannot be loaded; `problems` names every line that is wrong."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = list(problems)


class Ledger:
    """The codes and the complaints met while one file is read, each with its place."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[str] = []
        self.places: dict[str, str] = {}

    def complain(self, place: str, message: object) -> None:
        """Note what is wrong, and where."""
        self.problems.append(f"{self.file}, {place}: {message}" if place else f"{self.file}: {message}")

    def code(self, place: str, text: object) -> NutsCode | None:
        """Give the code that stands at a place, or nothing where it is none or stands there again."""
        try:
            code = NutsCode(text if isinstance(text, str) else str(text))
        except ValueError as error:
            self.complain(place, error)
            return None
        if code.value in self.places:
            self.complain(place, f"{code} stands in {self.places[code.value]} already.")
            return None
        self.places[code.value] = place
        return code

    def name(self, place: str, text: object) -> str:
        """Give a name without stray blanks, or complain about an empty, overlong or unprintable one."""
        name = tidy(text)
        if not name:
            self.complain(place, "the name is missing.")
        elif len(name) > LONGEST_NAME:
            self.complain(place, f"the name has more than {LONGEST_NAME} letters.")
        elif any(unicodedata.category(letter) == "Cc" for letter in name):
            self.complain(place, f"{name!r} holds control characters.")
        return name

    def check_parents(self, known: Collection[str] = ()) -> None:
        """Complain about codes whose parent is neither in the file nor known."""
        for code, place in self.places.items():
            parent = NutsCode(code).parent
            if parent is None or is_extra_regio(code):
                continue
            if parent.value not in self.places and parent.value not in known:
                self.complain(place, f"{code} lies in {parent}, which is not known.")


def refuse(*ledgers: Ledger) -> None:
    """Refuse the files altogether where anything is wrong with one of them."""
    problems = [problem for ledger in ledgers for problem in ledger.problems]
    if problems:
        raise ClassificationError(problems)


def tidy(text: object) -> str:
    """Give a text with single blanks and letters composed; anything else than text is empty."""
    return " ".join(unicodedata.normalize("NFC", text).split()) if isinstance(text, str) else ""


def is_extra_regio(code: str) -> bool:
    """Tell whether a code stands for what belongs to no region: Z, ZZ or ZZZ after the country."""
    return code[2:] in ("Z", "ZZ", "ZZZ")


def degrees(value: object, limit: int) -> Decimal:
    """Read a coordinate to five places; raise ValueError for what is no number of degrees."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise ValueError(f"{value!r} is not a number of degrees.")
    if abs(number) > limit:
        raise ValueError(f"{value} lies outside -{limit} to {limit} degrees.")
    return number.quantize(Decimal("0.00001"))


def text_of(path: Path, ledger: Ledger) -> str:
    """Read a file as UTF-8, with or without a byte order mark; it is empty where that fails."""
    try:
        content = path.read_bytes()
    except OSError as error:
        ledger.complain("", f"the file cannot be read: {error.strerror}.")
        return ""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = content.count(b"\n", 0, error.start) + 1
        ledger.complain(f"line {number}", "this is not UTF-8.")
        return ""


def gather(*readers: Callable[[], Sequence[RegionRow]]) -> list[RegionRow]:
    """Read several sources; what is wrong in any of them is raised together."""
    rows: list[RegionRow] = []
    problems: list[str] = []
    for reader in readers:
        try:
            rows.extend(reader())
        except ClassificationError as error:
            problems.extend(error.problems)
    if problems:
        raise ClassificationError(problems)
    return rows
