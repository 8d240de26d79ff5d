"""Pictures with their makers, documents with their versions."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from core.choices import Licence


class CreditedImage(AbstractImage):
    """A picture that names its maker and says in words what it shows."""

    credit = models.CharField(
        _("credit"), max_length=200, help_text=_("Who made the picture, as it is to be printed.")
    )
    licence = models.CharField(_("licence"), max_length=20, choices=Licence, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit", "licence")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")


class CreditedRendition(AbstractRendition):
    """A picture cut to one size."""

    image = models.ForeignKey(CreditedImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="core_rendition_is_made_once"
            )
        ]


class VersionedDocument(AbstractDocument):
    """A file with its language, version and licence."""

    language = models.CharField(
        _("language"), max_length=10, blank=True, help_text=_("A code such as en or de.")
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    licence = models.CharField(_("licence"), max_length=20, choices=Licence, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    media_type = models.CharField(_("media type"), max_length=100, blank=True, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    summary = models.CharField(_("summary"), max_length=500, blank=True)
    replaced_by = models.ForeignKey(
        "self",
        verbose_name=_("replaced by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="replaces",
    )

    admin_form_fields = (
        *Document.admin_form_fields,
        "language",
        "version",
        "licence",
        "published_on",
        "pages",
        "summary",
        "replaced_by",
    )

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
