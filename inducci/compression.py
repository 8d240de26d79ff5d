"""Which answers are made smaller on their way."""

from typing import Any

from django.http import HttpRequest
from django.middleware.gzip import GZipMiddleware


class TextGZipMiddleware(GZipMiddleware):
    """Compress pages and tables; files that can be had in parts go as they are."""

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """Leave files alone, which say themselves whether parts of them can be had."""
        return response if "Accept-Ranges" in response else super().process_response(request, response)
