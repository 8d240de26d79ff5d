"""Keep the index in step with the records."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import connection, models, transaction

from core.models import SearchRow
from core.search.marking import PAGE_MARK, page_mark
from core.search.registry import Document, Searchable
from core.search.words import LONGEST_TEXT, index_words

BATCH = 500
COLUMNS = ("kind", "title", "summary", "body", "url", "title_words", "summary_words", "body_words")


@dataclass(slots=True)
class Repairs:
    """How many rows were missing, wrong or left over."""

    added: int = 0
    changed: int = 0
    removed: int = 0

    def __iadd__(self, other: Repairs) -> Repairs:
        self.added += other.added
        self.changed += other.changed
        self.removed += other.removed
        return self


def row_of(entry: Searchable, key: int, document: Document) -> SearchRow:
    """Write a document as a row, its words folded."""
    names = [str(name) for name in document.names if name]
    summary = _plain(document.summary)
    body = _plain(" · ".join(text for each in document.body if (text := str(each).strip())))
    pages = "".join(
        f" {page_mark(number)}{PAGE_MARK.sub('', _plain(text))}" for number, text in document.pages
    )
    body = (body + pages)[:LONGEST_TEXT]
    return SearchRow(
        model=entry.name,
        object_id=key,
        kind=entry.kind,
        title=_plain(document.title),
        summary=summary,
        body=body,
        url=document.url,
        title_words=index_words(document.title, *names),
        summary_words=index_words(summary),
        body_words=index_words(body),
    )


def _plain(text: str) -> str:
    """Write a text in composed letters and with single spaces."""
    return unicodedata.normalize("NFC", " ".join(str(text).replace("\0", " ").split()))


def refresh(entry: Searchable, keys: Iterable[int]) -> Repairs:
    """Bring the rows of some records up to date: who is published has one, nobody else."""
    repairs = Repairs()
    for batch in _batches(sorted(set(keys))):
        with transaction.atomic():
            repairs += _refresh(entry, batch)
    return repairs


def _refresh(entry: Searchable, keys: Sequence[int]) -> Repairs:
    """Compare rows with documents and write what differs."""
    # Locked before the records are read: of two editors at once, the later one sees what the earlier wrote.
    kept = SearchRow.objects.select_for_update().filter(model=entry.name, object_id__in=keys).order_by("pk")
    rows = {row.object_id: row for row in kept}
    wanted = {
        record.pk: row_of(entry, record.pk, entry.document(record))
        for record in entry.records().filter(pk__in=keys)
    }
    new = [row for key, row in wanted.items() if key not in rows]
    changed = [row for key, row in wanted.items() if key in rows and _differ(row, rows[key])]
    left_over = [row.pk for key, row in rows.items() if key not in wanted]
    SearchRow.objects.bulk_create(
        sorted([*new, *changed], key=lambda row: row.object_id),
        update_conflicts=True,
        unique_fields=["model", "object_id"],
        update_fields=COLUMNS,
    )
    SearchRow.objects.filter(pk__in=left_over).delete()
    return Repairs(len(new), len(changed), len(left_over))


def _differ(one: SearchRow, other: SearchRow) -> bool:
    """Tell whether two rows say different things."""
    return any(getattr(one, column) != getattr(other, column) for column in COLUMNS)


def rebuild(entry: Searchable) -> Repairs:
    """Bring all rows of a kind of record up to date."""
    kept = SearchRow.objects.filter(model=entry.name).values_list("object_id", flat=True)
    published = entry.records().order_by().values_list("pk", flat=True)
    return refresh(entry, {*kept, *published})


@transaction.atomic
def rebuild_all(all_entries: Sequence[Searchable]) -> Repairs:
    """Bring the whole index up to date, and drop the rows of models that are searched no more."""
    repairs = Repairs()
    for entry in all_entries:
        repairs += rebuild(entry)
    strangers = SearchRow.objects.exclude(model__in=[entry.name for entry in all_entries])
    repairs.removed += strangers.delete()[0]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO core_searchrow_fts (core_searchrow_fts) VALUES ('rebuild')")
            cursor.execute("INSERT INTO core_searchrow_head (core_searchrow_head) VALUES ('rebuild')")
    return repairs


def _batches(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    """Cut a list into pieces that fit into one query."""
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]


def keys_of(records: models.QuerySet[models.Model]) -> set[int]:
    """Give the primary keys of records."""
    return set(records.order_by().values_list("pk", flat=True))
