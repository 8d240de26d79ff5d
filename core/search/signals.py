"""Rows follow the records they are made of, in the same transaction.

A record's document is read from the database, never from the object at hand: that may be a draft. What a
document draws on is asked before and after a change, so that a run that moves to another test case is taken
out of the old one, too. Bulk writes send no signals; `manage.py rebuild_search` makes up for them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from django.db import models
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_slug_changed, post_page_move, published, unpublished

from core.search.registry import Searchable, entries, entry_of
from core.search.rows import keys_of, refresh

# Saving a draft of a published record touches these alone; what readers see stays.
BOOKKEEPING: Final = frozenset(
    {"latest_revision", "latest_revision_created_at", "has_unpublished_changes", "draft_title"}
)
_DRAWN: Final = "_search_drawn_before"

Drawn = dict[type[models.Model], set[int]]

_waiting: ContextVar[Drawn | None] = ContextVar("waiting", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Write the rows of many changes once, at the end of the block and still in its transaction."""
    token = _waiting.set(defaultdict(set))
    try:
        yield
        waiting = _waiting.get() or {}
    finally:
        _waiting.reset(token)
    _follow(waiting)


def _refresh(entry: Searchable, keys: Iterable[int]) -> None:
    """Bring rows up to date, now or at the end of the block."""
    waiting = _waiting.get()
    if waiting is None:
        refresh(entry, keys)
    else:
        waiting[entry.model].update(keys)


def follow(model: type[models.Model], keys: Collection[int]) -> None:
    """Bring rows up to date after a bulk write, which sends no signals; of those that draw on it, too."""
    for entry in entries():
        if entry.model is model:
            _refresh(entry, keys)
        for lookup in entry.lookups(model):
            _refresh(entry, keys_of(entry.model._default_manager.filter(**{f"{lookup}__in": keys})))


def listen() -> None:
    """Connect to every model that is found or drawn on."""
    # Only these are listened to: a listener to all models would make every deletion on the site slow.
    watched = {Page, *(entry.model for entry in entries())}
    watched |= {model for entry in entries() for model in entry.sources}
    for model in watched:
        pre_save.connect(_before, sender=model)
        post_save.connect(_saved, sender=model)
        pre_delete.connect(_before, sender=model)
        post_delete.connect(_changed, sender=model)
        for field in model._meta.local_many_to_many:
            m2m_changed.connect(_linked, sender=field.remote_field.through)
    published.connect(_changed)
    unpublished.connect(_changed)
    page_slug_changed.connect(_moved)
    post_page_move.connect(_moved)
    post_save.connect(_locked, sender=PageViewRestriction)
    post_delete.connect(_locked, sender=PageViewRestriction)


def _before(instance: models.Model, raw: bool = False, **kwargs: Any) -> None:
    """Remember whose documents draw on a record before it changes."""
    if not raw and not instance._state.adding and not _is_bookkeeping(kwargs.get("update_fields")):
        setattr(instance, _DRAWN, _drawing_on(instance))


def _saved(instance: models.Model, raw: bool = False, **kwargs: Any) -> None:
    """Follow a record that was saved; raw fixtures come in pieces and wait for a rebuild."""
    if not raw and not _is_bookkeeping(kwargs.get("update_fields")):
        _changed(instance)


def _is_bookkeeping(update_fields: Collection[str] | None) -> bool:
    """Tell whether a save touches nothing that readers see."""
    return update_fields is not None and BOOKKEEPING.issuperset(update_fields)


def _changed(instance: models.Model, **kwargs: Any) -> None:
    """Bring a record's row up to date, and the rows of those that draw or drew on it."""
    model = instance.specific_class if isinstance(instance, Page) else type(instance)
    if model and (entry := entry_of(model)):
        _refresh(entry, [instance.pk])
    _follow(_drawing_on(instance), instance.__dict__.pop(_DRAWN, {}))


def _drawing_on(instance: models.Model) -> Drawn:
    """Find those whose documents draw on a record."""
    found: Drawn = defaultdict(set)
    for entry in entries():
        for lookup in entry.lookups(type(instance)):
            found[entry.model] |= keys_of(entry.model._default_manager.filter(**{lookup: instance.pk}))
    return found


def _follow(*drawn: Drawn) -> None:
    """Bring the rows of those up to date."""
    for entry in entries():
        keys = set().union(*(each.get(entry.model, set()) for each in drawn))
        if keys:
            _refresh(entry, keys)


def _linked(
    instance: models.Model,
    action: str,
    reverse: bool,
    model: type[models.Model],
    pk_set: set[int] | None,
    **kwargs: Any,
) -> None:
    """Follow a relation that was tied or cut, from whichever side it was done."""
    if not action.startswith("post_"):
        return
    if not reverse:
        _changed(instance)
        return
    for other in model._default_manager.filter(pk__in=pk_set or ()):
        _changed(other)


def _below(path: str) -> None:
    """Bring the rows of a page and all pages below it up to date."""
    for entry in entries():
        if issubclass(entry.model, Page):
            _refresh(entry, keys_of(entry.model._default_manager.filter(path__startswith=path)))


def _moved(instance: Page, **kwargs: Any) -> None:
    """Follow a page to its new address."""
    _below(instance.path)


def _locked(instance: PageViewRestriction, **kwargs: Any) -> None:
    """Follow a page that was closed to readers, or opened."""
    _below(instance.page.path)
