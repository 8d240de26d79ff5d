"""The grammar of the answers in the address of a checklist; no Django."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


class Answer(StrEnum):
    """What can be said to a question, by the letter that stands for it in an address."""

    OPEN = "-"
    YES = "y"
    NO = "n"
    LATER = "l"
    NOT_APPLICABLE = "x"


@dataclass(frozen=True, slots=True)
class AnswerCode:
    """The answers to one version of one checklist: ``3.yn-lx.k4zq2a``.

    First the number of the version, then a letter for each question in its order, then a check over both and
    over the ids of the questions. A code of another list, or one that was cut or changed on its way, fails
    the check; so no letter is ever read as the answer to another question.
    """

    GRAMMAR: ClassVar[re.Pattern[str]] = re.compile(r"(0|[1-9][0-9]{0,4})\.([-ynlx]{1,500})\.([a-z2-7]{6})")

    version: int
    letters: str
    check: str

    @classmethod
    def parse(cls, text: str) -> AnswerCode:
        """Read a code; raises ValueError for anything else."""
        found = cls.GRAMMAR.fullmatch(text)
        if found is None:
            raise ValueError("These are no answers to a checklist.")
        return cls(int(found[1]), found[2], found[3])

    @classmethod
    def of(cls, version: int, ids: Sequence[str], answers: Mapping[str, Answer]) -> AnswerCode:
        """Write the answers to the questions of a version, which are told apart by their ids."""
        letters = "".join(answers.get(one, Answer.OPEN) for one in ids)
        return cls(version, letters, _check(version, letters, ids))

    def answers(self, ids: Sequence[str]) -> dict[str, Answer]:
        """Give each answer to its question; raises ValueError where the code is not of these questions."""
        if len(self.letters) != len(ids) or self.check != _check(self.version, self.letters, ids):
            raise ValueError("These answers are not to these questions.")
        pairs = zip(ids, map(Answer, self.letters), strict=True)
        return {one: answer for one, answer in pairs if answer is not Answer.OPEN}

    def __str__(self) -> str:
        return f"{self.version}.{self.letters}.{self.check}"


def _check(version: int, letters: str, ids: Sequence[str]) -> str:
    """Compute six characters that change with the answers, the version and the questions."""
    digest = hashlib.sha256("\n".join((str(version), letters, *ids)).encode()).digest()
    return base64.b32encode(digest)[:6].decode().lower()
