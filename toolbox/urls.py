"""Addresses of the toolbox and its items."""

from django.urls import path

from toolbox.views import ChecklistPdfView, ToolBrowseView, ToolDetailView

app_name = "toolbox"
urlpatterns = [
    path("", ToolBrowseView.as_view(), name="list"),
    path("<slug:slug>/", ToolDetailView.as_view(), name="detail"),
    path("<slug:slug>/checklist.pdf", ChecklistPdfView.as_view(), name="checklist_pdf"),
]
