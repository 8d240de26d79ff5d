"""How uploads and static files are stored."""

import os
import posixpath
import re
import tempfile
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, InMemoryStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEET = "css/main.css"

IMPORT = re.compile(r'@import url\("(?P<path>[^"]+)"\) layer\((?P<layer>[\w.-]+)\)(?P<print> print)?;')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
AT_IMPORT = re.compile(r"@(?:import|charset|namespace)\b")
REFERENCE = re.compile(r"""url\(\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^"'()\s]+))\s*\)""")
FIXED = re.compile(r"[a-z][a-z0-9+.-]*:|/|#", re.IGNORECASE)


def flatten(css: str, read: Callable[[str], str]) -> str:
    """Put the text of every imported file in the place of its import, inside its cascade layer.

    `read` gives the text of a path as the imports spell it. Each import stands on a line of its own,
    `@import url("path.css") layer(name);` or the same with `print` before the semicolon.
    Raises ValueError for an import of any other form, and for imported files that import again.
    """
    return "\n".join(_flattened(line, read) for line in css.splitlines()) + "\n"


def _flattened(line: str, read: Callable[[str], str]) -> str:
    """Give a line as it is, or the file that it imports."""
    found = IMPORT.fullmatch(line)
    if not found:
        if "@import" in line:
            raise ValueError(f"This import cannot be flattened: {line.strip()}")
        return line
    path, layer = found["path"], found["layer"]
    text = read(path)
    if forbidden := AT_IMPORT.search(COMMENT.sub("", text)):
        raise ValueError(f"{path} says {forbidden[0]}, which only the main file may say.")
    block = f"@layer {layer} {{\n{_rebased(text, posixpath.dirname(path)).strip()}\n}}"
    return f"@media print {{\n{block}\n}}" if found["print"] else block


def _rebased(css: str, folder: str) -> str:
    """Spell relative addresses as seen from the main file instead of a folder below it."""

    def rebase(found: re.Match[str]) -> str:
        address = found["double"] or found["single"] or found["bare"] or ""
        if not address or FIXED.match(address):
            return found[0]
        return f'url("{posixpath.normpath(posixpath.join(folder, address))}")'

    return REFERENCE.sub(rebase, css)


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Static files with a hash in their names, compressed, and the style sheets in one file.

    The sources stay as they are: in development a browser follows the imports itself.
    """

    def post_process(
        self, paths: dict[str, tuple[Storage, str]], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str, bool]]:
        """Hash and compress the collected files, the main style sheet after flattening it."""
        if STYLESHEET in paths and not dry_run:
            paths = {**paths, STYLESHEET: (_flattened_stylesheet(paths), STYLESHEET)}
        yield from super().post_process(paths, dry_run=dry_run, **options)


def _flattened_stylesheet(paths: dict[str, tuple[Storage, str]]) -> Storage:
    """Hold the flattened main style sheet in memory, in the form that hashing reads from."""

    def read(name: str) -> str:
        storage, path = paths[name]
        with storage.open(path) as file:
            return bytes(file.read()).decode("utf-8")

    folder = posixpath.dirname(STYLESHEET)
    css = flatten(read(STYLESHEET), lambda path: read(posixpath.normpath(posixpath.join(folder, path))))
    memory = InMemoryStorage()
    memory.save(STYLESHEET, ContentFile(css.encode("utf-8")))
    return memory


class _Written:
    """A file that lies on the disk already and only needs its name."""

    def __init__(self, path: str) -> None:
        self.path = path

    def temporary_file_path(self) -> str:
        """Tell the storage where the file lies."""
        return self.path


class WholeFileStorage(FileSystemStorage):
    """Uploads appear under their name whole or not at all, also when the disk is full."""

    def _save(self, name: str, content: Any) -> str:
        os.makedirs(self.location, exist_ok=True)
        handle, path = tempfile.mkstemp(prefix=".part-", dir=self.location)
        try:
            with os.fdopen(handle, "wb") as target:
                for piece in content.chunks():
                    target.write(piece)
                target.flush()
                os.fsync(target.fileno())
            saved: str = super()._save(name, _Written(path))  # type: ignore[misc]  # the stubs leave it out
        finally:
            if os.path.exists(path):
                os.unlink(path)
        return saved
