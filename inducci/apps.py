"""The whole site, put together."""

from django.apps import AppConfig


class InducciConfig(AppConfig):
    """Name the app in the admin."""

    name = "inducci"
    verbose_name = "Site"
