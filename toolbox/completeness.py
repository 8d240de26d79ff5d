"""What a toolbox item should say, and which answers may be slips."""

from django.utils.translation import gettext_lazy as _

from core.completeness import Doubt, Question, lies_ahead, should_answer
from toolbox.models import ToolPage

should_answer(
    ToolPage,
    Question("challenges", _("Without a problem it is on none of the pages that officers start from."), 3),
    Question("test_cases", _("Without a test case readers cannot see what it was learned from."), 2),
    Question("sources", _("Without a source nobody can check it."), 2),
    Question("target_groups", _("Readers cannot tell whether it is for people like theirs.")),
    Question("verified_on", _("Nobody knows when this was last true.")),
    Doubt(
        "verified_on",
        _("This day is still to come. Give the day on which somebody last looked."),
        lambda content, today: lies_ahead(content.get("verified_on"), today),
    ),
)
