"""Open every address that a reader can come to."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from bs4 import BeautifulSoup
from django.test import Client

from events.models import EventPage, NewsPage
from outputs.models import Output
from partners.models import Partner
from pilots.models import PilotAction, TestCase
from regions.models import NutsRegion
from tests.html import internal_links
from toolbox.models import ChallengePage, ToolPage

LISTS = (
    "/test-cases/",
    "/pilot-actions/",
    "/toolbox/",
    "/outputs/",
    "/partners/",
    "/regions/",
    "/news/",
    "/events/",
)
MACHINES = ("/robots.txt", "/.well-known/security.txt", "/sitemap.xml", "/healthz")
INFORMATION = ("/about/", "/accessibility/", "/privacy/", "/legal/")
RECORDS = (TestCase, PilotAction, Output, Partner)
PAGES = (ToolPage, ChallengePage, NewsPage, EventPage)
CLOSED_REGION = "/regions/BE221/"


@dataclass(frozen=True)
class Opened:
    """What an address answered."""

    status: int
    is_page: bool
    text: str


def sitemap(client: Client) -> list[str]:
    """List the paths that the site tells search engines."""
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314
    found = [str(tag.text) for tag in tree.iter() if tag.tag.endswith("}loc")]
    return ["/" + address.split("/", 3)[3] for address in found]


def records() -> list[str]:
    """List the addresses of all published records and of the partners' regions with those around them."""
    codes = {
        code[:end]
        for code in Partner.objects.live().values_list("region__code", flat=True)
        for end in range(2, len(code or "") + 1)
    }
    known = NutsRegion.objects.filter(code__in=codes).values_list("code", flat=True)
    regions = [f"/regions/{code}/" for code in known]
    found = [record for model in RECORDS for record in model.objects.live()]
    pages = [page for model in PAGES for page in model.objects.visible()]
    return regions + [record.get_absolute_url() for record in (*found, *pages)]


def choices(text: str, address: str) -> Iterator[str]:
    """List what the form of a list would ask for, one choice at a time."""
    for box in BeautifulSoup(text, "html.parser").select("form.facets input[type=checkbox]"):
        yield f"{address}?{box['name']}={box['value']}"


def crawl(client: Client, more: Iterable[str] = ()) -> dict[str, Opened]:
    """Open all records, lists and machines, all that they lead to, and every choice of every list."""
    tables = [f"{address}?view=table" for address in LISTS]
    own = {"/", *LISTS, *MACHINES, *INFORMATION, *records(), *sitemap(client), CLOSED_REGION, *tables, *more}
    waiting, opened = deque(sorted(own)), dict[str, Opened]()
    while waiting:
        address = waiting.popleft()
        # PDFs and archives take long to make and have tests of their own.
        made = address.partition("?")[0].endswith((".pdf", ".zip"))
        if address in opened or address.startswith("/admin/") or made:
            continue
        response = client.get(address)
        is_page = response["Content-Type"].startswith("text/html")
        text = b"".join(response).decode(errors="replace")
        opened[address] = Opened(response.status_code, is_page, text)
        if is_page and (address in own or ("?" not in address and not address.startswith("/regions/"))):
            waiting.extend(internal_links(text, address))
        if address in LISTS:
            waiting.extend(choices(text, address))
    return opened
