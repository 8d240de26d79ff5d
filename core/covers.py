"""Draw the cover of a record: industrial motifs on a grid, computed from its code and its set's colour.

The motifs are drawn once, in ``static/img/motifs.svg``; a cover only places them by ``<use>``. Their colours
are the custom properties that ``static/css/components/cover.css`` gives to the classes below, so a cover
follows the dark scheme.
"""

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

PALETTES: Final = (
    "establishing",
    "cooperation",
    "mediating",
    "empowerment",
    "toolbox",
    "outputs",
    "partners",
    "regions",
)
#: Every tile takes a palette of its own: the front page and the error pages.
MIXED: Final = "inducci"
#: A palette that nobody knows is drawn in steel.
FALLBACK: Final = "outputs"

#: The classes of a tile that change its ground; no class is the tint of the palette.
GROUNDS: Final = ("", "", "p", "m", "m", "k", "i")
#: The classes of a tile in a mixed cover: the four sets, the toolbox and steel.
SETS: Final = ("e", "c", "v", "g", "s", "s")
SPRITE: Final = "/static/img/motifs.svg"


# Each motif is made once below: comparing them by identity is what makes drawing quick.
@dataclass(frozen=True, eq=False)
class Motif:
    """A drawing of the sprite, its size in tiles and how gladly it is taken above and on the ground."""

    names: tuple[str, ...]
    width: int
    height: int
    in_the_air: float
    on_the_ground: float

    def weight(self, *, stands: bool) -> float:
        """Say how gladly the motif is taken; buildings like to stand on the lower edge."""
        return self.on_the_ground if stands else self.in_the_air


MOTIFS: Final = (
    Motif(("gear",), 2, 2, 7, 6),
    Motif(("ring1", "ring2", "ring3", "ring4"), 2, 2, 14, 10),
    Motif(("hall",), 2, 1, 1.5, 14),
    Motif(("bridge",), 2, 1, 1, 10),
    Motif(("sun",), 2, 1, 5, 5),
    Motif(("bowl",), 2, 1, 4, 1),
    Motif(("stack",), 1, 2, 2, 11),
    Motif(("frame",), 1, 2, 1, 7),
    Motif(("pencil",), 1, 2, 2, 6),
    Motif(("arc1", "arc2", "arc3", "arc4"), 1, 1, 4, 3),
    Motif(("leaf1", "leaf2"), 1, 1, 3, 2),
    Motif(("stripe",), 1, 1, 2, 2),
    Motif(("loom",), 1, 1, 2, 1.5),
    Motif(("cog",), 1, 1, 2, 1),
    Motif(("dots",), 1, 1, 1.5, 0.5),
    Motif(("play",), 1, 1, 1.5, 0.5),
    Motif(("block",), 1, 1, 1, 0.5),
    Motif(("saw",), 1, 1, 0.5, 3),
    Motif(("brick",), 1, 1, 1, 3),
    Motif(("window",), 1, 1, 0.5, 3),
    Motif(("mill",), 1, 1, 2, 2),
    Motif(("stairs",), 1, 1, 1, 2),
    Motif(("gable",), 1, 1, 0.2, 3),
)


@dataclass(frozen=True, eq=False)
class Tile:
    """A motif in its place, with the class that colours its ground."""

    motif: Motif
    name: str
    column: int
    row: int
    ground: str

    @property
    def cells(self) -> Iterator[tuple[int, int]]:
        """Name the places of the grid that the tile takes."""
        for x in range(self.motif.width):
            for y in range(self.motif.height):
                yield self.column + x, self.row + y


def tiles(rng: random.Random, columns: int, rows: int) -> Iterator[Tile]:
    """Fill the grid row by row, large motifs and small, never with a neighbour's motif or ground."""
    taken: dict[tuple[int, int], Tile] = {}
    for row in range(rows):
        for column in range(columns):
            if (column, row) in taken:
                continue
            beside = {taken[cell] for cell in ((column - 1, row), (column, row - 1)) if cell in taken}
            end = next((x for x in range(column, columns) if (x, row) in taken), columns)
            fitting = [
                motif
                for motif in MOTIFS
                if motif.width <= end - column
                and motif.height <= rows - row
                and all(motif != tile.motif for tile in beside)
            ]
            motif = rng.choices(fitting, [m.weight(stands=row + m.height == rows) for m in fitting])[0]
            grounds = [ground for ground in GROUNDS if all(ground != tile.ground for tile in beside)]
            tile = Tile(motif, rng.choice(motif.names), column, row, rng.choice(grounds))
            taken.update(dict.fromkeys(tile.cells, tile))
            yield tile


def dressed(code: str, palette: str, columns: int, rows: int) -> Iterator[tuple[Tile, list[str]]]:
    """Give the tiles of a cover with their classes, the ground's first; always the same for a code."""
    rng = random.Random(hashlib.sha256(f"{code} {columns}x{rows}".encode()).digest())
    for tile in tiles(rng, columns, rows):
        yield tile, [name for name in (tile.ground, rng.choice(SETS) if palette == MIXED else "") if name]


def known(palette: str) -> str:
    """Give a palette that can be drawn with."""
    return palette if palette in PALETTES or palette == MIXED else FALLBACK


def placed(tile: Tile, names: list[str], sprite: str) -> str:
    """Write a tile as an element, leaving out what is zero or empty."""
    attributes = (("x", tile.column), ("y", tile.row), ("class", " ".join(names)))
    said = "".join(f' {key}="{value}"' for key, value in attributes if value)
    return f'<use href="{sprite}#{tile.name}"{said}/>'


@lru_cache(maxsize=1_024)
def cover(code: str, palette: str, columns: int = 6, rows: int = 3, sprite: str = SPRITE) -> str:
    """Return the SVG text of a cover; the same code always gives the same picture.

    `columns` and `rows` count tiles; `sprite` is the address of the motifs and is trusted.
    """
    palette = known(palette)
    body = "".join(placed(tile, names, sprite) for tile, names in dressed(code, palette, columns, rows))
    return (
        f'<svg class="cover palette--{palette}" viewBox="0 0 {columns} {rows}"'
        f' preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false">{body}</svg>'
    )
