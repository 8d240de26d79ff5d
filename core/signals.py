"""Renew the content's version with every change of what readers may see."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.models import Page, PageViewRestriction

from core.models.versions import ContentVersion


def watch_content() -> None:
    """Listen to every change."""
    for signal in (post_save, post_delete, m2m_changed):
        signal.connect(renew_version, dispatch_uid="core.renew_version")


def renew_version(
    sender: type[models.Model], raw: bool = False, action: str = "post_", **kwargs: Any
) -> None:
    """Renew the version if the change is one that readers may see; it shares the change's transaction."""
    if sender is ContentVersion or not action.startswith("post_"):
        return
    if sender._meta.app_label in settings.CONTENT_APPS or issubclass(sender, Page | PageViewRestriction):
        ContentVersion.renew()
