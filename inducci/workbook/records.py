"""The records of a workbook, as an editor finds them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from wagtail.models import Locale, WorkflowState
from wagtail.permissions import policy_registry

from inducci.workbook.columns import Column, Keys, key_field
from inducci.workbook.sheets import IMPLEMENTATIONS, SHEETS, Sheet

# So many records are fetched, judged and written at a time.
PIECE = 500


def current(record: Any) -> Any:
    """Give a record as an editor finds it: what is published has drafts beside its row."""
    is_draft = record.live and record.has_unpublished_changes
    return record.get_latest_revision_as_object() if is_draft else record


def parts_of(implementation: Any, sheet: Sheet) -> list[Any]:
    """Give the parts of an implementation in their order; their number is their place."""
    return sorted(
        getattr(implementation, sheet.relation).all(), key=lambda part: (part.sort_order or 0, part.pk or 0)
    )


def stored(sheet: Sheet) -> Any:
    """Fetch the records of a sheet, with what its columns and the parts of implementations need."""
    many = [column for column in sheet.columns(Keys()) if column.is_many]
    named = [
        models.Prefetch(column.name, target._default_manager.only(key_field(target)))
        for column in many
        if (target := column.field.related_model)
    ]
    parts = [one.relation for one in SHEETS if one.relation] if sheet is IMPLEMENTATIONS else []
    # Under this name Wagtail looks for reviews that were fetched together.
    reviews = models.Prefetch(
        "_workflow_states", WorkflowState.objects.active(), to_attr="_current_workflow_states"
    )
    rows = sheet.model._default_manager.filter(locale=Locale.get_default())
    return rows.select_related("latest_revision").prefetch_related(*named, *parts, reviews).order_by("slug")


def rows_of(sheet: Sheet, columns: list[Column], user: Any = None) -> Iterator[list[Any]]:
    """Lay records, or the parts of all implementations, out as rows; a person gets the own ones."""
    source = IMPLEMENTATIONS if sheet.relation else sheet
    records = stored(source)
    if user is not None:
        records = policy_registry.get_by_type(source.model).scope(user, records, ["change"])
    for found in records.iterator(chunk_size=PIECE):
        record = current(found)
        if not sheet.relation:
            yield [record.slug, *(column.cell(column.plain(record)) for column in columns)]
            continue
        for number, part in enumerate(parts_of(record, sheet), start=1):
            yield [record.slug, number, *(column.cell(column.plain(part)) for column in columns)]
