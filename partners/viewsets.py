"""Partners in the admin."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from core.viewsets import RecordViewSet, provenance_panels, tabs
from partners.models import Partner


class PartnerViewSet(RecordViewSet):
    """The admin of partners."""

    model = Partner
    icon = "group"
    menu_label = _("Partners")
    columns: ClassVar = ["name", "code", "city", "region"]
    list_filter: ClassVar = ["role", "kind", "live", "has_unpublished_changes"]
    ordering: ClassVar = ["number"]
    edit_handler = tabs(
        who=(
            _("Who they are"),
            [
                TitleFieldPanel("name", targets=["slug"]),
                FieldPanel("native_name"),
                FieldRowPanel([FieldPanel("short_name"), FieldPanel("number"), FieldPanel("role")]),
                FieldPanel("slug"),
                FieldPanel("kind"),
                FieldPanel("summary"),
                FieldPanel("part_in_project"),
                FieldPanel("logo"),
            ],
        ),
        where=(
            _("Where and how to reach them"),
            [
                MultiFieldPanel(
                    [FieldPanel("region"), FieldPanel("district"), FieldPanel("city")], heading=_("Place")
                ),
                MultiFieldPanel(
                    [FieldPanel("street"), FieldPanel("postcode"), FieldPanel("address_note")],
                    heading=_("Address"),
                ),
                MultiFieldPanel([FieldPanel("website"), FieldPanel("email")], heading=_("Contact")),
            ],
        ),
        source=(_("Sources"), provenance_panels()),
    )


class PartnerGroup(SnippetViewSetGroup):
    """The organisations of the partnership."""

    items = (PartnerViewSet,)
    menu_label = _("Partners")
    menu_icon = "group"
    menu_order = 400
