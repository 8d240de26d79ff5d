"""Write pages as PDF: tagged, on A4, the same bytes for the same words, each set once."""

from __future__ import annotations

import hashlib
import random
import re
from base64 import b64encode
from dataclasses import dataclass
from functools import cache as once
from threading import Lock
from typing import Any, Final
from urllib.parse import unquote

import segno
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from PIL import ImageFile

from core import covers

SVG: Final = '<svg xmlns="http://www.w3.org/2000/svg"'
EMBLEM: Final = re.compile(r".*?<svg", re.DOTALL)
GROUP: Final = re.compile(r'<g id="(?P<name>\w+)"[^>]*>(?P<drawing>.*)</g>')
COLOUR: Final = re.compile(r"--(?P<name>[\w-]+): light-dark\((?P<light>#[0-9a-f]{6}),")
# What the properties of the motifs stand for on each ground, as static/css/components/cover.css has it.
GROUNDS: Final = {
    "": "tint set shade cover-paper cover-sun",
    "p": "cover-ground set cover-iron tint cover-sun",
    "m": "set cover-paper shade tint cover-sun",
    "k": "shade tint set cover-paper cover-sun",
    "i": "cover-ink set tint cover-paper cover-sun",
}


_one_at_a_time = Lock()


@once
def is_available() -> bool:
    """Tell whether PDFs can be written here: a system without Pango has no links to them."""
    try:
        return bool(_library().VERSION)
    except (ImportError, OSError):
        return False


def _library() -> Any:
    """Load WeasyPrint, which needs Pango."""
    import weasyprint

    # It tells Pillow to draw broken pictures; uploads are judged by whether Pillow can draw them.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return weasyprint


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the head of a sheet says: `url` is the page it comes from, `code` and `palette` draw its cover."""

    title: str
    url: str
    code: str
    palette: str


def write(template: str, sheet: Sheet, context: dict[str, Any]) -> bytes:
    """Set a template as PDF; what was set before with the same words is taken as it is."""
    head = {
        "layout": "layouts/pdf.html",
        "sheet": sheet,
        "colours": colours_of(sheet.palette),
        "cover": cover(sheet.code, sheet.palette, 18, 2),
        "emblem": picture(EMBLEM.sub(SVG, render_to_string("components/emblem.html"), count=1)),
        "qr_code": qr_code(sheet.url),
        "stylesheet": mark_safe(_read("css/pdf.css")),  # noqa: S308  # a file of this site
    }
    html = render_to_string(template, {**context, **head})
    digest = hashlib.sha256(html.encode()).hexdigest()
    key = f"pdf:{digest}"
    content: bytes | None = cache.get(key)
    if content is None:
        # Pango serves one thread at a time; who waited finds what the other set.
        with _one_at_a_time:
            content = cache.get(key) or _typeset(html, digest)
            cache.set(key, content, timeout=None)
    return content


def typeset(html: str) -> bytes:
    """Set HTML as PDF and keep nothing of it: for what names people."""
    return _typeset(html, hashlib.sha256(html.encode()).hexdigest())


def _typeset(html: str, digest: str) -> bytes:
    """Set HTML as tagged PDF; nothing is asked from the network."""
    written: bytes = (
        _library()
        .HTML(string=html, base_url=settings.BASE_URL, url_fetcher=_fetcher())
        .write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=digest[:32].encode(), optimize_images=True)
    )
    return written


def _fetcher() -> Any:
    """Make what reads pictures: those in the page itself and those of this site."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    own = f"{settings.BASE_URL}{settings.MEDIA_URL}images/"

    class OwnPictures(URLFetcher):
        """Read the site's pictures from their folder."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            """Read a picture, or refuse."""
            if not url.startswith(own):
                return super().fetch(url, headers)
            with default_storage.open(unquote(url[len(own) - len("images/") :])) as file:
                return URLFetcherResponse(url, body=file.read())

    return OwnPictures(allowed_protocols=["data"])


@once
def _read(path: str) -> str:
    """Read a static file as it was written."""
    found = finders.find(path)
    if not isinstance(found, str):
        raise FileNotFoundError(path)
    with open(found, encoding="utf-8") as file:
        return file.read()


def picture(svg: str) -> str:
    """Make the address of a drawing that the page carries itself."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def qr_code(url: str) -> str:
    """Draw the code that leads a telephone to an address."""
    return segno.make(url, error="m", micro=False).svg_data_uri(border=0)


def cover(code: str, palette: str, columns: int, rows: int) -> str:
    """Draw a record's cover with its colours written out, since paper knows no custom properties."""
    rng = random.Random(hashlib.sha256(f"{code} {columns}x{rows}".encode()).digest())  # noqa: S311  # a picture
    known = palette if palette in covers.PALETTES else covers.FALLBACK
    drawn = "".join(_tile(tile, known) for tile in covers.tiles(rng, columns, rows))
    return picture(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {columns} {rows}">{drawn}</svg>')


def _tile(tile: covers.Tile, palette: str) -> str:
    """Draw a motif in its place and its colours."""
    colours = colours_of(palette)
    drawing = _motifs()[tile.name]
    for letter, role in zip("gabcd", GROUNDS[tile.ground].split(), strict=True):
        drawing = drawing.replace(f"var(--{letter})", colours[role])
    return f'<g transform="translate({tile.column} {tile.row}) scale(.01)">{drawing}</g>'


@once
def _motifs() -> dict[str, str]:
    """Read the motifs of the covers."""
    return {found["name"]: found["drawing"] for found in GROUP.finditer(_read("img/motifs.svg"))}


@once
def colours_of(palette: str) -> dict[str, str]:
    """Give the light colours of a palette and of all covers."""
    colours = {found["name"]: found["light"] for found in COLOUR.finditer(_read("css/tokens.css"))}
    roles = {"set": palette, **{role: f"{palette}-{role}" for role in ("deep", "tint", "shade")}}
    return {**colours, **{role: colours[name] for role, name in roles.items()}}


def answer(request: HttpRequest, content: bytes, name: str) -> HttpResponse:
    """Hand a PDF out; a reader who has it already is told so."""
    headers = {
        "Content-Type": "application/pdf",
        "Content-Disposition": content_disposition_header(False, name) or "inline",
        "Content-Length": str(len(content)),
        "Cache-Control": "public, no-cache",
        "ETag": f'"{hashlib.sha256(content).hexdigest()}"',
        "Accept-Ranges": "none",
        "X-Content-Type-Options": "nosniff",
    }
    response = HttpResponse(content, headers=headers)
    unchanged = get_conditional_response(request, etag=headers["ETag"], response=response)
    return unchanged if isinstance(unchanged, HttpResponse) else response
