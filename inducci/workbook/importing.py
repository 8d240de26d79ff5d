"""Take a workbook in: judge every line, then store all of it or nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from itertools import islice
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Locale

from core.models import Record
from core.search import together
from inducci.workbook.columns import Column, Keys
from inducci.workbook.files import read
from inducci.workbook.reading import Book, Fault, Line
from inducci.workbook.records import PIECE, current, parts_of, stored
from inducci.workbook.rights import Rights
from inducci.workbook.sheets import IMPLEMENTATIONS, PARTS, RECORDS, SHEETS, Sheet
from inducci.workbook.storing import Judged, Store, broken_rules, empty_record
from pilots.models import TestCase

# A record by its short name, with its line unless only its parts have lines.
Item = tuple[str, Line | None]
# The lines of the parts of one implementation, each with its number, and those of all, by sheet.
Numbered = list[tuple[int, Line]]
Parts = dict[str, dict[str, Numbered]]

NEW, CHANGED, UNCHANGED, REFUSED = "new", "changed", "unchanged", "refused"
KINDS = {
    NEW: gettext_lazy("new"),
    CHANGED: gettext_lazy("changed"),
    UNCHANGED: gettext_lazy("unchanged"),
    REFUSED: gettext_lazy("refused"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """A field that gets another value."""

    name: str
    before: str
    after: str

    def __str__(self) -> str:
        return _("%(name)s: “%(before)s” becomes “%(after)s”") % asdict(self)


@dataclass(slots=True)
class Verdict:
    """What an import makes of a line."""

    line: Line
    kind: str = UNCHANGED
    changes: list[Change] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Name the record, or the part, that the line is about."""
        return " ".join(str(self.line.cells.get(name) or "?") for name in self.line.sheet.key_names)

    @property
    def plain(self) -> list[Any]:
        """Give it as JSON holds it."""
        changes = [[change.name, change.before, change.after] for change in self.changes]
        return [self.line.sheet.title, self.line.number, self.key, self.kind, changes]

    def __str__(self) -> str:
        line = _("line %d") % self.line.number
        told = f"{self.line.sheet.title}, {line} ({self.key}): {KINDS[self.kind]}"
        return told + "".join(f"\n    {change}" for change in self.changes)


@dataclass
class Outcome:
    """What became of a workbook: a verdict for each line, and every fault."""

    verdicts: list[Verdict]
    faults: list[Fault]
    is_stored: bool = False

    @property
    def counts(self) -> Counter[str]:
        """Count the lines by their verdict."""
        return Counter(verdict.kind for verdict in self.verdicts)

    @property
    def plain(self) -> dict[str, Any]:
        """Give all of it as JSON holds it; two outcomes are the same if these are."""
        return {
            "counts": dict(self.counts),
            "faults": [[fault.sheet, fault.line, fault.column, fault.reason] for fault in self.faults],
            "lines": [verdict.plain for verdict in self.verdicts if verdict.kind != UNCHANGED],
        }


def take_in(
    file: IO[bytes],
    *,
    dry_run: bool = False,
    publish: bool = False,
    user: Any = None,
    advance: Callable[[int, int], object] = lambda done, total: None,
    only_if: Callable[[Outcome], bool] = lambda outcome: True,
) -> Outcome:
    """Store what a workbook says, as drafts or published; after a fault, or a dry run, nothing is kept.

    A person changes and adds only what the forms would let the person change and add. `advance` is told how
    many lines are judged, of how many; `only_if` is asked at last whether the outcome is the one expected.
    """
    run = _Import(read(file), publish=publish, user=user, advance=advance)
    with transaction.atomic():
        with together():
            run.judge()
        outcome = run.outcome()
        outcome.is_stored = not dry_run and not outcome.faults and only_if(outcome)
        if not outcome.is_stored:
            transaction.set_rollback(True)
    return outcome


