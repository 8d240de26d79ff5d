"""What news and events should say, and which answers may be slips."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_lazy as _

from core.completeness import Doubt, Question, lies_ahead, should_answer
from events.choices import Mode
from events.models import EventPage, NewsPage


def closes_after_it_begins(content: dict[str, Any], today: dt.date) -> bool:
    """Tell whether people could still register when the event has begun."""
    start = parse_date(str(content.get("start")))
    closes = parse_datetime(str(content.get("registration_closes")))
    return start is not None and closes is not None and timezone.localdate(closes) > start


def is_somewhere_unnamed(content: dict[str, Any], today: dt.date) -> bool:
    """Tell whether people are to come, and nothing says where to."""
    return content.get("mode") in (Mode.ON_SITE, Mode.HYBRID) and not content.get("city")


should_answer(
    NewsPage,
    Question("issued", _("Without a date it stands behind all other news."), 3, told_in="date_note"),
    Question("sources", _("Without a source nobody can check it."), 2),
    Question("languages", _("Readers cannot tell whether they can read the original.")),
    Doubt(
        "issued",
        _("This day is still to come. Give the day on which it came out."),
        lambda content, today: lies_ahead(content.get("issued"), today),
    ),
)
should_answer(
    EventPage,
    Question("start", _("Without a day it stands behind all other events."), 3, told_in="date_note"),
    Question("mode", _("Readers cannot tell whether they have to travel."), 2),
    Question("language", _("Readers cannot tell whether they would understand.")),
    Question("sources", _("Without a source nobody can check it."), 2),
    Doubt("city", _("People are to come, and nothing says to which town."), is_somewhere_unnamed),
    Doubt(
        "registration_closes",
        _("People could still register when it has begun. Close it the evening before."),
        closes_after_it_begins,
    ),
)
