"""Guess what a reader meant when nothing was found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from typing import Final

from django.db import connection

from core.models import SearchRow
from core.search.folding import STOPWORDS, stem
from core.search.marking import Token, tokens
from core.search.matching import Matches
from core.search.queries import LONGEST, SHORTEST_BEGINNING, Alternative, Query

# A letter wrong, missing or too many in a short word; two in a long one.
LIKENESS: Final = 0.76
MOST_LETTERS_APART: Final = 2

_VOCABULARY: Final = {
    "sqlite": "SELECT term FROM core_searchrow_vocabulary",
    "postgresql": "SELECT word FROM ts_stat('SELECT head FROM core_searchrow')",
}


def suggest(text: str, query_of: Callable[[str], Query]) -> str:
    """Write a search again with the nearest words that would find something, or give nothing."""
    text = text[:LONGEST].replace("\0", " ")
    known = vocabulary()
    better, place = "", 0
    for token in tokens(text):
        better += text[place : token.start] + _better(text, token, known)
        place = token.end
    better = " ".join((better + text[place:]).split())
    query = query_of(better)
    if not query or better == " ".join(text.split()):
        return ""
    return better if SearchRow.objects.filter(Matches(query)).exists() else ""


def vocabulary() -> set[str]:
    """List the words of all titles and summaries that are long enough to be mistyped."""
    with connection.cursor() as cursor:
        cursor.execute(_VOCABULARY[connection.vendor])
        return {word for (word,) in cursor if len(word) >= SHORTEST_BEGINNING and word.isalpha()}


def _better(text: str, token: Token, known: set[str]) -> str:
    """Give the word as it was typed where it is known, else the nearest one as the site writes it."""
    typed = text[token.start : token.end]
    word = token.word
    if word in STOPWORDS or len(word) < SHORTEST_BEGINNING or not word.isalpha():
        return typed
    if word in known or stem(word) in known or any(each.startswith(word) for each in known):
        return typed
    near = nearest(word, known)
    return _as_written(near) if near else typed


def nearest(word: str, known: Iterable[str]) -> str:
    """Choose the known word most like another one, the first by letters among equals; or nothing."""
    matcher = SequenceMatcher(b=word)
    best, likeness = "", LIKENESS
    for each in sorted(known):
        if abs(len(each) - len(word)) > MOST_LETTERS_APART:
            continue
        matcher.set_seq1(each)
        if matcher.real_quick_ratio() < likeness or matcher.quick_ratio() < likeness:
            continue
        if (ratio := matcher.ratio()) > likeness or (not best and ratio == likeness):
            best, likeness = each, ratio
    return best


def _as_written(word: str) -> str:
    """Find how a folded word is spelled in a title or summary."""
    query = Query(((Alternative((word,)),),))
    row = SearchRow.objects.filter(Matches(query)).order_by("pk").first()
    for text in (row.title, row.summary, row.body) if row else ():
        for token in tokens(text):
            if word in (token.word, stem(token.word)):
                return text[token.start : token.end]
    return word
