"""The map of regions: a mark for each, sized by its count, and the same links as a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import hypot, sqrt
from typing import Any, Final

from anyascii import anyascii
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from regions.models import NutsRegion
from regions.outlines import countries
from regions.outlines.paths import HEIGHT, WIDTH, Point, is_inside, path_data, place, simplify

Text = str | Promise

NATURAL_EARTH: Final = _("Country outlines: made with Natural Earth")
#: The terms of GISCO ask for this line beside its polygons.
EUROGEOGRAPHICS: Final = _("© EuroGeographics for the administrative boundaries")

# All lengths are kilometres on the picture, see regions.outlines.paths.
SMALLEST, LARGEST = 12.0, 34.0
#: A count of at least so many fills the largest mark, so that a few records never look like a lot.
MANY: Final = 4
#: The height of a label's letters where names are shown, and the width of a wide letter.
LETTERS, LETTER = 40.0, 25.0
#: A label this far from its mark gets a line to it.
FAR: Final = 24.0

# Where the labels of the partners' regions stand: right of the mark's centre, below it, and the text's
# anchor. Tried out so that no two collide; first drawn in pixels in the project's facts on regions.
OFFSETS: Final[Mapping[str, tuple[float, float, str]]] = {
    "AT31": (70, 13, "start"),
    "BE22": (0, -72, "middle"),
    "CZ04": (64, 76, "start"),
    "DED4": (0, -82, "middle"),
    "ITH3": (-70, 13, "end"),
    "PL22": (0, -78, "middle"),
    "SI04": (70, 13, "start"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """What a caller wants on the map: a region, how many records it has, and where they are shown."""

    code: str
    label: str
    count: int
    url: str
    palette: str = ""
    is_chosen: bool = False
    #: Quiet words below the name in the list, with the code, which names the mark where the map is narrow.
    #: Without a note it is the code alone.
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Label:
    """Where a mark's name stands, and the line that leads to it if it stands apart."""

    x: int
    y: int
    anchor: str
    leader: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A mark as the list shows it; `words` name it for those who do not see the map."""

    mark: Mark
    words: str


@dataclass(frozen=True, slots=True)
class Drawing(Entry):
    """A mark as the map shows it: a disc, a name where there is room, and the region where it is stored."""

    x: int
    y: int
    radius: float
    label: Label | None = None
    outline: str = ""


@dataclass(frozen=True, slots=True)
class MapView:
    """What the template prints: the picture, its marks, all marks as a list, and whom to credit."""

    title: Text
    description: Text
    entries: tuple[Entry, ...]
    drawings: tuple[Drawing, ...]
    #: The countries around, and the countries with a mark.
    land: str
    home: str
    credits: tuple[Text, ...]
    #: How to read the sizes.
    key: Text = ""
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class _Box:
    """A rectangle that a mark or a label needs for itself."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        """Tell whether two rectangles overlap."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    @property
    def is_on_the_picture(self) -> bool:
        """Tell whether nothing of it is cut off."""
        return self.left >= 0 and self.top >= 0 and self.right <= WIDTH and self.bottom <= HEIGHT


def draw(
    marks: Sequence[Mark],
    *,
    title: Text,
    description: Text,
    noun: tuple[Text, Text] = (_("test case"), _("test cases")),
) -> MapView:
    """Put marks on the map, in one query.

    `noun` is what the counts count, one and several. A region without coordinates, or off the
    picture, stands in the list only.
    """
    entries = [Entry(mark, _words(mark, noun)) for mark in sorted(marks, key=_by_name)]
    drawings = tuple(_drawings(entries))
    home = {drawing.mark.code[:2] for drawing in drawings}
    has_outlines = any(drawing.outline for drawing in drawings)
    return MapView(
        title=title,
        description=description,
        entries=tuple(entries),
        drawings=drawings,
        land="".join(data for code, data in countries().items() if code not in home),
        home="".join(data for code, data in countries().items() if code in home),
        credits=(NATURAL_EARTH, *((EUROGEOGRAPHICS,) if has_outlines else ())),
        key=_("The larger the mark, the more %s.") % noun[1],
    )


def radius_of(count: int, most: int) -> float:
    """Give the radius of a mark, whose area follows the count; none at all is the smallest."""
    share = sqrt(count / max(most, MANY))
    return round(SMALLEST + (LARGEST - SMALLEST) * share, 1)


