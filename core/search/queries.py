"""What a reader asks the search for, and how each database engine is asked; no Django.

A query is a list of terms that must all be met. A term is met by any of its alternatives: the beginning
of a word, a stem, or a phrase of stems. Both engines get the same alternatives over the same words, which
is why they find the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from core.search.folding import COMPOUND, LONGEST_WORD, STOPWORDS, WORD, WORD_JOINTS, fold, stem

LONGEST: Final = 200
# Shorter words are found whole only: sea does not find search.
SHORTEST_BEGINNING: Final = 4
LONGEST_PHRASE: Final = 6

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Alternative:
    """A word, or stems that stand side by side."""

    words: Phrase
    is_beginning: bool = False


Term = tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """The terms of a search."""

    terms: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms)

    def fts5(self, columns: str = "", *, any_term: bool = False) -> str:
        """Write the query for SQLite, over some of the columns."""
        terms = [" OR ".join(_fts5(each) for each in term) for term in self.terms]
        joined = (" OR " if any_term else " AND ").join(f"({term})" for term in terms)
        return f"{{{columns}}} : ({joined})" if columns else joined

    def tsquery(self, weight: str = "", *, any_term: bool = False) -> str:
        """Write the query for PostgreSQL, over the words of one weight."""
        terms = [" | ".join(_tsquery(each, weight) for each in term) for term in self.terms]
        return (" | " if any_term else " & ").join(f"({term})" for term in terms)


def coded(word: str) -> str:
    """Put a letter before a digit at the start, since PostgreSQL reads 90e9bb as a number and a word."""
    return f"n{word}" if word[0].isdigit() else word


def _fts5(alternative: Alternative) -> str:
    return f'"{" ".join(map(coded, alternative.words))}"{"*" if alternative.is_beginning else ""}'


def _tsquery(alternative: Alternative, weight: str) -> str:
    mark = ("*" if alternative.is_beginning else "") + weight
    words = [f"'{coded(word)}'{f':{mark}' if mark else ''}" for word in alternative.words]
    return f"({' <-> '.join(words)})"


@lru_cache(maxsize=4)
def synonyms_of(lines: tuple[str, ...]) -> dict[Phrase, frozenset[Phrase]]:
    """Read lines of words that mean the same: for each phrase the others of its lines."""
    found: dict[Phrase, frozenset[Phrase]] = {}
    for line in lines:
        group = frozenset(phrase for each in line.split(",") if (phrase := _stems(fold(each))))
        for phrase in group:
            found[phrase] = found.get(phrase, frozenset()) | group - {phrase}
    return found


def parse(text: str, lines: Iterable[str] = ()) -> Query:
    """Read what a reader typed; whatever is no word is passed over, and so are the, of and the like."""
    synonyms = synonyms_of(tuple(lines))
    every = COMPOUND.findall(fold(text[:LONGEST].replace("\0", " ")))
    chunks = [chunk for chunk in every if chunk not in STOPWORDS] or every
    terms: list[Term] = []
    while chunks:
        length = _longest_known(chunks, synonyms)
        own, chunks = chunks[: length or 1], chunks[length or 1 :]
        phrase = tuple(word for chunk in own for word in _stems(chunk))
        others = sorted(synonyms.get(phrase, ())) if length else []
        term = (*_alternatives(own, phrase), *(Alternative(other) for other in others))
        terms.append(tuple(dict.fromkeys(term)))
    return Query(tuple(dict.fromkeys(terms)))


def _stems(folded: str) -> Phrase:
    """List the stems of a folded text that carry meaning."""
    found = (word[:LONGEST_WORD] for word in WORD.findall(folded))
    return tuple(stem(word) for word in found if word not in STOPWORDS)


def _longest_known(chunks: Sequence[str], synonyms: dict[Phrase, frozenset[Phrase]]) -> int:
    """Tell how many of the next words together have synonyms."""
    for length in range(min(LONGEST_PHRASE, len(chunks)), 0, -1):
        if tuple(word for chunk in chunks[:length] for word in _stems(chunk)) in synonyms:
            return length
    return 0


def _alternatives(chunks: Sequence[str], phrase: Phrase) -> list[Alternative]:
    """List the ways in which the typed words themselves may stand in a text."""
    if len(chunks) > 1:
        return [Alternative(phrase)]
    word = WORD_JOINTS.sub("", chunks[0])[:LONGEST_WORD]
    found = [Alternative((word,), is_beginning=len(word) >= SHORTEST_BEGINNING), Alternative((stem(word),))]
    if stem(word) == word:
        found.pop()
    return [*found, Alternative(phrase)] if len(phrase) > 1 else found
