"""The words of a PDF as Chromium prints it: glyphs, and for each font a table of what they mean."""

import re
import unicodedata
import zlib

OBJECT = re.compile(rb"\n(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
SHOWN = re.compile(rb"/F(\d+) [\d.]+ Tf|/ActualText <\w+>|<(\w+)>(?=[^\n]*T[jJ])")


def words(pdf: bytes) -> str:
    """Give the text of all pages, without spaces and hyphens, since print breaks lines where it likes."""
    objects = {int(number): body for number, body in OBJECT.findall(pdf)}
    tables = {number: glyphs(objects, body) for number, body in objects.items() if b"/ToUnicode" in body}
    text = []
    for body in map(content, objects.values()):
        width, table = 4, dict[bytes, str]()
        for font, shown in SHOWN.findall(body) if b"BT\n" in body else ():
            if font:
                width, table = tables.get(int(font), (4, {}))
            text += [table.get(shown[at : at + width].upper(), "") for at in range(0, len(shown), width)]
    return plain("".join(text))


def plain(text: str) -> str:
    """Leave away what print may change: spaces, hyphens and ligatures."""
    return re.sub(r"[\s\u00ad\u2010-]", "", unicodedata.normalize("NFKC", text))


def content(body: bytes) -> bytes:
    """Unpack the stream of an object; an object without one has no content."""
    stream = STREAM.search(body)
    if not stream:
        return b""
    return zlib.decompress(stream[1]) if b"/FlateDecode" in body else stream[1]


def glyphs(objects: dict[int, bytes], font: bytes) -> tuple[int, dict[bytes, str]]:
    """Give the digits that a glyph takes in a font, and the letters it stands for."""
    number = re.search(rb"/ToUnicode (\d+)", font)
    table = content(objects[int(number[1])]) if number else b""
    space = re.search(rb"begincodespacerange\n<(\w+)>", table)
    width = len(space[1]) if space else 4
    meaning: dict[bytes, str] = {}
    for kind, block in re.findall(rb"beginbf(char|range)\n(.*?)endbf", table, re.DOTALL):
        for line in block.splitlines():
            first, *_, last = (match.upper() for match in re.findall(rb"<(\w+)>", line))
            if kind == b"char":
                meaning[first] = letters(last)
                continue
            end = re.findall(rb"<(\w+)>", line)[1]
            for step in range(int(end, 16) - int(first, 16) + 1):
                glyph = f"{int(first, 16) + step:0{width}X}".encode()
                meaning[glyph] = letters(f"{int(last, 16) + step:0{len(last)}X}".encode())
    return width, meaning


def letters(digits: bytes) -> str:
    """Read UTF-16 written in digits."""
    return bytes.fromhex(digits.decode()).decode("utf-16-be")
