"""The second factor: set up with an app, asked for at the sign-in, helped out with codes on paper."""

import re
from base64 import b32decode
from urllib.parse import parse_qs, urlsplit

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from post_office.models import Email
from wagtail.models import ModelLogEntry

from inducci.bootstrap import ADMINISTRATORS, bootstrap
from inducci.people import invitation_link
from tests.factories import PASSWORD, DocumentFactory, PartnerFactory, UserFactory
from tests.html import soup_of, words_of
from tests.inducci.foreign import person

pytestmark = pytest.mark.django_db
SIGN_IN, ACCOUNT, PAGE = "/admin/login/", "/admin/account/", "/admin/account/second-factor/"
KEY = "3132333435363738393031323334353637383930"


def code_now(key: str = KEY, steps: int = 0) -> str:
    """Compute the code that an app shows, now or some steps of half a minute later."""
    return f"{totp(bytes.fromhex(key), t0=-30 * steps):06}"


def with_factor(**kwargs):
    """Make somebody who has a second factor."""
    user = UserFactory(**kwargs)
    TOTPDevice.objects.create(user=user, name="app", key=KEY)
    return user


def sign_in(user, code="", password=PASSWORD, client=None):
    """Send the form of the sign-in, and give the client and the answer."""
    client = client or Client()
    return client, client.post(SIGN_IN, {"username": user.username, "password": password, "code": code})


def is_in(client) -> bool:
    """Tell whether a client is signed in."""
    return bool(client.get(ACCOUNT).status_code == 200)


def said_beside_the_code(response) -> str:
    """Give the error that is tied to the field of the code."""
    field = soup_of(response).select_one("[name=code]")
    assert field is not None
    tied = [soup_of(response).find(id=name) for name in str(field.get("aria-describedby", "")).split()]
    return words_of("".join(map(str, tied)))


def shown_key(client) -> str:
    """Read the key from the page of the set-up, as an app would."""
    link = soup_of(client.get(PAGE)).select_one("a[href^='otpauth:']")
    assert link is not None
    [secret] = parse_qs(urlsplit(str(link["href"])).query)["secret"]
    return b32decode(secret).hex()


def shown_codes(response) -> list[str]:
    """Read the one-time codes."""
    return [tag.get_text() for tag in soup_of(response).select(".factor__codes code")]


@pytest.fixture
def anna():
    """Make somebody who edits for a partner."""
    partner = PartnerFactory()
    bootstrap()
    partner.refresh_from_db()
    return person(partner, "anna")


@pytest.fixture
def editor(anna):
    """Sign the editor in."""
    client = Client()
    client.force_login(anna)
    return client


def switch_on(client) -> list[str]:
    """Set a second factor up, and give the one-time codes."""
    return shown_codes(client.post(PAGE, {"code": code_now(shown_key(client))}))


# --- Setting up -------------------------------------------------------------------------------


def test_the_account_says_whether_a_second_factor_is_on_and_leads_to_its_page(editor):
    before = editor.get(ACCOUNT)
    switch_on(editor)
    after = editor.get(ACCOUNT)

    assert [link["href"] for link in soup_of(before).select(f"main a[href='{PAGE}']")] == [PAGE]
    assert "It is off" in words_of(before)
    assert "It is on" in words_of(after)


def test_the_page_shows_the_key_as_a_picture_and_as_text(editor):
    page = soup_of(editor.get(PAGE))

    [picture], [text] = page.select("img.factor__code"), page.select("code.factor__key")
    assert str(picture["src"]).startswith("data:image/svg+xml")
    assert b32decode(text.get_text().replace(" ", "")).hex() == shown_key(editor)
    assert "issuer=InduCCI%20e-toolbox" in str(page)


def test_looking_at_the_page_stores_no_device(editor):
    editor.get(PAGE)

    assert not TOTPDevice.objects.exists()


def test_a_wrong_code_switches_nothing_on_and_is_told_beside_the_field(editor):
    key = shown_key(editor)

    response = editor.post(PAGE, {"code": code_now(key, steps=9)})

    assert "no code of this key" in said_beside_the_code(response)
    assert not TOTPDevice.objects.exists()
    assert shown_key(editor) == key


