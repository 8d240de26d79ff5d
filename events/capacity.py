"""Who gets a place on site: pure counting, no database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Capacity:
    """The places of an event, and how many are taken; `seats` is None where there is no limit.

    A share is kept for the partners' delegations as long as they have not filled it themselves.
    """

    seats: int | None
    kept: int = 0
    taken_by_delegations: int = 0
    taken_by_others: int = 0

    def left(self, *, of_delegation: bool) -> int | None:
        """Count the places that somebody may still take."""
        if self.seats is None:
            return None
        delegations = self.taken_by_delegations
        spoken_for = self.taken_by_others + (delegations if of_delegation else max(delegations, self.kept))
        return max(0, self.seats - spoken_for)

    @property
    def left_for_all(self) -> int | None:
        """Count the places that anybody may take."""
        return self.left(of_delegation=False)

    @property
    def left_for_delegations(self) -> int:
        """Count the places that only the partners' delegations may take."""
        return (self.left(of_delegation=True) or 0) - (self.left_for_all or 0)

    def has_room(self, *, of_delegation: bool) -> bool:
        """Tell whether there is a place for somebody."""
        left = self.left(of_delegation=of_delegation)
        return left is None or left > 0

    def with_one_more(self, *, of_delegation: bool) -> Capacity:
        """Give the capacity after somebody took a place."""
        if of_delegation:
            return replace(self, taken_by_delegations=self.taken_by_delegations + 1)
        return replace(self, taken_by_others=self.taken_by_others + 1)

    def moving_up(self, waiting: Iterable[bool]) -> list[int]:
        """Say who of a waiting line moves up, by their places in it; each says whether of a delegation."""
        capacity, moved = self, []
        for place, of_delegation in enumerate(waiting):
            if capacity.has_room(of_delegation=of_delegation):
                capacity = capacity.with_one_more(of_delegation=of_delegation)
                moved.append(place)
        return moved
