"""Addresses of the toolbox, its items and the ways in by problem."""

from django.urls import path

from toolbox.views import (
    ChallengeDetailView,
    ChallengeListView,
    ChecklistPdfView,
    ToolBrowseView,
    ToolDetailView,
)

app_name = "toolbox"
urlpatterns = [
    path("toolbox/", ToolBrowseView.as_view(), name="list"),
    path("toolbox/<slug:slug>/", ToolDetailView.as_view(), name="detail"),
    path("toolbox/<slug:slug>/checklist.pdf", ChecklistPdfView.as_view(), name="checklist_pdf"),
    path("challenges/", ChallengeListView.as_view(), name="challenges"),
    path("challenges/<slug:slug>/", ChallengeDetailView.as_view(), name="challenge"),
]
