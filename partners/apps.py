"""Partners."""

from importlib import import_module

from django.apps import AppConfig, apps
from django.conf import settings
from django.utils.module_loading import module_has_submodule


class PartnersConfig(AppConfig):
    """Learn from every app whose its records are, before the admin asks."""

    name = "partners"
    verbose_name = "Partners"

    def ready(self) -> None:
        """Read the module `permissions` of our own apps; Wagtail's have modules of that name, too."""
        for label in settings.CONTENT_APPS:
            if module_has_submodule(apps.get_app_config(label).module, "permissions"):
                import_module(f"{label}.permissions")
        self.mail_reviewers()

    @staticmethod
    def mail_reviewers() -> None:
        """Stand in for Wagtail's mail about what was submitted: who comes first with this name stays."""
        from wagtail.models import TaskState
        from wagtail.signals import task_submitted

        from partners.reviews import ReviewersNotifier

        name = "group_approval_task_submitted_email_notification"
        task_submitted.connect(ReviewersNotifier(), sender=TaskState, weak=False, dispatch_uid=name)
