"""Links are tried politely, and never on an address that is not public."""

import datetime as dt
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.factories import SourceFactory, ToolPageFactory, UserFactory
from tests.html import words_of
from toolbox.choices import Found, Kind
from toolbox.linkcheck import Finding, LinkChecker, is_public
from toolbox.models import LinkCheck
from toolbox.models.links import used_links

NOW = dt.datetime(2026, 11, 3, 12, tzinfo=dt.UTC)
PRIVATE = [
    "10.0.0.8",
    "127.0.0.2",
    "192.168.1.1",
    "169.254.169.254",
    "[::1]",
    "[fd00::1]",
    "[::ffff:10.0.0.1]",
]


class _Server(BaseHTTPRequestHandler):
    """Answer each path with what its name says, and remember what was asked."""

    asked: list[tuple[str, str]]

    def _answer(self):
        type(self).asked.append((self.command, self.path))
        name = unquote(self.path).strip("/")
        if name == "slow":
            time.sleep(1.5)
        if name == "broken":
            self.close_connection = True
            return
        if name == "get-only":
            self.send_response(405 if self.command == "HEAD" else 200)
        elif name in ("loop", "moved") or name.startswith("to-"):
            self.send_response(302)
            self.send_header(
                "Location", {"loop": "/loop", "moved": "/200"}.get(name) or f"http://{name[3:]}/"
            )
        else:
            self.send_response(int(name) if name.isdigit() else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD = _answer  # noqa: N815  # the names that the library calls

    def log_message(self, *args):
        """Keep quiet."""


@pytest.fixture(scope="module")
def server():
    """Run the fake server."""
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    httpd.server_close()


def _checker(**changes):
    """Make a checker that may open the fake server, and nothing else that is not public."""
    _Server.asked = []
    usual = {
        "allowed": lambda ip: ip == "127.0.0.1" or is_public(ip),
        "sleep": lambda rest: None,
        "timeout": 1.0,
    }
    return LinkChecker(**{**usual, **changes})


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("200", Found.WORKS),
        ("204", Found.WORKS),
        ("moved", Found.WORKS),
        ("get-only", Found.WORKS),
        ("401", Found.CLOSED),
        ("403", Found.CLOSED),
        ("404", Found.MISSING),
        ("410", Found.GONE),
        ("429", Found.BUSY),
        ("503", Found.BUSY),
        ("500", Found.ERROR),
        ("418", Found.ERROR),
        ("slow", Found.SLOW),
        ("broken", Found.ERROR),
        ("loop", Found.LOOP),
        *((f"to-{address}", Found.FORBIDDEN) for address in PRIVATE),
    ],
)
def test_every_answer_is_reported_as_what_it_is(server, path, found):
    finding = _checker().check(f"{server}/{path}")

    assert finding.found is found


@pytest.mark.parametrize("address", [*PRIVATE, "localhost", "0", "127.1", "2130706433"])
def test_a_private_address_is_never_opened(server, address):
    port = server.rsplit(":", 1)[1]

    finding = LinkChecker(sleep=lambda rest: None).check(f"http://{address}:{port}/200")

    assert finding.found is Found.FORBIDDEN


def test_a_name_that_stands_for_one_private_address_is_never_opened(server):
    checker = _checker(allowed=is_public, resolve=lambda host, port: ["93.184.215.14", "10.0.0.1"])

    finding = checker.check("http://example.org/")

    assert finding == Finding(Found.FORBIDDEN, "example.org is 10.0.0.1")


def test_a_name_is_asked_once_and_its_answer_is_what_is_opened(server):
    asked = []

    def resolve(host, port):
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    finding = _checker(resolve=resolve).check(f"http://rebound.example:{server.rsplit(':', 1)[1]}/200")

    assert (finding.found, asked) == (Found.WORKS, ["rebound.example"])


@pytest.mark.parametrize(
    "url",
    ["http://no-such-host.invalid/", "http://127.0.0.1:1/", "http://xn--a.invalid/", "http://exa mple/"],
)
def test_what_cannot_be_reached_is_no_crash(url):
    finding = _checker().check(url)

    assert finding.found in (Found.LOST, Found.ERROR)


@pytest.mark.parametrize(
    "url", ["ftp://example.org/", "file:///etc/passwd", "http://[::1", "nonsense", "http://"]
)
def test_what_is_no_web_address_is_an_error(url):
    assert _checker().check(url).found is Found.ERROR


