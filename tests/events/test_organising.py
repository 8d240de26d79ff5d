"""What an organiser does in the admin, and what other editors may not."""

import csv
import io
import pickle

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader
from wagtail.models import GroupPagePermission

from core import pdf
from core.outbox import deliver
from events.models import EventIndexPage, EventPage, Registration
from events.registering import confirm
from partners.models import Team
from tests.events.conftest import answers, make_conference, person
from tests.factories import PartnerFactory, UserFactory
from tests.html import form_values, soup_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser(conference):
    """Sign somebody in who may change this one event."""
    return signed_in(conference)


def signed_in(*events):
    """Sign an editor in who may change some events."""
    group = Group.objects.create(name="Organisers")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    change = Permission.objects.get(codename="change_page")
    for event in events:
        GroupPagePermission.objects.create(group=group, page=event, permission=change)
    user = UserFactory(is_superuser=False, email="organiser@example.org")
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def people(conference, register):
    """Register four people and confirm the first three; the third waits."""
    register(1, name="=HYPERLINK(1)", needs="Ramp")
    for number in (2, 3, 4):
        register(number)
    for number in (1, 2, 3):
        confirm(person(number), person(number).created_at)
    deliver()
    mail.outbox.clear()


def rows_of(response):
    """Read a CSV."""
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))


def test_the_list_is_searched_and_filtered(organiser, people):
    listed = [
        words_of(organiser.get(f"/admin/registrations/?{query}"))
        for query in ("q=person-2@example.org", "standing=waiting", "is_confirmed=false")
    ]

    assert ["Person 2" in text for text in listed] == [True, False, False]
    assert ["Person 3" in text for text in listed] == [False, True, False]
    assert ["Person 4" in text for text in listed] == [False, True, True]


def test_the_list_is_exported_without_formulas(organiser, people):
    rows = rows_of(organiser.get("/admin/registrations/?export=csv"))
    workbook = load_workbook(
        io.BytesIO(b"".join(organiser.get("/admin/registrations/?export=xlsx").streaming_content))
    )

    first = min(rows, key=lambda row: row["Registered at"])
    cells = [cell for row in workbook.active.iter_rows() for cell in row]
    assert len(rows) == 4
    assert (first["Name"], first["Needs"], first["Standing"]) == ("'=HYPERLINK(1)", "Ramp", "has a place")
    assert {cell.data_type for cell in cells if cell.value == "=HYPERLINK(1)"} == {"s"}


def test_an_event_is_shown_in_numbers_with_a_chart_and_its_table(organiser, people, conference):
    page = organiser.get(f"/admin/registrations/{conference.pk}/")

    assert "with a place on site 2 waiting for a place 1" in words_of(page)
    assert soup_of(page).select("svg[role=img] rect")


def test_the_attendance_list_names_those_with_a_place(organiser, people, conference):
    page = organiser.get(f"/admin/registrations/{conference.pk}/attendance/")

    names = [tag.get_text() for tag in soup_of(page).select("li strong")]
    assert names == ["=HYPERLINK(1)", "Person 2"]


@pytest.mark.skipif(not pdf.is_available(), reason="there is no Pango on this machine")
def test_the_attendance_list_is_had_as_pdf_and_kept_nowhere(organiser, people, conference):
    response = organiser.get(f"/admin/registrations/{conference.pk}/attendance/?format=pdf")

    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    assert words.count("Person 2") == 2  # in the list and on a badge
    assert "no-store" in response["Cache-Control"]
    assert b"Person 2" not in pickle.dumps(getattr(cache, "_cache", {}))


def test_an_organiser_takes_a_person_out_and_the_next_moves_up(organiser, people, conference):
    address = f"/admin/registrations/{conference.pk}/people/{person(2).pk}/delete/"

    asked, done = organiser.get(address), organiser.post(address)

    assert (asked.status_code, done.status_code) == (200, 302)
    assert (person(2), person(3).standing) == (None, "placed")


