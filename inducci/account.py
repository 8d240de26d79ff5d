"""The page of one's own account, in plain words and without what serves nothing here."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.account import NotificationPreferencesForm, ThemePreferencesForm
from wagtail.admin.views import account
from wagtail.users.models import UserProfile

from inducci.second_factor.devices import has_second_factor


class MailForm(NotificationPreferencesForm):
    """Which mails a person gets."""

    class Meta(NotificationPreferencesForm.Meta):
        labels: ClassVar = {
            "submitted_notifications": _("A text waits for review"),
            "approved_notifications": _("A text of yours is approved"),
            "rejected_notifications": _("A text of yours comes back"),
            "updated_comments_notifications": _("Somebody comments on a text that you follow"),
        }
        help_texts: ClassVar = dict.fromkeys(labels, "")


class LookForm(ThemePreferencesForm):
    """How the admin looks."""

    class Meta(ThemePreferencesForm.Meta):
        labels: ClassVar = {"theme": _("Light or dark"), "density": _("Room between lines")}
        help_texts: ClassVar = {
            "keyboard_shortcuts": _(
                "Keys for saving and previewing. Switch them off if they get in your way."
            )
        }


class MailPanel(account.NotificationsSettingsPanel):
    """Which mails a person gets."""

    title = _("Mail me when")
    tab = account.SettingsTab("mails", _("Mails"), order=200)
    form_class = MailForm


class LookPanel(account.ThemeSettingsPanel):
    """How the admin looks."""

    title = _("Look")
    order = 520
    form_class = LookForm


class SecondFactorPanel(account.BaseSettingsPanel):
    """Says whether a second factor is on, and leads to its page."""

    name = "second_factor"
    title = _("Second factor")
    order = 510
    template_name = "inducci/admin/second_factor/panel.html"

    def get_form(self) -> forms.Form:
        """Give an empty form: what is changed is changed on a page of its own."""
        return forms.Form()

    def get_context_data(self) -> dict[str, Any]:
        """Tell whether it is on."""
        return {"is_on": has_second_factor(self.user)}


PLAIN: dict[type[Any], type[Any] | None] = {
    # Our checks of pictures would not see it, and no page shows it.
    account.AvatarSettingsPanel: None,
    account.NotificationsSettingsPanel: MailPanel,
    account.ThemeSettingsPanel: LookPanel,
}


class AccountView(account.AccountView):
    """A person's name, password, second factor, look and mails."""

    page_title = _("Your account")

    def get_panels(self) -> list[Any]:
        """Put plain words in the place of Wagtail's, and add the second factor."""
        person = (self.request, self.request.user, UserProfile.get_for_user(self.request.user))
        kept = [PLAIN.get(type(panel), type(panel)) for panel in super().get_panels()]
        return [panel(*person) for panel in (*kept, SecondFactorPanel) if panel]