def test_the_code_of_the_app_switches_it_on_and_shows_ten_codes_this_once(editor, anna):
    codes = switch_on(editor)

    assert len(set(codes)) == 10
    assert TOTPDevice.objects.get().user == anna
    assert not any(code in editor.get(PAGE).content.decode() for code in codes)
    assert "10 one-time codes left" in words_of(editor.get(PAGE))


def test_the_session_that_switches_it_on_goes_on_and_others_end(editor, anna):
    elsewhere = Client()
    elsewhere.force_login(anna)
    assert is_in(elsewhere)

    switch_on(editor)

    assert is_in(editor)
    assert elsewhere.get(ACCOUNT)["Location"].startswith(SIGN_IN)


def test_a_session_without_the_second_factor_can_still_sign_in_and_out_and_ask_for_a_link(editor, anna):
    elsewhere = Client()
    elsewhere.force_login(anna)
    code = switch_on(editor)[0]

    answers = [
        elsewhere.get(where).status_code for where in (SIGN_IN, reverse("wagtailadmin_password_reset"))
    ]
    _client, response = sign_in(anna, code, client=elsewhere)

    assert answers == [200, 200]
    assert response["Location"] == "/admin/"
    assert is_in(elsewhere)
    assert elsewhere.post(reverse("wagtailadmin_logout")).status_code == 302


def test_a_session_without_the_second_factor_reads_no_document_of_a_draft(administrator, ada):
    address = DocumentFactory().url
    assert b"".join(administrator.get(address))

    TOTPDevice.objects.create(user=ada, name="app", key=KEY)

    assert administrator.get(address).status_code == 404


def test_the_code_of_the_set_up_opens_no_second_session(editor, anna):
    code = code_now(shown_key(editor))
    editor.post(PAGE, {"code": code})

    elsewhere, _response = sign_in(anna, code)

    assert not is_in(elsewhere)


# --- Signing in -------------------------------------------------------------------------------


def test_who_has_no_second_factor_leaves_the_field_empty():
    client, response = sign_in(UserFactory())

    assert response["Location"] == "/admin/"
    assert is_in(client)


def test_who_has_one_signs_in_with_the_code_of_the_app():
    client, _response = sign_in(with_factor(), code_now())

    assert is_in(client)


def test_spaces_in_a_code_do_not_matter():
    code = code_now()

    client, _response = sign_in(with_factor(), f" {code[:3]} {code[3:]}")

    assert is_in(client)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("", "Give your password once more, and a code"),
        ("000 0000", "This code is wrong"),
        ("1234 5678", "This code is wrong"),
        ("²²²²²²", "This code is wrong"),
        ("x" * 99, "at most 20 characters"),
    ],
)
def test_without_a_right_code_nobody_is_signed_in_and_the_field_says_why(code, sentence):
    client, response = sign_in(with_factor(), code)

    assert sentence in said_beside_the_code(response)
    assert not is_in(client)


def test_a_wrong_password_does_not_tell_whether_there_is_a_second_factor():
    answers = [
        sign_in(user, code, password="wrong")[1]
        for user in (with_factor(), UserFactory())
        for code in ("", "123456")
    ]

    assert {said_beside_the_code(answer) for answer in answers} == {""}
    assert len({words_of(answer) for answer in answers}) == 1


def test_the_code_of_an_app_is_taken_once():
    user, code = with_factor(), code_now()
    sign_in(user, code)

    again, _response = sign_in(user, code)

    assert not is_in(again)


def test_a_one_time_code_is_taken_once(editor, anna):
    [code, *_others] = switch_on(editor)

    first, _response = sign_in(anna, code)
    second, response = sign_in(anna, code)

    assert (is_in(first), is_in(second)) == (True, False)
    assert "used already" in said_beside_the_code(response)
    assert StaticToken.objects.count() == 9


def test_a_code_of_somebody_else_is_not_taken(editor):
    codes = switch_on(editor)

    client, _response = sign_in(with_factor(), codes[0])

    assert not is_in(client)


