"""What an editor does: sign in, find, change as a draft, look at it, publish, look back."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from core.models import Source
from outputs.models import Output
from partners.models import Partner
from pilots.models import Implementation, PilotAction, TestCase
from regions.models import NutsRegion
from tests.factories import (
    PASSWORD,
    PartnerFactory,
    PilotActionFactory,
    TestCaseFactory,
    UserFactory,
    make_publishable_case,
)
from tests.html import form_values, heading_of, internal_links, listed, soup_of, words_of
from toolbox.models import ToolPage
from vocabularies.models import Concept

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]

RECORDS: list[Any] = [Partner, Output, PilotAction, TestCase, Implementation]
KINDS: list[Any] = [*RECORDS, Concept, Source, NutsRegion]
GROUPS = ["Pilot actions", "Outputs", "Partners", "Regions", "Vocabularies"]
FORM = "form#w-editor-form, form[data-edit-form]"
HOSTS = re.compile(r"""(?:src|href|action)=["'](?:https?:)?//([^/"']+)""")


@pytest.fixture
def editor(db):
    """Sign an administrator in."""
    client = Client()
    client.force_login(UserFactory())
    return client


def _first(model: Any) -> Any:
    """Give the first published record of a kind."""
    return model.objects.live().first()


def _address(model: Any, view: str, *args: Any) -> str:
    """Give the address of a page of a record's admin."""
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


def _form(client: Client, address: str) -> dict[str, Any]:
    """Fill an edit form as a browser would that knows nothing of lists of sentences."""
    page = client.get(address)
    streams = [str(tag["id"]) for tag in soup_of(page).select("[data-block]")]
    return {**form_values(page, FORM), **{f"{name}-count": "0" for name in streams}}


def _save(client: Client, record: Any, action: str = "", **changes: str) -> Any:
    """Change a record through its form, as a draft or published."""
    address = _address(type(record), "edit", record.pk)
    data = {**_form(client, address), **changes, **({action: "1"} if action else {})}
    return client.post(address, data)


# --- Signing in -------------------------------------------------------------------------------


@pytest.mark.parametrize("model", KINDS)
def test_nobody_sees_the_admin_without_signing_in(client, model):
    response = client.get(_address(model, "list"))

    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/admin/login/")


def test_an_administrator_signs_in_with_a_password(client):
    user = UserFactory()

    response = client.post(
        "/admin/login/", {"username": user.username, "password": PASSWORD, "next": "/admin/"}
    )

    assert (response.status_code, response["Location"]) == (302, "/admin/")


def test_a_wrong_password_opens_nothing(client):
    user = UserFactory()

    response = client.post("/admin/login/", {"username": user.username, "password": "another long word"})

    assert response.status_code == 200
    assert client.get("/admin/").status_code == 302


# --- Finding ----------------------------------------------------------------------------------


def test_the_menu_holds_one_group_for_each_app(editor):
    html = editor.get("/admin/").content.decode()

    places = [html.find(f'"label": "{group}"') for group in GROUPS]

    assert -1 not in places, dict(zip(GROUPS, places, strict=True))


@pytest.mark.parametrize("model", KINDS)
def test_every_kind_of_record_has_a_list_and_a_form_for_a_new_one(editor, model):
    answers = [editor.get(_address(model, view)).status_code for view in ("list", "add")]

    assert answers == [200, 200]


@pytest.mark.parametrize("model", KINDS)
def test_every_seeded_kind_of_record_opens_in_its_form(editor, model):
    record = model.objects.first()

    response = editor.get(_address(model, "edit", record.pk))

    assert response.status_code == 200
    assert soup_of(response).select_one(FORM)


@pytest.mark.parametrize("model", RECORDS)
def test_every_record_has_a_history_and_a_page_of_facts(editor, model):
    record = model.objects.first()

    answers = [
        editor.get(_address(model, view, record.pk)).status_code for view in ("history", "inspect", "usage")
    ]

    assert answers == [200, 200, 200]


def test_a_toolbox_item_opens_in_its_form_and_its_shelf_offers_a_new_one(editor):
    tool = _first(ToolPage)

    addresses = [
        reverse("wagtailadmin_pages:edit", args=[tool.pk]),
        reverse("wagtailadmin_pages:add", args=["toolbox", "toolpage", tool.get_parent().pk]),
        reverse("wagtailadmin_explore", args=[tool.get_parent().pk]),
    ]

    assert [editor.get(address).status_code for address in addresses] == [200, 200, 200]


@pytest.mark.parametrize(
    "view", ["wagtailimages:index", "wagtaildocs:index", "wagtailimages:add", "wagtaildocs:add"]
)
def test_pictures_and_documents_can_be_added(editor, view):
    response = editor.get(reverse(view))

    assert response.status_code == 200


def test_a_record_is_found_by_the_words_of_its_title(editor):
    response = editor.get(_address(TestCase, "list"), {"q": "KRACH"})

    assert "KRACH+" in words_of(response)


# --- Changing ---------------------------------------------------------------------------------


def test_a_draft_of_a_change_leaves_the_public_page_as_it_was(editor, client):
    case = TestCaseFactory(title="Before")

    response = _save(editor, case, title="After")

    assert response.status_code == 302
    assert "After" not in client.get(case.get_absolute_url()).content.decode()
    assert TestCase.objects.get(pk=case.pk).has_unpublished_changes


def test_publishing_changes_the_public_page(editor, client):
    case = make_publishable_case(title="Before")

    response = _save(editor, case, "action-publish", title="After")

    assert response.status_code == 302
    assert "After" in client.get(case.get_absolute_url()).content.decode()


def test_taking_a_record_back_takes_it_from_the_public_pages(editor, client):
    case = TestCase.objects.get(slug="krach-plus")

    editor.post(_address(TestCase, "unpublish", case.pk))

    assert client.get(case.get_absolute_url()).status_code == 404
    assert "krach-plus" not in listed(client.get("/test-cases/"))


def test_a_new_record_is_a_draft_until_it_is_published(editor, client):
    data = _new_partner(editor)

    response = editor.post(_address(Partner, "add"), data)

    assert response.status_code == 302
    assert not Partner.objects.get(slug="new-partner").live
    assert client.get("/partners/new-partner/").status_code == 404


def test_a_broken_rule_is_told_in_the_form(editor):
    data = {**_new_partner(editor), "number": "3"}

    response = editor.post(_address(Partner, "add"), data)

    assert response.status_code == 200
    assert "Another partner has this number." in words_of(response)


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (Partner, "Another record has this short name already."),
        (Output, "Another record has this short name already."),
        (PilotAction, "Another record has this short name already."),
        (TestCase, "Another record has this short name already."),
        (Implementation, "Another record has this short name already."),
        (Concept, "This vocabulary has a concept with this short name already."),
    ],
)
def test_a_short_name_that_is_taken_is_told_in_the_form(editor, model, words):
    first, second = model.objects.order_by("pk")[:2]
    address = _address(model, "edit", second.pk)
    model.objects.filter(pk=second.pk).update(**({} if model is Concept else {"first_published_at": None}))

    response = editor.post(address, {**_form(editor, address), "slug": first.slug})

    assert words in words_of(response)


