"""Registering, confirming, changing and cancelling, as a person does it."""

import datetime as dt
import logging

import pytest
from django.core import mail, signing
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone
from post_office.models import STATUS, Email

from core.models import SearchRow
from core.outbox import deliver
from events.choices import Standing
from events.models import Registration
from events.registering import tend
from tests.accessibility import faults
from tests.events.conftest import DAY, answers, link_in, make_conference, person
from tests.html import form_values, soup_of, words_of

pytestmark = pytest.mark.django_db

ADDRESS = "/events/conference/registration/"


def errors_of(response):
    """List what is said beside the fields, by the name of the field."""
    return {
        str(tag.select("input")[0]["name"]): tag.select(".field__error")[0].get_text()
        for tag in soup_of(response).select(".field--error")
    }


def test_a_person_registers_confirms_and_cancels(client, register, mails):
    sent = register()
    first = mails()["person-1@example.org"]
    confirmed = client.post(link_in(first, "confirm"))
    second = mails()["person-1@example.org"]
    stream = client.get(link_in(second, "stream"))
    cancelled = client.post(link_in(second, "change"), {"action": "cancel"})

    assert (sent.status_code, sent["Location"]) == (303, "/events/conference/registration/sent/")
    assert "You have a place on site." in words_of(confirmed)
    assert 'href="https://stream.example/room"' in stream.content.decode()
    assert "is cancelled" in words_of(cancelled)
    assert not Registration.objects.exists()
    assert list(mails()) == ["person-1@example.org"]


def test_every_page_on_the_way_is_without_faults(client, register, mails):
    pages = [client.get(ADDRESS), client.post(ADDRESS, {}), client.get("/events/conference/")]
    pages += [client.get(register()["Location"]), client.get("/events/conference/registration/link/")]
    link = link_in(mails()["person-1@example.org"], "confirm")
    pages += [client.get(link), client.post(link)]
    letter = mails()["person-1@example.org"]
    pages += [
        client.get(link_in(letter, "change")),
        client.get(link_in(letter, "stream")),
        client.get(link + "x/"),
    ]

    assert [fault for page in pages for fault in faults(page.content.decode())] == []
    assert {page.status_code for page in pages} == {200}


def test_opening_the_link_alone_confirms_nothing(client, register, mails):
    register()

    client.get(link_in(mails()["person-1@example.org"], "confirm"))

    assert person().confirmed_at is None


def test_confirming_twice_mails_once(client, register, mails):
    register()
    link = link_in(mails()["person-1@example.org"], "confirm")

    for _time in range(3):
        client.post(link)

    deliver()
    assert len(mail.outbox) == 2  # the question and one confirmation


def test_the_third_person_waits_and_moves_up_when_another_cancels(client, register, confirm, mails):
    for number in (1, 2, 3):
        register(number)
    letters = mails()
    for number in (1, 2, 3):
        client.post(link_in(letters[f"person-{number}@example.org"], "confirm"))
    letters = mails()
    assert [person(number).standing for number in (1, 2, 3)] == ["placed", "placed", "waiting"]

    client.post(link_in(letters["person-1@example.org"], "change"), {"action": "cancel"})

    assert person(3).standing == Standing.PLACED
    assert "you have a place on site" in mails()["person-3@example.org"].body


def test_a_place_that_is_not_confirmed_in_time_goes_to_the_next(client, register, mails, conference):
    for number in (1, 2, 3):
        register(number)
    client.post(link_in(mails()["person-3@example.org"], "confirm"))
    Registration.objects.filter(confirmed_at=None).update(created_at=timezone.now() - 3 * DAY)

    moved = tend(conference, timezone.now())

    assert moved == 1
    assert (person(1), person(2), person(3).standing) == (None, None, "placed")


def test_nobody_overtakes_those_who_wait(client, register, mails, conference):
    for number in (1, 2, 3):
        register(number)
    client.post(link_in(mails()["person-3@example.org"], "confirm"))
    conference.seats = 3
    conference.save()

    register(4)

    assert person(4).standing == Standing.WAITING


def test_more_places_move_the_waiting_list_up_when_they_are_published(client, register, mails, conference):
    for number in (1, 2, 3):
        register(number)
    client.post(link_in(mails()["person-3@example.org"], "confirm"))

    conference.seats = 3
    conference.save_revision().publish()

    assert person(3).standing == Standing.PLACED


