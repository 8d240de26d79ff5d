"""Pilot actions."""

from django.apps import AppConfig


class PilotsConfig(AppConfig):
    """Name the app in the admin."""

    name = "pilots"
    verbose_name = "Pilot actions"
