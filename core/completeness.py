"""What a record lacks, what that costs, and how complete it is.

An app's `completeness.py` lists the questions that its records should answer, each with what readers lose
without the answer. A record is as complete as the answered questions weigh among all; drafts count.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RULE = _(
    "A record is as complete as the questions it answers: what a search or a comparison needs counts three, "
    "what a reader asks for counts two, the rest counts one. Drafts count, too."
)
EMPTY: tuple[Any, ...] = (None, "", [], "[]", "unknown", False)


@dataclass(frozen=True, slots=True)
class Question:
    """A field that should be filled, what its lack costs, and how much that weighs (3 to 1)."""

    field: str
    cost: str | Promise
    weight: int = 1

    def is_open(self, content: dict[str, Any]) -> bool:
        """Tell whether the field is empty, or says that nothing is known."""
        return content.get(self.field) in EMPTY


_questions: dict[type[models.Model], list[Question]] = defaultdict(list)


def should_answer(model: type[models.Model], *questions: Question) -> None:
    """List the questions that a kind of record should answer."""
    _questions[model].extend(questions)


def questions_for(model: type[models.Model]) -> list[Question]:
    """Give the questions that a kind of record should answer, those that weigh most first."""
    return sorted(_questions[model], key=lambda question: -question.weight)


def content_of(record: Any) -> dict[str, Any]:
    """Give what a record says in its latest draft."""
    content: dict[str, Any] = (
        record.latest_revision.content if record.latest_revision else record.serializable_data()
    )
    return content


def open_questions(record: Any) -> list[Question]:
    """List what a record lacks, what costs most first."""
    content = content_of(record)
    return [question for question in questions_for(type(record)) if question.is_open(content)]


def completeness(record: Any) -> int:
    """Give how complete a record is, in per cent."""
    asked = sum(question.weight for question in questions_for(type(record)))
    lacking = sum(question.weight for question in open_questions(record))
    return round(100 * (asked - lacking) / asked) if asked else 100
