"""What histories and mails say about a second factor."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from core.outbox import post


class Change(models.TextChoices):
    """What can happen to a second factor; the value names the action in histories."""

    ON = "inducci.second_factor.on", gettext_lazy("Second factor switched on")
    OFF = "inducci.second_factor.off", gettext_lazy("Second factor switched off")
    TAKEN_OFF = (
        "inducci.second_factor.taken_off",
        gettext_lazy("Second factor switched off by an administrator"),
    )
    NEW_CODES = "inducci.second_factor.new_codes", gettext_lazy("New one-time codes made")


def tell(change: Change, user: Any, *, by: Any) -> None:
    """Note a change in the history, and mail the person whose second factor it is."""
    log(instance=user, action=change.value, user=by)
    if not user.email:
        return
    link = f"{settings.BASE_URL}{reverse('wagtailadmin_password_reset')}"
    context = {"user": user, "change": change.name, "link": link}
    text = render_to_string("inducci/admin/second_factor/mail.txt", context)
    post(user.email, _("Your account at the InduCCI e-toolbox"), text)
