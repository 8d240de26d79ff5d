"""What a record lacks, what that costs, what is doubtful in it, and how complete it is.

An app's `completeness.py` lists the questions that its records should answer, each with what readers lose
without the answer, and the doubts that an answer may raise. A record is as complete as the answered questions
weigh among all; drafts count.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RULE = _(
    "A record is as complete as the questions it answers: what a search or a comparison needs counts three, "
    "what a reader asks for counts two, the rest counts one. Drafts count, too."
)


def is_empty(answer: Any) -> bool:
    """Tell whether an answer is missing, or says that nothing is known; 0 is an answer."""
    return answer is None or answer is False or answer in ("", [], "[]", "unknown")


@dataclass(frozen=True, slots=True)
class Question:
    """A field that should be filled, what its lack costs, and how much that weighs (3 to 1).

    An answer in one of the fields `also` will do. Who says in the field `told_in` that nobody knows is not
    asked again; readers lack the answer all the same, so the record is no more complete by it.
    """

    field: str
    cost: str | Promise
    weight: int = 1
    also: tuple[str, ...] = ()
    told_in: str = ""

    def is_open(self, content: dict[str, Any]) -> bool:
        """Tell whether the fields are empty, or say that nothing is known."""
        return all(is_empty(content.get(name)) for name in (self.field, *self.also))

    def is_told(self, content: dict[str, Any]) -> bool:
        """Tell whether somebody wrote why there is no answer."""
        return bool(self.told_in) and not is_empty(content.get(self.told_in))


@dataclass(frozen=True, slots=True)
class Doubt:
    """A field that may hold a slip, what to think of, and when: judged by what a draft says, and the day."""

    field: str
    advice: str | Promise
    arises: Callable[[dict[str, Any], dt.date], bool]


def lies_ahead(day: str | None, today: dt.date) -> bool:
    """Tell whether a day, as drafts store it, is still to come."""
    return bool(day) and dt.date.fromisoformat(str(day)) > today


_questions: dict[type[models.Model], list[Question]] = defaultdict(list)
_doubts: dict[type[models.Model], list[Doubt]] = defaultdict(list)


def should_answer(model: type[models.Model], *asked: Question | Doubt) -> None:
    """List the questions that a kind of record should answer, and the doubts that it may raise."""
    _questions[model].extend(one for one in asked if isinstance(one, Question))
    _doubts[model].extend(one for one in asked if isinstance(one, Doubt))


def questions_for(model: type[models.Model]) -> list[Question]:
    """Give the questions that a kind of record should answer, those that weigh most first."""
    return sorted(_questions[model], key=lambda question: -question.weight)


def doubts_about(
    model: type[models.Model], content: dict[str, Any], today: dt.date
) -> list[tuple[str, str | Promise]]:
    """List what is doubtful in a draft, each with its field: slips, and what a review would not be given."""
    found = [(doubt.field, doubt.advice) for doubt in _doubts[model] if doubt.arises(content, today)]
    refusals = getattr(model, "refusals", None)
    refused = refusals(content) if refusals else {}
    return found + [(name, words) for name, words in refused.items() if not is_empty(content.get(name))]


def content_of(record: Any) -> dict[str, Any]:
    """Give what a record says in its latest draft, as drafts are stored; a new record says nothing."""
    if record.pk is None:
        return {}
    if record.latest_revision:
        drafted: dict[str, Any] = record.latest_revision.content
        return drafted
    stored: dict[str, Any] = json.loads(json.dumps(record.serializable_data(), cls=DjangoJSONEncoder))
    return stored


def open_questions(record: Any) -> list[Question]:
    """List what a record lacks and does not say to be unknown, what costs most first."""
    content = content_of(record)
    return [one for one in questions_for(type(record)) if one.is_open(content) and not one.is_told(content)]


def completeness(record: Any) -> int:
    """Give how complete a record is, in per cent."""
    content, questions = content_of(record), questions_for(type(record))
    asked = sum(question.weight for question in questions)
    lacking = sum(question.weight for question in questions if question.is_open(content))
    return round(100 * (asked - lacking) / asked) if asked else 100
