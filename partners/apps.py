"""Partners."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """Name the app in the admin."""

    name = "partners"
    verbose_name = "Partners"