def test_a_region_that_stands_twice_in_a_set_is_told_in_the_form(editor):
    action = PilotAction.objects.get(slug="establishing")
    data = _form(editor, _address(PilotAction, "edit", action.pk))
    regions = [name for name in data if name.startswith("participations-") and name.endswith("-region")]

    response = editor.post(_address(PilotAction, "edit", action.pk), {**data, regions[1]: data[regions[0]]})

    assert response.status_code == 200


def test_the_address_of_a_published_record_cannot_be_changed_in_the_form(editor):
    case = make_publishable_case(slug="krach")
    _save(editor, case, "action-publish")

    response = _save(editor, case, "action-publish", slug="another")

    assert "The address of a published record stays: “krach”." in words_of(response)


def test_the_history_names_every_version(editor):
    case = TestCaseFactory()
    for title in ("First", "Second"):
        _save(editor, case, title=title)

    response = editor.get(_address(TestCase, "history", case.pk))

    assert len(soup_of(response).select("main tbody tr")) == 2


def _new_partner(client: Client) -> dict[str, Any]:
    """Fill the form of a new partner."""
    values = {
        "name": "New",
        "short_name": "N",
        "slug": "new-partner",
        "number": "44",
        "city": "C",
        "summary": "S",
    }
    region = NutsRegion.objects.get(code="SI04")
    return {**_form(client, _address(Partner, "add")), **values, "region": str(region.pk)}


# --- Previews ---------------------------------------------------------------------------------


def _preview(client: Client, address: str, data: dict[str, Any]) -> Any:
    """Look at a form's record as readers would see it."""
    answer = client.post(address, data)
    assert answer.json()["is_valid"], answer.json()
    return client.get(address, {"mode": ""})


@pytest.mark.parametrize(
    ("model", "field"),
    [(Partner, "name"), (Output, "title"), (PilotAction, "plain_title"), (TestCase, "title")],
)
def test_a_preview_shows_the_public_page_with_the_words_of_the_draft(editor, model, field):
    record = _first(model)
    data = {**_form(editor, _address(model, "edit", record.pk)), field: "Words of a draft"}

    response = _preview(editor, _address(model, "preview_on_edit", record.pk), data)

    assert response.status_code == 200
    assert heading_of(response) == "Words of a draft"


def test_a_preview_of_a_run_shows_it_on_the_page_of_its_test_case(editor):
    run = _first(Implementation)
    data = {**_form(editor, _address(Implementation, "edit", run.pk)), "summary": "Words of a draft"}

    response = _preview(editor, _address(Implementation, "preview_on_edit", run.pk), data)

    assert "Words of a draft" in words_of(response)
    assert run.test_case.title in words_of(response)


