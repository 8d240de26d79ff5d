"""From rings of degrees to SVG path data: place, simplify, clip and round."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import hypot
from typing import Final

from regions.projection import project

Point = tuple[float, float]

# The picture is a window of EPSG:3035 around Central Europe, and its unit is a kilometre:
# from the Flemish coast to Kraków, from Hamburg to the coast of the Marche.
WEST: Final = 3_790.0
NORTH: Final = 3_430.0
WIDTH: Final = 1_390
HEIGHT: Final = 1_130

#: How far a simplified line may stray, in kilometres: less than a pixel on most screens.
TOLERANCE: Final = 1.2
#: Islands and enclaves below this many square kilometres are left out.
SMALLEST: Final = 40.0
#: The cut edge lies this far outside the picture, so that its stroke is not seen.
MARGIN: Final = 10.0


def place(longitude: float, latitude: float) -> Point:
    """Give the place on the picture, x to the right and y downwards, for a place in degrees."""
    easting, northing = project(longitude, latitude)
    return easting / 1000 - WEST, NORTH - northing / 1000


def is_inside(point: Point) -> bool:
    """Tell whether a place lies on the picture."""
    return 0 <= point[0] <= WIDTH and 0 <= point[1] <= HEIGHT


def simplify(line: Sequence[Point], tolerance: float = TOLERANCE) -> list[Point]:
    """Keep the points that shape a line (Douglas and Peucker); both ends stay.

    It depends on the line alone, so a border drawn once for both its sides stays one line.
    """
    kept = {0, len(line) - 1}
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        away, at = max(
            ((_distance(line[i], line[first], line[last]), i) for i in range(first + 1, last)),
            default=(0.0, 0),
        )
        if away > tolerance:
            kept.add(at)
            spans += [(first, at), (at, last)]
    return [line[i] for i in sorted(kept)]


def path_data(rings: Iterable[Sequence[Point]]) -> str:
    """Write rings of the picture as path data in whole kilometres; what lies outside is cut off."""
    return "".join(_subpath(ring) for ring in map(_rounded, map(_clipped, rings)) if _area(ring) >= SMALLEST)


def _distance(point: Point, start: Point, end: Point) -> float:
    """Measure how far a point lies from a stretch."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    along = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length if length else 0.0
    along = max(0.0, min(1.0, along))
    return hypot(point[0] - start[0] - along * dx, point[1] - start[1] - along * dy)


def _clipped(ring: Sequence[Point]) -> list[Point]:
    """Cut a ring along the picture's four edges (Sutherland and Hodgman)."""
    points = list(ring)
    for axis, limit, sign in (
        (0, -MARGIN, 1),
        (0, WIDTH + MARGIN, -1),
        (1, -MARGIN, 1),
        (1, HEIGHT + MARGIN, -1),
    ):
        cut: list[Point] = []
        for before, point in zip(points[-1:] + points[:-1], points, strict=True):
            if (sign * (before[axis] - limit) >= 0) != (sign * (point[axis] - limit) >= 0):
                share = (limit - before[axis]) / (point[axis] - before[axis])
                cut.append(
                    (before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1]))
                )
            if sign * (point[axis] - limit) >= 0:
                cut.append(point)
        points = cut
    return points


def _rounded(ring: Sequence[Point]) -> list[tuple[int, int]]:
    """Round a ring to whole kilometres and drop the points that then add nothing."""
    points: list[tuple[int, int]] = []
    for x, y in ring:
        points.append((round(x), round(y)))
        while len(points) > 1 and (points[-1] == points[-2] or _is_straight(points)):
            del points[-2]
    if len(points) > 1 and points[0] == points[-1]:
        points.pop()
    return points


def _is_straight(points: Sequence[tuple[int, int]]) -> bool:
    """Tell whether the last point but one lies on the way to the last."""
    if len(points) < 3:
        return False
    (ax, ay), (bx, by), (cx, cy) = points[-3:]
    return (bx - ax) * (cy - by) == (by - ay) * (cx - bx)


def _area(ring: Sequence[tuple[int, int]]) -> float:
    """Measure a ring in square kilometres."""
    pairs = zip(ring, [*ring[1:], *ring[:1]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def _subpath(ring: Sequence[tuple[int, int]]) -> str:
    """Write one ring: where it starts, then the steps."""
    steps = " ".join(f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(ring))
    return f"M{ring[0][0]} {ring[0][1]}l{steps}z".replace(" -", "-")
