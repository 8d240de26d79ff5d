"""Addresses of test cases and pilot action sets."""

from django.urls import path

from pilots.views import (
    FactSheetPdfView,
    FactSheetView,
    PilotActionBrowseView,
    PilotActionDetailView,
    TestCaseBrowseView,
    TestCaseDetailView,
    TestCasePdfView,
)

app_name = "pilots"
urlpatterns = [
    path("test-cases/", TestCaseBrowseView.as_view(), name="test_cases"),
    path("test-cases/<slug:slug>/", TestCaseDetailView.as_view(), name="test_case"),
    path("test-cases/<slug:slug>/test-case.pdf", TestCasePdfView.as_view(), name="test_case_pdf"),
    path("pilot-actions/", PilotActionBrowseView.as_view(), name="pilot_actions"),
    path("pilot-actions/<slug:slug>/", PilotActionDetailView.as_view(), name="pilot_action"),
    path("pilot-actions/<slug:slug>/fact-sheet/", FactSheetView.as_view(), name="fact_sheet"),
    path("pilot-actions/<slug:slug>/fact-sheet.pdf", FactSheetPdfView.as_view(), name="fact_sheet_pdf"),
]