class _Import:
    """One run over a workbook, inside a transaction that its caller ends."""

    def __init__(
        self, book: Book, *, publish: bool, user: Any, advance: Callable[[int, int], object]
    ) -> None:
        self.book, self.publish, self.user, self.advance = book, publish, user, advance
        self.done = 0
        self.faults = list(book.faults)
        self.keys = Keys(user)
        self.columns = {sheet.title: sheet.columns(self.keys) for sheet in SHEETS}
        self.verdicts: dict[tuple[str, int], Verdict] = {}
        # The columns of each line that were refused, by sheet and line.
        self.refused: dict[tuple[str, int], set[str]] = defaultdict(set)
        self.store = Store(
            publish=publish,
            user=user,
            refuse=self._refuse,
            stored=self.keys.add,
            given_up=lambda judged: self._refuse_all(judged.record, [line for _one, line in judged.brought]),
        )
        for line in (line for lines in book.lines.values() for line in lines):
            kind = REFUSED if line.bad else UNCHANGED
            self.verdicts[line.sheet.title, line.number] = Verdict(line, kind)

    def outcome(self) -> Outcome:
        """Give verdicts and faults in the order of the sheets and lines."""
        places = {sheet.title: place for place, sheet in enumerate(SHEETS)}
        return Outcome(
            sorted(
                self.verdicts.values(),
                key=lambda verdict: (places[verdict.line.sheet.title], verdict.line.number),
            ),
            sorted(self.faults, key=lambda fault: (places.get(fault.sheet, -1), fault.line)),
        )

    def judge(self) -> None:
        """Go through the sheets, those first at which others point."""
        parts = {sheet.title: self._parts(sheet) for sheet in PARTS}
        self.rights = {sheet.title: Rights(sheet.model, self.user) for sheet in RECORDS}
        by_slug = {sheet.title: self._by_slug(sheet) for sheet in RECORDS}
        for sheet in RECORDS:
            lines = by_slug[sheet.title]
            named = (
                {slug for found in parts.values() for slug in found} if sheet is IMPLEMENTATIONS else set()
            )
            # Parts may belong to an implementation that has no line of its own in the workbook.
            alone = dict.fromkeys(sorted(named.difference(lines)))
            for piece in (*_pieces(lines), *batched(alone.items())):
                self._piece(sheet, piece, parts if sheet is IMPLEMENTATIONS else {})
        # Whose a test case is follows from its implementations, so this is asked last.
        for sheet in RECORDS:
            self._judge_owners(sheet, by_slug[sheet.title])

    def _piece(self, sheet: Sheet, piece: Sequence[Item], parts: Parts) -> None:
        """Judge some records with their parts, and write those that are new or changed."""
        known = {
            record.slug: record for record in stored(sheet).filter(slug__in=[slug for slug, _line in piece])
        }
        rights = self.rights[sheet.title]
        rights.look_at(known.values())
        for slug, line in piece:
            mine = {title: found.pop(slug, []) for title, found in parts.items()}
            lines = [*([line] if line else []), *(one for numbered in mine.values() for _n, one in numbered)]
            if slug not in known and line is None:
                for one in lines:
                    self._refuse(one, self.keys.why_unknown(sheet.model, slug), "implementation")
            elif why := rights.why_not(known.get(slug)):
                for one in lines:
                    self._refuse(one, why)
                self.keys.refuse(sheet.model, slug)
            else:
                self._record(sheet, slug, known.get(slug), line, mine)
            self.done += len(lines)
        self.store.flush()
        self.advance(self.done, len(self.verdicts))

    # --- Keys -------------------------------------------------------------------------------------

    def _by_slug(self, sheet: Sheet) -> dict[str, Line]:
        """Find the lines of records by short name; each stands there once."""
        found: dict[str, Line] = {}
        for line in self.book.lines.get(sheet.title, []):
            slug = self._text(line, "slug")
            if slug in found:
                self._refuse(line, _stands_already(f"“{slug}”", found[slug]), "slug")
            elif slug:
                found[slug] = line
        return found

    def _parts(self, sheet: Sheet) -> dict[str, Numbered]:
        """Find the lines of parts by their implementation, each with its number."""
        found: dict[str, dict[int, Line]] = defaultdict(dict)
        for line in self.book.lines.get(sheet.title, []):
            slug, number = self._text(line, "implementation"), line.cells.get("number")
            if isinstance(number, bool) or not isinstance(number, int) or number < 1:
                self._refuse(
                    line, _("The number is 1 for the first line of an implementation, then 2, 3 …"), "number"
                )
            elif slug and number in found[slug]:
                name = _("Number %(number)d of “%(slug)s”") % {"number": number, "slug": slug}
                self._refuse(line, _stands_already(name, found[slug][number]), "number")
            elif slug:
                found[slug][number] = line
        return {slug: sorted(lines.items()) for slug, lines in found.items()}

    def _text(self, line: Line, name: str) -> str:
        """Read the short name in a line."""
        value = line.cells.get(name)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
        if name not in line.bad and name in line.letters:
            self._refuse(line, _("A short name is needed here, as text."), name)
        return ""

    # --- Records ----------------------------------------------------------------------------------

    def _record(
        self, sheet: Sheet, slug: str, known: Any, line: Line | None, parts: dict[str, Numbered]
    ) -> None:
        """Judge one record with its parts, and hand it on if there is no fault in it and something new."""
        lines = [*([line] if line else []), *(one for numbered in parts.values() for _n, one in numbered)]
        before = len(self.faults)
        record = current(known) if known else empty_record(sheet.model, slug=slug, locale=self.locale)
        touched = self._fill(record, line, is_new=not known) if line else False
        brought = [(record, line)] if line else []
        for part_sheet in PARTS if parts else ():
            brought += self._fill_parts(record, part_sheet, parts[part_sheet.title])
        touched = touched or len(brought) > bool(line)
        if touched and line:
            self._judge_whole(record, line, is_new=not known)
        if touched and known:
            self._judge_lock(known, lines)
        if touched and self.publish:
            self._judge_publishing(record, lines[0])
        if touched and known and not self.rights[sheet.title].keeps(record):
            self._refuse(lines[0], _("Name your own organisation, too."))
        if len(self.faults) > before or any(one.bad for one in lines):
            self._refuse_all(record, lines)
        elif touched:
            self.store.add(Judged(record, not known, brought))

    @cached_property
    def locale(self) -> Locale:
        """Give the language of new records."""
        locale: Locale = Locale.get_default()
        return locale

    def _refuse_all(self, record: Any, lines: Iterable[Line]) -> None:
        """Refuse a record with all its lines; what points at it is told so."""
        self.keys.refuse(type(record), record.slug)
        for one in lines:
            self.verdicts[one.sheet.title, one.number].kind = REFUSED

    def _fill(self, record: Any, line: Line, *, is_new: bool) -> bool:
        """Set the fields of a record or part that differ from the line; tell whether there were any."""
        verdict = self.verdicts[line.sheet.title, line.number]
        if is_new:
            verdict.kind = NEW
        for column in self.columns[line.sheet.title]:
            value = line.cells.get(column.name)
            if column.name not in line.cells or column.name in line.bad or (is_new and value in (None, "")):
                continue
            try:
                self._set(record, column, value, verdict, is_new=is_new)
            except ValidationError as error:
                self._refuse(line, " ".join(error.messages), column.name)
            except ValueError as error:
                self._refuse(line, error, column.name)
        if verdict.changes and not is_new and verdict.kind != REFUSED:
            verdict.kind = CHANGED
        return is_new or bool(verdict.changes)

    def _set(self, record: Any, column: Column, value: Any, verdict: Verdict, *, is_new: bool) -> None:
        """Set one field, and note the change."""
        after = column.read(value)
        if is_new:
            column.put(record, after)
            return
        before = column.plain(record)
        if before == after:
            return
        column.put(record, after)
        verdict.changes.append(Change(column.name, _told(column, before), _told(column, after)))

    def _fill_parts(self, implementation: Any, sheet: Sheet, numbered: Numbered) -> list[tuple[Any, Line]]:
        """Bring the parts of an implementation up to the lines; those without a line stay as they are."""
        parts = parts_of(implementation, sheet)
        touched = []
        for number, line in numbered:
            if number > len(parts) + 1:
                self._refuse(
                    line, _("The next number of this implementation is %d.") % (len(parts) + 1), "number"
                )
                continue
            is_new = number > len(parts)
            if is_new:
                parts.append(sheet.model(sort_order=number - 1))
            if self._fill(parts[number - 1], line, is_new=is_new):
                touched.append((parts[number - 1], line))
                self._judge_whole(parts[number - 1], line, is_new=is_new and implementation.pk is None)
        if touched:
            setattr(implementation, sheet.relation, parts)
        return touched

    def _judge_whole(self, record: Any, line: Line, *, is_new: bool) -> None:
        """Judge a record, or a part, by its own rules; what was refused already is not judged twice.

        The rules of the database judge a new record when it is written with its piece, which is quick; here
        they are asked only where it will not be written.
        """
        refused = {*self.refused[line.sheet.title, line.number], *line.bad} - {""}
        columns = {column.name: column for column in self.columns[line.sheet.title]}
        # What a cell named was found, so it is not looked for again.
        found = {
            name for name, column in columns.items() if column.is_reference and column.is_filled_in(record)
        }
        unasked = {field.name for field in record._meta.fields} - {*columns, "slug"}
        try:
            record.clean_fields(exclude=refused | found | unasked | self._may_wait(record))
        except ValidationError as error:
            self._refuse_by(line, error)
        try:
            record.clean()
        except ValidationError as error:
            self._refuse_by(line, error)
        if not is_new or self.refused[line.sheet.title, line.number]:
            for name, reason in broken_rules(record, exclude=refused):
                self._refuse(line, reason, name)

    def _may_wait(self, record: Any) -> set[str]:
        """Name the empty fields that a form lets a draft leave out, too; its title is how people find it."""
        if self.publish or not isinstance(record, Record):
            return set()
        return {
            field.name
            for field in record._meta.concrete_fields
            if field.name not in ("slug", "title")
            and (field.null or isinstance(field, models.CharField | models.TextField))
            and getattr(record, field.attname) in (None, "")
        }

    def _refuse_by(self, line: Line, error: ValidationError) -> None:
        """Note what a rule of the model says."""
        for name, reasons in error.update_error_dict({}).items():
            said = " ".join(str(one) for reason in reasons for one in reason)
            self._refuse(line, said, "" if name == "__all__" else name)

    def _judge_lock(self, record: Record, lines: Iterable[Line]) -> None:
        """Leave alone what is being reviewed or locked; publish no draft that the workbook did not bring."""
        why = ""
        if record.workflow_in_progress:
            why = _("“%s” is being reviewed and cannot be changed now.")
        elif record.locked:
            why = _("“%s” is locked and cannot be changed now.")
        elif self.publish and record.live and record.has_unpublished_changes:
            why = _("“%s” has a draft that would be published, too; publish or discard it first.")
        for line in lines if why else ():
            self._refuse(line, why % record)

    def _judge_publishing(self, record: Record, line: Line) -> None:
        """Refuse to publish what lacks something that readers cannot do without."""
        try:
            record.clean_to_publish()
        except ValidationError as error:
            self._refuse_by(line, error)

    def _judge_owners(self, sheet: Sheet, lines: dict[str, Line]) -> None:
        """Refuse new records that would belong to no partner of the person who takes them in."""
        new = [slug for slug, line in lines.items() if self.verdicts[sheet.title, line.number].kind == NEW]
        for slug in self.rights[sheet.title].foreign(new):
            said = (
                _("A new test case needs the line of its implementation by your organisation.")
                if sheet.model is TestCase
                else _("Name your own organisation, too.")
            )
            self._refuse(lines[slug], said)

    def _refuse(self, line: Line, reason: object, name: str = "") -> None:
        """Note a fault of a line."""
        self.verdicts[line.sheet.title, line.number].kind = REFUSED
        self.refused[line.sheet.title, line.number].add(name)
        self.faults.append(line.fault(reason, name))


def _pieces(lines: dict[str, Line]) -> Iterator[Sequence[Item]]:
    """Cut records into pieces, so that what another line is part of comes in an earlier piece."""
    generations: dict[int, dict[str, Line]] = defaultdict(dict)
    for slug, line in lines.items():
        ancestors, parent = {slug}, _parent(line)
        while parent in lines and parent not in ancestors:
            ancestors.add(parent)
            parent = _parent(lines[parent])
        generations[len(ancestors)][slug] = line
    for _depth, generation in sorted(generations.items()):
        yield from batched(generation.items())


def _parent(line: Line) -> str:
    """Name what a document is part of."""
    return str(line.cells.get("part_of") or "").strip()


def batched(items: Iterable[tuple[str, Any]]) -> Iterator[Sequence[Item]]:
    """Cut records into pieces."""
    rest = iter(items)
    while piece := list(islice(rest, PIECE)):
        yield piece


def _stands_already(name: str, line: Line) -> str:
    """Say that something stands in an earlier line."""
    return _("%(name)s stands in line %(line)d already.") % {"name": name, "line": line.number}


def _told(column: Column, plain: Any) -> str:
    """Write a plain value into a sentence, not too long."""
    value = column.cell(plain)
    text = "" if value is None else str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
