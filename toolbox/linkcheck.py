"""Try the links of the site: politely, and never an address that is not public.

An editor can type any address, and any server can send us on to any other. So the address that a name
stands for is judged in the moment of connecting, at every step of the way, and the connection goes to just
that one.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError
from urllib3.util.connection import create_connection

from toolbox.choices import Found

MAX_REDIRECTS = 5
TIMEOUT = 10.0
#: Seconds between two requests to the same server.
PAUSE = 1.0
#: What a server that is busy answers; it is not asked a second time.
BUSY = (429, 503)
STATUSES = {401: Found.CLOSED, 403: Found.CLOSED, 404: Found.MISSING, 410: Found.GONE} | dict.fromkeys(
    BUSY, Found.BUSY
)
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class PrivateAddressError(Exception):
    """A name stands for an address that is not public."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a link answered."""

    found: Found
    detail: str = ""


def is_public(address: str) -> bool:
    """Tell whether an IP address belongs to the open internet, also where it wraps an older one."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return is_public(str(ip.ipv4_mapped))
        if ip.sixtofour or ip.teredo or ip in NAT64:
            return False
    return ip.is_global and not ip.is_multicast


def addresses_of(host: str, port: int) -> list[str]:
    """Ask for the addresses that a name stands for."""
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


class LinkChecker:
    """Try links one after the other; `allowed`, `resolve` and `sleep` are for tests."""

    def __init__(
        self,
        allowed: Callable[[str], bool] = is_public,
        resolve: Callable[[str, int], list[str]] = addresses_of,
        sleep: Callable[[float], None] = time.sleep,
        timeout: float = TIMEOUT,
    ) -> None:
        self.sleep, self.timeout = sleep, timeout
        self.asked: dict[str, float] = {}
        self.session = requests.Session()
        # A proxy from the environment would connect for us, past the guard.
        self.session.trust_env = False
        self.session.max_redirects = MAX_REDIRECTS
        self.session.headers["User-Agent"] = f"InduCCI e-toolbox link check (+{settings.BASE_URL}/about/)"
        for scheme in ("http://", "https://"):
            self.session.mount(scheme, _GuardedAdapter(allowed, resolve))

    def check(self, url: str) -> Finding:
        """Ask for a link's head, and for the page itself where a server does not answer that well."""
        finding, status = self._ask("HEAD", url)
        is_worth_asking = status >= 400 and status not in BUSY
        if is_worth_asking or (not status and finding.found is Found.ERROR):
            return self._ask("GET", url)[0]
        return finding

    def _ask(self, method: str, url: str) -> tuple[Finding, int]:
        """Send one request; the answer's body is not read."""
        try:
            self._wait(urlsplit(url).hostname or "")
            with self.session.request(
                method, url, timeout=self.timeout, allow_redirects=True, stream=True
            ) as response:
                return _judge(response), response.status_code
        except PrivateAddressError as error:
            return Finding(Found.FORBIDDEN, str(error)), 0
        except requests.TooManyRedirects:
            return Finding(Found.LOOP, f"more than {MAX_REDIRECTS} redirects"), 0
        except requests.Timeout:
            return Finding(Found.SLOW, f"{self.timeout:g} seconds"), 0
        except requests.exceptions.SSLError as error:
            return Finding(Found.ERROR, f"certificate: {error}"), 0
        except requests.ConnectionError as error:
            broke = "RemoteDisconnected" in repr(error) or "ConnectionReset" in repr(error)
            return Finding(Found.ERROR if broke else Found.LOST, _short(error)), 0
        except (requests.RequestException, ValueError) as error:
            return Finding(Found.ERROR, _short(error)), 0

    def _wait(self, host: str) -> None:
        """Let a server rest between two requests."""
        rest = self.asked.get(host, 0.0) + PAUSE - time.monotonic()
        if rest > 0:
            self.sleep(rest)
        self.asked[host] = time.monotonic()


def _judge(response: requests.Response) -> Finding:
    """Read a status; a redirect that stays within the limit leads to the status of its end."""
    status = response.status_code
    detail = f"{status}, sent on to {response.url}" if response.history else str(status)
    if 200 <= status < 300:
        return Finding(Found.WORKS, detail)
    return Finding(STATUSES.get(status, Found.ERROR), detail)


def _short(error: Exception) -> str:
    """Name an error by its innermost reason."""
    reason: Any = error
    while getattr(reason, "reason", None) or (reason.args and isinstance(reason.args[0], Exception)):
        reason = getattr(reason, "reason", None) or reason.args[0]
    return type(reason).__name__


class _GuardedAdapter(HTTPAdapter):
    """Connect to public addresses only."""

    def __init__(self, allowed: Callable[[str], bool], resolve: Callable[[str, int], list[str]]) -> None:
        self.allowed, self.resolve = allowed, resolve
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Give the pools connections that judge an address before they use it."""
        super().init_poolmanager(*args, **kwargs)
        guard = {"choose": staticmethod(self._choose)}
        plain = type("GuardedConnection", (_Guarded, HTTPConnection), guard)
        secure = type("GuardedSecureConnection", (_Guarded, HTTPSConnection), guard)
        self.poolmanager.pool_classes_by_scheme = {
            "http": type("GuardedPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("GuardedSecurePool", (HTTPSConnectionPool,), {"ConnectionCls": secure}),
        }

    def _choose(self, host: str, port: int) -> str:
        """Give the address to connect to; raises PrivateAddressError where one of them is not public."""
        found: Iterable[str] = self.resolve(host, port)
        for address in found:
            if not self.allowed(address):
                raise PrivateAddressError(f"{host} is {address}")
        return next(iter(found))


class _Guarded:
    """A connection to the very address that was judged: a name cannot change its meaning in between."""

    choose: Callable[[str, int], str]
    host: str
    port: int
    timeout: Any
    socket_options: Any

    def _new_conn(self) -> socket.socket:
        """Open the socket."""
        where: Any = self
        try:
            address = self.choose(self.host, self.port)
            return create_connection((address, self.port), self.timeout, socket_options=self.socket_options)
        except TimeoutError as error:
            raise ConnectTimeoutError(where, "no connection in time") from error
        except (OSError, UnicodeError) as error:
            raise NewConnectionError(where, str(error)) from error
