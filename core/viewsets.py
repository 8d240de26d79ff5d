"""What the admin's forms and lists of records share."""

from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.admin.ui.tables import LiveStatusTagColumn, UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from core.models import Source, Synonym


def provenance_panels() -> list[Panel]:
    """Make the fields that say how firmly a record is known, and from where."""
    return [
        MultiFieldPanel(
            [FieldPanel("certainty"), FieldPanel("note"), FieldPanel("sources")],
            heading=_("Where it comes from"),
        )
    ]


def tabs(**tabs_by_name: tuple[str | Promise, list[Any]]) -> TabbedInterface:
    """Lay a form out in tabs, in the order in which the reader meets the fields."""
    return TabbedInterface([ObjectList(panels, heading=heading) for heading, panels in tabs_by_name.values()])


class RecordViewSet(SnippetViewSet):
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


class SourceViewSet(SnippetViewSet):
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


class SynonymViewSet(SnippetViewSet):
    """The admin of words that mean the same to the search."""

    model = Synonym
    icon = "glasses"
    menu_label = _("Synonyms")
    add_to_admin_menu = False
    list_display: ClassVar = ["words", "slug"]
    panels: ClassVar = [FieldPanel("words"), FieldPanel("slug")]
    ordering: ClassVar = ["slug"]
