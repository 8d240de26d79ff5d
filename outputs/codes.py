"""The grammar of output and deliverable codes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, order=True)
class OutputCode:
    """The code of an output (O.T2.1) or of a deliverable (D.T2.3.5, also written T2.3.5).

    Source: numbering of Interreg CENTRAL EUROPE 2014-2020: work package, activity, item.
    Raises ValueError for anything else.
    """

    GRAMMAR: ClassVar[str] = r"^(O\.T[1-9]\.[1-9][0-9]?|(D\.)?T[1-9]\.[1-9][0-9]?\.[1-9][0-9]?)$"

    value: str

    def __post_init__(self) -> None:
        """Refuse what is not a code."""
        if not re.fullmatch(self.GRAMMAR, self.value, re.ASCII):
            raise ValueError(f"{self.value!r} is not a code like O.T2.1 or T2.3.5.")

    def __str__(self) -> str:
        return self.value

    @property
    def is_output(self) -> bool:
        """Tell an output from a deliverable."""
        return self.value.startswith("O.")

    @property
    def work_package(self) -> str:
        """Give the work package: T2."""
        return self.value.removeprefix("O.").removeprefix("D.").split(".")[0]

    @property
    def short(self) -> str:
        """Give the code as the documents print it: T2.3.5 for D.T2.3.5."""
        return self.value.removeprefix("D.")
