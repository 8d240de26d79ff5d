"""How often somebody may try, by network address; what is kept of it is a hash that lasts an hour."""

import hashlib
import hmac

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

HOUR = 3600
# The web server in front runs on this machine, as in inducci/gunicorn.py; only its word counts.
OWN = ("127.0.0.1", "::1")


def network_address(request: HttpRequest) -> str:
    """Give the address a request came from: the one that the web server in front saw."""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    named = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    return named if named and direct in OWN else direct


def is_too_often(request: HttpRequest, what: str) -> bool:
    """Count a try, and tell whether there were too many within the hour."""
    secret = settings.SECRET_KEY.encode()
    name = hmac.new(secret, f"{what} {network_address(request)}".encode(), hashlib.sha256).hexdigest()
    cache.add(f"tries-{name}", 0, HOUR)
    try:
        return int(cache.incr(f"tries-{name}")) > settings.REGISTRATIONS_PER_HOUR
    except ValueError:  # it ran out between the two
        return False