def test_a_preview_of_a_new_partner_needs_nothing_stored(editor):
    data = _new_partner(editor)

    response = _preview(editor, _address(Partner, "preview_on_add"), data)

    assert heading_of(response) == "New"
    assert not Partner.objects.filter(slug="new-partner").exists()


def test_a_preview_of_a_new_test_case_needs_nothing_stored(editor):
    values = {"title": "Words of a draft", "slug": "new", "pitch": "P", "summary": "S"}
    action = PilotActionFactory()
    data = {**_form(editor, _address(TestCase, "add")), **values, "pilot_action": str(action.pk)}

    response = _preview(editor, _address(TestCase, "preview_on_add"), data)

    assert heading_of(response) == "Words of a draft"


def test_a_preview_of_a_new_set_needs_nothing_stored(editor):
    values = {
        "title": "T",
        "plain_title": "Words",
        "slug": "new",
        "pitch": "P",
        "summary": "S",
        "number": "99",
    }
    data = {**_form(editor, _address(PilotAction, "add")), **values, "palette": "mediating"}

    response = _preview(editor, _address(PilotAction, "preview_on_add"), data)

    assert heading_of(response) == "Words"


def test_a_preview_of_a_new_output_needs_nothing_stored(editor):
    kind = _first(Output).kind
    values = {"title": "Words", "slug": "new", "summary": "S", "kind": str(kind.pk)}
    data = {**_form(editor, _address(Output, "add")), **values}

    response = _preview(editor, _address(Output, "preview_on_add"), data)

    assert heading_of(response) == "Words"


def test_a_preview_of_a_new_run_shows_it_beside_the_others(editor):
    case, partner = TestCaseFactory(title="Help desk"), PartnerFactory()
    chosen = {"test_case": str(case.pk), "partner": str(partner.pk), "region": str(partner.region_id)}
    data = {**_form(editor, _address(Implementation, "add")), **chosen, "slug": "new", "summary": "Words"}

    response = _preview(editor, _address(Implementation, "preview_on_add"), data)

    assert "Help desk" in words_of(response)
    assert "Words" in words_of(response)


def test_a_draft_of_a_live_record_can_be_looked_at_by_editors_alone(editor, client):
    run = _first(Implementation)

    answers = [one.get(_address(Implementation, "edit", run.pk)).status_code for one in (editor, client)]

    assert answers == [200, 302]


# --- Promises to everybody's browser ----------------------------------------------------------


ADMIN_PAGES = [
    "/admin/login/",
    "/admin/",
    "/admin/pages/",
    "/admin/snippets/pilots/testcase/",
    "/admin/images/",
]


@pytest.mark.parametrize("address", ADMIN_PAGES)
def test_the_admin_loads_nothing_from_another_host(editor, client, address):
    html = (client if "login" in address else editor).get(address).content.decode()
    loaded = soup_of(html).select("script[src], link[rel=stylesheet], img[src], iframe[src], link[rel=icon]")

    addresses = [str(tag.get("src") or tag.get("href")) for tag in loaded]

    assert [one for one in addresses if not one.startswith(("/", "data:")) or one.startswith("//")] == []


@pytest.mark.parametrize("address", ["/test-cases/", "/partners/", "/healthz", "/robots.txt", "/nothing/"])
def test_public_pages_allow_no_inline_code(client, address):
    policy = client.get(address)["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy


@pytest.mark.parametrize("address", ADMIN_PAGES)
def test_the_admin_has_a_policy_of_its_own(editor, address):
    policy = editor.get(address)["Content-Security-Policy"]

    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "http" not in policy


def test_public_pages_load_nothing_from_another_host(client):
    for address in ("/", "/test-cases/", "/test-cases/krach-plus/", "/regions/DED4/", "/toolbox/"):
        soup = soup_of(client.get(address))
        loaded = soup.select(
            "script[src], link[rel=stylesheet], img[src], iframe, link[rel=icon], link[rel=preload]"
        )

        assert all(str(tag.get("src") or tag.get("href")).startswith("/") for tag in loaded), address


def test_an_administrator_s_preview_does_not_lead_out_of_the_site(editor):
    case = _first(TestCase)
    data = _form(editor, _address(TestCase, "edit", case.pk))

    response = _preview(editor, _address(TestCase, "preview_on_edit", case.pk), data)

    assert "/test-cases/" in internal_links(response, case.get_absolute_url())


def test_every_app_of_records_shows_itself_in_the_admin():
    apps_of_records = {model._meta.app_config for model in KINDS}

    named = [app.verbose_name for app in apps_of_records]

    assert len(set(named)) == len(apps_of_records)
    assert apps.is_installed("wagtail.admin")
