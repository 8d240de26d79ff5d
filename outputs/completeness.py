"""What an output's record should say."""

from django.utils.translation import gettext_lazy as _

from core.completeness import Question, should_answer
from outputs.models import Output

should_answer(
    Output,
    Question("files", _("Without a file the record says “no file yet”, and nobody can read it."), weight=3),
    Question("languages", _("Without a language it is missing from every search by language."), 3),
    Question("kind", _("Without a kind it is missing from every search by kind."), 2),
    Question("regions", _("Without a region no region's page lists it."), 2),
    Question("delivered", _("Without a date readers cannot tell whether it is old or new.")),
)
