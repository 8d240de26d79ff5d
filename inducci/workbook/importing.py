"""Take a workbook in: judge every line, then store all of it or nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Locale

from core.models import Record
from core.search import together
from inducci.workbook.columns import Column, Keys
from inducci.workbook.reading import Book, Fault, Line, read
from inducci.workbook.sheets import IMPLEMENTATIONS, PARTS, RECORDS, SHEETS, Sheet
from inducci.workbook.writing import current, parts_of, stored

NEW, CHANGED, UNCHANGED, REFUSED = "new", "changed", "unchanged", "refused"


@dataclass(frozen=True, slots=True)
class Change:
    """A field that gets another value."""

    name: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.name}: “{self.before}” becomes “{self.after}”"


@dataclass(slots=True)
class Verdict:
    """What an import makes of a line."""

    line: Line
    kind: str = UNCHANGED
    changes: list[Change] = field(default_factory=list)

    def __str__(self) -> str:
        key = " ".join(str(self.line.cells.get(name) or "?") for name in self.line.sheet.key_names)
        told = f"{self.line.sheet.title}, line {self.line.number} ({key}): {self.kind}"
        return told + "".join(f"\n    {change}" for change in self.changes)


@dataclass
class Outcome:
    """What became of a workbook: a verdict for each line, and every fault."""

    verdicts: list[Verdict]
    faults: list[Fault]
    is_stored: bool

    @property
    def counts(self) -> Counter[str]:
        """Count the lines by their verdict."""
        return Counter(verdict.kind for verdict in self.verdicts)


def take_in(file: IO[bytes], *, dry_run: bool = False, publish: bool = False, user: Any = None) -> Outcome:
    """Store what a workbook says, as drafts or published; after a fault, or a dry run, nothing is kept."""
    book = read(file)
    run = _Import(book, publish=publish, user=user)
    with transaction.atomic():
        with together():
            run.judge()
        is_stored = not dry_run and not run.faults
        if not is_stored:
            transaction.set_rollback(True)
    places = {sheet.title: place for place, sheet in enumerate(SHEETS)}
    run.faults.sort(key=lambda fault: (places.get(fault.sheet, -1), fault.line))
    verdicts = sorted(
        run.verdicts.values(),
        key=lambda verdict: (places[verdict.line.sheet.title], verdict.line.number),
    )
    return Outcome(verdicts, run.faults, is_stored)


class _Import:
    """One run over a workbook, inside a transaction that its caller ends."""

    def __init__(self, book: Book, *, publish: bool, user: Any) -> None:
        self.book, self.publish, self.user = book, publish, user
        self.faults = list(book.faults)
        self.keys = Keys()
        self.columns = {sheet.title: sheet.columns(self.keys) for sheet in SHEETS}
        self.verdicts: dict[tuple[str, int], Verdict] = {}
        # The columns of each line that were refused, by sheet and line.
        self.refused: dict[tuple[str, int], set[str]] = defaultdict(set)
        for line in (line for lines in book.lines.values() for line in lines):
            kind = REFUSED if line.bad else UNCHANGED
            self.verdicts[line.sheet.title, line.number] = Verdict(line, kind)

    def judge(self) -> None:
        """Go through the sheets, those first at which others point."""
        parts = {sheet.title: self._parts(sheet) for sheet in PARTS}
        for sheet in RECORDS:
            lines = self._by_slug(sheet)
            known = (
                {record.slug: record for record in stored(sheet)} if lines or sheet is IMPLEMENTATIONS else {}
            )
            for slug, line in _parents_first(lines):
                mine = (
                    {title: found.pop(slug, []) for title, found in parts.items()}
                    if sheet is IMPLEMENTATIONS
                    else {}
                )
                self._record(sheet, slug, known.get(slug), line, mine)
            if sheet is IMPLEMENTATIONS:
                self._lonely_parts(known, parts)

    # --- Keys -------------------------------------------------------------------------------------

    def _by_slug(self, sheet: Sheet) -> dict[str, Line]:
        """Find the lines of records by short name; each stands there once."""
        found: dict[str, Line] = {}
        for line in self.book.lines.get(sheet.title, []):
            slug = self._text(line, "slug")
            if slug in found:
                self._refuse(line, f"“{slug}” stands in line {found[slug].number} already.", "slug")
            elif slug:
                found[slug] = line
        return found

    def _parts(self, sheet: Sheet) -> dict[str, list[tuple[int, Line]]]:
        """Find the lines of parts by their implementation, each with its number."""
        found: dict[str, dict[int, Line]] = defaultdict(dict)
        for line in self.book.lines.get(sheet.title, []):
            slug, number = self._text(line, "implementation"), line.cells.get("number")
            if isinstance(number, bool) or not isinstance(number, int) or number < 1:
                self._refuse(
                    line, "The number is 1 for the first line of an implementation, then 2, 3 …", "number"
                )
            elif slug and number in found[slug]:
                other = found[slug][number].number
                self._refuse(line, f"Number {number} of “{slug}” stands in line {other} already.", "number")
            elif slug:
                found[slug][number] = line
        return {slug: sorted(lines.items()) for slug, lines in found.items()}

    def _text(self, line: Line, name: str) -> str:
        """Read the short name in a line."""
        value = line.cells.get(name)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
        if name not in line.bad and name in line.letters:
            self._refuse(line, "A short name is needed here, as text.", name)
        return ""

    # --- Records ----------------------------------------------------------------------------------

    def _record(self, sheet: Sheet, slug: str, known: Any, line: Line | None, parts: Any) -> None:
        """Judge one record with its parts, and store it if there is no fault in it and something new."""
        lines = [*([line] if line else []), *(line for numbered in parts.values() for _n, line in numbered)]
        before = len(self.faults)
        record = current(known) if known else sheet.model(slug=slug, live=False, locale=Locale.get_default())
        touched = self._fill(record, line, is_new=not known) if line else False
        for part_sheet in PARTS if sheet is IMPLEMENTATIONS else ():
            touched |= self._fill_parts(record, part_sheet, parts.get(part_sheet.title, []))
        if touched and line:
            self._judge_whole(record, line)
        if known and touched:
            self._judge_lock(known, lines)
        refused = len(self.faults) > before or any(one.bad for one in lines)
        if touched and not refused:
            self._store(record, lines)
        if refused:
            for one in lines:
                self.verdicts[one.sheet.title, one.number].kind = REFUSED

    def _fill(self, record: Any, line: Line, *, is_new: bool) -> bool:
        """Set the fields of a record or part that differ from the line; tell whether there were any."""
        verdict = self.verdicts[line.sheet.title, line.number]
        if is_new:
            verdict.kind = NEW
        for column in self.columns[line.sheet.title]:
            if column.name not in line.cells or column.name in line.bad:
                continue
            try:
                self._set(record, column, line.cells[column.name], verdict, is_new=is_new)
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
        if is_new and after in ("", None) and column.field.has_default():
            return
        before = None if is_new and column.is_many else column.plain(record)
        if before == after or (before is None and after == ()):
            return
        column.put(record, after)
        if not is_new:
            verdict.changes.append(Change(column.name, _told(column, before), _told(column, after)))

    def _fill_parts(self, implementation: Any, sheet: Sheet, numbered: list[tuple[int, Line]]) -> bool:
        """Bring the parts of an implementation up to the lines; those without a line stay as they are."""
        parts = parts_of(implementation, sheet) if implementation.pk else []
        touched = False
        for number, line in numbered:
            if number > len(parts) + 1:
                self._refuse(line, f"The next number of this implementation is {len(parts) + 1}.", "number")
                continue
            is_new = number > len(parts)
            if is_new:
                parts.append(sheet.model(sort_order=number - 1))
            if self._fill(parts[number - 1], line, is_new=is_new):
                touched = True
                self._judge_whole(parts[number - 1], line, but="implementation")
        if touched:
            setattr(implementation, sheet.relation, parts)
        return touched

    def _lonely_parts(self, known: dict[str, Any], parts: dict[str, dict[str, Any]]) -> None:
        """Take in the parts of implementations that have no line of their own in the workbook."""
        for slug in sorted({slug for found in parts.values() for slug in found}):
            mine = {title: found.pop(slug, []) for title, found in parts.items()}
            if slug in known:
                self._record(IMPLEMENTATIONS, slug, known[slug], None, mine)
                continue
            for _number, line in (one for numbered in mine.values() for one in numbered):
                self._refuse(line, f"There is no implementation “{slug}” here.", "implementation")

    def _judge_whole(self, record: Any, line: Line, but: str = "") -> None:
        """Judge a record, or a part, by its own rules; what was refused already is not judged twice."""
        exclude = {*self.refused[line.sheet.title, line.number], *line.bad, but} - {""}
        try:
            record.full_clean(exclude=exclude)
        except ValidationError as error:
            for name, reasons in error.message_dict.items():
                self._refuse(line, " ".join(reasons), "" if name == "__all__" else name)

    def _judge_lock(self, record: Record, lines: Iterable[Line]) -> None:
        """Leave alone what is being reviewed or locked; publish no draft that the workbook did not bring."""
        why = ""
        if record.workflow_in_progress:
            why = "is being reviewed and cannot be changed now"
        elif record.locked:
            why = "is locked and cannot be changed now"
        elif self.publish and record.live and record.has_unpublished_changes:
            why = "has a draft that would be published, too; publish or discard it first"
        for line in lines if why else ():
            self._refuse(line, f"“{record}” {why}.")

    def _store(self, record: Any, lines: list[Line]) -> None:
        """Store a record as the forms do: a published one keeps its row until its draft is published."""
        try:
            with transaction.atomic():
                if not record.live:
                    record.save()
                revision = record.save_revision(user=self.user, clean=False, log_action=True)
                if self.publish:
                    revision.publish(user=self.user)
        except ValidationError as error:
            self._refuse(lines[0], " ".join(error.messages))
        self.keys.add(record)

    def _refuse(self, line: Line, reason: object, name: str = "") -> None:
        """Note a fault of a line."""
        self.verdicts[line.sheet.title, line.number].kind = REFUSED
        self.refused[line.sheet.title, line.number].add(name)
        self.faults.append(line.fault(reason, name))


def _parents_first(lines: dict[str, Line]) -> Iterator[tuple[str, Line]]:
    """Give the lines of records so that what another line is part of comes before it."""
    done: set[str] = set()
    for start in lines:
        way, slug = [], start
        while slug in lines and slug not in done:
            done.add(slug)
            way.append(slug)
            slug = str(lines[slug].cells.get("part_of") or "").strip()
        for one in reversed(way):
            yield one, lines[one]


def _told(column: Column, plain: Any) -> str:
    """Write a plain value into a sentence, not too long."""
    value = column.cell(plain)
    text = "" if value is None else str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