@pytest.mark.parametrize(("tries", "wait"), [(6, r"Wait \d+ seconds"), (12, r"Wait \d+ minutes")])
def test_after_wrong_codes_the_right_one_has_to_wait_longer_and_longer(tries, wait):
    user = with_factor()
    TOTPDevice.objects.update(throttling_failure_count=tries - 1)
    sign_in(user, "000000")

    client, response = sign_in(user, code_now())

    assert re.search(wait, said_beside_the_code(response))
    assert not is_in(client)


def test_five_wrong_codes_shut_the_name_as_wrong_passwords_do():
    user = with_factor()
    for _ in range(5):
        TOTPDevice.objects.update(throttling_failure_timestamp=None)
        sign_in(user, "000000")
    TOTPDevice.objects.update(throttling_failure_timestamp=None)

    client, response = sign_in(user, code_now())

    assert response.status_code == 429
    assert "shut for a quarter of an hour" in response.content.decode()
    assert not is_in(client)


def test_a_missing_code_counts_for_nothing():
    user = with_factor()
    for _ in range(6):
        sign_in(user)

    client, _response = sign_in(user, code_now())

    assert is_in(client)


def test_what_notes_wrong_passwords_keeps_no_code(editor, anna):
    code = switch_on(editor)[0]

    sign_in(anna, code, password="wrong")

    assert code not in AccessAttempt.objects.get().post_data


# --- Changing ---------------------------------------------------------------------------------


def test_new_codes_take_the_place_of_the_former_ones(editor, anna):
    former = switch_on(editor)

    new = shown_codes(editor.post(PAGE, {"code": former[0], "action": "codes"}))

    assert len(set(new) - set(former)) == 10
    assert not is_in(sign_in(anna, former[1])[0])


@pytest.mark.parametrize("action", ["codes", "off"])
def test_nothing_is_changed_without_a_right_code(editor, action):
    switch_on(editor)
    before = set(StaticToken.objects.values_list("token", flat=True))

    response = editor.post(PAGE, {"code": "00000000", "action": action})

    assert "This code is wrong" in said_beside_the_code(response)
    assert set(StaticToken.objects.values_list("token", flat=True)) == before
    assert TOTPDevice.objects.exists()


def test_switched_off_it_is_no_longer_asked_for(editor, anna):
    codes = switch_on(editor)

    editor.post(PAGE, {"code": codes[0], "action": "off"})

    assert not TOTPDevice.objects.exists()
    assert not StaticToken.objects.exists()
    assert is_in(editor)
    assert is_in(sign_in(anna)[0])


def test_the_person_gets_a_mail_when_it_is_switched_on_and_off(editor):
    codes = switch_on(editor)
    editor.post(PAGE, {"code": codes[0], "action": "off"})

    mails = Email.objects.order_by("pk")

    assert [mail.to for mail in mails] == [["anna@example.org"]] * 2
    assert [re.findall(r"is switched (on|off)", mail.message) for mail in mails] == [["on"], ["off"]]
    assert all("http://localhost/admin/password_reset/" in mail.message for mail in mails)


def test_a_new_password_set_by_a_mailed_link_does_not_pass_by_the_second_factor():
    user = with_factor()
    link = urlsplit(invitation_link(user)).path
    client = Client()
    page = client.get(link, follow=True)
    new = "another long word for tests"

    client.post(page.request["PATH_INFO"], {"new_password1": new, "new_password2": new})

    assert not is_in(client)
    assert not is_in(sign_in(user, password=new)[0])
    assert is_in(sign_in(user, code_now(), password=new)[0])


# --- A lost telephone -------------------------------------------------------------------------


@pytest.fixture
def ada():
    """Make an administrator."""
    return UserFactory(first_name="Ada", last_name="M")


@pytest.fixture
def administrator(ada):
    """Sign the administrator in."""
    client = Client()
    client.force_login(ada)
    return client


