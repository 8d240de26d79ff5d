"""The ground kit of the site."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    """Find what the upper apps offer to the pages of the lower ones and to the search."""

    name = "core"
    verbose_name = "Ground kit"

    def ready(self) -> None:
        """Read what every app offers in modules of these names; let version and index follow the content."""
        from core.search.signals import listen
        from core.signals import watch_content, watch_publishing

        autodiscover_modules("related", "search", "completeness")
        watch_content()
        watch_publishing()
        listen()
