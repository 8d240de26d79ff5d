"""Dates of which only a part is known."""

import datetime as dt

import pytest

from core.choices import Precision
from core.models import PartialDate


@pytest.mark.parametrize(
    ("text", "words"), [("2022", "2022"), ("2022-03", "March 2022"), ("2022-03-24", "24 March 2022")]
)
def test_a_date_is_written_in_words_as_far_as_it_is_known(text, words):
    date = PartialDate.parse(text)

    assert str(date) == words


@pytest.mark.parametrize("text", ["2022", "2022-03", "2022-03-24"])
def test_a_date_is_written_for_machines_as_far_as_it_is_known(text):
    date = PartialDate.parse(text)

    assert date.iso == text


@pytest.mark.parametrize("text", ["", "22", "2022-3", "2022-13", "2022-02-30", "24.03.2022", "March 22"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match=r"date|month|day|isoformat"):
        PartialDate.parse(text)


def test_the_first_day_stands_for_a_month_or_a_year():
    month, year = PartialDate.parse("2022-03"), PartialDate.parse("2022")

    days = [month.day, year.day]

    assert days == [dt.date(2022, 3, 1), dt.date(2022, 1, 1)]


def test_a_date_is_known_to_the_day_unless_it_says_otherwise():
    date = PartialDate(dt.date(2022, 3, 24))

    assert date.precision == Precision.DAY
