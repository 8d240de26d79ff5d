"""What the admin's forms and lists of records share."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.admin.ui.tables import LiveStatusTagColumn, UpdatedAtColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.preview import PreviewOnEdit
from wagtail.admin.views.generic.workflow import BaseWorkflowFormView, PreviewRevisionForTask
from wagtail.permissions import policy_registry
from wagtail.snippets.views import chooser
from wagtail.snippets.views.snippets import SnippetViewSet

from core.adminforms import RecordForm
from core.models import Source, Synonym
from core.panels import NotesPanel
from core.permissions import RowPolicy, choosable, limit_choices


def provenance_panels() -> list[Panel]:
    """Make the fields that say how firmly a record is known, and from where."""
    return [
        MultiFieldPanel(
            [FieldPanel("certainty"), FieldPanel("note"), FieldPanel("sources")],
            heading=_("Where it comes from"),
        )
    ]


def tabs(**tabs_by_name: tuple[str | Promise, list[Any]]) -> TabbedInterface:
    """Lay a form out in tabs, in the order in which the reader meets the fields, below the notes on it."""
    named = [ObjectList(panels, heading=heading) for heading, panels in tabs_by_name.values()]
    return TabbedInterface([NotesPanel(), *named, PublishingPanel()], base_form_class=RecordForm)


def may_touch(user: Any, view: Any, record: models.Model) -> bool:
    """Tell whether a person may open a view of a record."""
    if isinstance(view, BaseWorkflowFormView | PreviewRevisionForTask):
        task = record.current_workflow_task  # type: ignore[attr-defined]  # these views exist for records with a workflow
        if task and task.get_actions(record, user):
            return True
    action = getattr(view, "permission_required", None) or "change"
    actions = {action, "view"} if getattr(view, "view_name", "") == "inspect" else {action}
    policy = policy_registry.get_by_type(type(record))
    return bool(policy.user_has_any_permission_for_instance(user, actions, record))


class GuardMixin:
    """Before every view of a record, those of later Wagtail versions, too: a foreign record stays closed."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Look at the record before anything is done with it."""
        record = getattr(self, "object", None)
        if record is None and "pk" in kwargs and isinstance(self, PreviewOnEdit):
            record = self.get_object()
        if record is not None and record.pk is not None and not may_touch(request.user, self, record):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a mixin before views


class ScopeMixin:
    """Before every list of records: it holds one's own, and its filters name nothing else."""

    request: HttpRequest
    model: type[models.Model]

    def get_base_queryset(self) -> models.QuerySet[Any]:
        """List the person's own rows."""
        queryset = super().get_base_queryset()  # type: ignore[misc]  # a mixin before lists
        policy = policy_registry.get_by_type(self.model)
        if isinstance(policy, RowPolicy):
            queryset = policy.scope(self.request.user, queryset, ["change", "delete", "view"])
        return queryset

    @cached_property
    def filters(self) -> Any:
        """Offer the filters with what the person may see."""
        filters = super().filters  # type: ignore[misc]  # a mixin before lists
        if filters is not None:
            limit_choices(filters.form.fields.values(), self.request.user)
        return filters


class _ListMixin:
    """The list of a chooser: what is public and one's own."""

    def get_object_list(self) -> models.QuerySet[Any]:
        """List what the person may point at."""
        return choosable(self.request.user, super().get_object_list())  # type: ignore[misc,attr-defined]  # a mixin before lists


class _ChosenMixin:
    """The answer of a chooser: only about what it listed."""

    def get_object(self, pk: str) -> models.Model:
        """Give a record that the person may point at."""
        return self._allowed().get(pk=pk)

    def get_objects(self, pks: list[str]) -> models.QuerySet[Any]:
        """Give the records that the person may point at."""
        return self._allowed().filter(pk__in=pks)

    def _allowed(self) -> models.QuerySet[Any]:
        """Find what the person may point at."""
        return choosable(self.request.user, self.model_class._default_manager.all())  # type: ignore[attr-defined]  # a mixin before views


class _CreateMixin:
    """A new record is made in its own form, never inside a chooser."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Have no address; Wagtail's own view breaks where there is no form."""
        raise Http404


class RecordChooserViewSet(chooser.SnippetChooserViewSet):
    """Choosers of records: they offer what is public and one's own drafts."""

    choose_view_class = type("ChooseView", (_ListMixin, chooser.ChooseView), {})
    choose_results_view_class = type("ChooseResultsView", (_ListMixin, chooser.ChooseResultsView), {})
    chosen_view_class = type("ChosenView", (_ChosenMixin, chooser.SnippetChosenView), {})
    chosen_multiple_view_class = type(
        "ChosenMultipleView", (_ChosenMixin, chooser.SnippetChosenMultipleView), {}
    )
    create_view_class = type("CreateView", (_CreateMixin, chooser.SnippetCreateView), {})


class GuardedViewSet(SnippetViewSet):
    """The admin of a kind of thing, each address of which asks for the very row."""

    chooser_viewset_class = RecordChooserViewSet

    def construct_view(self, view_class: Any, **kwargs: Any) -> Any:
        """Put the guard before a view, and the scope before a list."""
        mixins = (GuardMixin, ScopeMixin) if issubclass(view_class, IndexView) else (GuardMixin,)
        guarded = type(view_class.__name__, (*mixins, view_class), {})
        return super().construct_view(guarded, **kwargs)


class RecordViewSet(GuardedViewSet):
    """The admin of a kind of record: list, form, preview, history."""

    add_to_admin_menu = False
    inspect_view_enabled = True
    copy_view_enabled = False
    list_per_page = 50
    columns: ClassVar[list[Any]] = []

    @property
    def list_display(self) -> list[Any]:
        """Show the record's own columns, then its state and its last change."""
        return [*self.columns, LiveStatusTagColumn(), UpdatedAtColumn()]


class SourceViewSet(GuardedViewSet):
    """The admin of sources."""

    model = Source
    icon = "doc-full-inverse"
    menu_label = _("Sources")
    add_to_admin_menu = False
    list_display: ClassVar = ["title", "date", "url"]
    search_fields: ClassVar = ["title"]
    panels: ClassVar = [
        TitleFieldPanel("title", targets=["slug"]),
        FieldPanel("slug"),
        FieldPanel("url"),
        FieldPanel("date"),
    ]
    ordering: ClassVar = ["title"]


class SynonymViewSet(GuardedViewSet):
    """The admin of words that mean the same to the search."""

    model = Synonym
    icon = "glasses"
    menu_label = _("Synonyms")
    add_to_admin_menu = False
    list_display: ClassVar = ["words", "slug"]
    panels: ClassVar = [FieldPanel("words"), FieldPanel("slug")]
    ordering: ClassVar = ["slug"]
