"""Addresses of regions."""

from django.urls import path

from regions.views import RegionBrowseView, RegionDetailView

app_name = "regions"
urlpatterns = [
    path("", RegionBrowseView.as_view(), name="list"),
    path("<slug:code>/", RegionDetailView.as_view(), name="detail"),
]
