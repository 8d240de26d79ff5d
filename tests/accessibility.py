"""What a page owes to assistive technology, read from its HTML."""

from collections import Counter
from collections.abc import Iterator

import html5lib
from bs4 import BeautifulSoup, Tag

LANDMARKS = ("header", "nav", "main", "footer")
VAGUE = {"here", "click here", "more", "read more", "link"}


def faults(html: str) -> list[str]:
    """List what is wrong with a page; an empty list is a page without known faults."""
    soup = BeautifulSoup(html, "html.parser")
    checks = (
        syntax(html),
        document(soup),
        headings(soup),
        landmarks(soup),
        identifiers(soup),
        fields(soup),
        pictures(soup),
        words_of_links(soup),
        lists(soup),
        inline_code(soup),
    )
    return [fault for check in checks for fault in check]


def syntax(html: str) -> Iterator[str]:
    """Find what is no valid HTML."""
    parser = html5lib.HTMLParser()
    parser.parse(html)
    for position, code, data in parser.errors:
        yield f"HTML: {code} {data} at {position}"


def document(soup: BeautifulSoup) -> Iterator[str]:
    """Find a page without a language, a title, a way past the menu, or with a fixed zoom."""
    html = soup.find("html")
    if not isinstance(html, Tag) or not html.get("lang"):
        yield "the page has no language"
    if not soup.title or not soup.title.get_text(strip=True):
        yield "the page has no title"
    skip = soup.find("a", href=True)
    if (
        not isinstance(skip, Tag)
        or not str(skip["href"]).startswith("#")
        or not soup.find(id=str(skip["href"])[1:])
    ):
        yield "the first link does not lead past the menu"
    viewport = soup.find("meta", attrs={"name": "viewport"})
    if not isinstance(viewport, Tag) or "user-scalable" in str(viewport["content"]):
        yield "the page cannot be zoomed"
    description = soup.find("meta", attrs={"name": "description"})
    if not isinstance(description, Tag) or not str(description["content"]).strip():
        yield "the page has no description"


def headings(soup: BeautifulSoup) -> Iterator[str]:
    """Find a page without exactly one main heading, and headings that skip a level or are empty."""
    found = soup.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])
    levels = [int(tag.name[1]) for tag in found]
    if levels.count(1) != 1:
        yield f"the page has {levels.count(1)} main headings"
    for tag in found:
        if not tag.get_text(strip=True):
            yield f"an empty {tag.name}"
    for before, after in zip([0, *levels], levels, strict=False):
        if after > before + 1:
            yield f"h{after} follows h{before}"


def landmarks(soup: BeautifulSoup) -> Iterator[str]:
    """Find missing landmarks, and navigations without a name where there are several."""
    for name in LANDMARKS:
        if not soup.find(name):
            yield f"the page has no {name}"
    if len(soup.find_all("main")) > 1:
        yield "the page has two mains"
    names = [tag.get("aria-label") or tag.get("aria-labelledby") for tag in soup.find_all("nav")]
    if len(names) > 1 and (not all(names) or len(set(map(str, names))) < len(names)):
        yield f"navigations cannot be told apart: {names}"


def identifiers(soup: BeautifulSoup) -> Iterator[str]:
    """Find ids that stand twice, and references to ids that do not exist."""
    ids = Counter(str(tag["id"]) for tag in soup.find_all(id=True))
    yield from (f"the id {name} stands {times} times" for name, times in ids.items() if times > 1)
    for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
        for tag in soup.select(f"[{attribute}]"):
            for name in str(tag[attribute]).split():
                if name not in ids:
                    yield f"{attribute} points at {name}, which is not there"


def fields(soup: BeautifulSoup) -> Iterator[str]:
    """Find fields without a label and buttons without a word."""
    labelled = {str(tag["for"]) for tag in soup.select("label[for]")}
    for tag in soup.find_all(["input", "select", "textarea"]):
        if tag.get("type") in ("hidden", "submit"):
            continue
        if not (
            tag.get("aria-label")
            or tag.get("aria-labelledby")
            or tag.get("id") in labelled
            or tag.find_parent("label")
        ):
            yield f"a field without a label: {tag.get('name')}"
    for tag in soup.find_all("button"):
        if not tag.get_text(strip=True) and not tag.get("aria-label"):
            yield "a button without a word"
    for tag in soup.find_all("fieldset"):
        if not tag.find("legend"):
            yield "a group of fields without a legend"


def pictures(soup: BeautifulSoup) -> Iterator[str]:
    """Find pictures that neither say what they show nor stay silent."""
    for tag in soup.find_all("img"):
        if tag.get("alt") is None:
            yield f"a picture without alt: {tag.get('src')}"
    for tag in soup.find_all("svg"):
        if tag.find_parent("svg") is None:
            named = tag.get("role") in ("img", "group") and (
                tag.get("aria-label") or tag.get("aria-labelledby") or tag.find("title")
            )
            if not named and tag.get("aria-hidden") != "true":
                yield "a drawing that is neither named nor hidden"


def words_of_links(soup: BeautifulSoup) -> Iterator[str]:
    """Find links that say nothing or nothing of their own."""
    for tag in soup.find_all("a", href=True):
        words = str(tag.get("aria-label") or tag.get_text(" ", strip=True))
        if not words or words.lower() in VAGUE:
            yield f"a link that says {words!r}: {tag['href']}"


def lists(soup: BeautifulSoup) -> Iterator[str]:
    """Find lists with something else than items in them."""
    for tag in soup.find_all(["ul", "ol"]):
        for child in tag.find_all(recursive=False):
            if child.name not in ("li", "script", "template"):
                yield f"<{child.name}> in a list"


def inline_code(soup: BeautifulSoup) -> Iterator[str]:
    """Find what the Content-Security-Policy forbids."""
    if soup.find(style=True):
        yield "an inline style"
    for tag in soup.find_all("script"):
        if not tag.get("src") and tag.get("type") != "application/ld+json":
            yield "an inline script"
    for tag in soup.find_all(True):
        if any(name.startswith("on") for name in tag.attrs):
            yield f"an inline handler on <{tag.name}>"
