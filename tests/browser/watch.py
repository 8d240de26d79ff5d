"""What goes wrong behind a page: in the console, on the network, at the border to other hosts."""

from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response

OWN_SCHEMES = ("data", "blob")


class Watch:
    """Listens to a page from its first request; `faults` lists what should not have been."""

    def __init__(self, page: Page, host: str, expected: tuple[int, ...] = ()) -> None:
        self.host = host
        self.expected = expected
        self.faults: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("request", self._request)
        page.on("requestfailed", self._failed)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        # A status is judged where the response comes in.
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.netloc != self.host and address.scheme not in OWN_SCHEMES:
            self.faults.append(f"another host: {request.url}")

    def _failed(self, request: Request) -> None:
        # What a page itself calls off has not failed: a preview is, for the next one.
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"failed: {request.url} ({request.failure})")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.faults.append(f"status {response.status}: {response.url}")
