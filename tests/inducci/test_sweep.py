"""Every address of the admin, with what belongs to another partner: nothing is shown, nothing is changed.

The addresses come from the resolver: a view that an upgrade adds is swept as soon as it is there, and
where its arguments are of no known kind the test fails until somebody says what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import connection, transaction
from django.http import HttpRequest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RoutePattern
from wagtail.admin.viewsets import viewsets
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Collection, Page, Task, Workflow
from wagtail.models import Site as WagtailSite

from core import viewsets as guards
from core.models import Source
from inducci import permissions as gate
from outputs.models import Output
from pilots.models import Implementation, PilotAction, TestCase
from regions.models import NutsRegion
from tests.factories import ImplementationFactory, OutputFactory, PilotActionFactory, TestCaseFactory
from tests.html import form_values, soup_of
from tests.inducci.foreign import SECRET, Site
from vocabularies.models import Concept

pytestmark = pytest.mark.one_engine

# Not a person's address, or the end of the session that sweeps.
LEFT_OUT = {"wagtailadmin_logout": "ends the session", "wagtailadmin_login": "is for those who have none"}
# A person's own row, which every request may touch.
HARMLESS = re.compile(
    r'"(django_session|wagtailadmin_editingsession|wagtailusers_userprofile|core_contentversion|core_user)"'
)
LISTS = (":list", ":index", ":site_history", ":workflow", "_tasks", "_pages", "_usage")
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


def patterns(resolver: Any, name: str = "", route: str = "") -> Iterator[tuple[str, str, URLPattern]]:
    """List every address below a resolver with its name."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            space = f"{name}{pattern.namespace}:" if pattern.namespace else name
            yield from patterns(pattern, space, route + str(pattern.pattern))
        else:
            yield f"{name}{pattern.name or ''}", route + str(pattern.pattern), pattern


def admin() -> list[tuple[str, str, URLPattern]]:
    """List the addresses of the admin."""
    return [one for one in patterns(get_resolver()) if one[1].startswith("admin/") and one[0] not in LEFT_OUT]


