"""What test cases and implementations should say, and which answers may be slips."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.completeness import Doubt, Question, is_empty, lies_ahead, should_answer
from pilots.choices import Afterwards, Evidence, Outcome
from pilots.models import Implementation, PilotAction, TestCase

Content = dict[str, Any]


def sums(content: Content) -> list[Decimal]:
    """List the sums that a draft of an implementation names."""
    parts = [*(content.get("money_lines") or ()), *(content.get("investments") or ())]
    return [Decimal(part["euros"]) for part in parts if not is_empty(part.get("euros"))]


def is_free(content: Content, today: dt.date) -> bool:
    """Tell whether a sum is 0, which often stands for unknown."""
    return any(not one for one in sums(content))


def is_silent_about_money(content: Content, today: dt.date) -> bool:
    """Tell whether there is neither a sum nor a word about it."""
    return not sums(content) and is_empty(content.get("money_note"))


def is_all_of_nothing(content: Content, today: dt.date) -> bool:
    """Tell whether nothing is said to be all the money."""
    return bool(content.get("money_is_complete")) and not sums(content)


def has_count_without_source(content: Content, today: dt.date) -> bool:
    """Tell whether a result is counted or measured, and nobody can look it up."""
    results = content.get("results") or ()
    return any(one.get("basis", 0) >= Evidence.E2 and is_empty(one.get("source")) for one in results)


def is_judged_without_result(content: Content, today: dt.date) -> bool:
    """Tell whether somebody says how it went, and nothing shows it."""
    judged = content.get("outcome") in (Outcome.WORKED, Outcome.MIXED, Outcome.FAILED)
    return judged and not content.get("results")


def is_judged_too_early(content: Content, today: dt.date) -> bool:
    """Tell whether what has not begun has an outcome already."""
    judged = content.get("outcome") in (Outcome.WORKED, Outcome.MIXED, Outcome.FAILED)
    return judged and lies_ahead(content.get("start"), today)


def ended_and_runs(content: Content, today: dt.date) -> bool:
    """Tell whether it still runs, and ended after the project."""
    return bool(content.get("ongoing")) and content.get("afterwards") == Afterwards.ENDED


should_answer(
    Implementation,
    Question(
        "money_lines",
        _("Without a budget the case is invisible to every search that sets one."),
        weight=3,
        also=("investments",),
        told_in="money_note",
    ),
    Question(
        "outcome", _("Without an outcome nobody finds it among what worked, or learns from what did not."), 3
    ),
    Question("lead_weeks", _("Without the weeks to a first result it is missing wherever time is short."), 3),
    Question("region", _("Without a region it stands on no map, and no region's page lists it."), 3),
    Question("results", _("Without results its evidence stays at the lowest level: described."), 2),
    Question("start", _("Without a beginning readers cannot tell whether it is old or new."), 2),
    Question("afterwards", _("Readers ask first what became of it when the money ended."), 2),
    Question("helped", _("What helped is what others want to repeat.")),
    Question("hindered", _("What hindered is what others want to avoid.")),
    Question("person_months", _("Without person-months a town cannot plan its people.")),
    Question("place_kind", _("Towns look for places like their own.")),
    Doubt(
        "money_note", _("Write what you know above, or say here that it is unknown."), is_silent_about_money
    ),
    Doubt(
        "money_lines",
        _("0 means that it cost nothing. Take unknown sums out, and say so in the note on the money."),
        is_free,
    ),
    Doubt(
        "money_is_complete",
        _("You say that these are all the sums, but there is none. Add them, or take the tick away."),
        is_all_of_nothing,
    ),
    Doubt(
        "results",
        _("A number without a source convinces nobody. Say in each result where it was counted or read."),
        has_count_without_source,
    ),
    Doubt(
        "outcome",
        _("You say how it went, but nothing here shows it. Add a result, even if it is only your account."),
        is_judged_without_result,
    ),
    Doubt(
        "outcome",
        _("It has not begun yet, but you say how it went. Choose “too early to say”, or mend the beginning."),
        is_judged_too_early,
    ),
    Doubt(
        "afterwards",
        _("It still runs, and it ended after the project: only one of the two can be true."),
        ended_and_runs,
    ),
)
should_answer(
    TestCase,
    Question(
        "minimum_euros",
        _("Without the price of the smallest version, small budgets pass it by."),
        weight=3,
    ),
    Question(
        "main_challenges", _("Without a problem it is on none of the pages that officers start from."), 3
    ),
    Question("interventions", _("Without a method it is missing from every search for one."), 3),
    Question("target_groups", _("Readers cannot tell whether it is for people like theirs."), 2),
    Question("steps", _("Without steps it is a story, and not something to copy."), 2),
    Question("assets", _("Readers cannot tell what they need in place before they begin."), 2),
    Question("transfer_advice", _("Your advice is what another region cannot find elsewhere."), 2),
    Question("core_elements", _("Readers may leave out the one thing that must not change.")),
    Question("verified_on", _("Nobody knows when this was last true.")),
    Question("images", _("A picture shows in a second what it was like.")),
    Doubt(
        "minimum_euros",
        _("0 means that the smallest version costs nothing. Leave it empty where you do not know."),
        lambda content, today: (
            not is_empty(content.get("minimum_euros")) and not Decimal(content["minimum_euros"])
        ),
    ),
    Doubt(
        "verified_on",
        _("This day is still to come. Give the day on which somebody last looked."),
        lambda content, today: lies_ahead(content.get("verified_on"), today),
    ),
)
should_answer(
    PilotAction,
    Question("results", _("The official fact sheet needs the results."), weight=3),
    Question("sustainability", _("The official fact sheet needs what lasts."), 2),
    Question("target_groups", _("The official fact sheet needs the target groups."), 2),
)
