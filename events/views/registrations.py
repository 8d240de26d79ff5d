"""Registering for an event, and what the mailed links lead to.

These pages set no cookie. Their forms need no token against foreign sites: nobody is signed in, so there is
nothing that a foreign site could do in somebody's name (docs/decisions/0019).
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from events import registering
from events.choices import Phase
from events.forms import DetailsForm, LinkForm, RegistrationForm, details_of
from events.limits import is_too_often
from events.links import Purpose, key_in, link_to
from events.models import EventPage, Registration
from events.registering import RegistrationError, why_not


@method_decorator([csrf_exempt, never_cache], name="dispatch")
class PersonalView(View):
    """A page for one person: kept by no cache and no search engine, its address told to no other site."""

    http_method_names = ("get", "head", "post", "options")
    event: EventPage

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the event, and close the page to caches, engines and other sites."""
        self.event = get_object_or_404(EventPage.objects.visible(), slug=kwargs["slug"])
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def page(self, name: str, status: int = 200, **context: Any) -> HttpResponse:
        """Draw a page about the event."""
        return TemplateResponse(
            self.request, f"events/{name}.html", {"event": self.event, **context}, status=status
        )

    def too_often(self) -> HttpResponse:
        """Ask for patience."""
        text = _("Too many tries came from your network within an hour. Please try again later.")
        return self.page("message", 429, heading=_("Please wait a little"), text=text)


class RegisterView(PersonalView):
    """The form in which one registers."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the form, or say why there is none."""
        return self.form_page(RegistrationForm(event=self.event))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Register, or show the form again with what is wrong beside its fields."""
        form = RegistrationForm(request.POST, event=self.event)
        if form.is_of_a_program:
            return self.sent()
        if is_too_often(request, "register"):
            return self.too_often()
        if not form.is_valid():
            return self.form_page(form, 200 if self.event.phase(timezone.now()) is Phase.OPEN else 409)
        try:
            registering.register(self.event, form.values(), timezone.now())
        except RegistrationError as refusal:
            form.add_error(refusal.field or None, refusal.sentence)
            return self.form_page(form, 409)
        return self.sent()

    def sent(self) -> HttpResponse:
        """Lead to the page that asks to look into the mailbox."""
        return HttpResponseRedirect(reverse("events:sent", args=[self.event.slug]), status=303)

    def form_page(self, form: RegistrationForm, status: int = 200) -> HttpResponse:
        """Show the form, if registration is open."""
        phase = self.event.phase(timezone.now())
        if phase is Phase.OPEN:
            return self.page("register", status, form=form, capacity=self.event.capacity())
        opens = self.event.opens_local if phase is Phase.EARLY else None
        return self.page("register", status, closed=why_not(phase), opens=opens)


class SentView(PersonalView):
    """What follows on registering."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Ask to look into the mailbox."""
        text = _(
            "We sent you a mail with a link. Open it within 48 hours to confirm; until then nothing is fixed."
        )
        return self.page("message", heading=_("Look into your mailbox"), text=text, offers_link=True)


class LinkView(PersonalView):
    """The form that mails a person's link once more."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Ask for the address."""
        return self.page("link", form=LinkForm())

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Mail the link if the address is registered; the answer does not tell."""
        form = LinkForm(request.POST)
        if is_too_often(request, "link"):
            return self.too_often()
        if not form.is_valid():
            return self.page("link", form=form)
        registering.send_link(self.event, form.cleaned_data["email"], timezone.now())
        text = _("If this address is registered, a mail with a new link is on its way.")
        return self.page("message", heading=_("Look into your mailbox"), text=text)


class LinkedView(PersonalView):
    """A page that only a mailed link opens."""

    purpose: Purpose
    registration: Registration

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find whose link it is."""
        key = key_in(kwargs["token"], self.purpose)
        found = Registration.objects.filter(key=key, event__slug=kwargs["slug"]).first() if key else None
        if found:
            self.registration = found
            return super().dispatch(request, *args, **kwargs)
        return LinkExpiredView.as_view()(request, slug=kwargs["slug"])


class LinkExpiredView(PersonalView):
    """What a link leads to that is too old, was changed, or belongs to a deleted registration."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Say so, and offer a new one."""
        return self.page("link", form=LinkForm(), is_expired=True)

    post = get


class ConfirmView(LinkedView):
    """The link by which a person says: this address is mine."""

    purpose = Purpose.CONFIRM

    def get(self, request: HttpRequest, slug: str, token: str) -> HttpResponse:
        """Show a button: opening a link, which mail programs do by themselves, changes nothing."""
        if self.registration.confirmed_at:
            return self.confirmed()
        return self.page("confirm", confirm_link=link_to(self.registration, Purpose.CONFIRM))

    def post(self, request: HttpRequest, slug: str, token: str) -> HttpResponse:
        """Confirm."""
        self.registration = registering.confirm(self.registration, timezone.now())
        return self.confirmed()

    def confirmed(self) -> HttpResponse:
        """Show what the person has now."""
        links = {purpose.value: link_to(self.registration, purpose) for purpose in Purpose}
        return self.page("confirmed", registration=self.registration, links=links)


class ChangeView(LinkedView):
    """The link by which a person sees, changes or cancels what they said."""

    purpose = Purpose.CHANGE

    def get(self, request: HttpRequest, slug: str, token: str) -> HttpResponse:
        """Show the registration."""
        return self.details(DetailsForm(initial=details_of(self.registration), event=self.event))

    def post(self, request: HttpRequest, slug: str, token: str) -> HttpResponse:
        """Change it, or delete it."""
        if request.POST.get("action") == "cancel":
            registering.cancel(self.registration, timezone.now())
            text = _("Your registration is cancelled, and what you wrote is deleted.")
            return self.page("message", heading=_("Cancelled"), text=text)
        form = DetailsForm(request.POST, event=self.event)
        if not form.is_valid():
            return self.details(form)
        if not self.event.is_coming(timezone.now()):
            form.add_error(None, why_not(Phase.OVER))
            return self.details(form, status=409)
        self.registration = registering.change(self.registration, form.cleaned_data, timezone.now())
        return self.details(form, is_saved=True)

    def details(self, form: DetailsForm, status: int = 200, **context: Any) -> HttpResponse:
        """Show the form with what is stored."""
        stream = link_to(self.registration, Purpose.STREAM)
        return self.page(
            "change", status, form=form, registration=self.registration, stream_link=stream, **context
        )


class StreamView(LinkedView):
    """The link by which a registered person comes to the live stream."""

    purpose = Purpose.STREAM

    def get(self, request: HttpRequest, slug: str, token: str) -> HttpResponse:
        """Show the way to the stream to those who confirmed."""
        if not self.registration.confirmed_at:
            return self.page("link", form=LinkForm(), is_expired=True)
        return self.page(
            "stream", registration=self.registration, is_coming=self.event.is_coming(timezone.now())
        )
