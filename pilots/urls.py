"""Addresses of test cases and pilot action sets."""

from django.urls import path

from pilots.views import PilotActionBrowseView, PilotActionDetailView, TestCaseBrowseView, TestCaseDetailView

app_name = "pilots"
urlpatterns = [
    path("test-cases/", TestCaseBrowseView.as_view(), name="test_cases"),
    path("test-cases/<slug:slug>/", TestCaseDetailView.as_view(), name="test_case"),
    path("pilot-actions/", PilotActionBrowseView.as_view(), name="pilot_actions"),
    path("pilot-actions/<slug:slug>/", PilotActionDetailView.as_view(), name="pilot_action"),
]
