"""A session counts for as much as its person proved."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.auth.middleware import get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.models import Device

from inducci.second_factor.devices import has_second_factor


def second_factor(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Any:
    """Take a session that lacks the second factor of its person for nobody's, such as one from before it.

    It stands in the place of django-otp's middleware, which wraps the user twice: Wagtail's histories look
    through one wrapping only, and would leave out what people do with their own accounts. Nothing is read
    before somebody asks for the user, so public pages cost no query more.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.user = SimpleLazyObject(partial(_proved_user, request))  # type: ignore[assignment]  # as Django does
        return get_response(request)

    return middleware


def _proved_user(request: HttpRequest) -> Any:
    """Give the person of a session, or nobody where a code was never asked for."""
    user: Any = get_user(request)
    if user.is_authenticated and not _is_proved(request, user) and has_second_factor(user):
        return AnonymousUser()
    return user


def _is_proved(request: HttpRequest, user: Any) -> bool:
    """Tell whether a device that is still the person's took a code in this session."""
    known = request.session.get(DEVICE_ID_SESSION_KEY)
    device = Device.from_persistent_id(known) if known else None
    return device is not None and device.confirmed and device.user_id == user.pk
