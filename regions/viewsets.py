"""Regions in the admin."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from core.viewsets import GuardedViewSet
from regions.models import NutsRegion


class NutsRegionViewSet(GuardedViewSet):
    """The admin of regions: the codes come from Eurostat, the English names and texts from us."""

    model = NutsRegion
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
