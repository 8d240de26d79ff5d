"""Make the outlines of countries from Natural Earth, which is in the public domain.

Its countries at 1:50 million come with version 2.0.2 of the npm package `world-atlas`:

    npm install --prefix /tmp/atlas world-atlas@2.0.2
    python -m regions.outlines.build /tmp/atlas/node_modules/world-atlas/countries-50m.json

The result, `countries.json`, is kept in the repository; another run gives the same bytes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

from regions.outlines import COUNTRIES
from regions.outlines.paths import Point, path_data, place, simplify

# ISO 3166-1 as numbers, as Natural Earth names countries, and the letters that NUTS or ISO gives them.
LETTERS: Final = {
    "008": "AL",
    "040": "AT",
    "056": "BE",
    "070": "BA",
    "100": "BG",
    "112": "BY",
    "191": "HR",
    "203": "CZ",
    "208": "DK",
    "250": "FR",
    "276": "DE",
    "300": "EL",
    "348": "HU",
    "380": "IT",
    "428": "LV",
    "438": "LI",
    "440": "LT",
    "442": "LU",
    "492": "MC",
    "499": "ME",
    "528": "NL",
    "616": "PL",
    "642": "RO",
    "643": "RU",
    "674": "SM",
    "688": "RS",
    "703": "SK",
    "705": "SI",
    "724": "ES",
    "752": "SE",
    "756": "CH",
    "804": "UA",
    "826": "UK",
}


def outlines(atlas: dict[str, Any]) -> dict[str, str]:
    """Draw the countries of a TopoJSON atlas; those off the picture are left out.

    A border is one arc for both its sides, so it is simplified once and stays shared.
    """
    arcs: dict[int, list[Point]] = {}
    drawn: dict[str, str] = {}
    for country in atlas["objects"]["countries"]["geometries"]:
        code = LETTERS.get(country.get("id", ""), "")
        if code and (data := path_data(_ring(atlas, arcs, numbers) for numbers in _rings(country))):
            drawn[code] = data
    return dict(sorted(drawn.items()))


def _rings(geometry: dict[str, Any]) -> Iterator[Sequence[int]]:
    """List the rings of a Polygon or MultiPolygon as numbers of arcs."""
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    return (ring for polygon in polygons for ring in polygon)


def _ring(atlas: dict[str, Any], arcs: dict[int, list[Point]], numbers: Sequence[int]) -> list[Point]:
    """Join arcs to a ring; a number below zero means the arc ~number backwards."""
    ring: list[Point] = []
    for number in numbers:
        forward = number if number >= 0 else ~number
        if forward not in arcs:
            arcs[forward] = simplify(_arc(atlas, forward))
        arc = arcs[forward]
        ring += (arc if number >= 0 else arc[::-1])[:-1]
    return ring


def _arc(atlas: dict[str, Any], number: int) -> list[Point]:
    """Place an arc on the picture; TopoJSON stores steps on a grid."""
    (scale_x, scale_y), (start_x, start_y) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    steps = atlas["arcs"][number]
    columns, rows = accumulate(step[0] for step in steps), accumulate(step[1] for step in steps)
    return [
        place(column * scale_x + start_x, row * scale_y + start_y)
        for column, row in zip(columns, rows, strict=True)
    ]


def main(path: Path) -> None:
    """Write the result, one country a line."""
    drawn = outlines(json.loads(path.read_text(encoding="utf-8")))
    COUNTRIES.write_text(json.dumps(drawn, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
