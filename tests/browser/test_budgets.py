"""What a first visit costs over the wire."""

from urllib.parse import urlsplit

import pytest

from tests.browser.pages import PAGES

pytestmark = pytest.mark.browser

BYTES = 60_000
BYTES_OF_FRONT_PAGE = 90_000
REQUESTS = 6
BYTES_OF_KIND = {".css": 14_000, ".js": 6_000}


@pytest.mark.parametrize("name", PAGES)
def test_a_first_visit_is_cheap(new_page, name):
    page = new_page()
    devtools = page.context.new_cdp_session(page)
    asked, sizes = {}, {}
    devtools.on(
        "Network.requestWillBeSent", lambda event: asked.update({event["requestId"]: event["request"]["url"]})
    )
    devtools.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}),
    )
    devtools.send("Network.enable")

    page.goto(PAGES[name], wait_until="networkidle")

    report = {asked[key]: size for key, size in sizes.items()}
    assert asked.keys() == sizes.keys()
    assert len(asked) <= REQUESTS, report
    for kind, most in BYTES_OF_KIND.items():
        assert sum(size for url, size in report.items() if urlsplit(url).path.endswith(kind)) <= most, report
    assert sum(sizes.values()) <= (BYTES_OF_FRONT_PAGE if name == "front page" else BYTES), report
