"""What an output's record should say, and which answers may be slips."""

from django.utils.translation import gettext_lazy as _

from core.completeness import Doubt, Question, lies_ahead, should_answer
from outputs.models import Output

should_answer(
    Output,
    Question("files", _("Without a file the record says “no file yet”, and nobody can read it."), weight=3),
    Question("languages", _("Without a language it is missing from every search by language."), 3),
    Question("kind", _("Without a kind it is missing from every search by kind."), 2),
    Question("regions", _("Without a region no region's page lists it."), 2),
    Question("delivered", _("Without a date readers cannot tell whether it is old or new.")),
    Doubt(
        "delivered",
        _("This day is still to come. Leave it empty until the paper is handed in."),
        lambda content, today: lies_ahead(content.get("delivered"), today),
    ),
)
