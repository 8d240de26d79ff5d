"""Everything that a selection of the register offers, as one ZIP archive that reads offline."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.http import StreamingHttpResponse
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from zipstream import ZipStream

from core.exports import harmless
from core.models import VersionedDocument
from core.uploads import MEGABYTE, sha256_of
from outputs.downloads import download_name
from outputs.models import Output, OutputFile

MOST_FILES: Final = 200
MOST_BYTES: Final = 500 * MEGABYTE
BATCH: Final = 10_000


@dataclass(frozen=True, slots=True)
class Weight:
    """How much a bundle would hold."""

    files: int
    size: int

    @classmethod
    def of(cls, outputs: Sequence[int]) -> Weight:
        """Weigh the newest files of outputs; as many at a time as a query takes."""
        weight = cls(0, 0)
        for start in range(0, len(outputs), BATCH):
            files = OutputFile.objects.filter(output__in=outputs[start : start + BATCH])
            size = Coalesce("document__replaced_by__file_size", "document__file_size", 0)
            found = files.aggregate(files=models.Count("pk"), size=Coalesce(models.Sum(size), 0))
            weight = cls(weight.files + found["files"], weight.size + found["size"])
        return weight

    @property
    def is_too_much(self) -> bool:
        """Tell whether it is more than one download may hold."""
        return self.files > MOST_FILES or self.size > MOST_BYTES

    def __str__(self) -> str:
        number = ngettext("%s file", "%s files", self.files) % self.files
        return f"{number}, {filesizeformat(self.size)}" if self.files else _("no files yet")


def limits() -> str:
    """Say how much one download may hold."""
    return _("At most %(files)s files and %(size)s come in one ZIP; narrow the list down.") % {
        "files": MOST_FILES,
        "size": filesizeformat(MOST_BYTES),
    }


@dataclass
class Bundle:
    """An archive in the making: what it holds, by name, with its fingerprint."""

    title: str
    outputs: list[Output]
    manifest: dict[str, str] = field(default_factory=dict)
    archive: ZipStream = field(default_factory=lambda: ZipStream(sized=True))

    def response(self) -> StreamingHttpResponse:
        """Stream the archive; no file is ever in memory as a whole."""
        records = [
            {
                "output": output,
                "url": f"{settings.BASE_URL}{output.get_absolute_url()}",
                "files": [self._file(file.document.newest, output) for file in output.offered],
            }
            for output in self.outputs
        ]
        context = {"title": self.title, "records": records, "base_url": settings.BASE_URL}
        self._text("index.html", render_to_string("outputs/bundle.html", context))
        self._text("sources.csv", "\ufeff" + sources(self.outputs))
        lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(self.manifest.items()))
        self.archive.add(lines, "SHA256SUMS")
        headers = {
            "Content-Type": "application/zip",
            "Content-Disposition": 'attachment; filename="InduCCI_documents.zip"',
            "Content-Length": str(len(self.archive)),
            "Cache-Control": "no-cache",
            # Made on the way: a part cannot be had. It is not to be compressed again either.
            "Accept-Ranges": "none",
        }
        return StreamingHttpResponse(self.archive, headers=headers)

    def _text(self, name: str, text: str) -> None:
        """Put a text in."""
        content = text.encode()
        self.manifest[name] = sha256(content).hexdigest()
        self.archive.add(content, name)

    def _file(self, document: VersionedDocument, output: Output) -> dict[str, str]:
        """Put a document in under the name it is downloaded by; one that is lost is named as such."""
        wanted, storage = f"files/{download_name(document, output)}", document.file.storage
        described = {"title": document.title, "meta": " · ".join(document.words), "href": ""}
        if not storage.exists(document.file.name):
            return described
        stem, _dot, ending = wanted.rpartition(".")
        number = 1
        while (name := wanted if number == 1 else f"{stem}-{number}.{ending}") in self.manifest:
            number += 1
        if not document.sha256:
            with storage.open(document.file.name) as file:
                document.sha256 = sha256_of(file)
        self.manifest[name] = document.sha256
        self.archive.add_path(storage.path(document.file.name), name)
        return {**described, "href": name}


def sources(outputs: Iterable[Output]) -> str:
    """List what the records were taken from as CSV."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(["code", "title", "address", "source", "source_address", "source_date"])
    for output in outputs:
        address = f"{settings.BASE_URL}{output.get_absolute_url()}"
        for source in output.sources.all():
            row = (output.code, output.title, address, source.title, source.url, source.date)
            writer.writerow([harmless(word) for word in row])
    return target.getvalue()
