"""What a second factor is made of: a key that an app counts codes from, and ten codes that work once each."""

from __future__ import annotations

import datetime as dt
import math
import re
from base64 import b32encode
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_otp import verify_token
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from core.models import User

ONE_TIME_CODES: Final = 10
# Two more than an app shows: by its length a code says which device is to judge it, so that a slip with
# the one does not slow down the other. Digits, since telephones offer a keyboard of digits for codes.
LENGTH_OF_ONE_TIME_CODES: Final = 8


def has_second_factor(user: Any) -> bool:
    """Tell whether a person signs in with a code beside the password."""
    return _apps(user).exists()


def people_with_second_factor() -> frozenset[int]:
    """Give the keys of all people who sign in with a code."""
    return frozenset(TOTPDevice.objects.filter(confirmed=True).values_list("user_id", flat=True))


def app_address(user: Any, key: str) -> str:
    """Give the address by which an app takes a key in; the QR code holds it."""
    return str(TOTPDevice(user=user, key=key).config_url)


def readable(key: str) -> str:
    """Write a key as apps want it typed, in groups of four."""
    return _in_fours(b32encode(bytes.fromhex(key)).decode())


def switch_on(user: Any, key: str, code: str) -> Any:
    """Begin to ask a person for codes; give the device, or None where the code is not of this key."""
    counter = TOTP(bytes.fromhex(key))
    plain = _plain(code)
    if not plain.isdecimal() or not counter.verify(int(plain), tolerance=1):
        return None
    with transaction.atomic():
        # Who sends the form twice at the same moment has one second factor all the same.
        User.objects.select_for_update().get(pk=user.pk)
        if has_second_factor(user):
            return None
        return TOTPDevice.objects.create(
            user=user, name="app", key=key, drift=counter.drift, last_t=counter.t()
        )


def new_codes(user: Any) -> list[str]:
    """Make ten one-time codes in the place of the former ones, and give them as they are printed."""
    codes = {get_random_string(LENGTH_OF_ONE_TIME_CODES, "0123456789") for _number in range(ONE_TIME_CODES)}
    with transaction.atomic():
        device, _is_new = StaticDevice.objects.get_or_create(user=user, defaults={"name": "paper"})
        device.token_set.all().delete()
        StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return sorted(map(_in_fours, codes))


def codes_left(user: Any) -> int:
    """Count the one-time codes that were not used yet."""
    return StaticToken.objects.filter(device__user=user).count()


def switch_off(user: Any) -> None:
    """Ask a person for the password alone again."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()


def judge(user: Any, code: str) -> Any:
    """Give the device that takes a code, or refuse it with a sentence; no code is taken twice."""
    plain = _plain(code)
    paper = StaticDevice.objects.filter(user=user, confirmed=True)
    device = (paper if len(plain) == LENGTH_OF_ONE_TIME_CODES else _apps(user)).first()
    if device:
        is_allowed, reason = device.verify_is_allowed()
        if not is_allowed:
            raise ValidationError(_wait(reason["locked_until"] - timezone.now()), code="wait")
        if verify_token(user, device.persistent_id, plain):
            return device
    raise ValidationError(_("This code is wrong, or it was used already. Take the next one."), code="wrong")


def _apps(user: Any) -> Any:
    """Find the key of a person's app."""
    return TOTPDevice.objects.filter(user=user, confirmed=True)


def _wait(time: dt.timedelta) -> str:
    """Say how long nobody can guess on."""
    seconds = max(1, math.ceil(time.total_seconds()))
    if seconds < 120:
        said = ngettext("Wait one second.", "Wait %(n)s seconds.", seconds) % {"n": seconds}
    else:
        said = _("Wait %s minutes.") % math.ceil(seconds / 60)
    return _("There were wrong codes before this one.") + " " + said


def _plain(code: str) -> str:
    """Take the spaces out of a code, as apps and paper show them."""
    return re.sub(r"[\s-]", "", code)


def _in_fours(letters: str) -> str:
    """Write letters in groups of four, as people copy them."""
    return " ".join(re.findall("....", letters))
