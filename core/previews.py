"""Draw the picture that social networks show beside a link: the cover of the record with its name below.

The motifs and colours are those of the covers on the site, read from the same files. The same words and
palette always give the same picture under the same name, so a new title gives a new one.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Final

import resvg_py
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw, ImageFont

from core.covers import FALLBACK, MIXED, Tile, dressed, known

WIDTH, HEIGHT = 1200, 630
#: The height of the art above the words, in a grid of so many tiles.
ART: Final = 400
COLUMNS, ROWS = 9, 3
FOLDER: Final = "previews"
#: Goes into the name of every picture: raise it when the drawing changes.
EDITION: Final = 1
SITE: Final = "InduCCI e-toolbox"

#: Where Debian's fonts-dejavu-core lies; without it a picture has no words.
FONTS: Final = Path("/usr/share/fonts/truetype/dejavu")
BOLD, REGULAR = "DejaVuSans-Bold.ttf", "DejaVuSans.ttf"
SIZES: Final = (64, 56, 50, 44, 38, 32)
MARGIN, TITLE_TOP, BOTTOM = 60, 476, 602

MOTIF: Final = re.compile(r'<g id="(\w+)"[^>]*>(.*?)</g>', re.DOTALL)
TOKEN: Final = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}),")
RULE: Final = re.compile(r"^ *\.cover(\.palette--toolbox)? (use|\.\w|:is\([^)]*\)) \{([^}]*)\}", re.MULTILINE)
PART: Final = re.compile(r"--([a-z]): var\(--([\w-]+)\)")
USED: Final = re.compile(r"var\(--([a-z])\)")
#: The classes of the tiles of a mixed cover, as static/css/components/palette.css gives them.
OF_CLASS: Final = {
    "e": "establishing",
    "c": "cooperation",
    "v": "mediating",
    "g": "empowerment",
    "s": "outputs",
}


@dataclass(frozen=True, slots=True)
class Preview:
    """What the picture of a record is drawn from; `text` goes beside it only."""

    title: str
    kicker: str = ""
    palette: str = MIXED
    code: str = ""
    text: str = ""

    @classmethod
    def of(
        cls,
        title: object,
        *,
        kicker: object = "",
        palette: object = FALLBACK,
        code: object,
        text: object = "",
    ) -> "Preview":
        """Make a preview from values that may have to be translated first."""
        return cls(*(str(value or "") for value in (title, kicker, palette, code, text)))

    @property
    def name(self) -> str:
        """Give the name of the file, which follows from all that is drawn."""
        drawn = "\0".join((str(EDITION), self.title, self.kicker, self.palette, self.code))
        return f"{FOLDER}/{hashlib.sha256(drawn.encode()).hexdigest()[:20]}.png"

    @property
    def full_url(self) -> str:
        """Give the whole address of the picture."""
        return f"{settings.BASE_URL}{default_storage.url(self.name)}"

    def keep(self) -> None:
        """Draw and store the picture if there is none yet."""
        if not default_storage.exists(self.name):
            default_storage.save(self.name, ContentFile(self.drawn()))

    def drawn(self) -> bytes:
        """Draw the picture, as a PNG."""
        has_words = (FONTS / BOLD).is_file() and (FONTS / REGULAR).is_file()
        picture = Image.new("RGB", (WIDTH, HEIGHT), colour("paper"))
        picture.paste(art(self.code, self.palette, ROWS if has_words else 5), (0, 0))
        if has_words:
            self._write(picture)
        file = BytesIO()
        # Few colours make a small file; the soft edges of letters need some of their own.
        few = picture.quantize(96, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(file, "PNG", compress_level=6)
        return file.getvalue()

    def _write(self, picture: Image.Image) -> None:
        """Write kicker, name and site below the art."""
        pen = ImageDraw.Draw(picture)
        palette = "outputs" if known(self.palette) == MIXED else known(self.palette)
        pen.rectangle((0, ART, WIDTH, HEIGHT), colour("paper"))
        pen.rectangle((0, ART, WIDTH, ART + 10), colour(palette))
        small, site = font(REGULAR, 24), font(BOLD, 24)
        room = WIDTH - 2 * MARGIN - int(site.getlength(SITE)) - 60
        kicker = next(lines(self.kicker, font(BOLD, 24), room), "")
        pen.text((MARGIN, 430), kicker, colour(f"{palette}-deep"), font(BOLD, 24))
        if self.kicker != SITE:
            pen.text((WIDTH - MARGIN, 430), SITE, colour("ink-quiet"), small, anchor="ra")
        for size in SIZES:
            face, step = font(BOLD, size), round(size * 1.15)
            broken = list(lines(self.title, face, WIDTH - 2 * MARGIN))
            if TITLE_TOP + step * len(broken) <= BOTTOM + size // 4:
                break
        for number, line in enumerate(broken[: (BOTTOM - TITLE_TOP) // step + 1]):
            pen.text((MARGIN, TITLE_TOP + step * number), line, colour("ink"), face)


def lines(words: str, face: ImageFont.FreeTypeFont, room: int) -> Iterator[str]:
    """Break words into lines that fit the room."""
    line = ""
    for word in words.split():
        longer = f"{line} {word}".strip()
        if line and face.getlength(longer) > room:
            yield line
            line = word
        else:
            line = longer
    if line:
        yield line


def art(code: str, palette: str, rows: int) -> Image.Image:
    """Draw a cover as wide as the picture."""
    drawn = "".join(
        f'<g transform="translate({tile.column} {tile.row}) scale(.01)">{painted(tile, names, palette)}</g>'
        for tile, names in dressed(code, known(palette), COLUMNS, rows)
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {COLUMNS} {rows}">{drawn}</svg>'
    png = resvg_py.svg_to_bytes(svg_string=svg, width=WIDTH, skip_system_fonts=True)
    return Image.open(BytesIO(png)).convert("RGB").crop((0, 0, WIDTH, min(HEIGHT, WIDTH * rows // COLUMNS)))


def painted(tile: Tile, names: list[str], palette: str) -> str:
    """Fill a motif with the colours that the style sheet gives to its classes."""
    own = next((OF_CLASS[name] for name in names if name in OF_CLASS), known(palette))
    whole = {"set": own, "tint": f"{own}-tint", "shade": f"{own}-shade", "deep": f"{own}-deep"}
    parts: dict[str, str] = {}
    for is_toolbox, classes, body in rules():
        if (not is_toolbox or own == "toolbox") and (classes == ("use",) or set(classes) & set(names)):
            parts |= dict(PART.findall(body))
    return USED.sub(lambda found: colour(whole.get(parts[found[1]], parts[found[1]])), motifs()[tile.name])


def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """Give a face of the system."""
    return ImageFont.truetype(FONTS / name, size)


def colour(name: str) -> str:
    """Give a colour of the light scheme by the name of its token."""
    return tokens()[name]


@lru_cache(maxsize=1)
def tokens() -> dict[str, str]:
    """Read the colours of the light scheme."""
    return dict(TOKEN.findall(source("css/tokens.css")))


@lru_cache(maxsize=1)
def motifs() -> dict[str, str]:
    """Read the drawings of the sprite by their names."""
    return dict(MOTIF.findall(source("img/motifs.svg")))


@lru_cache(maxsize=1)
def rules() -> tuple[tuple[bool, tuple[str, ...], str], ...]:
    """Read which class gives which colours, weakest first as they stand in the style sheet."""
    css = source("css/components/cover.css").split("@media (forced-colors: active)")[0]
    return tuple(
        (bool(toolbox), tuple(re.findall(r"use|(?<=\.)\w", which)), body)
        for toolbox, which, body in RULE.findall(css)
    )


def source(name: str) -> str:
    """Read a static file as it was written."""
    path = finders.find(name)
    if not isinstance(path, str):
        raise FileNotFoundError(name)
    return Path(path).read_text(encoding="utf-8")


#: The picture of every page that has none of its own.
SITE_PREVIEW: Final = Preview("What industrial regions tried with creative people", SITE, MIXED, "colour 7")
