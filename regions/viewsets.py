"""Regions in the admin."""

from typing import ClassVar

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from core.search.folding import words
from core.viewsets import GuardedViewSet, RecordChooserViewSet
from regions.models import NutsRegion


class RegionSearchForm(BaseFilterForm):
    """Find a region by its code or by a name in any spelling: itc4, Škofja, skofja, Gorenjska."""

    q = forms.CharField(
        label=_("Code or name"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("A code or a name, in any spelling")}),
    )

    def filter(self, objects: models.QuerySet[NutsRegion]) -> models.QuerySet[NutsRegion]:
        """Keep the regions in which every word that was typed begins a word."""
        found: models.QuerySet[NutsRegion] = super().filter(objects)
        typed = words(self.cleaned_data.get("q") or "")
        if not typed:
            return found
        self.is_searching, self.search_query = True, self.cleaned_data["q"]
        keys = [
            region.pk
            for region in found.order_by().only("code", "name", "name_latin", "name_en")
            if all(any(word.startswith(one) for word in words(" ".join(region.spellings))) for one in typed)
        ]
        return found.filter(pk__in=keys)


class RegionChooserViewSet(RecordChooserViewSet):
    """The chooser of regions."""

    choose_view_class = type(
        "ChooseView", (RecordChooserViewSet.choose_view_class,), {"filter_form_class": RegionSearchForm}
    )
    choose_results_view_class = type(
        "ChooseResultsView",
        (RecordChooserViewSet.choose_results_view_class,),
        {"filter_form_class": RegionSearchForm},
    )


class NutsRegionViewSet(GuardedViewSet):
    """The admin of regions: the codes come from Eurostat, the English names and texts from us."""

    model = NutsRegion
    chooser_viewset_class = RegionChooserViewSet
    icon = "globe"
    menu_label = _("NUTS regions")
    list_display: ClassVar = ["code", "name", "name_en", "level", "last_version"]
    list_filter: ClassVar = ["first_version", "last_version"]
    list_per_page = 50
    inspect_view_enabled = True
    panels: ClassVar = [
        MultiFieldPanel(
            [FieldPanel("code"), FieldPanel("name"), FieldPanel("name_latin"), FieldPanel("name_en")],
            heading=_("Name"),
        ),
        MultiFieldPanel([FieldPanel("summary"), FieldPanel("note")], heading=_("What readers see")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("first_version"), FieldPanel("last_version")]),
                FieldPanel("successors"),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
            ],
            heading=_("Classification"),
        ),
    ]


class RegionGroup(SnippetViewSetGroup):
    """The classification of regions."""

    items = (NutsRegionViewSet,)
    menu_label = _("Regions")
    menu_icon = "globe"
    menu_order = 500
