"""What a partner's record should say."""

from django.utils.translation import gettext_lazy as _

from core.completeness import Question, should_answer
from partners.models import Partner

should_answer(
    Partner,
    Question("email", _("Without a role mailbox readers have nobody to ask."), weight=3),
    Question("summary", _("Readers do not learn who you are."), 3),
    Question("website", _("Readers cannot look further."), 2),
    Question("part_in_project", _("Readers do not learn what you did in the project."), 2),
    Question("native_name", _("Who knows you by your own name does not find you.")),
)
