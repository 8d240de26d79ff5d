"""What a person is asked on registering; each answer is judged beside its field."""

from __future__ import annotations

import unicodedata
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from events.choices import Attendance, Audience, Mode
from events.models import EventPage, Registration


class LineField(forms.CharField):
    """One line of words: without line breaks and other marks that nobody sees."""

    def to_python(self, value: Any) -> str:
        """Write the words in their usual form, with single spaces."""
        return " ".join(unicodedata.normalize("NFC", super().to_python(value) or "").split())

    def validate(self, value: str) -> None:
        """Refuse words that hold what cannot be seen, such as a line break in a mail's head."""
        super().validate(value)
        # Cf holds the joiners of emoji and of some scripts, which are fine.
        if any(unicodedata.category(mark) in ("Cc", "Cs", "Co", "Cn") for mark in value):
            raise ValidationError(_("This holds a character that cannot be printed."))

    def clean(self, value: Any) -> str:
        """Judge what was sent before the line breaks are taken out of it."""
        if isinstance(value, str) and any(mark in value.strip() for mark in "\r\n\0"):
            raise ValidationError(_("Please write this on one line."))
        return str(super().clean(value))


class DetailsForm(forms.Form):
    """What a person may change later."""

    name = LineField(label=_("Name"), max_length=100)
    organisation = LineField(label=_("Organisation"), max_length=150)
    attendance = forms.ChoiceField(
        label=_("How do you take part?"), choices=Attendance, widget=forms.RadioSelect
    )
    needs = LineField(
        label=_("What do you need?"),
        max_length=300,
        required=False,
        help_text=_("Access, diet, anything else. Only the organiser reads it. You may leave it empty."),
    )

    autocompletes: ClassVar[dict[str, str]] = {
        "name": "name",
        "organisation": "organization",
        "email": "email",
        "needs": "off",
        "code": "off",
    }

    def __init__(self, *args: Any, event: EventPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        offered = {Mode.ON_SITE: [Attendance.ON_SITE], Mode.ONLINE: [Attendance.ONLINE]}
        choices = offered.get(Mode(event.mode), list(Attendance))
        self.fields["attendance"].choices = [(one.value, one.label) for one in choices]  # type: ignore[attr-defined]  # a ChoiceField
        if len(choices) == 1:
            self.fields["attendance"].initial = choices[0].value
        for name, token in self.autocompletes.items():
            if name in self.fields:
                self.fields[name].widget.attrs["autocomplete"] = token


class RegistrationForm(DetailsForm):
    """What a person is asked on registering."""

    field_order = ("name", "organisation", "email", "attendance", "code", "needs", "consent")

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    code = LineField(
        label=_("Code of a partner's delegation"),
        max_length=40,
        required=False,
        help_text=_(
            "If a partner of the project gave you one. Some places on site are kept for delegations."
        ),
    )
    consent = forms.BooleanField(
        label=_("My data may be used to organise this event."),
        error_messages={
            "required": _("Without your consent we may not keep your data, so we cannot register you.")
        },
    )
    # People do not see this field; programs fill it in.
    website = forms.CharField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.event.partner_seats or self.event.mode == Mode.ONLINE:
            del self.fields["code"]

    def clean_code(self) -> str:
        """Refuse a code that is not the event's."""
        code = str(self.cleaned_data["code"])
        if code and not constant_time_compare(code.casefold(), self.event.delegation_code.casefold()):
            raise ValidationError(
                _("This is not the code of a delegation. Ask the partner, or leave it empty.")
            )
        return code

    @property
    def is_of_a_program(self) -> bool:
        """Tell whether the field was filled in that no person sees."""
        return bool(self.data.get("website"))

    def values(self) -> dict[str, Any]:
        """Give what is stored."""
        kept = {
            name: self.cleaned_data[name] for name in ("name", "organisation", "email", "attendance", "needs")
        }
        return {**kept, "of_delegation": bool(self.cleaned_data.get("code"))}


class LinkForm(forms.Form):
    """The address to which a new link is to be sent."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("The address with which you registered."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class MailingForm(forms.Form):
    """What an organiser writes to the people who registered."""

    audience = forms.ChoiceField(label=_("To"), choices=Audience)
    subject = LineField(label=_("Subject"), max_length=120)
    text = forms.CharField(label=_("Text"), max_length=5000, widget=forms.Textarea(attrs={"rows": 12}))
    key = forms.UUIDField(widget=forms.HiddenInput)


def details_of(registration: Registration) -> dict[str, Any]:
    """Give what a person said, for the form in which it can be changed."""
    return {name: getattr(registration, name) for name in DetailsForm.base_fields}
