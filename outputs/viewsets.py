"""Outputs in the admin."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, TitleFieldPanel
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from core.viewsets import RecordViewSet, provenance_panels, tabs
from outputs.models import Output


class OutputViewSet(RecordViewSet):
    """The admin of outputs and deliverables."""

    model = Output
    icon = "doc-full"
    menu_label = _("Outputs")
    columns: ClassVar = ["title", "code", "kind", "delivered"]
    list_filter: ClassVar = ["category", "kind", "live", "has_unpublished_changes"]
    ordering: ClassVar = ["-category", "code", "title"]
    edit_handler = tabs(
        what=(
            _("What it is"),
            [
                MultiFieldPanel(
                    [
                        TitleFieldPanel("title", targets=["slug"]),
                        FieldPanel("title_is_working"),
                        FieldPanel("native_title"),
                        FieldPanel("slug"),
                    ],
                    heading=_("Title"),
                ),
                FieldRowPanel(
                    [FieldPanel("code"), FieldPanel("category"), FieldPanel("kind"), FieldPanel("quantity")]
                ),
                FieldPanel("summary"),
                FieldPanel("languages"),
                MultiFieldPanel(
                    [FieldRowPanel([FieldPanel("delivered"), FieldPanel("delivered_precision")])],
                    heading=_("Handed in"),
                ),
            ],
        ),
        files=(
            _("Files"),
            [
                InlinePanel(
                    "files", label=_("file"), panels=[FieldPanel("document"), FieldPanel("is_original")]
                ),
                FieldPanel("web_address"),
            ],
        ),
        who=(
            _("Who and where"),
            [
                FieldPanel("partners", widget=forms.CheckboxSelectMultiple),
                FieldPanel("regions"),
                FieldPanel("part_of"),
            ],
        ),
        source=(_("Sources"), provenance_panels()),
    )


class OutputGroup(SnippetViewSetGroup):
    """The register of outputs."""

    items = (OutputViewSet,)
    menu_label = _("Outputs")
    menu_icon = "doc-full"
    menu_order = 300
