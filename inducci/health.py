"""Tell machines whether the site works, and readers when its database does not."""

import errno
import logging
import sys
from collections.abc import Callable

from django.db import Error, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.loader import render_to_string
from django.views import defaults
from django.views.decorators.cache import never_cache

logger = logging.getLogger(__name__)

RETRY_AFTER_SECONDS = 120


class DatabaseOutageMiddleware:
    """Answer 503 with a page of its own, and say when to come back, while the database is away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a lost database into a page that asks for patience."""
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        logger.error("The database does not answer: %s", exception)
        return unavailable()


def unavailable() -> HttpResponse:
    """Make the page that asks for patience; it needs no database."""
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS), "Cache-Control": "no-store"}
    return HttpResponse(render_to_string("503.html"), status=503, headers=headers)


def disk_full() -> HttpResponse:
    """Say that there is no room for an upload; a script that uploads shows the reason of the answer."""
    reason = "No room left on the server, nothing was stored"
    return HttpResponse(render_to_string("507.html"), status=507, reason=reason)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer an error; a database lost outside a view and a full disk have pages of their own."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError | InterfaceError):
        return unavailable()
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full()
    return defaults.server_error(request)


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Say that the site lives, and whether it is ready to serve."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        ready = True
    except Error:
        ready = False
    return JsonResponse({"live": True, "ready": ready}, status=200 if ready else 503)
