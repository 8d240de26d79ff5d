"""Addresses of partners."""

from django.urls import path

from partners.views import PartnerBrowseView, PartnerDetailView

app_name = "partners"
urlpatterns = [
    path("", PartnerBrowseView.as_view(), name="list"),
    path("<slug:slug>/", PartnerDetailView.as_view(), name="detail"),
]
