"""Show where a text meets a query."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from core.search.folding import LONGEST_WORD, STOPWORDS, WORD, fold, fold_map, stem
from core.search.queries import Alternative, Query

ELLIPSIS: Final = "…"
# The number of a page at the beginning of its text, in signs that are no letters of any language.
PAGE_DIGITS: Final = {str(digit): chr(0xE000 + digit) for digit in range(10)}
PAGE_MARK: Final = re.compile("[\ue000-\ue009]+")
# So many letters at the beginning of a word no stem ever changes.
SURE: Final = 2


class Token(NamedTuple):
    """A word and its place in the text."""

    start: int
    end: int
    word: str


def tokens(text: str, pattern: re.Pattern[str] = WORD) -> Iterator[Token]:
    """Find the words of a normalised text, or those of them that a pattern picks."""
    folded, places = fold_map(text)
    for found in pattern.finditer(folded):
        yield Token(places[found.start()], places[found.end() - 1] + 1, found.group()[:LONGEST_WORD])


def marks(text: str, query: Query) -> list[tuple[int, int]]:
    """List from where to where a normalised text meets the query, in order and without overlaps."""
    singles, phrases = _parts(query)
    spans = {
        (token.start, token.end)
        for token in tokens(text, _beginning_as(singles))
        if any(_meets(token.word, alternative) for alternative in singles)
    }
    folded = fold(text) if phrases else ""
    if possible := [each for each in phrases if all(word[:SURE] in folded for word in each.words)]:
        content = [token for token in tokens(text) if token.word not in STOPWORDS]
        spans.update(span for phrase in possible for span in _phrases(content, phrase))
    return list(_apart(sorted(spans)))


@lru_cache(maxsize=64)
def _parts(query: Query) -> tuple[tuple[Alternative, ...], tuple[Alternative, ...]]:
    """Part the alternatives of a query into words and phrases."""
    every = sorted({each for term in query.terms for each in term})
    return tuple(each for each in every if len(each.words) == 1), tuple(
        each for each in every if len(each.words) > 1
    )


@lru_cache(maxsize=64)
def _beginning_as(singles: Sequence[Alternative]) -> re.Pattern[str]:
    """Make the pattern of words that begin as a wanted one does, since stems differ at the end only."""
    starts = sorted({re.escape(each.words[0][:SURE]) for each in singles})
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(starts)})[a-z0-9]*") if starts else re.compile(r"(?!)")


def _meets(word: str, alternative: Alternative) -> bool:
    """Tell whether a word of the text is the one that was asked for."""
    wanted = alternative.words[0]
    return word.startswith(wanted) if alternative.is_beginning else wanted in (word, stem(word))


def _phrases(content: list[Token], alternative: Alternative) -> Iterator[tuple[int, int]]:
    """Find the words of a phrase side by side."""
    stems, length = [stem(token.word) for token in content], len(alternative.words)
    for first in range(len(stems) - length + 1):
        if tuple(stems[first : first + length]) == alternative.words:
            yield content[first].start, content[first + length - 1].end


def _apart(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join what overlaps."""
    last: tuple[int, int] | None = None
    for start, end in spans:
        if last and start < last[1]:
            last = (last[0], max(end, last[1]))
        else:
            if last:
                yield last
            last = (start, end)
    if last:
        yield last


def page_mark(number: int) -> str:
    """Write the sign of a page's beginning, which no search finds."""
    return "".join(PAGE_DIGITS[digit] for digit in str(number))


def page_of(text: str, query: Query) -> int | None:
    """Tell on which page of its files a text meets the query first; nothing before the first page."""
    found = marks(text, query)
    pages = PAGE_MARK.findall(text, 0, found[0][0]) if found else []
    return int("".join(str(ord(sign) - 0xE000) for sign in pages[-1])) if pages else None


def highlight(text: str, query: Query, width: int | None = None) -> SafeString:
    """Escape a text and mark what meets the query; cut it to about `width` letters around the first."""
    text = unicodedata.normalize("NFC", text)
    found = marks(text, query)
    start, end = _window(text, found[0][0] if found else 0, width)
    parts, place = [ELLIPSIS if start else ""], start
    for first, last in found:
        if first >= place and last <= end:
            parts += [escape(text[place:first]), "<mark>", escape(text[first:last]), "</mark>"]
            place = last
    parts += [escape(text[place:end]), ELLIPSIS if end < len(text) else ""]
    # Every piece of the text was escaped above.
    return mark_safe(PAGE_MARK.sub("", "".join(parts)))  # noqa: S308


def _window(text: str, first: int, width: int | None) -> tuple[int, int]:
    """Choose the part of a long text to show, beginning and ending between words where it can."""
    if width is None or len(text) <= width:
        return 0, len(text)
    start = max(0, min(first - width // 3, len(text) - width))
    if start:
        space = text.find(" ", start, first)
        start = space + 1 if space >= 0 else min(start, first)
    end = min(len(text), start + width)
    if end < len(text):
        space = text.rfind(" ", start + 1, end + 1)
        end = space if space > first else end
    return start, end
