"""What pages of the tree build on."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex

from core.models import VersionedDocument
from core.models.pages import BasePageQuerySet
from core.related import uses


@uses(VersionedDocument)
def documents_of_pages() -> models.QuerySet[Any]:
    """Find the documents that published pages lead to; Wagtail keeps their list from the published text."""
    visible = BasePageQuerySet(Page).visible().annotate(key=Cast("pk", models.CharField(max_length=255)))
    document, page = (ContentType.objects.get_for_model(model) for model in (VersionedDocument, Page))
    references = ReferenceIndex.objects.filter(
        base_content_type=page, to_content_type=document, object_id__in=visible.values("key")
    )
    return references.values(document=Cast("to_object_id", models.BigIntegerField()))