def arguments(pattern: URLPattern, route: str) -> list[str]:
    """Name the arguments of an address, in their order."""
    return [a or b for a, b in re.findall(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>", route)]


class Values:
    """What to put in the place of an argument: keys of what belongs to the other partner."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.models = {
            viewset.url_namespace: viewset.model
            for viewset in viewsets.viewsets
            if not isinstance(viewset, PageViewSet) and getattr(viewset, "model", None) is not None
        }

    def targets(self, name: str) -> list[Any]:
        """List the things that an address is about."""
        site, space = self.site, name.rpartition(":")[0]
        model = self.models.get(space)
        plain = {
            "wagtailadmin_pages": [site.page],
            "wagtailadmin_collections": [site.other.team.collection],
            "wagtailadmin_workflows": [Task.objects.first() if "task" in name else Workflow.objects.first()],
            "wagtaildocs": [site.document],
            "wagtailimages": [site.image],
            "wagtaildocs_chooser": [site.document],
            "wagtailimages_chooser": [site.image],
            "wagtailsites": [WagtailSite.objects.first()],
            "wagtailusers_users": [site.stranger],
            "wagtailusers_groups": [Group.objects.exclude(pk=site.own.team.group_id).first()],
            "wagtailadmin_api:pages": [site.page],
            "wagtailadmin_api:documents": [site.document],
            "wagtailadmin_api:images": [site.image],
        }
        if name.startswith("events_"):
            return [site.event]
        if name == "inducci_verify":
            return site.records[TestCase]
        if name == "inducci_take_off_second_factor":
            return [site.stranger]
        if space in plain:
            return plain[space]
        if model in site.records:
            return site.records[model]
        if model in SHARED:
            return [SHARED[model]()]
        return [site.page]

    def of(self, name: str, argument: str, target: Any) -> list[Any]:
        """List the values of an argument; raise KeyError for one that nobody explained."""
        site = self.site
        revision = getattr(target, "latest_revision", None)
        state = getattr(target, "current_workflow_state", None)
        task_state = state.current_task_state.pk if state else 1
        app, model = target._meta.app_label, target._meta.model_name
        known: dict[str, list[Any]] = {
            "pk": [target.pk],
            "object_id": [target.pk],
            "page_id": [site.page.pk, site.event.pk],
            "page_pk": [site.page.pk],
            "parent_page_id": [site.page.get_parent().pk],
            "page_to_move_id": [site.page.pk],
            "destination_id": [site.folder.pk],
            "document_id": [site.document.pk],
            "doc_id": [site.document.pk],
            "image_id": [site.image.pk],
            "uploaded_file_id": [site.upload.pk],
            "collection_id": [site.other.team.collection_id],
            "redirect_id": [1],
            "registration": [site.registration.pk],
            "upload": [site.workbook.pk],
            "session_id": [1],
            "kind": [target._meta.label_lower],
            "workflow_pk": [Workflow.objects.values_list("pk", flat=True)[0]],
            "revision_id": [revision.pk if revision else 1],
            "revision_id_a": ["earliest"],
            "revision_id_b": ["latest"],
            "task_id": [Task.objects.values_list("pk", flat=True)[0]],
            "task_state_id": [task_state],
            "workflow_state_id": [state.pk if state else 1],
            "action_name": ["approve", "reject", "publish"],
            "filter_spec": ["width-100"],
            "uidb64": ["MQ"],
            "token": ["set-password"],
            "app_label": [app],
            "app_name": [app],
            "model_name": [model],
            "content_type_app_name": ["toolbox"],
            "content_type_model_name": ["toolpage"],
        }
        return known[argument]

    def sets(self, name: str, route: str, pattern: URLPattern) -> Iterator[dict[str, Any]]:
        """List the arguments with which an address is to be opened."""
        names = arguments(pattern, route)
        if name == "wagtail_bulk_action":
            yield from self._bulk()
            return
        if not names:
            yield {}
            return
        for target in self._all() if name.startswith("wagtailadmin_editing") else self.targets(name):
            for values in product(*(self.of(name, argument, target) for argument in names)):
                yield dict(zip(names, values, strict=True))

    def _all(self) -> list[Any]:
        """List everything that belongs to the other partner."""
        site = self.site
        return [*[one for rows in site.records.values() for one in rows], site.page, site.event]

    def _bulk(self) -> Iterator[dict[str, Any]]:
        """Name every action on many things at once, with the keys of things of others."""
        from wagtail.admin.views.bulk_action.registry import bulk_action_registry

        bulk_action_registry._scan_for_bulk_actions()
        everything = [*self._all(), self.site.document, self.site.image, self.site.stranger]
        for app, by_model in bulk_action_registry.actions.items():
            for model, actions in by_model.items():
                ids = [
                    one.pk
                    for one in everything
                    if (one._meta.app_label, one._meta.model_name) == (app, model)
                    or ((app, model) == ("wagtailcore", "page") and isinstance(one, Page))
                ]
                for action, chosen in product(actions, (*ids, "all")):
                    yield {"app_label": app, "model_name": model, "action": action, "?id": chosen}


SHARED: dict[Any, Any] = {
    Concept: lambda: Concept.objects.first(),
    Source: lambda: Source.objects.first() or Source.objects.create(slug="s", title="S"),
    NutsRegion: lambda: NutsRegion.objects.first(),
    Collection: lambda: Collection.objects.first(),
}
POSTED = {
    "title": "Changed",
    "name": "Changed",
    "comment": "Changed",
    "slug": "changed",
    "action-publish": "1",
    "locked": "true",
    "revision_id": "1",
    "url": "/changed/",
}
# The beginning of the word finds it, and is not mistaken for it where a page repeats what was asked.
SEARCHES = {"q": SECRET[:4], "search": SECRET[:4], "p": "1"}


def address(route: str, values: dict[str, Any]) -> str:
    """Write an address with its arguments; the route is as the resolver has it."""
    text = re.sub(r"\\\.", ".", route)
    for name, value in values.items():
        text = re.sub(rf"<(?:\w+:)?{name}>|\(\?P<{name}>[^()]*\)", str(value), text)
    text = re.sub(r"[\^$]", "", text)
    return f"/{text}" + (f"?id={values['?id']}" if "?id" in values else "")


def _without_guard(monkeypatch: Any) -> None:
    """Put Wagtail's views back that ask about the kind of record alone."""

    def stock(self: Any, *args: Any, **kwargs: Any) -> Any:
        return super(guards.GuardMixin, self).dispatch(*args, **kwargs)

    monkeypatch.setattr(guards.GuardMixin, "dispatch", stock)


def _without_scope(monkeypatch: Any) -> None:
    """Put Wagtail's lists of all records back."""
    monkeypatch.setattr(
        guards.ScopeMixin,
        "get_base_queryset",
        lambda self: super(guards.ScopeMixin, self).get_base_queryset(),
    )


def _without_choosers(monkeypatch: Any) -> None:
    """Put Wagtail's choosers among all records back."""
    monkeypatch.setattr(guards, "choosable", lambda user, queryset: queryset)


def _without_gate(monkeypatch: Any) -> None:
    """Take the gate before Wagtail's other views away."""
    monkeypatch.setattr(gate, "_judge", lambda request: None)


FACTORIES: dict[Any, Any] = {
    TestCase: TestCaseFactory,
    Implementation: ImplementationFactory,
    Output: OutputFactory,
    PilotAction: PilotActionFactory,
}


def stream_form(page: Any) -> dict[str, Any]:
    """Fill an edit form as a browser would that knows nothing of lists of sentences."""
    streams = [str(tag["id"]) for tag in soup_of(page).select("[data-block]")]
    return {
        **form_values(page, "form#w-editor-form, form[data-edit-form]"),
        **{f"{n}-count": "0" for n in streams},
    }


class Sweep:
    """Open every address and note what it shows or changes."""

    def __init__(self, site: Site, client: Client) -> None:
        self.site, self.client, self.values = site, client, Values(site)
        self.found: list[str] = []
        self.opened = 0
        self.written: list[str] = []

    def run(self, only: str = "") -> list[str]:
        """Sweep all addresses whose names begin so."""
        for name, route, pattern in admin():
            if not name.startswith(only):
                continue
            try:
                sets = list(self.values.sets(name, route, pattern))
            except KeyError as unknown:
                self.found.append(f"{name}: what is the argument {unknown}?")
                continue
            for values in sets:
                where = address(route, values)
                self.open("GET", name, where, values)
                self.open("POST", name, where, values)
                if not values:
                    self.open("GET", name, where, values, SEARCHES)
                    if name.endswith(LISTS):
                        self.open("GET", name, where, values, {"export": "csv"})
        return self.found

    def open(self, method: str, name: str, where: str, values: Any, data: Any = None) -> None:
        """Open an address, note what is wrong, and undo what it did."""
        self.written = []
        self.client.cookies.pop("messages", None)
        self.opened += 1
        with transaction.atomic(), connection.execute_wrapper(self._listen):
            response = self.client.get(where, data) if method == "GET" else self.client.post(where, POSTED)
            text = self._text(response)
            transaction.set_rollback(True)
        if SECRET in text:
            self.found.append(f"{method} {where} ({name}) shows a foreign title")
        if self.written:
            self.found.append(f"{method} {where} ({name}) writes: {self.written[0]}")
        if response.status_code >= 500:
            self.found.append(f"{method} {where} ({name}) breaks")
        if self._is_about_a_record(name, values) and response.status_code == 200:
            self.found.append(f"{method} {where} ({name}) opens a foreign record")

    @staticmethod
    def _text(response: Any) -> str:
        """Read an answer, also one that comes in pieces."""
        parts = response.streaming_content if response.streaming else [response.content]
        said = response.cookies.get("messages")
        storage: Any = CookieStorage(HttpRequest())
        messages = storage._decode(said.value) if said else None
        return b"".join(parts).decode("utf-8", "replace") + "".join(map(str, messages or ()))

    def _is_about_a_record(self, name: str, values: dict[str, Any]) -> bool:
        """Tell whether an address has the key of a record in it that is closed to others."""
        space = name.rpartition(":")[0]
        return "pk" in values and self.values.models.get(space) in self.site.records and "chooser" not in name

    def _listen(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Note what is written."""
        if sql.lstrip().startswith(WRITES) and not HARMLESS.search(sql.split("WHERE")[0]):
            self.written.append(f"{sql[:90]}")
        return execute(sql, params, many, context)


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """Make the two partners once."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Site()
        transaction.set_rollback(True)


@pytest.fixture
def sweep(site, db):
    """Sign the editor in."""
    client = Client(raise_request_exception=False)
    client.force_login(site.editor)
    return Sweep(site, client)


def test_no_address_shows_or_changes_what_belongs_to_another_partner(sweep):
    found = sweep.run()

    assert found == []
    assert sweep.opened > 1000


@pytest.mark.parametrize(
    ("stock", "addresses", "leak"),
    [
        (_without_guard, "wagtailsnippets_pilots_testcase:", "opens a foreign record"),
        (_without_scope, "wagtailsnippets_pilots_testcase:list", "shows a foreign title"),
        (_without_choosers, "wagtailsnippetchoosers_outputs_output:", "shows a foreign title"),
        (_without_gate, "wagtail_bulk_action", "shows a foreign title"),
        (_without_gate, "wagtailadmin_reports:site_history", "shows a foreign title"),
    ],
)
def test_with_the_stock_views_put_back_the_sweep_finds_leaks(sweep, monkeypatch, stock, addresses, leak):
    stock(monkeypatch)

    found = sweep.run(addresses)

    assert [one for one in found if leak in one]


def test_an_address_with_an_unknown_argument_fails_the_sweep(sweep, monkeypatch):
    new = URLPattern(
        RoutePattern("admin/new/<int:mystery>/", "new"), lambda request, mystery: None, name="new"
    )
    monkeypatch.setattr("tests.inducci.test_sweep.admin", lambda: [("new", "admin/new/<int:mystery>/", new)])

    assert sweep.run() == ["new: what is the argument 'mystery'?"]


@pytest.mark.parametrize("view", ["edit", "history", "usage", "inspect"])
def test_an_editor_opens_what_is_the_own_partners(site, sweep, view):
    case = TestCaseFactory(live=False)
    run = ImplementationFactory(test_case=case, partner=site.own, live=False)
    output = OutputFactory(live=False)
    output.partners = [site.own]
    output.save()

    answers = {
        record: sweep.client.get(
            reverse(record.snippet_viewset.get_url_name(view), args=[record.pk])
        ).status_code
        for record in (case, run, output, site.own)
    }

    assert set(answers.values()) == {200}, answers


@pytest.mark.parametrize("model", [TestCase, Implementation, Output, PilotAction])
def test_a_list_holds_the_own_records_alone(site, sweep, model):
    kwargs = {PilotAction: {"responsible": site.own}, Implementation: {"partner": site.own}}.get(model, {})
    own = FACTORIES[model](live=False, **kwargs)
    if model is TestCase:
        ImplementationFactory(test_case=own, partner=site.own, live=False)
    if model is Output:
        own.partners = [site.own]
        own.save()

    response = sweep.client.get(reverse(model.snippet_viewset.get_url_name("list")))

    assert [record.pk for record in response.context["object_list"]] == [own.pk]


def test_a_draft_of_a_run_does_not_make_a_published_test_case_ones_own(site, sweep):
    case = TestCaseFactory()
    ImplementationFactory(test_case=case, partner=site.own, live=False)

    response = sweep.client.get(reverse(TestCase.snippet_viewset.get_url_name("edit"), args=[case.pk]))

    assert response.status_code == 302


def test_an_editor_cannot_publish_even_the_own_record(site, sweep):
    run = ImplementationFactory(partner=site.own, live=False)
    where = reverse(Implementation.snippet_viewset.get_url_name("edit"), args=[run.pk])
    page = sweep.client.get(where)

    sweep.client.post(where, {**form_values(page, "form#w-editor-form"), "action-publish": "1"})

    run.refresh_from_db()
    assert not run.live


def test_an_editor_cannot_give_a_record_to_another_partner(site, sweep):
    run = ImplementationFactory(partner=site.own, live=False)
    where = reverse(Implementation.snippet_viewset.get_url_name("edit"), args=[run.pk])
    data = {**stream_form(sweep.client.get(where)), "partner": str(site.other.pk)}

    sweep.client.post(where, data)

    assert Implementation._base_manager.get(pk=run.pk).get_latest_revision_as_object().partner == site.own


def test_a_forged_link_to_a_foreign_draft_is_refused(site, sweep):
    run = ImplementationFactory(partner=site.own, live=False)
    foreign = site.records[TestCase][0]
    where = reverse(Implementation.snippet_viewset.get_url_name("edit"), args=[run.pk])
    data = {**stream_form(sweep.client.get(where)), "test_case": str(foreign.pk)}

    response = sweep.client.post(where, data)

    assert SECRET not in response.content.decode()
    assert Implementation._base_manager.get(pk=run.pk).get_latest_revision_as_object().test_case != foreign


def test_a_published_record_is_not_deleted_by_its_editor(site, sweep):
    run = ImplementationFactory(partner=site.own)

    sweep.client.post(reverse(Implementation.snippet_viewset.get_url_name("delete"), args=[run.pk]))

    assert Implementation._base_manager.filter(pk=run.pk).exists()


def test_a_form_with_missing_fields_is_answered_with_a_sentence(site, sweep):
    response = sweep.client.post(reverse(TestCase.snippet_viewset.get_url_name("add")), {"title": "T"})

    assert response.status_code == 400
    assert "Open it anew" in response.content.decode()
