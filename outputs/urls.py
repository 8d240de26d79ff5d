"""Addresses of outputs."""

from django.urls import path

from outputs.views import OutputBrowseView, OutputDetailView

app_name = "outputs"
urlpatterns = [
    path("", OutputBrowseView.as_view(), name="list"),
    path("<slug:slug>/", OutputDetailView.as_view(), name="detail"),
]