def test_a_page_is_asked_for_only_where_its_head_is_not_answered_well(server):
    checker = _checker()

    for path in ("200", "404", "429"):
        checker.check(f"{server}/{path}")

    assert _Server.asked == [("HEAD", "/200"), ("HEAD", "/404"), ("GET", "/404"), ("HEAD", "/429")]


def test_a_server_rests_between_two_requests(server):
    rests: list[float] = []
    checker = _checker(sleep=rests.append)

    checker.check(f"{server}/200")
    checker.check(f"{server}/200")

    assert len(rests) == 1
    assert 0.5 < rests[0] <= 1


@pytest.mark.parametrize(
    "address", ["64:ff9b::a00:1", "2002:a00:1::", "224.0.0.1", "100.64.0.1", "::", "fe80::1%eth0"]
)
def test_an_address_that_hides_another_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_an_address_of_the_open_internet_is_public(address):
    assert is_public(address)


# --- What is kept and shown ---------------------------------------------------------------------


def test_three_failures_in_a_row_make_a_link_dead():
    check = LinkCheck(url="https://example.org/")

    dead = []
    for found in (Found.MISSING, Found.BUSY, Found.SLOW, Found.CLOSED, Found.GONE):
        check.note(found, "", NOW)
        dead.append(check.is_dead)

    assert dead == [False, False, False, False, True]


def test_a_link_that_works_again_is_alive():
    check = LinkCheck(url="https://example.org/", strikes=7)

    check.note(Found.WORKS, "200", NOW)

    assert (check.is_dead, check.said) == (False, "last seen to work on 3 November 2026")


LINK = {"title": "A page", "url": "https://example.org/x", "what": "What it is", "language": "German"}


def _collection():
    """Publish a collection with one link."""
    return ToolPageFactory(
        slug="links", kind=Kind.LINKS, blocks=[("links", {"title": "More", "links": [LINK]})]
    )


@pytest.fixture
def found(monkeypatch):
    """Let every link answer what the test wants."""
    answers: dict[str, Any] = {"found": Found.WORKS, "asked": []}

    def check(self, url):
        answers["asked"].append(url)
        return Finding(answers["found"], "said so")

    monkeypatch.setattr(LinkChecker, "check", check)
    return answers


@pytest.mark.django_db
def test_the_command_keeps_what_it_found_and_the_page_says_it(client, found, capsys):
    _collection()
    assert "not checked yet" in words_of(client.get("/toolbox/links/"))

    call_command("check_links")

    today = timezone.localdate()
    assert f"last seen to work on {today.day} {today:%B %Y}" in words_of(client.get("/toolbox/links/"))
    assert "works: https://example.org/x (said so)" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_link_is_tried_once_a_day_unless_one_asks_for_more(found):
    _collection()

    call_command("check_links")
    call_command("check_links")
    call_command("check_links", "--all")

    assert found["asked"] == ["https://example.org/x"] * 2


@pytest.mark.django_db
def test_a_link_that_failed_on_three_days_is_said_to_be_gone(client, found):
    _collection()
    found["found"] = Found.MISSING

    for _day in range(3):
        call_command("check_links", "--all")

    assert "seems to be gone" in words_of(client.get("/toolbox/links/"))


@pytest.mark.django_db
def test_sources_are_tried_drafts_are_not_and_what_is_linked_no_more_is_forgotten(found):
    SourceFactory(url="https://example.org/source")
    ToolPageFactory(live=False, blocks=[("links", {"title": "More", "links": [LINK]})])
    LinkCheck.objects.create(url="https://example.org/old", found=Found.WORKS, checked_at=NOW)

    call_command("check_links")

    assert used_links() == ["https://example.org/source"]
    assert [check.url for check in LinkCheck.objects.all()] == ["https://example.org/source"]


@pytest.mark.django_db
def test_editors_see_the_failures_first(client):
    LinkCheck.objects.create(url="https://a.example/", found=Found.WORKS, checked_at=NOW)
    LinkCheck.objects.create(url="https://b.example/", found=Found.GONE, checked_at=NOW, strikes=3)
    client.force_login(UserFactory())

    words = words_of(client.get("/admin/reports/links/"))

    assert "removed for good (410)" in words
    assert words.index("https://b.example/") < words.index("https://a.example/")
