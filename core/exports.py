"""The faces of a list beside the page: CSV, XLSX, JSON, GeoJSON and Atom, all of the same records."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from tempfile import TemporaryFile
from typing import Any

from django.http import FileResponse, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from core.cards import Card, Place

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FEED_LENGTH = 50
# A spreadsheet takes a cell that begins so for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
# All but what XML 1.0 calls a character; a carriage return would not come back as one.
FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Export:
    """A list as its exports need it: records in order, fetched piece by piece, and where it came from."""

    name: str
    title: str
    url: str
    records: Callable[[], Iterable[Any]]
    newest: Callable[[int], Iterable[Any]]
    changed_at: dt.datetime | None
    absolute: Callable[[str], str]

    def cards(self) -> Iterator[Card]:
        """Show the records one after the other."""
        return (record.card for record in self.records())


def cells(export: Export) -> Iterator[list[str]]:
    """Lay the records out as rows of words, the head first."""
    cards = export.cards()
    first = next(cards, None)
    terms = [str(fact.term) for fact in first.facts] if first else []
    yield ["id", "title", "url", "kind", "text", *terms]
    for card in chain([first] if first else [], cards):
        words = (card.key, card.title, export.absolute(card.url), card.kicker, card.text)
        yield [harmless(str(word)) for word in (*words, *(fact.value for fact in card.facts))]


def harmless(word: str) -> str:
    """Keep a spreadsheet from taking a word for a formula."""
    return f"'{word}" if word.startswith(FORMULA) else word


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def as_csv(export: Export) -> HttpResponseBase:
    """Stream the list as CSV in UTF-8, with the mark by which spreadsheets know it."""
    writer = csv.writer(_Echo())
    rows = (writer.writerow(row) for row in cells(export))
    response = StreamingHttpResponse(chain(["\ufeff"], rows), content_type="text/csv; charset=utf-8")
    return named(response, f"{export.name}.csv")


def as_xlsx(export: Export) -> HttpResponseBase:
    """Write the list as a workbook to a temporary file and stream it."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(export.name[:31])
    for row in cells(export):
        sheet.append([text_cell(sheet, word) for word in row])
    file = TemporaryFile()  # noqa: SIM115  # FileResponse closes it after the last byte
    book.save(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{export.name}.xlsx", content_type=XLSX)


def text_cell(sheet: Any, word: str) -> WriteOnlyCell:
    """Make a cell that holds text, whatever it looks like; characters that XML forbids are left out."""
    cell = WriteOnlyCell(sheet, printable(word))
    cell.data_type = "s"
    return cell


def as_geojson(export: Export) -> HttpResponseBase:
    """Stream the list as GeoJSON: a point for each place of a record, and none for a record without one."""
    head = f'{{"type": "FeatureCollection", "name": {json.dumps(export.title)}, "features": ['
    response = StreamingHttpResponse(
        chain([head], separated(features(export)), ["]}"]), content_type="application/geo+json; charset=utf-8"
    )
    return named(response, f"{export.name}.geojson")


def features(export: Export) -> Iterator[str]:
    """Write each place of each record as a feature."""
    for record in export.records():
        card = record.card
        for place in record.places or [Place()]:
            point = None
            if place.longitude is not None and place.latitude is not None:
                point = {"type": "Point", "coordinates": [float(place.longitude), float(place.latitude)]}
            about = {
                "id": card.key,
                "title": str(card.title),
                "url": export.absolute(card.url),
                "place": str(place.name),
            }
            yield json.dumps({"type": "Feature", "geometry": point, "properties": about}, ensure_ascii=False)


def separated(parts: Iterable[str]) -> Iterator[str]:
    """Put commas between the parts of a stream."""
    for number, part in enumerate(parts):
        yield f",{part}" if number else part


def as_atom(export: Export) -> HttpResponseBase:
    """Write the newest records of the list as a feed."""
    changed = export.changed_at or timezone.now()
    feed = Atom1Feed(
        title=export.title,
        link=export.absolute(export.url),
        feed_url=export.absolute(export.url + ("&" if "?" in export.url else "?") + "format=atom"),
        description="",
        language="en",
        author_name="InduCCI e-toolbox",
    )
    for record in export.newest(FEED_LENGTH):
        card, published = record.card, getattr(record, "last_published_at", None)
        feed.add_item(
            title=printable(card.title),
            link=export.absolute(card.url),
            description=printable(card.text),
            unique_id=export.absolute(card.url),
            updateddate=published or changed,
            pubdate=getattr(record, "first_published_at", None) or changed,
            categories=[printable(card.kicker)] if card.kicker else [],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def printable(word: object) -> str:
    """Leave out the characters that XML forbids."""
    return FORBIDDEN.sub("", str(word))


def named(response: Any, name: str) -> HttpResponseBase:
    """Give a download its file name."""
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def as_json(content: dict[str, Any]) -> HttpResponseBase:
    """Write one page of the list as JSON."""
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False})
