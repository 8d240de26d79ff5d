"""How a file leaves the house: who may have it, under which name, whole or in part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any
from urllib.parse import quote

from anyascii import anyascii
from django.conf import settings
from django.db import models
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date
from django.views.decorators.http import require_safe
from wagtail import hooks

from core.models import VersionedDocument
from outputs.codes import OutputCode
from outputs.models import Output

YEAR = 31_536_000
CHUNK = 64 * 1024
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)
# What a browser shows without running anything; the rest is saved.
SHOWN_INLINE = frozenset(
    {"application/pdf", "image/jpeg", "image/png", "image/webp", "image/gif", "image/avif"}
)


def may_read(user: Any, document: VersionedDocument) -> bool:
    """Tell whether somebody may have a file: everybody a published one, its editors any."""
    return VersionedDocument.objects.public().filter(pk=document.pk).exists() or is_editor(user, document)


def is_editor(user: Any, document: VersionedDocument) -> bool:
    """Tell whether somebody works on a document; the permission policy of documents says so."""
    return user.is_authenticated and document.is_editable_by_user(user)


def outputs_of(document: VersionedDocument) -> models.QuerySet[Any]:
    """List the published outputs that offer a document or another version of it."""
    family = models.Q(files__document=document.newest) | models.Q(
        files__document__replaced_by=document.newest
    )
    return Output.objects.live().filter(family).distinct()


def download_name(document: VersionedDocument, output: Output | None) -> str:
    """Name a file so that it can be told from others in a folder: InduCCI_T2.3.1_KRACH-plus_en_v2.pdf."""
    code = OutputCode(output.code).short if output and output.code else ""
    title = _plain(output.title if output else document.title)
    parts = ("InduCCI", code, title, document.language, f"v{document.version}")
    return f"{'_'.join(part for part in parts if part)}.{document.file_extension.lower()}"


def _plain(title: str) -> str:
    """Write a title in plain letters and hyphens, cut between words."""
    text = anyascii(title.replace("+", " plus ")).replace("'", "")
    words = re.sub(r"[^A-Za-z0-9]+", " ", text).split()
    while len("-".join(words)) > 60 and len(words) > 1:
        words.pop()
    return "-".join(words)[:60]


@require_safe
def serve(request: HttpRequest, document_id: int, filename: str) -> HttpResponseBase:
    """Give a document to those who may have it; for everybody else it does not exist."""
    document = get_object_or_404(VersionedDocument.objects.select_related("replaced_by"), pk=document_id)
    is_public = VersionedDocument.objects.public().filter(pk=document.pk).exists()
    if document.filename != filename or not (is_public or is_editor(request.user, document)):
        raise Http404("There is no such document for this reader.")
    # A collection may be closed to readers in the admin.
    for hook in hooks.get_hooks("before_serve_document"):
        if isinstance(answer := hook(document, request), HttpResponse):
            return answer
    output = outputs_of(document).first()
    headers = _headers(document, output, is_public=is_public)
    if settings.DOCUMENTS_ACCEL_LOCATION:
        # nginx answers ranges and conditions itself.
        handed = f"{settings.DOCUMENTS_ACCEL_LOCATION}{quote(document.file.name)}"
        return HttpResponse(headers={**headers, "X-Accel-Redirect": handed})
    try:
        size = document.file.size
    except FileNotFoundError as error:
        raise Http404("The file is missing.") from error
    return ranged(request, lambda: document.file.storage.open(document.file.name), size, headers)


def _headers(document: VersionedDocument, output: Output | None, *, is_public: bool) -> dict[str, str]:
    """Say what the file is, how it is to be kept, and where its record is."""
    kind = document.media_type or "application/octet-stream"
    name = download_name(document, output)
    links = [f'<{settings.BASE_URL}{output.get_absolute_url()}>; rel="canonical"'] if output else []
    if document.replaced_by:
        links.append(f'<{settings.BASE_URL}{document.replaced_by.url}>; rel="successor-version"')
    return {
        "Content-Type": f"{kind}; charset=utf-8" if kind == "text/csv" else kind,
        "Content-Disposition": content_disposition_header(kind not in SHOWN_INLINE, name) or "inline",
        "Cache-Control": f"public, max-age={YEAR}, immutable" if is_public else "private, no-store",
        "Last-Modified": http_date(document.created_at.timestamp()),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'",
        **({"ETag": f'"{document.sha256}"'} if document.sha256 else {}),
        **({"Link": ", ".join(links)} if links else {}),
    }


def ranged(request: HttpRequest, opened: Any, size: int, headers: dict[str, str]) -> HttpResponseBase:
    """Answer with a file, a part of it, or word that the reader has it; only a piece is in memory."""
    headers = {**headers, "Accept-Ranges": "bytes"}
    etag = headers.get("ETag")
    unchanged = get_conditional_response(request, etag=etag, response=HttpResponse(headers=headers))
    if isinstance(unchanged, HttpResponseNotModified) or (unchanged and unchanged.status_code == 412):
        return unchanged
    part = _part(request, size, etag)
    if part and part[0] > part[1]:
        return HttpResponse(
            status=416, headers={"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"}
        )
    start, end = part or (0, size - 1)
    headers["Content-Length"] = str(end - start + 1)
    if part:
        headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    status = 206 if part else 200
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=headers)
    try:
        file = opened()
    except FileNotFoundError as error:
        raise Http404("The file is missing.") from error
    response = (
        FileResponse(file) if not part else StreamingHttpResponse(_pieces(file, start, end), status=206)
    )
    for name, value in headers.items():
        response[name] = value
    return response


def _part(request: HttpRequest, size: int, etag: str | None) -> tuple[int, int] | None:
    """Read which bytes are wanted; nothing for all of them, a first beyond the last where there are none.

    Several ranges at once are answered by the whole file, as RFC 9110 allows.
    """
    wanted = RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if not wanted or request.headers.get("If-Range", etag) != etag or not any(wanted.groups()):
        return None
    first, last = wanted.groups()
    if not first:
        return max(0, size - int(last)) if int(last) else size, size - 1
    if last and int(last) < int(first):
        return None
    return int(first), min(int(last or size), size - 1)


def _pieces(file: IO[bytes], start: int, end: int) -> Iterator[bytes]:
    """Read a part of a file piece by piece."""
    with file:
        file.seek(start)
        left = end - start + 1
        while left and (piece := file.read(min(CHUNK, left))):
            left -= len(piece)
            yield piece
