"""The words of a text as the index keeps them; no Django."""

from __future__ import annotations

from collections import Counter
from typing import Final

from core.search.folding import STOPWORDS, compounds, stem, words
from core.search.queries import coded

# No word that is asked for begins with a digit (see `coded`), so that this never answers a query.
BORDER: Final = "0"
# PostgreSQL keeps the places of 256 occurrences of a word, up to place 16,383; phrases need them.
MOST_PLACES: Final = 12_000
MOST_OF_ONE: Final = 80
LONGEST_TEXT: Final = 100_000


def index_words(*texts: str) -> str:
    """Write the stems of texts in their order, then every other form a word may be found by."""
    ordered: list[str] = []
    others: dict[str, None] = {}
    seen: Counter[str] = Counter()
    for text in texts:
        for word in words(text[:LONGEST_TEXT]):
            root = stem(word)
            if word != root or word in STOPWORDS:
                others[word] = None
            if word in STOPWORDS:
                continue
            seen[root] += 1
            if seen[root] <= MOST_OF_ONE and len(ordered) < MOST_PLACES:
                ordered.append(coded(root))
            else:
                others[root] = None
        for joined in compounds(text[:LONGEST_TEXT]):
            others[joined] = None
            others[stem(joined)] = None
        ordered.append(BORDER)
    return " ".join([*ordered, *map(coded, others)])
