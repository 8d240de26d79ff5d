"""What a list prints a hundred times is escaped, as a template would."""

from typing import Any

from core.cards import Fact
from core.templatetags.rows import facet_options, fact_items

EVIL = '<script>"&'
SAFE = "&lt;script&gt;&quot;&amp;"


def test_the_values_of_a_facet_are_escaped():
    option = {"value": EVIL, "label": EVIL, "id": EVIL, "count": 3, "selected": False, "disabled": False}

    written = facet_options("partner", [option])

    assert EVIL not in written
    assert written.count(SAFE) == 3


def test_a_fact_is_escaped():
    written = fact_items([Fact(EVIL, EVIL)])

    assert EVIL not in written
    assert written.count(SAFE) == 2


def test_a_fact_without_a_value_says_so():
    written = fact_items([Fact("Budget")])

    assert "facts__value--unknown" in written
    assert "unknown</dd>" in written


def test_an_option_tells_its_state():
    options: list[dict[str, Any]] = [
        {"value": "a", "label": "A", "id": "f-a", "count": 2, "selected": True, "disabled": False},
        {"value": "b", "label": "B", "id": "f-b", "count": 0, "selected": False, "disabled": True},
        {"value": "c", "label": "C", "id": "f-c", "count": None, "selected": False, "disabled": False},
    ]

    chosen, empty, uncounted = facet_options("partner", options).strip().split("</label>")[:3]

    assert " checked>" in chosen
    assert " disabled>" in empty
    assert "facet__option--empty" in empty
    assert "facet__count" not in uncounted