def test_going_online_frees_the_place_and_coming_back_waits_for_one(client, register, confirm, mails):
    register(1)
    confirm(1)
    link = link_in(mails()["person-1@example.org"], "change")
    register(2)

    client.post(link, answers(1, attendance="online", needs="Ramp"))
    register(3)
    client.post(link, answers(1, attendance="on-site"))

    assert (person(1).standing, person(1).needs) == ("waiting", "")
    assert person(3).standing == "placed"


def test_places_kept_for_delegations_open_to_their_code_alone(client, mails):
    make_conference(seats=2, partner_seats=1, delegation_code="Colour")

    for number, code in ((1, ""), (2, ""), (3, " colour ")):
        client.post(ADDRESS, answers(number, code=code))
    wrong = client.post(ADDRESS, answers(4, code="guess"))

    assert [person(number).standing for number in (1, 2, 3)] == ["placed", "waiting", "placed"]
    assert list(errors_of(wrong)) == ["code"]
    assert person(4) is None


WRONG = [
    ("name", "", "required"),
    ("name", "x" * 10_000, "at most 100"),
    ("name", "Eve\r\nBcc: all@example.org", "one line"),
    ("name", "Nul\0", "one line"),
    ("name", "Bell\x07", "cannot be printed"),
    ("organisation", "y" * 10_000, "at most 150"),
    ("email", "nobody", "valid email"),
    ("email", "a@b", "valid email"),
    ("email", "ä ö@example.org", "valid email"),
    ("email", "eve@example.org\nBcc: all@example.org", "valid email"),
    ("email", "e@" + "x" * 300 + ".org", "valid email"),
    ("attendance", "by-plane", "valid choice"),
    ("attendance", "", "required"),
    ("needs", "z" * 10_000, "at most 300"),
    ("consent", "", "consent"),
]


@pytest.mark.parametrize(("field", "value", "words"), WRONG)
def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(register, field, value, words):
    response = register(**{field: value})

    assert response.status_code == 200
    assert list(errors_of(response)) == [field]
    assert words in errors_of(response)[field]
    kept = form_values(response, "main form")
    assert kept["organisation" if field == "name" else "name"] == [
        "Town of Genk" if field == "name" else "Person 1"
    ]
    assert not Registration.objects.exists()
    assert not Email.objects.exists()


@pytest.mark.parametrize("name", ["🎨 Zoë", "Škofja Łódź", "{{ settings.SECRET_KEY }}", "<b>Eve</b>", "=1+1"])
def test_an_odd_name_is_a_name(register, mails, client, name):
    response = register(name=name)
    letter = mails()["person-1@example.org"]
    page = client.post(link_in(letter, "confirm"))

    assert (response.status_code, person().name) == (303, name)
    assert f"Dear {name}," in letter.body
    assert faults(page.content.decode()) == []


def test_an_address_registers_once_however_it_is_spelled(register):
    register()

    again = register(email="PERSON-1@Example.org", name="Other")

    assert again.status_code == 409
    assert "registered for this event already" in errors_of(again)["email"]
    assert Registration.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"registration_opens": 1, "registration_closes": 2}, "has not opened yet"),
        ({"registration_opens": -2, "registration_closes": -1}, "has closed"),
        ({"start": -1, "registration_opens": -3}, "is over"),
        ({"called_off": True}, "was called off"),
        ({"registration_opens": None, "registration_closes": None}, "no registration for this event"),
    ],
)
def test_who_comes_too_early_or_too_late_is_told_so(client, values, words):
    now = timezone.now()
    make_conference(
        **{
            name: value
            if value is None or value is True
            else (now + value * DAY).date()
            if name == "start"
            else now + value * DAY
            for name, value in values.items()
        }
    )

    shown, sent = client.get(ADDRESS), client.post(ADDRESS, answers())

    assert (shown.status_code, sent.status_code) == (200, 409)
    assert words in words_of(shown)
    assert words in words_of(sent)
    assert not Registration.objects.exists()


def test_a_program_that_fills_every_field_registers_nobody(register):
    response = register(website="https://spam.example")

    assert response.status_code == 303
    assert not Registration.objects.exists()


def test_a_network_that_tries_too_often_is_asked_for_patience(client, conference, settings):
    settings.REGISTRATIONS_PER_HOUR = 3

    codes = [client.post(ADDRESS, answers(number)).status_code for number in range(5)]
    elsewhere = client.post(ADDRESS, answers(9), headers={"X-Forwarded-For": "192.0.2.7"})

    assert codes == [303, 303, 303, 429, 429]
    assert elsewhere.status_code == 303


