"""Where social networks get the pictures of pages."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

from core.previews import FOLDER, SITE_PREVIEW, Preview
from core.search.registry import entries


@require_safe
def preview(request: HttpRequest, name: str) -> HttpResponseBase:
    """Give a picture; one that is missing, as on a new or restored site, is drawn if it belongs to a page."""
    path = f"{FOLDER}/{name}"
    if not (Path(settings.MEDIA_ROOT) / path).is_file():
        wanted = next((one for one in previews() if one.name == path), None)
        if wanted is None:
            raise Http404
        wanted.keep()
    response = serve(request, path, document_root=settings.MEDIA_ROOT)
    # Another picture has another name.
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def previews() -> Iterator[Preview]:
    """List the previews of all that readers may see and find."""
    yield SITE_PREVIEW
    for entry in entries():
        for record in entry.records():
            if found := getattr(record, "preview", None):
                yield found
