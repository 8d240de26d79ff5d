"""The people with an account: who invites them, and who may change whose account."""

import logging
import secrets
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from core.outbox import post

log = logging.getLogger(__name__)


def may_manage(user: Any, person: Any) -> bool:
    """Tell whether a person may change another's account; a superuser's is changed by superusers alone.

    Otherwise who changes the e-mail of a superuser could ask for a new password, and be one.
    """
    return user.has_perm("core.change_user") and (user.is_superuser or not person.is_superuser)


def require_manageable(user: Any, people: Iterable[Any]) -> None:
    """Refuse to change accounts among which one is not the person's to change."""
    for person in people:
        if not may_manage(user, person):
            log.warning("%s tried to change the account of %s.", user, person)
            raise PermissionDenied


def invitation_link(user: Any) -> str:
    """Make the link by which a person sets a password; setting one, or signing in, makes it worthless."""
    key = urlsafe_base64_encode(force_bytes(user.pk))
    token = default_token_generator.make_token(user)
    return f"{settings.BASE_URL}{reverse('wagtailadmin_password_reset_confirm', args=[key, token])}"


def invite(user: Any) -> None:
    """Mail a new person the link, through the outbox that tries again where a mail server is down."""
    # A password that nobody knows: so the person may also ask for another link.
    user.set_password(secrets.token_urlsafe(40))
    user.save(update_fields=["password"])
    text = render_to_string(
        "inducci/admin/invitation.txt",
        {
            "user": user,
            "link": invitation_link(user),
            "days": settings.PASSWORD_RESET_TIMEOUT // 86_400,
            "teams": ", ".join(user.groups.order_by("name").values_list("name", flat=True)),
        },
    )
    post(user.email, _("Your account at the InduCCI e-toolbox"), text)
