"""What editors are told about the links of the site."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from toolbox.models import LinkCheck


class LinkReportView(ReportView):
    """Every link with what it answered when it was last tried; those that failed come first."""

    model = LinkCheck
    page_title = _("Links")
    header_icon = "link"
    index_url_name = "link_report"
    index_results_url_name = "link_report_results"
    default_ordering: ClassVar = ["-strikes", "url"]
    columns: ClassVar[list[Any]] = [
        TitleColumn("url", label=_("Address"), get_url=lambda check: check.url),
        StatusTagColumn(
            "found",
            accessor="get_found_display",
            label=_("What was found"),
            primary=lambda check: check.is_dead,
        ),
        Column("detail", label=_("In detail")),
        Column("strikes", label=_("Failures in a row")),
        DateColumn("seen_at", label=_("Last seen to work")),
        DateColumn("checked_at", label=_("Last tried")),
    ]
    list_export: ClassVar = ["url", "get_found_display", "detail", "strikes", "seen_at", "checked_at"]
