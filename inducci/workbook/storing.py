"""Store what a workbook brings as the forms would, and many records at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from modelsearch.backends import get_search_backends
from wagtail.models import ModelLogEntry, ReferenceIndex, Revision

from core.models import ContentVersion
from core.search import follow
from inducci.workbook.reading import Line


@dataclass(slots=True)
class Judged:
    """A record that is to be stored, with the lines that brought it and its parts."""

    record: Any
    is_new: bool
    # The record itself, if it has a line, and its new or changed parts.
    brought: list[tuple[Any, Line]]

    @property
    def line(self) -> Line:
        """Give the line to which something about the whole record is said."""
        return self.brought[0][1]


def empty_record(model: type[models.Model], **values: Any) -> Any:
    """Make a new record whose lists are empty, so that nobody asks the database for them."""
    record = model(**values)
    for field in get_all_child_m2m_relations(model):
        setattr(record, field.name, [])
    for relation in get_all_child_relations(model):
        setattr(record, relation.get_accessor_name(), [])
    return record


class Store:
    """Takes judged records and writes them piece by piece, in few queries for each piece.

    Signals are sent for single records only; what they would do is done here for all of a piece. What breaks
    a rule of the database is named by `refuse`, with its line, and keeps nothing else of the piece out.
    """

    def __init__(
        self,
        *,
        publish: bool,
        user: Any,
        refuse: Callable[[Line, object, str], None],
        stored: Callable[[Any], None],
        given_up: Callable[[Judged], None],
    ) -> None:
        self.publish, self.user = publish, user
        self.refuse, self.stored, self.given_up = refuse, stored, given_up
        self._waiting: list[Judged] = []

    def add(self, judged: Judged) -> None:
        """Take a record; it is written with its piece."""
        self._waiting.append(judged)

    def flush(self) -> None:
        """Write the piece."""
        waiting, self._waiting = self._waiting, []
        drafts = [one for one in waiting if not one.is_new and one.record.live and not self.publish]
        if drafts:
            self._revise(drafts)
        if new := [one for one in waiting if one.is_new]:
            self._insert(new)
        for one in waiting:
            if not one.is_new and one not in drafts:
                self._save(one)
        if waiting:
            ContentVersion.renew()

    # --- New records ------------------------------------------------------------------------------

    def _insert(self, piece: Sequence[Judged]) -> None:
        """Insert new records; where the database refuses the piece, find those that it refuses."""
        try:
            with transaction.atomic():
                self._create(piece)
        except IntegrityError as error:
            if len(piece) == 1:
                piece[0].record.pk, piece[0].record._state.adding = None, True
                self._explain(piece[0], error)
                return
            half = len(piece) // 2
            self._insert(piece[:half])
            self._insert(piece[half:])

    def _create(self, piece: Sequence[Judged]) -> None:
        """Insert the rows of new records, what they point at, their parts, and all that follows a change."""
        records = [one.record for one in piece]
        model, now = type(records[0]), timezone.now()
        for record in records:
            record.pk, record._state.adding = None, True
            record.live, record.has_unpublished_changes = self.publish, not self.publish
            record.first_published_at = record.last_published_at = now if self.publish else None
        model._default_manager.bulk_create(records)
        for field in get_all_child_m2m_relations(model):
            self._link(records, field)
        for relation in get_all_child_relations(model):
            self._add_parts(records, relation)
        self._fetch_names(records)
        revisions = self._write_revisions(
            records, now, *(["publish"] if self.publish else []), first="create"
        )
        for record, revision in zip(records, revisions, strict=True):
            record.latest_revision = revision
            record.live_revision = revision if self.publish else None
        model._default_manager.bulk_update(records, ["latest_revision", "live_revision"])
        self._index(model, records)
        if self.publish:
            follow(model, {record.pk for record in records})
        for record in records:
            self.stored(record)

    @staticmethod
    def _link(records: Iterable[Any], field: Any) -> None:
        """Write what new records point at in one list."""
        through = field.remote_field.through
        source, target = (
            through._meta.get_field(name) for name in (field.m2m_field_name(), field.m2m_reverse_field_name())
        )
        through._default_manager.bulk_create(
            through(**{source.attname: record.pk, target.attname: one.pk})
            for record in records
            for one in getattr(record, field.name).all()
        )

    @staticmethod
    def _add_parts(records: Iterable[Any], relation: Any) -> None:
        """Insert the parts of new records."""
        name = relation.get_accessor_name()
        parts = []
        for record in records:
            for part in getattr(record, name).all():
                part.pk, part._state.adding = None, True
                setattr(part, relation.field.attname, record.pk)
                parts.append(part)
        relation.related_model._default_manager.bulk_create(parts)

    def _index(self, model: type[models.Model], records: Sequence[Any]) -> None:
        """Let the admin find new records, and know what they use."""
        for backend in get_search_backends(with_auto_update=True):
            backend.add_bulk(model, records)
        kind = ContentType.objects.get_for_model(model, for_concrete_model=False)
        ReferenceIndex.objects.bulk_create(
            ReferenceIndex(
                content_type=kind,
                base_content_type=kind,
                object_id=record.pk,
                to_content_type_id=to_kind,
                to_object_id=to_key,
                model_path=model_path,
                content_path=path,
                content_path_hash=ReferenceIndex._get_content_path_hash(path),
            )
            for record in records
            for to_kind, to_key, model_path, path in set(
                ReferenceIndex._extract_references_from_object(record)
            )
        )

    # --- Changed records --------------------------------------------------------------------------

    def _revise(self, piece: Sequence[Judged]) -> None:
        """Give published records a draft; their rows stay as readers see them."""
        records = [one.record for one in piece]
        self._fetch_names(records)
        revisions = self._write_revisions(records, timezone.now(), first="edit")
        for record, revision in zip(records, revisions, strict=True):
            record.latest_revision, record.has_unpublished_changes = revision, True
        rows = type(records[0])._default_manager
        rows.bulk_update(records, ["latest_revision", "has_unpublished_changes"])

    def _save(self, judged: Judged) -> None:
        """Store a changed record whose row changes, too: a draft, or one that is to be published."""
        record = judged.record
        try:
            with transaction.atomic():
                if not record.live:
                    record.save()
                revision = record.save_revision(user=self.user, clean=False, log_action=True)
                if self.publish:
                    revision.publish(user=self.user)
        except IntegrityError as error:
            self._explain(judged, error)

    # --- Both -------------------------------------------------------------------------------------

    @staticmethod
    def _fetch_names(records: Sequence[Any]) -> None:
        """Fetch the records that others are called after, all at once."""
        names = [
            field.name
            for field in records[0]._meta.fields
            if isinstance(field, models.ForeignKey) and field.editable and field.name != "locale"
        ]
        models.prefetch_related_objects(records, *names)

    def _write_revisions(self, records: Sequence[Any], now: Any, *more: str, first: str) -> list[Revision]:
        """Keep what records say now, and note in their history who did what."""
        kind = ContentType.objects.get_for_model(records[0], for_concrete_model=False)
        revisions: list[Revision] = Revision.objects.bulk_create(
            Revision(
                content_type=kind,
                base_content_type=kind,
                object_id=str(record.pk),
                created_at=now,
                user=self.user,
                object_str=str(record),
                content=record.serializable_data(),
            )
            for record in records
        )
        ModelLogEntry.objects.bulk_create(
            ModelLogEntry(
                content_type=kind,
                object_id=str(record.pk),
                label=str(record),
                action=f"wagtail.{action}",
                timestamp=now,
                user=self.user,
                revision=revision,
                content_changed=True,
            )
            for action in (first, *more)
            for record, revision in zip(records, revisions, strict=True)
        )
        return revisions

    def _explain(self, judged: Judged, error: IntegrityError) -> None:
        """Name the rules that a record or its parts break."""
        found = [
            (line, faults) for one, line in judged.brought if (faults := broken_rules(one, exclude=set()))
        ]
        for line, faults in found:
            for name, reason in faults:
                self.refuse(line, reason, name)
        self.given_up(judged)
        if not found:
            self.refuse(judged.line, _("The database refuses this record: %s") % error, "")


def broken_rules(record: models.Model, exclude: set[str]) -> list[tuple[str, str]]:
    """List the rules of the database that a record breaks: the field, empty for the whole, and why."""
    try:
        record.validate_constraints(exclude=exclude)
    except ValidationError as error:
        return [
            ("" if name == "__all__" else name, " ".join(reasons))
            for name, reasons in error.message_dict.items()
        ]
    return []
