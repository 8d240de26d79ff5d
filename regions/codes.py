"""The grammar of NUTS codes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, order=True)
class NutsCode:
    """A NUTS code: two letters for the country, then one character per level.

    Source: Regulation (EC) 1059/2003. Raises ValueError for anything else.
    """

    GRAMMAR: ClassVar[str] = r"^[A-Z]{2}[0-9A-Z]{0,3}$"

    value: str

    def __post_init__(self) -> None:
        """Refuse what is not a code."""
        if not re.fullmatch(r"[A-Z]{2}[0-9A-Z]{0,3}", self.value, re.ASCII):
            raise ValueError(
                f"{self.value!r} is not a NUTS code: two capital letters, then up to three letters or digits."
            )

    def __str__(self) -> str:
        return self.value

    @property
    def level(self) -> int:
        """Tell the level: 0 for a country, 3 for the smallest regions."""
        return len(self.value) - 2

    @property
    def country(self) -> NutsCode:
        """Give the country the region lies in."""
        return NutsCode(self.value[:2])

    @property
    def parent(self) -> NutsCode | None:
        """Give the region one level up, or nothing for a country."""
        return NutsCode(self.value[:-1]) if self.level else None

    @property
    def ancestors(self) -> tuple[NutsCode, ...]:
        """List the regions around this one, the country first."""
        return tuple(NutsCode(self.value[:end]) for end in range(2, len(self.value)))

    def contains(self, other: NutsCode) -> bool:
        """Tell whether another region is this one or lies in it."""
        return other.value.startswith(self.value)
