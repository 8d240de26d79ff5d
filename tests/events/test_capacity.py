"""Who gets a place on site."""

import pytest

from events.capacity import Capacity


@pytest.mark.parametrize(
    ("seats", "kept", "delegations", "others", "left_for_all", "left_for_delegations"),
    [
        (None, 0, 50, 50, None, None),
        (0, 0, 0, 0, 0, 0),
        (10, 0, 0, 0, 10, 10),
        (10, 4, 0, 0, 6, 10),
        (10, 4, 0, 6, 0, 4),
        (10, 4, 4, 5, 1, 1),
        (10, 4, 7, 0, 3, 3),
        (10, 4, 5, 5, 0, 0),
        (5, 5, 0, 0, 0, 5),
        (3, 2, 4, 4, 0, 0),
    ],
)
def test_a_share_is_kept_until_the_delegations_have_filled_it(
    seats, kept, delegations, others, left_for_all, left_for_delegations
):
    capacity = Capacity(seats, kept, delegations, others)

    assert capacity.left(of_delegation=False) == left_for_all
    assert capacity.left(of_delegation=True) == left_for_delegations


def test_the_line_moves_up_in_its_order_and_passes_nobody_who_fits():
    capacity = Capacity(seats=10, kept=2, taken_by_delegations=0, taken_by_others=7)

    moved = capacity.moving_up([False, False, True, False, True, True])

    assert moved == [0, 2, 4]