def test_a_mail_is_looked_at_tried_and_sent_to_each_once(organiser, people, conference):
    address = f"/admin/registrations/{conference.pk}/"
    words = {"audience": "on-site", "subject": "The room", "text": "We meet in {{ the hall }}."}
    form = {**form_values(organiser.get(address), "main form[method=post]"), **words}

    shown = organiser.post(address, {**form, "action": "preview"})
    organiser.post(address, {**form, "action": "test"})
    deliver()
    tried = [one.to for one in mail.outbox]
    for _time in range(3):
        organiser.post(address, {**form, "action": "send"})
    deliver()

    assert "We meet in {{ the hall }}." in words_of(shown)
    assert "As 2 people will get it" in words_of(shown)
    assert tried == [["organiser@example.org"]]
    assert sorted(one.to[0] for one in mail.outbox[1:]) == ["person-1@example.org", "person-2@example.org"]
    assert all("/change/" in one.body and "{{ the hall }}" in one.body for one in mail.outbox[1:])


def test_who_may_not_change_the_event_sees_nobody(people, conference):
    stranger = signed_in(make_conference(slug="other"))
    pages = [
        f"/admin/registrations/{conference.pk}/",
        f"/admin/registrations/{conference.pk}/people/",
        f"/admin/registrations/{conference.pk}/attendance/",
        f"/admin/registrations/{conference.pk}/people/{person(1).pk}/delete/",
    ]

    answers_ = [stranger.get(address).status_code for address in pages]
    posted = [stranger.post(address, {"action": "send"}).status_code for address in pages]
    lists = [
        stranger.get(f"/admin/registrations/{end}") for end in ("", "results/", f"?event={conference.pk}")
    ]

    assert answers_ == [404] * 4
    assert set(posted) <= {404, 405}
    assert not any("example.org" in words_of(page) for page in lists)
    assert rows_of(stranger.get("/admin/registrations/?export=csv")) == []
    assert Registration.objects.count() == 4


def test_a_partner_s_editors_see_those_who_register_for_their_own_events(conference, register):
    own, other = (PartnerFactory(slug=name, number=number) for number, name in ((7, "own"), (8, "other")))
    conference.partner = own
    conference.save()
    call_command("bootstrap", stdout=io.StringIO())
    register(name="Zyzzyva")

    seen = []
    for partner in (own, other):
        user = UserFactory(is_superuser=False)
        user.groups.add(Team.objects.get(partner=partner).group)
        client = Client()
        client.force_login(user)
        seen.append("Zyzzyva" in words_of(client.get("/admin/registrations/")))

    assert seen == [True, False]
    assert Client().get("/events/conference/").status_code == 200


def test_two_events_in_two_folders_have_two_addresses(conference):
    twin = EventPage(slug="conference", title="T", summary="S", kind="conference")

    with pytest.raises(ValidationError) as refusal:
        twin.clean()

    assert "slug" in refusal.value.message_dict


def test_an_editor_without_events_has_no_list(people):
    nobody = signed_in()

    assert nobody.get("/admin/registrations/").status_code == 302
    assert reverse("events_registrations") not in nobody.get("/admin/").content.decode()


@pytest.mark.parametrize("path", ["", "people/", "attendance/"])
def test_nobody_comes_in_without_signing_in(client, people, conference, path):
    response = client.get(f"/admin/registrations/{conference.pk}/{path}")

    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/admin/login/")


def test_an_event_s_form_opens_and_leads_to_its_registrations(people, conference):
    client = Client()
    client.force_login(UserFactory())

    page = client.get(reverse("wagtailadmin_pages:edit", args=[conference.pk]))
    new = client.get(
        reverse("wagtailadmin_pages:add", args=["events", "eventpage", EventIndexPage.objects.get().pk])
    )

    assert f'href="/admin/registrations/{conference.pk}/"' in page.content.decode()
    assert new.status_code == 200


def test_the_admin_s_history_names_nobody(organiser, people, conference):
    organiser.post(f"/admin/registrations/{conference.pk}/people/{person(2).pk}/delete/")

    assert "Person" not in str(Registration.objects.first())
    assert answers(2)["name"] not in organiser.get("/admin/").content.decode()
