"""Files as people upload them: good ones, and twenty that a site must not take."""

import csv
import io
import struct
import zlib
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image
from pypdf import PdfReader, PdfWriter

OOXML = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
ODT = "application/vnd.oasis.opendocument.text"


def pdf(*texts: str) -> bytes:
    """Write a PDF with a page for each text."""
    count = len(texts)
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, text in enumerate(texts):
        stream = f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    body, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return (body + end + trailer).encode("latin-1")


def encrypted_pdf() -> bytes:
    """Write a PDF that asks for a password."""
    writer, target = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("Secret")))), io.BytesIO()
    writer.encrypt("password", algorithm="RC4-128")
    writer.write(target)
    return target.getvalue()


def archive(members: dict[str, bytes | str]) -> bytes:
    """Pack files into a ZIP archive."""
    target = io.BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return target.getvalue()


def docx(kind: str = OOXML, more: dict[str, bytes] | None = None) -> bytes:
    """Write the least of a Word file."""
    contents = f'<Types><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
    return archive({"[Content_Types].xml": contents, "word/document.xml": "<w:document/>", **(more or {})})


def odt(kind: str = ODT, more: dict[str, bytes] | None = None) -> bytes:
    """Write the least of an OpenDocument text."""
    return archive({"mimetype": kind, "content.xml": "<office:document-content/>", **(more or {})})


def encrypted_zip() -> bytes:
    """Write an archive of which a member says that it is encrypted."""
    packed = bytearray(archive({"paper.pdf": pdf("One")}))
    packed[6] |= 1
    packed[packed.rindex(b"PK\1\2") + 8] |= 1
    return bytes(packed)


def picture(kind: str = "JPEG", **how: object) -> bytes:
    """Draw a picture."""
    target = io.BytesIO()
    Image.effect_noise((200, 150), 60).convert("RGB").save(target, kind, **how)
    return target.getvalue()


def photograph() -> bytes:
    """Take a picture that says where it was taken and by whom."""
    exif = Image.Exif()
    exif[0x013B] = "A private person"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (50.0, 49.0, 12.0)
    return picture(exif=exif.tobytes(), comment=b"A private person")


def huge_png() -> bytes:
    """Write the head of a picture of 50,000 by 50,000 dots."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


def table() -> bytes:
    """Write a small table."""
    target = io.StringIO()
    csv.writer(target).writerows([["region", "desks"], ["Škofja Loka", 1]])
    return target.getvalue().encode()


HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
GOOD = {
    "paper.pdf": pdf("One", "Two"),
    "letter.docx": docx(),
    "letter.odt": odt(),
    "table.csv": table(),
    "bom.csv": b"\xef\xbb\xbf" + table(),
    "photo.jpg": picture(),
    "photo.png": picture("PNG"),
    "photo.webp": picture("WEBP"),
    "bundle.zip": archive({"papers/paper.pdf": pdf("One"), "table.csv": table()}),
}
# Name, content, and a part of the sentence by which it is refused.
HOSTILE = {
    "zero bytes": ("paper.pdf", b"", "empty"),
    "wrong magic": ("paper.pdf", picture("PNG"), "called .pdf, but its content is of the kind “png”"),
    "HTML named PDF": ("paper.pdf", HTML, "called .pdf"),
    "HTML before a PDF": ("paper.pdf", HTML + pdf("One"), "called .pdf"),
    "HTML named CSV": ("table.csv", HTML, "called .csv"),
    "HTML by name": ("page.html", HTML, "html"),
    "SVG with script": ("drawing.svg", SVG, "svg"),
    "SVG named PNG": ("drawing.png", SVG, "called .png"),
    "zip bomb": (
        "bomb.zip",
        archive({f"{n}.csv": b"0" * 8_000_000 for n in range(4)}),
        "unpacks to far more",
    ),
    "zip in a zip": ("papers.zip", archive({"inner.zip": archive({"a.csv": "1"})}), "inner.zip"),
    "program in a zip": ("papers.zip", archive({"setup.exe": b"MZ"}), "setup.exe"),
    "zip that leaves its folder": ("papers.zip", archive({"../../etc/cron.csv": "1"}), "lead out of it"),
    "zip with a password": ("papers.zip", encrypted_zip(), "protected by a password"),
    "docx with macros": ("letter.docx", docx(MACRO), "macros"),
    "docx with a macro file": ("letter.docx", docx(more={"word/vbaProject.bin": b"x"}), "macros"),
    "odt with macros": ("letter.odt", odt(more={"Basic/Standard/script-lb.xml": b"x"}), "macros"),
    "docx that is a zip": ("letter.docx", archive({"a.csv": "1"}), "called .docx"),
    "damaged docx": ("letter.docx", docx()[:-40], "damaged"),
    "macro file by name": ("letter.docm", docx(MACRO), "docm"),
    "encrypted PDF": ("paper.pdf", encrypted_pdf(), "protected by a password"),
    "damaged PDF": ("paper.pdf", pdf("One", "Two")[:300], "damaged"),
    "PDF without pages": ("paper.pdf", b"%PDF-1.4\n%%EOF\n", "damaged"),
    "truncated JPEG": ("photo.jpg", picture()[:4_000], "damaged"),
    "50,000 by 50,000 PNG": ("photo.png", huge_png(), "million dots"),
    "bytes named CSV": ("table.csv", b"a,b\n\x00\xff", "CSV"),
    "name of 255 bytes": ("a" * 251 + ".pdf", pdf("One"), "characters"),
    "name with right-to-left marks": ("paper\u202efdp.pdf", pdf("One"), "invisible characters"),
    "name with a control character": ("pa\u0085per.pdf", pdf("One"), "invisible characters"),
}
