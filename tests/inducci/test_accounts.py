"""Accounts: invited by mail, guarded against guessing, signed out where the password changes."""

import re

import pytest
from django.contrib.auth.hashers import get_hasher
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse
from post_office.models import Email
from wagtail.log_actions import log
from wagtail.users.models import UserProfile

from core.models import User
from inducci.bootstrap import ADMINISTRATORS, bootstrap
from inducci.settings import production
from tests.factories import PASSWORD, PartnerFactory, UserFactory
from tests.files import picture
from tests.html import form_values, soup_of, words_of

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


def change_account(client: Client, **changes: object) -> None:
    """Change one's own account through its page."""
    where = reverse("wagtailadmin_account")
    person = {"first_name": "Bert", "last_name": "B", "email": "bert@example.org"}
    given = {f"name_email-{name}": value for name, value in person.items()}
    response = client.post(where, {**form_values(client.get(where), "main form"), **given, **changes})
    assert response.status_code == 302


def test_a_new_password_of_the_own_account_keeps_the_session_and_ends_the_others():
    user = UserFactory()
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        client.force_login(user)
    new = "another long word for tests"
    given = {"password-old_password": PASSWORD, "password-new_password1": new, "password-new_password2": new}

    change_account(here, **given)

    assert User.objects.get(pk=user.pk).check_password(new)
    assert [client.get("/admin/").status_code for client in (here, elsewhere)] == [200, 302]


def test_the_history_says_that_a_person_changed_the_own_account(administrator):
    user = UserFactory()
    client = Client()
    client.force_login(user)

    change_account(client)

    page = words_of(administrator.get(reverse("wagtailusers_users:history", args=[user.pk])))
    assert "Edited Bert B" in page


def test_an_administrator_sees_who_did_what_with_which_record(administrator):
    user = UserFactory(first_name="Bert", last_name="B")
    log(PartnerFactory(name="Chamber"), "wagtail.edit", user=user)

    report = words_of(administrator.get(reverse("wagtailadmin_reports:site_history")))

    assert re.search(r"Chamber.*Edited Bert B", report)


def test_the_account_takes_no_picture_of_a_person_and_asks_for_no_language():
    client = Client()
    client.force_login(UserFactory())

    change_account(client, **{"avatar-avatar": SimpleUploadedFile("me.png", picture())})

    names = {
        str(tag.get("name")) for tag in soup_of(client.get(reverse("wagtailadmin_account"))).select("[name]")
    }
    assert not {name for name in names if name.startswith(("avatar", "locale"))}
    assert not UserProfile.objects.get().avatar


def test_passwords_are_kept_with_argon2():
    with override_settings(PASSWORD_HASHERS=production.PASSWORD_HASHERS):
        kept = get_hasher().encode(PASSWORD, "saltsaltsalt")

    assert kept.startswith("argon2$argon2id$")


@pytest.fixture
def manager():
    """Sign somebody of the administrators' group in, who is no superuser."""
    bootstrap()
    user = UserFactory(is_superuser=False)
    user.groups.add(Group.objects.get(name=ADMINISTRATORS))
    client = Client()
    client.force_login(user)
    return client


def test_an_administrator_invites_people_and_makes_nobody_a_superuser(manager):
    where = reverse("wagtailusers_users:add")
    group = Group.objects.get(name=ADMINISTRATORS)

    sent = {**form_values(manager.get(where), "main form"), **NEW, "groups": group.pk, "is_superuser": "on"}
    manager.post(where, sent)

    carla = User.objects.get(username="carla")
    assert (list(carla.groups.all()), carla.is_superuser) == ([group], False)
    assert Email.objects.get().to == ["carla@example.org"]


def test_an_administrator_changes_the_account_of_another_person(manager):
    user = UserFactory(is_superuser=False)
    where = reverse("wagtailusers_users:edit", args=[user.pk])

    manager.post(where, {**form_values(manager.get(where), "main form"), **NEW, "username": user.username})

    user.refresh_from_db()
    assert user.email == "carla@example.org"


def test_the_account_of_a_superuser_is_changed_by_superusers_alone(manager, administrator):
    user = UserFactory(email="owner@example.org")
    where = reverse("wagtailusers_users:edit", args=[user.pk])
    sent = {**form_values(administrator.get(where), "main form"), **NEW, "username": user.username}

    answers = [manager.get(where), manager.post(where, sent)]

    user.refresh_from_db()
    assert [answer.status_code for answer in answers] == [302, 302]
    assert user.email == "owner@example.org"


@pytest.mark.parametrize("others", ["", "&id=all"])
@pytest.mark.parametrize("is_superuser", [True, False])
def test_among_many_an_administrator_switches_off_all_but_superusers(manager, is_superuser, others):
    user = UserFactory(is_superuser=is_superuser)
    where = reverse("wagtail_bulk_action", args=["core", "user", "set_active_state"])

    manager.post(f"{where}?id={user.pk}{others}", {"mark_as_active": "False"})

    user.refresh_from_db()
    assert user.is_active == is_superuser


@pytest.mark.parametrize(
    "view",
    [
        "wagtailusers_groups:index",
        "wagtailsites:index",
        "wagtailadmin_workflows:index",
    ],
)
def test_what_runs_the_site_stays_with_superusers(manager, view):
    assert manager.get(reverse(view)).status_code == 302


@pytest.mark.parametrize(
    "view",
    [
        "wagtailusers_users:index",
        "wagtailadmin_reports:site_history",
        "wagtailredirects:index",
        "inducci_workbook",
    ],
)
def test_an_administrator_opens_what_administrators_need(manager, view):
    assert manager.get(reverse(view)).status_code == 200