@pytest.mark.parametrize(
    "spoil",
    [
        lambda link: link[:-3],
        lambda link: link + "A",
        lambda link: link.replace("/confirm/", "/change/"),
        lambda link: link.replace("/confirm/", "/stream/"),
        lambda link: "/events/conference/confirm/nonsense/",
    ],
)
def test_a_link_that_was_changed_or_is_for_something_else_opens_nothing(client, register, mails, spoil):
    register()
    link = link_in(mails()["person-1@example.org"], "confirm").rstrip("/")

    response = client.post(spoil(link).rstrip("/") + "/", {"action": "cancel"})

    assert "This link is no longer good" in words_of(response)
    assert person().confirmed_at is None


def test_a_link_of_one_event_does_not_open_another(client, register, mails):
    make_conference(slug="other")
    register()
    link = link_in(mails()["person-1@example.org"], "confirm").replace("/conference/", "/other/")

    response = client.post(link)

    assert "no longer good" in words_of(response)
    assert person().confirmed_at is None


def test_an_old_link_says_so_and_a_new_one_comes_by_mail(client, register, mails, monkeypatch):
    register()
    link = link_in(mails()["person-1@example.org"], "confirm")
    monkeypatch.setattr("django.core.signing.time.time", lambda: dt.datetime.now().timestamp() + 3 * 86_400)
    Registration.objects.update(mailed_at=timezone.now() - DAY)

    old = client.post(link)
    asked = client.post("/events/conference/registration/link/", {"email": "person-1@example.org"})

    assert "no longer good" in words_of(old)
    assert "on its way" in words_of(asked)
    assert client.post(link_in(mails()["person-1@example.org"], "confirm")).status_code == 200
    assert person().confirmed_at


def test_asking_for_a_link_does_not_tell_who_is_registered(client, register, mails):
    register()
    mails()

    pages = [
        words_of(client.post("/events/conference/registration/link/", {"email": email}))
        for email in ("person-1@example.org", "stranger@example.org")
    ]

    assert pages[0] == pages[1]
    assert mails() == {}  # the last link was mailed a moment ago


def test_the_stream_is_for_those_who_confirmed(client, register, mails):
    register()
    token = signing.dumps(str(person().key), salt="events.stream")

    response = client.get(f"/events/conference/stream/{token}/")

    assert "stream.example" not in response.content.decode()
    assert "stream.example" not in client.get("/events/conference/").content.decode()


def test_personal_pages_are_kept_by_nobody_and_set_no_cookie(client, register, mails):
    register()
    response = client.get(link_in(mails()["person-1@example.org"], "confirm"))

    assert "no-store" in response["Cache-Control"]
    assert (response["Referrer-Policy"], response["X-Robots-Tag"]) == ("no-referrer", "noindex")
    assert not client.cookies


def test_what_a_person_wrote_is_found_nowhere_else(client, register, confirm):
    register(name="Zyzzyva Quokka", organisation="Zyzzyva works")
    confirm()

    pages = [
        client.get(address) for address in ("/search/?q=Zyzzyva", "/events/?q=Zyzzyva", "/events/conference/")
    ]
    exports = [client.get(f"/events/?format={form}") for form in ("csv", "json", "atom")]

    texts = [b"".join(one).decode() for one in exports] + [page.content.decode() for page in pages[2:]]
    assert not any("Zyzzyva" in text for text in texts)
    assert not SearchRow.objects.filter(body_words__contains="zyzzyva").exists()
    assert "Zyzzyva" not in str(person())


def test_a_mail_server_that_is_down_breaks_nothing_and_nobody_gets_a_mail_twice(
    register, monkeypatch, caplog
):
    def refuse(*args):
        raise ConnectionRefusedError("person-1@example.org: no")

    with monkeypatch.context() as down:
        down.setattr(EmailBackend, "send_messages", refuse)
        with caplog.at_level(logging.INFO):
            response = register()
            assert deliver() == 0
    waiting = Email.objects.get()
    assert (response.status_code, waiting.status) == (303, STATUS.requeued)
    Email.objects.update(scheduled_time=timezone.now())

    assert [deliver(), deliver()] == [1, 0]
    assert len(mail.outbox) == 1
    assert not Email.objects.exists()


def test_the_event_page_is_read_in_ten_queries(conference, register, queries_of):
    for number in range(3):
        register(number)
    queries_of("/events/conference/")

    assert queries_of("/events/conference/") <= 10
