"""Regions."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    """Name the app in the admin."""

    name = "regions"
    verbose_name = "Regions"
