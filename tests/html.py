"""Read pages as a reader would."""

import re
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup

OWN_HOSTS = ("", "testserver", "localhost")


def soup_of(page: Any) -> BeautifulSoup:
    """Read the HTML of an answer or of a text."""
    return BeautifulSoup(page if isinstance(page, str) else page.content.decode(), "html.parser")


def words_of(page: Any) -> str:
    """Give what is printed on a page, in one line, without its code."""
    soup = soup_of(page)
    for tag in soup(["script", "style", "svg"]):
        tag.decompose()
    return " ".join(soup.get_text(" ").split())


def heading_of(page: Any) -> str:
    """Give the main heading of a page."""
    return " ".join(tag.get_text(strip=True) for tag in soup_of(page).select("main h1"))


def listed(page: Any) -> list[str]:
    """Name the records of a list by the last part of their addresses, in their order."""
    found = soup_of(page).select(".results .row__title a, .results th[scope=row] a")
    return [str(link["href"]).rstrip("/").rsplit("/", 1)[-1] for link in found]


def count_of(page: Any) -> int:
    """Give the number of records that a list says it holds."""
    text = page if isinstance(page, str) else page.content.decode()
    found = re.search(r'data-count="(\d+)"', text)
    assert found, "This page is no list."
    return int(found[1])


def warnings(page: Any) -> list[str]:
    """List what a list says about the parameters it could not use."""
    return [" ".join(tag.get_text(" ").split()) for tag in soup_of(page).select(".notice--warning p")]


def internal_links(page: Any, address: str) -> set[str]:
    """List the addresses of this site that a page leads to, as paths with their queries."""
    found = set()
    for tag in soup_of(page).select("a[href], form[action], link[rel=canonical]"):
        target = str(tag.get("href") or tag.get("action") or "")
        parts = urlsplit(urldefrag(urljoin(f"http://testserver{address}", target))[0])
        if parts.scheme in ("http", "https") and (parts.hostname or "") in OWN_HOSTS:
            found.add(f"{parts.path}?{parts.query}" if parts.query else parts.path)
    return found


def form_values(page: Any, selector: str) -> dict[str, list[str]]:
    """Give what a browser would send with a form as it stands."""
    values: dict[str, list[str]] = {}
    for tag in soup_of(page).select_one(selector).select("input, select, textarea"):  # type: ignore[union-attr]  # no form is a failure
        name, kind = str(tag.get("name") or ""), tag.get("type")
        if not name or kind in ("submit", "file") or tag.has_attr("disabled") or "__prefix__" in name:
            continue
        if tag.name == "select":
            sent = [str(one.get("value", "")) for one in tag.select("option[selected]")]
        elif tag.name == "textarea":
            sent = [tag.get_text()]
        elif kind in ("checkbox", "radio"):
            sent = [str(tag.get("value", "on"))] if tag.has_attr("checked") else []
        else:
            sent = [str(tag.get("value", ""))]
        values.setdefault(name, []).extend(sent)
    return values
