"""Words as the search compares them: without case, accents, endings and punctuation; no Django."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from anyascii import anyascii

WORD: Final = re.compile(r"[a-z0-9]+")
# Written together by some and apart by others: co-working, T2.3.5, partner's.
COMPOUND: Final = re.compile(r"[a-z0-9]+(?:[-.'][a-z0-9]+)*")
WORD_JOINTS: Final = re.compile(r"[-.']")
LONGEST_WORD: Final = 40
STOPWORDS: Final = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "is",
        "it",
        "of",
        "on",
        "or",
        "that",
        "the",
        "to",
        "was",
        "were",
        "with",
    ]
)

_FOREIGN: Final = re.compile(r"[^\x00-\x7f]")
_VOWEL: Final = re.compile(r"[aeiouy]")
_AMERICAN: Final = re.compile(r"iz(?=(e|ed|es|er|ers|ing|ation|ations)$)")
_DOUBLED: Final = re.compile(r"([bdfgmnprt])\1$")
_WHOLE: Final = frozenset({"means", "news", "series", "species"})
# The first ending that fits is replaced, provided that so many letters are left before it.
_PLURALS: Final = (
    ("sses", "ss", 2), ("ies", "y", 2), ("ches", "ch", 2), ("shes", "sh", 2), ("xes", "x", 2),
    ("ses", "s", 2), ("zes", "z", 2), ("ss", "ss", 0), ("us", "us", 0), ("is", "is", 0), ("s", "", 3),
)  # fmt: skip
_VERBS: Final = (("ied", "y", 2), ("eed", "eed", 0), ("ed", "", 3), ("ing", "", 3))


def fold(text: str) -> str:
    """Write a text in small plain letters: Škofja becomes skofja, Straße strasse."""
    if text.isascii():
        return text.lower()
    return _FOREIGN.sub(_plain_of, unicodedata.normalize("NFC", text)).lower()


def _plain_of(found: re.Match[str]) -> str:
    """Replace a letter by plain ones."""
    return plain(found.group())


@lru_cache(maxsize=5_000)
def plain(letter: str) -> str:
    """Write one letter in plain ones: ß becomes ss."""
    return str(anyascii(letter))


def fold_map(text: str) -> tuple[str, Sequence[int]]:
    """Fold a normalised text, and tell for each folded letter where its original stands."""
    letters = {letter: plain(letter) for letter in set(_FOREIGN.findall(text))}
    if all(len(plainly) == 1 for plainly in letters.values()):
        return _FOREIGN.sub(_plain_of, text).lower(), range(len(text))
    folded = [letters.get(letter, letter) for letter in text]
    places = [place for place, letter in enumerate(folded) for _each in letter]
    return "".join(folded).lower(), places


def words(text: str) -> list[str]:
    """List the folded words of a text in their order."""
    return [word[:LONGEST_WORD] for word in WORD.findall(fold(text))]


def compounds(text: str) -> list[str]:
    """List the words that are written with a hyphen, a point or an apostrophe, joined: coworking, t235."""
    found = COMPOUND.findall(fold(text))
    return [WORD_JOINTS.sub("", each)[:LONGEST_WORD] for each in found if not each.isalnum()]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Take the common English endings off a folded word: companies and company become the same."""
    if len(word) < 4 or not word.isalpha() or word in _WHOLE:
        return word
    word = _AMERICAN.sub("is", word)
    word = _without(word, _PLURALS)
    bare = _without(word, _VERBS)
    if bare != word and _VOWEL.search(bare):
        word = _DOUBLED.sub(r"\1", bare)
    return word[:-1] if word.endswith("e") and len(word) > 3 and not word.endswith("ee") else word


def _without(word: str, endings: tuple[tuple[str, str, int], ...]) -> str:
    """Replace the first ending that fits, if enough of the word is left."""
    for ending, other, least in endings:
        if word.endswith(ending):
            return word[: -len(ending)] + other if len(word) - len(ending) >= least else word
    return word
