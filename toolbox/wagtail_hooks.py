"""The report on links in the admin."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from toolbox.reports import LinkReportView


@hooks.register("register_admin_urls")
def link_report_urls() -> list[object]:
    """Give the report its addresses."""
    return [
        path("reports/links/", LinkReportView.as_view(), name="link_report"),
        path("reports/links/results/", LinkReportView.as_view(results_only=True), name="link_report_results"),
    ]


@hooks.register("register_reports_menu_item")
def link_report_item() -> MenuItem:
    """Put the report into the menu."""
    return MenuItem(_("Links"), reverse("link_report"), name="links", icon_name="link", order=800)