def test_an_administrator_switches_the_second_factor_of_somebody_else_off(administrator):
    user = with_factor(email="lost@example.org")
    where = reverse("inducci_take_off_second_factor", args=[user.pk])
    asked = administrator.get(where)
    assert TOTPDevice.objects.exists()

    administrator.post(where)

    assert soup_of(asked).select_one("main form[method=post]")
    assert not TOTPDevice.objects.exists()
    assert Email.objects.get().to == ["lost@example.org"]
    assert "an administrator" in Email.objects.get().message


def test_the_history_says_who_switched_it_off(administrator):
    user = with_factor(username="bert")
    administrator.post(reverse("inducci_take_off_second_factor", args=[user.pk]))

    page = words_of(administrator.get(reverse("wagtailusers_users:history", args=[user.pk])))
    report = words_of(administrator.get(reverse("wagtailadmin_reports:site_history")))

    assert "Second factor switched off by an administrator" in page
    assert all(word in report for word in ("bert", "Ada M", "Second factor switched off by an administrator"))


def test_the_list_of_people_offers_it_for_those_who_have_one(administrator):
    user, other = with_factor(), UserFactory()

    page = administrator.get(reverse("wagtailusers_users:index")).content.decode()

    assert reverse("inducci_take_off_second_factor", args=[user.pk]) in page
    assert reverse("inducci_take_off_second_factor", args=[other.pk]) not in page


def test_the_list_of_people_costs_no_more_for_more_people(administrator):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            administrator.get(reverse("wagtailusers_users:index"))
        return len(captured)

    with_factor()
    few = queries()
    for _ in range(4):
        with_factor()

    assert queries() == few


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_editor_cannot_switch_it_off_for_others(editor, method):
    user = with_factor(is_superuser=False)

    response = getattr(editor, method)(reverse("inducci_take_off_second_factor", args=[user.pk]))

    assert response["Location"] == "/admin/"
    assert TOTPDevice.objects.filter(user=user).exists()
    assert not ModelLogEntry.objects.filter(action__startswith="inducci.second_factor").exists()


@pytest.mark.parametrize(("of_a_superuser", "left"), [(True, 1), (False, 0)])
def test_who_is_no_superuser_does_not_switch_off_a_superuser_s(of_a_superuser, left):
    bootstrap()
    helper = UserFactory(is_superuser=False)
    helper.groups.add(Group.objects.get(name=ADMINISTRATORS))
    client = Client()
    client.force_login(helper)
    user = with_factor(is_superuser=of_a_superuser)

    client.post(reverse("inducci_take_off_second_factor", args=[user.pk]))

    assert TOTPDevice.objects.filter(user=user).count() == left


def test_an_administrator_goes_for_the_own_one_to_the_own_account(administrator, ada):
    where = reverse("inducci_take_off_second_factor", args=[ada.pk])

    assert administrator.get(where).status_code == 404


def test_the_history_says_what_a_person_did_with_the_own_one(editor, administrator, anna):
    codes = switch_on(editor)
    codes = shown_codes(editor.post(PAGE, {"code": codes[0], "action": "codes"}))
    editor.post(PAGE, {"code": codes[0], "action": "off"})

    page = words_of(administrator.get(reverse("wagtailusers_users:history", args=[anna.pk])))

    said = ("Second factor switched on", "New one-time codes made", "Second factor switched off")
    assert all(words in page for words in said)


def test_the_operator_prints_a_code_for_the_only_administrator(capsys):
    user = with_factor()
    call_command("addstatictoken", user.username)

    client, _response = sign_in(user, capsys.readouterr().out.strip())

    assert is_in(client)


# --- What it costs ----------------------------------------------------------------------------


def devices_asked(client, address: str) -> int:
    """Count the queries about second factors that an address costs."""
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return sum("otp_" in query["sql"] for query in captured)


def test_a_page_of_the_admin_asks_once_whether_or_not_there_is_one(administrator):
    proved, _response = sign_in(with_factor(), code_now())

    assert [devices_asked(client, "/admin/") for client in (proved, administrator)] == [1, 1]


def test_who_has_not_signed_in_costs_no_query():
    assert [devices_asked(Client(), address) for address in (SIGN_IN, "/admin/", "/partners/")] == [0, 0, 0]
