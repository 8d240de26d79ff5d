"""Toolbox."""

from django.apps import AppConfig


class ToolboxConfig(AppConfig):
    """Name the app in the admin."""

    name = "toolbox"
    verbose_name = "Toolbox"
