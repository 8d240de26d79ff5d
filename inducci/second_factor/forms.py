"""The forms that ask for a code."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.auth import LoginForm

from inducci.second_factor.devices import has_second_factor, judge


class CodeField(forms.CharField):
    """A code from an app, or a one-time code; spaces do not matter."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        super().__init__(**{"max_length": 20, "widget": forms.TextInput(attrs=attrs), **kwargs})


class SignInForm(LoginForm):
    """Name, password and, from who uses one, a code.

    Only who gave the right password learns that a code is missing or wrong.
    """

    code = CodeField(label=gettext_lazy("Code from your app, if you use one"), required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for the code after the password was right."""
        cleaned: dict[str, Any] = super().clean()
        user = self.get_user()
        if user is not None and "code" in cleaned and has_second_factor(user):
            try:
                user.otp_device = self._judged(user, cleaned["code"])
            except ValidationError as refusal:
                self.add_error("code", refusal)
        return cleaned

    def _judged(self, user: Any, code: str) -> Any:
        """Give the device that takes the code; a wrong one counts as a wrong password does."""
        if not code:
            raise ValidationError(
                _("Give your password once more, and a code from your app or one of your one-time codes.")
            )
        try:
            return judge(user, code)
        except ValidationError as refusal:
            if refusal.code == "wrong":
                credentials = {"username": user.get_username()}
                user_login_failed.send(__name__, credentials=credentials, request=self.request)
            raise


class CodeForm(forms.Form):
    """A code, before something about the second factor is changed."""

    code = CodeField(label=gettext_lazy("Code from your app, or a one-time code"))


class SetUpForm(CodeForm):
    """The first code of an app, which shows that it has the key."""

    code = CodeField(label=gettext_lazy("Code that the app shows now"))
