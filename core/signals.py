"""Renew the content's version with every change of what readers may see; draw previews as they publish."""

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, published

from core.models.versions import ContentVersion
from core.previews import Preview


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


def watch_publishing() -> None:
    """Listen to what is published."""
    for signal in (published, page_published):
        signal.connect(draw_preview, dispatch_uid="core.draw_preview")


def draw_preview(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    """Draw the preview of what was published, once it is stored; a failure is logged and harms nothing."""
    preview = getattr(instance, "preview", None)
    if isinstance(preview, Preview):
        transaction.on_commit(preview.keep, robust=True)