def outline_of(geometry: Mapping[str, Any] | None) -> str:
    """Draw the Polygon or MultiPolygon that is stored with a region, in degrees, as path data."""
    if not geometry:
        return ""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else list(geometry["coordinates"])
    return path_data(
        simplify([place(point[0], point[1]) for point in ring]) for ring in chain.from_iterable(polygons)
    )


def _by_name(mark: Mark) -> tuple[str, str]:
    """Order marks by their names, accents aside."""
    return anyascii(mark.label).casefold(), mark.code


def _words(mark: Mark, noun: tuple[Text, Text]) -> str:
    """Name a mark with its count and its code, which stands on a narrow map: "Veneto, 2 test cases, ITH3"."""
    return f"{mark.label}, {mark.count} {noun[mark.count != 1]}, {mark.code}"


def _drawings(entries: Sequence[Entry]) -> Iterator[Drawing]:
    """Draw the marks that have a place on the picture, the largest first, so that none hides another."""
    codes = [entry.mark.code for entry in entries]
    rows = NutsRegion.objects.filter(code__in=codes)
    places: dict[str, Point] = {}
    outlines: dict[str, str] = {}
    for code, latitude, longitude, outline in rows.values_list("code", "latitude", "longitude", "outline"):
        if latitude is not None and longitude is not None:
            places[code], outlines[code] = place(float(longitude), float(latitude)), outline_of(outline)
    most = max((entry.mark.count for entry in entries), default=0)
    shown = [entry for entry in entries if entry.mark.code in places and is_inside(places[entry.mark.code])]
    discs = {
        entry.mark.code: (*places[entry.mark.code], radius_of(entry.mark.count, most)) for entry in shown
    }
    labels = _labels(shown, discs)
    for entry in sorted(shown, key=lambda entry: -entry.mark.count):
        code = entry.mark.code
        x, y, radius = discs[code]
        yield Drawing(entry.mark, entry.words, round(x), round(y), radius, labels.get(code), outlines[code])


def _labels(entries: Sequence[Entry], discs: Mapping[str, tuple[float, float, float]]) -> dict[str, Label]:
    """Find room for the names, those with a place of their own first; the list has those without room."""
    taken = [_Box(x - radius, y - radius, x + radius, y + radius) for x, y, radius in discs.values()]
    found: dict[str, Label] = {}
    for entry in sorted(entries, key=lambda entry: (entry.mark.code not in OFFSETS, -entry.mark.count)):
        mark = entry.mark
        for offset in _sides(mark.code, discs[mark.code][2]):
            box = _box(mark, discs[mark.code], offset)
            if box.is_on_the_picture and not any(box.meets(other) for other in taken):
                taken.append(box)
                found[mark.code] = _label(discs[mark.code], offset)
                break
    return found


def _sides(code: str, radius: float) -> Iterable[tuple[float, float, str]]:
    """List where a label may stand: on its own place, right, left, above or below."""
    gap, half = radius + LETTERS / 4, LETTERS / 3
    own = [OFFSETS[code]] if code in OFFSETS else []
    return [
        *own,
        (gap, half, "start"),
        (-gap, half, "end"),
        (0, -gap, "middle"),
        (0, gap + 2 * half, "middle"),
    ]


def _box(mark: Mark, disc: tuple[float, float, float], offset: tuple[float, float, str]) -> _Box:
    """Measure the room that a label needs with its count, in a wide face."""
    x, y, width = disc[0] + offset[0], disc[1] + offset[1], LETTER * len(f"{mark.label} {mark.count}")
    left = x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[offset[2]]
    return _Box(left, y - LETTERS * 0.8, left + width, y + LETTERS * 0.2)


def _label(disc: tuple[float, float, float], offset: tuple[float, float, str]) -> Label:
    """Set a label, with a line to its mark if it stands apart."""
    x, y, radius = disc
    dx, dy, anchor = offset
    # The line ends before the middle of the text's side, or below or above a text in the middle.
    to_x = dx + {"start": -8, "middle": 0, "end": 8}[anchor]
    to_y = dy - LETTERS / 3 if anchor != "middle" else dy + 8 if dy < 0 else dy - LETTERS
    is_far = hypot(to_x, to_y) > radius + FAR
    leader = f"M{round(x)} {round(y)}l{round(to_x)} {round(to_y)}" if is_far else ""
    return Label(round(x + dx), round(y + dy), anchor, leader)
