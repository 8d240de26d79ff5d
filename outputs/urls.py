"""Addresses of outputs."""

from django.urls import path

from outputs.views import OutputBrowseView, OutputBundleView, OutputDetailView

app_name = "outputs"
urlpatterns = [
    path("", OutputBrowseView.as_view(), name="list"),
    path("bundle.zip", OutputBundleView.as_view(), name="bundle"),
    path("<slug:slug>/", OutputDetailView.as_view(), name="detail"),
]
