"""Judge uploads by their content, never by their name; refuse them with a sentence or learn from them."""

from __future__ import annotations

import codecs
import hashlib
import stat
import unicodedata
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Final
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

import puremagic
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader

MEGABYTE: Final = 1024 * 1024
MOST_PIXELS: Final = 50_000_000
MOST_UNPACKED: Final = 500 * MEGABYTE
MOST_MEMBERS: Final = 2_000
# What packs better than this, and is large, was made to fill somebody's memory.
DENSEST: Final = 200
HARMLESS_UNPACKED: Final = 20 * MEGABYTE
CHUNK: Final = 64 * 1024
# As much as the search takes of one record.
LONGEST_TEXT: Final = 100_000

_OOXML: Final = "application/vnd.openxmlformats-officedocument."
_ODF: Final = "application/vnd.oasis.opendocument."
TYPES: Final = {
    "csv": "text/csv",
    "docx": f"{_OOXML}wordprocessingml.document",
    "odp": f"{_ODF}presentation",
    "ods": f"{_ODF}spreadsheet",
    "odt": f"{_ODF}text",
    "pdf": "application/pdf",
    "pptx": f"{_OOXML}presentationml.presentation",
    "xlsx": f"{_OOXML}spreadsheetml.sheet",
    "zip": "application/zip",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "gif": "image/gif",
    "avif": "image/avif",
}
PICTURES: Final = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"} | {
    "image/gif": "GIF",
    "image/avif": "AVIF",
}
# The main part of an Office file, as its table of contents names it.
OFFICE_PARTS: Final = {
    "docx": b"document.main+xml",
    "pptx": b"presentation.main+xml",
    "xlsx": b"sheet.main+xml",
}


def refuse(sentence: str) -> ValidationError:
    """Make a refusal that a form shows beside the file."""
    return ValidationError({"file": sentence})


def type_of(name: str) -> str:
    """Give the media type that a name claims."""
    return TYPES.get(extension_of(name), "application/octet-stream")


def extension_of(name: str) -> str:
    """Give the ending of a file's name, in small letters."""
    return PurePosixPath(name).suffix.removeprefix(".").lower()


# --- Judging ------------------------------------------------------------------------------------


def check(file: Any, name: str, allowed: frozenset[str] = frozenset(TYPES)) -> None:
    """Refuse a file that is not what its name says, or that no reader should be given."""
    check_name(name)
    extension = extension_of(name)
    if extension not in allowed:
        raise refuse(_("Files of the kind “%s” are not taken.") % extension)
    file.seek(0, 2)
    if not file.tell():
        raise refuse(_("The file is empty."))
    file.seek(0)
    _checker(extension)(file, extension)
    file.seek(0)


