"""What machines ask a site for."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

PLAIN = "text/plain; charset=utf-8"
SECURITY_TEXT_LASTS = dt.timedelta(days=180)


def in_one_transaction(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Make all that one form changes one change: the record, its search rows and the content's version."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return view(request, *args, **kwargs)
        with transaction.atomic():
            return view(request, *args, **kwargs)

    return wrapped


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell search engines where to look."""
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {settings.BASE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type=PLAIN)


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Tell finders of weak spots where to report them (RFC 9116)."""
    expires = (timezone.now() + SECURITY_TEXT_LASTS).replace(microsecond=0)
    lines = [
        f"Contact: {settings.BASE_URL}/legal/",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: en, de",
        f"Canonical: {settings.BASE_URL}/.well-known/security.txt",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type=PLAIN)
