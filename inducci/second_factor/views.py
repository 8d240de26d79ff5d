"""The page on which a person switches the second factor on and off, and the one for who lost it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters
from django_otp import login
from django_otp.plugins.otp_totp.models import default_key
from wagtail.admin.utils import get_user_display_name

from core.models import User
from core.pdf import qr_code
from inducci.people import require_manageable
from inducci.second_factor import devices
from inducci.second_factor.forms import CodeForm, SetUpForm
from inducci.second_factor.telling import Change, tell

# Where the key waits until the first code shows that an app has it.
KEY = "second_factor_key"


@method_decorator(sensitive_post_parameters(), name="dispatch")
class SecondFactorView(View):
    """A person's own second factor: set it up, make new one-time codes, switch it off."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what can be done."""
        if devices.has_second_factor(request.user):
            return self._manage(CodeForm())
        return self._set_up(SetUpForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Do it, if the code is right."""
        if not devices.has_second_factor(request.user):
            return self._switch_on(SetUpForm(request.POST))
        form = CodeForm(request.POST)
        if not form.is_valid():
            return self._manage(form)
        try:
            devices.judge(request.user, form.cleaned_data["code"])
        except ValidationError as refusal:
            form.add_error("code", refusal)
            return self._manage(form)
        if request.POST.get("action") == "off":
            return self._switch_off()
        tell(Change.NEW_CODES, request.user, by=request.user)
        return self._codes()

    def _switch_on(self, form: SetUpForm) -> HttpResponse:
        """Switch it on, count the present session as proved, and show the one-time codes."""
        if not form.is_valid():
            return self._set_up(form)
        device = devices.switch_on(self.request.user, self._key(), form.cleaned_data["code"])
        if device is None:
            form.add_error("code", _("This is no code of this key. Take the one that the app shows now."))
            return self._set_up(form)
        login(self.request, device)
        self.request.session.cycle_key()
        del self.request.session[KEY]
        tell(Change.ON, self.request.user, by=self.request.user)
        messages.success(self.request, _("Your second factor is switched on."))
        return self._codes()

    def _switch_off(self) -> HttpResponse:
        """Switch it off."""
        devices.switch_off(self.request.user)
        tell(Change.OFF, self.request.user, by=self.request.user)
        messages.success(self.request, _("Your second factor is switched off."))
        return redirect("wagtailadmin_account")

    def _key(self) -> str:
        """Give the key of this session: who loads the page anew need not scan anew."""
        return str(self.request.session.setdefault(KEY, default_key()))

    def _set_up(self, form: SetUpForm) -> HttpResponse:
        """Show the key to an app, and ask for its first code."""
        key, user = self._key(), self.request.user
        address = devices.app_address(user, key)
        context = {"qr_code": qr_code(address), "address": address, "key": devices.readable(key)}
        return self._page("set_up", form=form, **context)

    def _manage(self, form: CodeForm) -> HttpResponse:
        """Show what is on."""
        return self._page("manage", form=form, codes_left=devices.codes_left(self.request.user))

    def _codes(self) -> HttpResponse:
        """Make one-time codes and show them, this once."""
        return self._page("codes", codes=devices.new_codes(self.request.user))

    def _page(self, name: str, **context: Any) -> HttpResponse:
        """Draw a page below the account."""
        parent = {"url": reverse("wagtailadmin_account"), "label": _("Your account")}
        return page(self.request, name, _("Second factor"), parent, **context)


class TakeOffView(View):
    """An administrator helps somebody whose telephone and one-time codes are gone."""

    def dispatch(self, request: HttpRequest, *args: Any, pk: int, **kwargs: Any) -> Any:
        """Let administrators in alone; for their own they have the page of their account."""
        self.person = get_object_or_404(User, pk=pk)
        if self.person == request.user:
            raise Http404
        require_manageable(request.user, [self.person])
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask once more."""
        parent = {"url": reverse("wagtailusers_users:index"), "label": _("Users")}
        is_on = devices.has_second_factor(self.person)
        return page(request, "take_off", _("Second factor"), parent, person=self.person, is_on=is_on)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Switch the person's second factor off, note who did it, and tell the person."""
        if devices.has_second_factor(self.person):
            devices.switch_off(self.person)
            tell(Change.TAKEN_OFF, self.person, by=request.user)
            said = _("The second factor of %s is switched off.")
            messages.success(request, said % get_user_display_name(self.person))
        return redirect("wagtailusers_users:index")


def page(request: HttpRequest, name: str, title: str, parent: dict[str, str], **context: Any) -> HttpResponse:
    """Draw a page of the admin about a second factor."""
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        parent,
        {"url": "", "label": title},
    ]
    context |= {"header_title": title, "page_title": title, "header_icon": "key", "breadcrumbs_items": crumbs}
    return TemplateResponse(request, f"inducci/admin/second_factor/{name}.html", context)
