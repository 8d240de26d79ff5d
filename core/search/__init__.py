"""One search over everything that readers may see.

Apps register their records in a module `search`; rows appear and vanish with publishing, in the same
transaction; `search` answers a reader, `matching_ids` narrows a list.
"""

from core.search.finding import Hit, Kind, Results, is_searchable, matching_ids, search
from core.search.queries import LONGEST
from core.search.registry import Document, draws_on, kinds, searchable, texts_of
from core.search.signals import follow, together

__all__ = [
    "LONGEST",
    "Document",
    "Hit",
    "Kind",
    "Results",
    "draws_on",
    "follow",
    "is_searchable",
    "kinds",
    "matching_ids",
    "search",
    "searchable",
    "texts_of",
    "together",
]
