"""What a partner's record should say, and which answers may be slips."""

import datetime as dt
import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.completeness import Doubt, Question, should_answer
from partners.models import Partner

#: Two words before the @, as in first.last@ or f.last@, unless one of them names an office.
NAMES = re.compile(r"[^\W\d_]+[._-][^\W\d_]+@")
OFFICES = re.compile(
    r"info|office|contact|mail|post|proje[ck]t|europ|team|press|service|secret|sekret|economic|culture|creative",
    re.IGNORECASE,
)


def is_of_a_person(content: dict[str, Any], today: dt.date) -> bool:
    """Tell whether the mailbox looks like somebody's own."""
    address = content.get("email") or ""
    return bool(NAMES.match(address)) and not OFFICES.search(address.partition("@")[0])


should_answer(
    Partner,
    Question("email", _("Without a role mailbox readers have nobody to ask."), weight=3),
    Question("summary", _("Readers do not learn who you are."), 3),
    Question("website", _("Readers cannot look further."), 2),
    Question("part_in_project", _("Readers do not learn what you did in the project."), 2),
    Question("native_name", _("Who knows you by your own name does not find you.")),
    Doubt(
        "email",
        _("This looks like a person's address. Give a mailbox of the organisation, such as info@…"),
        is_of_a_person,
    ),
)
