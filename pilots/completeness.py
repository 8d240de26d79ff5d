"""What test cases and implementations should say."""

from django.utils.translation import gettext_lazy as _

from core.completeness import Question, should_answer
from pilots.models import Implementation, PilotAction, TestCase

should_answer(
    Implementation,
    Question(
        "money_lines", _("Without a budget the case is invisible to every search that sets one."), weight=3
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
)
should_answer(
    PilotAction,
    Question("results", _("The official fact sheet needs the results."), weight=3),
    Question("sustainability", _("The official fact sheet needs what lasts."), 2),
    Question("target_groups", _("The official fact sheet needs the target groups."), 2),
)
