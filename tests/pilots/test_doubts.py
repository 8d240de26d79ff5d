"""What a form says about answers that may be slips: judged by what a draft says, without a database."""

import datetime as dt

import pytest

from core.completeness import Question, doubts_about, is_empty, questions_for
from events.models import EventPage, NewsPage
from outputs.models import Output
from partners.models import Partner
from pilots.models import Implementation, TestCase
from toolbox.models import ToolPage

TODAY = dt.date(2026, 5, 1)
SPENT = {"money_lines": [{"euros": "500.00"}]}


def doubted(model, **content):
    """List the fields in which something is doubtful."""
    return [name for name, _ in doubts_about(model, content, TODAY)]


@pytest.mark.parametrize(
    ("model", "content", "fields"),
    [
        (Implementation, {}, ["money_note"]),
        (Implementation, {"money_note": "Nobody knows."}, []),
        (Implementation, SPENT, []),
        (Implementation, {"investments": [{"euros": "9.00"}]}, []),
        (Implementation, {"money_lines": [{"euros": "0.00"}]}, ["money_lines"]),
        (Implementation, {"money_note": "Unknown.", "money_is_complete": True}, ["money_is_complete"]),
        (Implementation, {**SPENT, "money_is_complete": True}, []),
        (Implementation, {**SPENT, "results": [{"basis": 2, "source": ""}]}, ["results"]),
        (Implementation, {**SPENT, "results": [{"basis": 2, "source": "A list"}]}, []),
        (Implementation, {**SPENT, "results": [{"basis": 1, "source": ""}]}, []),
        (Implementation, {**SPENT, "outcome": "worked"}, ["outcome"]),
        (Implementation, {**SPENT, "outcome": "worked", "results": [{"basis": 1}]}, []),
        (Implementation, {**SPENT, "outcome": "early"}, []),
        (Implementation, {**SPENT, "outcome": "early", "start": "2026-06-01"}, []),
        (Implementation, {**SPENT, "ongoing": True, "afterwards": "ended"}, ["afterwards"]),
        (Implementation, {**SPENT, "ongoing": True, "afterwards": "continues"}, []),
        (TestCase, {"minimum_euros": "0.00"}, ["minimum_euros"]),
        (TestCase, {"minimum_euros": "5.00"}, []),
        (TestCase, {"verified_on": "2026-05-02"}, ["verified_on"]),
        (TestCase, {"verified_on": "2026-05-01"}, []),
        (TestCase, {"main_challenges": [1, 2]}, []),
        (TestCase, {"main_challenges": [1, 2, 3]}, ["main_challenges"]),
        (TestCase, {"also_challenges": [1, 2, 3, 4]}, []),
        (TestCase, {"also_challenges": [1, 2, 3, 4, 5]}, ["also_challenges"]),
        (TestCase, {"main_challenges": [1], "also_challenges": [1]}, ["also_challenges"]),
        (Output, {"delivered": "2026-05-02"}, ["delivered"]),
        (ToolPage, {"verified_on": "2026-05-02"}, ["verified_on"]),
        (NewsPage, {"issued": "2026-05-02"}, ["issued"]),
        (NewsPage, {"issued": "2026-05-01"}, []),
        (EventPage, {"mode": "on-site", "city": ""}, ["city"]),
        (EventPage, {"mode": "hybrid", "city": "Kortrijk"}, []),
        (EventPage, {"mode": "online", "city": ""}, []),
        (
            EventPage,
            {"start": "2026-05-02", "registration_closes": "2026-05-02T22:00:00Z"},
            ["registration_closes"],
        ),
        (EventPage, {"start": "2026-05-02", "registration_closes": "2026-05-02T21:59:00Z"}, []),
        (EventPage, {"start": "2026-05-02", "registration_closes": None}, []),
        (Partner, {"email": "info@example.org"}, []),
        (Partner, {"email": "europe.office@example.org"}, []),
        (Partner, {"email": "first.last@example.org"}, ["email"]),
        (Partner, {"email": "f-last@example.org"}, ["email"]),
    ],
)
def test_a_form_doubts_what_may_be_a_slip_and_nothing_else(model, content, fields):
    assert doubted(model, **content) == fields


def test_what_has_not_begun_is_doubted_to_have_worked():
    results = [{"basis": 1}]

    fields = doubted(Implementation, **SPENT, results=results, outcome="worked", start="2026-05-02")

    assert fields == ["outcome"]


def money() -> Question:
    """Give the question about the money of an implementation."""
    return next(one for one in questions_for(Implementation) if one.field == "money_lines")


def test_an_investment_answers_the_question_about_money():
    content = {"money_lines": [], "investments": [{"euros": "9.00"}]}

    assert not money().is_open(content)


def test_who_says_that_the_money_is_unknown_is_not_asked_again_and_the_answer_is_missing_still():
    content = {"money_lines": [], "money_note": "Nobody knows."}

    assert (money().is_open(content), money().is_told(content)) == (True, True)


@pytest.mark.parametrize(
    ("answer", "empty"),
    [
        (None, True),
        ("", True),
        ("unknown", True),
        (False, True),
        ([], True),
        ("[]", True),
        (0, False),
        ("0", False),
    ],
)
def test_nought_is_an_answer(answer, empty):
    assert is_empty(answer) == empty
