"""The ground kit of the site."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    """Find what the upper apps offer to the pages of the lower ones."""

    name = "core"
    verbose_name = "Ground kit"

    def ready(self) -> None:
        """Read every app's `related` module."""
        autodiscover_modules("related")
        from core.signals import watch_content

        watch_content()