def check_name(name: str) -> None:
    """Refuse a name that leads elsewhere, or that reads otherwise than it is."""
    if "/" in name or "\\" in name or name.startswith("."):
        raise refuse(_("The name of the file must not hold a path."))
    if len(name) > 100:
        raise refuse(_("The name of the file is longer than 100 characters. Give it a shorter one."))
    if any(unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp") for letter in name):
        raise refuse(_("The name of the file holds invisible characters. Give it a plain name."))


def _checker(extension: str) -> Callable[[Any, str], None]:
    """Choose the check for a kind of file."""
    if type_of(f"a.{extension}") in PICTURES:
        return _check_picture
    if extension in OFFICE_PARTS:
        return _check_office
    kinds = {"pdf": _check_pdf, "csv": _check_csv, "zip": _check_archive}
    return kinds.get(extension, _check_open_document)


def _wrong_kind(file: Any, extension: str) -> ValidationError:
    """Say what a file is instead of what its name claims, where that can be told."""
    file.seek(0)
    try:
        found = puremagic.magic_string(file.read(CHUNK))[0].extension.removeprefix(".")
    except (puremagic.PureError, ValueError):
        found = ""
    file.seek(0)
    if found and found != extension:
        return refuse(
            _("The file is called .%(name)s, but its content is of the kind “%(kind)s”.")
            % {"name": extension, "kind": found}
        )
    return refuse(_("The file is called .%s, but its content is something else.") % extension)


def _check_pdf(file: Any, extension: str) -> None:
    """Take a PDF that opens without a password."""
    if file.read(5) != b"%PDF-":
        raise _wrong_kind(file, extension)
    file.seek(0)
    damaged = refuse(_("The PDF is damaged: it cannot be opened. Export it anew."))
    try:
        reader = PdfReader(file)
        encrypted = reader.is_encrypted
        pages = 0 if encrypted else len(reader.pages)
    except Exception as error:
        # A hostile file may break the reader in any way.
        raise damaged from error
    if encrypted:
        raise refuse(_("The PDF is protected by a password. Save it without one."))
    file.seek(0, 2)
    file.seek(max(0, file.tell() - 2048))
    if not pages or b"%%EOF" not in file.read():
        raise damaged


def _check_picture(file: Any, extension: str) -> None:
    """Take a picture that can be drawn and is not too large."""
    too_large = refuse(
        _("The picture has more than %s million dots. Save it smaller.") % (MOST_PIXELS // 1_000_000)
    )
    try:
        with Image.open(file, formats=[PICTURES[type_of(f"a.{extension}")]]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise too_large
            picture.load()
    except UnidentifiedImageError as error:
        raise _wrong_kind(file, extension) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise too_large from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise refuse(_("The picture is damaged: it cannot be drawn to its end.")) from error


def _check_csv(file: Any, extension: str) -> None:
    """Take text in UTF-8 that is not a page or a program."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    text = ""
    try:
        while chunk := file.read(CHUNK):
            text = decoder.decode(chunk)
            if "\0" in text:
                raise _wrong_kind(file, extension)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise refuse(_("The table is not in UTF-8. Save it as “CSV UTF-8”.")) from error
    file.seek(0)
    if (
        file.read(1024)
        .removeprefix(codecs.BOM_UTF8)
        .lstrip()
        .startswith((b"<", b"%PDF", b"PK\3\4", b"#!", b"{\\rtf"))
    ):
        raise _wrong_kind(file, extension)


def _check_office(file: Any, extension: str) -> None:
    """Take an Office file of the right kind without macros."""
    with _opened(file, extension) as archive:
        names = archive.namelist()
        if "[Content_Types].xml" not in names:
            raise _wrong_kind(file, extension)
        with archive.open("[Content_Types].xml") as member:
            contents = member.read(MEGABYTE)
        if b"macroEnabled" in contents or any(name.lower().endswith("vbaproject.bin") for name in names):
            raise refuse(_("The file holds macros. Save it without them."))
        if OFFICE_PARTS[extension] not in contents:
            raise _wrong_kind(file, extension)


def _check_open_document(file: Any, extension: str) -> None:
    """Take an OpenDocument file of the right kind without macros."""
    with _opened(file, extension) as archive:
        names = archive.namelist()
        if "mimetype" not in names:
            raise _wrong_kind(file, extension)
        with archive.open("mimetype") as member:
            if member.read(200).decode("ascii", "replace").strip() != TYPES[extension]:
                raise _wrong_kind(file, extension)
        if any(name.startswith(("Basic/", "Scripts/")) for name in names):
            raise refuse(_("The file holds macros. Save it without them."))


def _check_archive(file: Any, extension: str) -> None:
    """Take a ZIP archive of files that would be taken one by one."""
    inside = frozenset(TYPES) - {"zip"}
    with _opened(file, extension) as archive:
        for info in archive.infolist():
            if info.is_dir():
                continue
            name = PurePosixPath(info.filename).name
            with SpooledTemporaryFile(max_size=MEGABYTE) as member:
                _copy(archive.open(info), member)
                try:
                    check(member, name, inside)
                except ValidationError as refusal:
                    raise refuse(f"{info.filename[-100:]}: {' '.join(refusal.messages)}") from refusal


def _copy(source: IO[bytes], target: IO[bytes]) -> None:
    """Copy a stream piece by piece."""
    with source:
        while chunk := source.read(CHUNK):
            target.write(chunk)
    target.seek(0)


def _opened(file: Any, extension: str) -> ZipFile:
    """Open an archive after looking at its list of members, and read it once to its end."""
    try:
        archive = ZipFile(file)
        _check_members(archive.infolist())
        broken = archive.testzip()
    except (BadZipFile, LargeZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        if file.seek(0) == 0 and file.read(4) != b"PK\3\4":
            raise _wrong_kind(file, extension) from error
        raise refuse(_("The file is damaged: it cannot be unpacked.")) from error
    except RuntimeError as error:
        raise refuse(_("The file is protected by a password. Save it without one.")) from error
    if broken:
        raise refuse(_("The file is damaged: it cannot be unpacked."))
    return archive


def _check_members(members: list[ZipInfo]) -> None:
    """Refuse an archive that would fill a disk, leave its folder or keep something secret."""
    unpacked = sum(info.file_size for info in members)
    packed = sum(info.compress_size for info in members)
    if (
        unpacked > MOST_UNPACKED
        or len(members) > MOST_MEMBERS
        or (unpacked > HARMLESS_UNPACKED and unpacked > DENSEST * max(packed, 1))
    ):
        raise refuse(_("The file unpacks to far more than it seems to hold."))
    if any(info.flag_bits & 1 for info in members):
        raise refuse(_("The file is protected by a password. Save it without one."))
    for info in members:
        parts = PurePosixPath(info.filename.replace("\\", "/"))
        if parts.is_absolute() or ".." in parts.parts or stat.S_ISLNK(info.external_attr >> 16):
            raise refuse(_("The file holds paths that lead out of it."))


# --- Learning -----------------------------------------------------------------------------------


def sha256_of(file: Any) -> str:
    """Compute the fingerprint of a file."""
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(MEGABYTE):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def pages_of(file: Any, name: str) -> list[str] | None:
    """Read the text of each page of a PDF, as far as the search can take it; nothing for other files."""
    if extension_of(name) != "pdf":
        return None
    file.seek(0)
    try:
        return list(_texts(PdfReader(file)))
    except Exception:
        # What cannot be read is not searched; uploads were judged before.
        return None
    finally:
        file.seek(0)


def _texts(reader: PdfReader) -> Iterator[str]:
    """Read page after page until there is enough text."""
    room = LONGEST_TEXT
    for page in reader.pages:
        text = " ".join(page.extract_text().replace("\0", " ").split())[:room] if room else ""
        room -= len(text)
        yield text


def without_metadata(file: Any, name: str) -> ContentFile[bytes] | None:
    """Draw a picture anew without what cameras and programs wrote into it; nothing where there is none."""
    kind = PICTURES.get(type_of(name))
    if not kind:
        return None
    file.seek(0)
    with Image.open(file, formats=[kind]) as picture:
        said = {"exif", "xmp", "XML:com.adobe.xmp", "comment", "photoshop", *getattr(picture, "text", {})}
        if not picture.getexif() and not said & picture.info.keys():
            file.seek(0)
            return None
        drawn = BytesIO()
        _redraw(picture, kind, drawn)
    return ContentFile(drawn.getvalue(), name=name)


def _redraw(picture: Image.Image, kind: str, target: BytesIO) -> None:
    """Write a picture the right way up, with its colours and its movement and nothing else."""
    kept = {key: picture.info[key] for key in ("icc_profile", "transparency") if key in picture.info}
    if getattr(picture, "n_frames", 1) > 1:
        moves = {key: picture.info[key] for key in ("duration", "loop") if key in picture.info}
        picture.save(target, kind, save_all=True, exif=b"", comment=b"", **kept, **moves)
        return
    upright = ImageOps.exif_transpose(picture)
    upright.info.clear()
    quality: dict[str, Any] = {"quality": 92} if kind in ("JPEG", "WEBP", "AVIF") else {}
    upright.save(target, kind, exif=b"", **quality, **kept)
