"""A checklist with a reader's answers: read from an address, written into one, compared with today's list."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.exports import harmless
from toolbox.blocks import ChecklistBlock
from toolbox.blocks.checklist import ChecklistValue, short_id
from toolbox.codes import Answer, AnswerCode
from toolbox.models.versions import ChecklistVersion

if TYPE_CHECKING:
    from toolbox.models.tools import ToolPage

LABELS: Mapping[Answer, Any] = {
    Answer.YES: gettext_lazy("Yes"),
    Answer.NO: gettext_lazy("No"),
    Answer.LATER: gettext_lazy("Later"),
    Answer.NOT_APPLICABLE: gettext_lazy("Not applicable"),
    Answer.OPEN: gettext_lazy("Open"),
}
#: The parameters of an address: the code, and what the form sends before it is written as a code.
CODE, VERSION, QUESTION = "a", "v", "q-"


@dataclass
class Sheet:
    """One version of a checklist as a reader fills it in."""

    page: ToolPage
    version: ChecklistVersion
    latest: ChecklistVersion
    answers: dict[str, Answer] = field(default_factory=dict)
    refusal: str = ""

    @cached_property
    def groups(self) -> list[ChecklistValue]:
        """Read the groups of questions as they stood in this version."""
        return ChecklistBlock().bulk_to_python(self.version.groups)

    @property
    def code(self) -> str:
        """Write the answers for an address; nothing where nothing is answered."""
        return str(AnswerCode.of(self.version.number, self.version.ids, self.answers)) if self.answers else ""

    @property
    def address(self) -> str:
        """Give the address that holds the answers."""
        return self.address_of(self.code)

    def address_of(self, code: str) -> str:
        """Give the address of a code."""
        return self.page.get_absolute_url() + (f"?{CODE}={code}" if code else "")

    @property
    def csv_address(self) -> str:
        """Give the address of the file."""
        return self.address + ("&" if self.answers else "?") + "format=csv"

    # --- What the page prints ---------------------------------------------------------------

    def shown(self) -> list[dict[str, Any]]:
        """Lay the groups out with a choice of answers for each question."""
        return [
            {**group.shown, "items": [self._shown(item) for item in group.shown["items"]]}
            for group in self.groups
        ]

    def _shown(self, item: dict[str, Any]) -> dict[str, Any]:
        """Add the choice of answers to a question."""
        said = self.answers.get(item["id"], Answer.OPEN)
        options = [
            {"value": answer.value, "label": label, "selected": answer is said}
            for answer, label in LABELS.items()
        ]
        return {**item, "name": item["anchor"], "options": options}

    @property
    def total(self) -> int:
        """Count the questions."""
        return len(self.version.ids)

    @property
    def progress(self) -> str:
        """Say how far one has come."""
        if not self.answers:
            return _("Nothing answered yet: %(total)s questions.") % {"total": self.total}
        counts = {answer: list(self.answers.values()).count(answer) for answer in LABELS}
        said = [f"{count} {str(LABELS[answer]).lower()}" for answer, count in counts.items() if count]
        values = {"done": len(self.answers), "total": self.total, "said": ", ".join(said)}
        return _("%(done)s of %(total)s answered: %(said)s.") % values

    @property
    def still_open(self) -> list[dict[str, Any]]:
        """List what has no answer yet or was put off."""
        waiting = (Answer.OPEN, Answer.LATER)
        return [
            {
                "label": item["text"],
                "url": f"#{item['anchor']}",
                "later": self.answers.get(item["id"]) is Answer.LATER,
            }
            for group in self.groups
            for item in group.shown["items"]
            if self.answers.get(item["id"], Answer.OPEN) in waiting
        ]

    # --- What changed since -----------------------------------------------------------------

    @property
    def is_old(self) -> bool:
        """Tell whether the list has changed since this version."""
        return self.version.number != self.latest.number

    @property
    def made_on(self) -> str:
        """Write the day of this version."""
        return date_format(self.version.made_on, "j F Y")

    @property
    def changes(self) -> list[str]:
        """Say what changed from this version to today's."""
        before, now = self.version.texts, self.latest.texts
        said = [
            (_("New: “%s”"), [text for one, text in now.items() if one not in before]),
            (_("Taken out: “%s”"), [text for one, text in before.items() if one not in now]),
            (_("Reworded: “%s”"), [text for one, text in now.items() if before.get(one, text) != text]),
        ]
        found = [sentence % text for sentence, texts in said for text in texts]
        return found or [_("The questions are the same; their order or what is said about them has changed.")]

    @property
    def onward(self) -> str:
        """Give the address of today's list with the answers that still have their question."""
        return self.address_of(str(AnswerCode.of(self.latest.number, self.latest.ids, self.answers)))


def sheet_of(page: ToolPage, data: QueryDict) -> Sheet | None:
    """Read a checklist with the answers in an address; nothing for a page without a checklist."""
    groups = page.checklist_groups()
    if not groups:
        return None
    latest = page.versions.order_by("-number").first() if page.pk else None
    if latest is None or latest.groups != groups:
        # An editor's preview shows questions that nobody can have answered yet.
        latest = ChecklistVersion(page=page, number=0, groups=groups)
    empty = Sheet(page, latest, latest)
    try:
        if CODE in data:
            code = AnswerCode.parse(data.get(CODE, ""))
            version = _version(empty, code.version)
            return Sheet(page, version, latest, code.answers(version.ids))
        if VERSION in data:
            version = _version(empty, int(data.get(VERSION, "")))
            return Sheet(page, version, latest, dict(_sent(version, data)))
    except ValueError:
        empty.refusal = _(
            "The answers in this address cannot be read: it was cut or changed on its way, or it belongs to "
            "another checklist. Here is the list without answers."
        )
    return empty


def _version(sheet: Sheet, number: int) -> ChecklistVersion:
    """Find a version of the page; raises ValueError where there is none."""
    if number == sheet.latest.number:
        return sheet.latest
    # The number may be any: the column holds small ones only.
    found = sheet.page.versions.filter(number=number).first() if 0 < number < 32_767 else None
    if found is None:
        raise ValueError("This checklist has no such version.")
    return found


def _sent(version: ChecklistVersion, data: QueryDict) -> Iterator[tuple[str, Answer]]:
    """Read what the form sent; what is no answer counts as open."""
    for one in version.ids:
        sent = data.get(QUESTION + short_id(one), "")
        if sent in LABELS and sent != Answer.OPEN:
            yield one, Answer(sent)


def as_csv(sheet: Sheet) -> HttpResponse:
    """Write the checklist with its answers as a file, with the mark by which spreadsheets know UTF-8."""
    rows = io.StringIO("\ufeff")
    rows.seek(1)
    writer = csv.writer(rows)
    writer.writerow(
        [
            _("Group"),
            _("Question"),
            _("Answer"),
            _("Why it matters"),
            _("To be answered by"),
            _("Learned from"),
        ]
    )
    for group in sheet.groups:
        for item in group.shown["items"]:
            said = LABELS[sheet.answers.get(item["id"], Answer.OPEN)]
            words = (group["title"], item["text"], said, item["why"], item["who"], item["taught_label"])
            writer.writerow([harmless(str(word)) for word in words])
    response = HttpResponse(rows.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{sheet.page.slug}.csv"'
    response["X-Robots-Tag"] = "noindex"
    return response
