"""Outputs."""

from django.apps import AppConfig


class OutputsConfig(AppConfig):
    """Name the app in the admin."""

    name = "outputs"
    verbose_name = "Outputs"
