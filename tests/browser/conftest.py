"""A real browser before the site as the public gets it."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.server import ROOT, Server, served

SCREENSHOTS = ROOT / "test-results"
COMMANDS = ("chromium", "chromium-browser", "google-chrome")
# So long, in milliseconds, a page may take to show what is expected of it.
PATIENCE = 20_000
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # A page that calls another host shall not reach it from here either.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@pytest.fixture(scope="session")
def server(tmp_path_factory) -> Iterator[Server]:
    """Serve the seeded site for all tests in the browser."""
    folder = tmp_path_factory.getbasetemp()
    shared = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    with served(folder / "site", shared / "prepared") as server:
        yield server


# No longer than a module: while Playwright runs, Django takes its loop for an asynchronous caller
# and refuses other tests the database.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Start Chromium as the system has it."""
    command = next(filter(None, map(shutil.which, COMMANDS)), None)
    if command is None:
        pytest.fail("There is no Chromium here; bin/system-packages says how to get it.")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=command, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium, server) -> Iterator[Callable[..., Page]]:
    """Give pages of a new reader each: 1280 by 720, light, with JavaScript, unless told otherwise."""
    contexts: list[BrowserContext] = []

    def new_page(width: int = 1280, height: int = 720, **options: object) -> Page:
        viewport = {"width": width, "height": height}
        contexts.append(chromium.new_context(base_url=server.address, viewport=viewport, **options))
        page: Page = contexts[-1].new_page()
        page.set_default_timeout(PATIENCE)
        return page

    yield new_page
    for context in contexts:
        context.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    """Keep a picture of every page that is open when a test fails."""
    report = yield
    browser = getattr(item, "funcargs", {}).get("chromium")
    if report.failed and report.when == "call" and browser:
        pages = [page for context in browser.contexts for page in context.pages]
        for number, page in enumerate(pages, start=1):
            keep_picture(
                page, SCREENSHOTS / f"{re.sub(r'[^A-Za-z0-9]+', '-', item.name).strip('-')}-{number}.png"
            )
    return report


def keep_picture(page: Page, file: Path) -> None:
    """Save what a page shows; a page that is too broken for a picture is no second failure."""
    file.parent.mkdir(exist_ok=True)
    try:
        page.screenshot(path=file, timeout=10_000)
    except Exception as error:
        print(f"No picture of {page.url}: {error}")
