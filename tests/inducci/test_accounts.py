"""Accounts: invited by mail, guarded against guessing, signed out where the password changes."""

import re

import pytest
from django.contrib.auth.hashers import get_hasher
from django.test import Client, override_settings
from django.urls import reverse
from post_office.models import Email

from core.models import User
from inducci.settings import production
from tests.factories import PASSWORD, UserFactory
from tests.html import form_values

pytestmark = pytest.mark.django_db
NEW = {"username": "carla", "email": "carla@example.org", "first_name": "Carla", "last_name": "C"}


@pytest.fixture
def administrator():
    """Sign an administrator in."""
    client = Client()
    client.force_login(UserFactory())
    return client


@pytest.fixture
def link(administrator):
    """Invite somebody, and give the link of the mail."""
    where = reverse("wagtailusers_users:add")
    administrator.post(where, {**form_values(administrator.get(where), "main form"), **NEW})
    found = re.search(r"http://localhost(/admin/password_reset/\S+)", Email.objects.get().message)
    assert found
    return found[1]


def set_password(link: str, password: str) -> Client:
    """Follow a link and set a password."""
    client = Client()
    response = client.get(link, follow=True)
    client.post(response.request["PATH_INFO"], {"new_password1": password, "new_password2": password})
    return client


def test_who_is_invited_sets_the_password_by_the_link_of_the_mail(link):
    set_password(link, PASSWORD)

    assert User.objects.get(username="carla").check_password(PASSWORD)
    assert Email.objects.get().to == ["carla@example.org"]


def test_the_link_of_an_invitation_works_once(link):
    set_password(link, PASSWORD)

    set_password(link, "another long word for tests")

    assert User.objects.get(username="carla").check_password(PASSWORD)


@pytest.mark.parametrize("weak", ["short", "123456789012", "qwerty123456", "carla@example.org"])
def test_a_weak_password_is_refused(link, weak):
    set_password(link, weak)

    assert not User.objects.get(username="carla").check_password(weak)


def test_five_wrong_passwords_shut_a_name_and_say_so():
    user = UserFactory()
    for _ in range(5):
        Client().post(reverse("wagtailadmin_login"), {"username": user.username, "password": "wrong"})

    response = Client().post(reverse("wagtailadmin_login"), {"username": user.username, "password": PASSWORD})

    assert response.status_code == 429
    assert "shut for a quarter of an hour" in response.content.decode()


def test_one_name_shut_leaves_the_others_open():
    user, other = UserFactory(), UserFactory()
    for _ in range(6):
        Client().post(reverse("wagtailadmin_login"), {"username": user.username, "password": "wrong"})

    response = Client().post(
        reverse("wagtailadmin_login"), {"username": other.username, "password": PASSWORD}
    )

    assert response.status_code == 302


def test_changing_the_password_ends_the_other_sessions():
    user = UserFactory()
    elsewhere = Client()
    elsewhere.force_login(user)
    assert elsewhere.get("/admin/").status_code == 200

    user.set_password("another long word for tests")
    user.save()

    assert elsewhere.get("/admin/").status_code == 302


def test_passwords_are_kept_with_argon2():
    with override_settings(PASSWORD_HASHERS=production.PASSWORD_HASHERS):
        kept = get_hasher().encode(PASSWORD, "saltsaltsalt")

    assert kept.startswith("argon2$argon2id$")
