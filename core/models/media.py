"""Pictures with their makers, documents with their versions."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.documents.models import AbstractDocument, Document, DocumentQuerySet
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from core import uploads
from core.choices import Language, Licence
from core.related import in_use

# The size in which records show their pictures.
STORY_PICTURE = "max-1200x900|format-webp"


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

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new picture without what the camera wrote into it, and cut it for the pages at once."""
        is_new = bool(self.file) and not self.file._committed
        if is_new and (clean := uploads.without_metadata(self.file.file, self.file.name)):
            self.file.file = clean
            self._set_image_file_metadata()
        super().save(*args, **kwargs)
        if is_new:
            self.get_rendition(STORY_PICTURE)


class CreditedRendition(AbstractRendition):
    """A picture cut to one size."""

    image = models.ForeignKey(CreditedImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="core_rendition_is_made_once"
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the picture, and close the file it was drawn into."""
        drawn = None if self.file._committed else self.file.file
        super().save(*args, **kwargs)
        if drawn:
            drawn.close()


class VersionedDocumentQuerySet(DocumentQuerySet):
    """Questions about documents."""

    def public(self) -> Self:
        """Keep the documents that something published offers, with all their versions."""
        # `_base_manager` and no relation: the versions of a document all point at the newest one.
        offered = VersionedDocument._base_manager.filter(in_use(VersionedDocument))
        newest = offered.values(newest=models.functions.Coalesce("replaced_by", "pk"))
        return self.filter(models.Q(pk__in=newest) | models.Q(replaced_by__in=newest))

    def for_page(self) -> Self:
        """Fetch the newest version of each document, and the older ones."""
        return self.select_related("replaced_by").prefetch_related("replaces", "replaced_by__replaces")


class VersionedDocument(AbstractDocument):
    """A file with its language, version and licence.

    Its file never changes, so that its address never shows anything else: a new file is a new document.
    The older versions of a document all point at the newest.
    """

    language = models.CharField(_("language"), max_length=10, choices=Language, blank=True)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    licence = models.CharField(_("licence"), max_length=20, choices=Licence, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    pages = models.PositiveIntegerField(
        _("pages"), null=True, blank=True, help_text=_("Leave empty for a PDF: its pages are counted.")
    )
    media_type = models.CharField(_("media type"), max_length=100, blank=True, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    summary = models.CharField(_("summary"), max_length=500, blank=True)
    replaced_by = models.ForeignKey(
        "self",
        verbose_name=_("replaced by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="replaces",
    )

    objects: ClassVar = VersionedDocumentQuerySet.as_manager()

    admin_form_fields = (
        *Document.admin_form_fields,
        "language",
        "version",
        "licence",
        "published_on",
        "pages",
        "summary",
    )

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def clean(self) -> None:
        """Judge a new file by its content."""
        super().clean()
        if self.file and not self.file._committed:
            uploads.check(self.file.file, self.file.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Learn from a new file what readers are told about it."""
        texts = self._learned() if self.file and not self.file._committed else None
        super().save(*args, **kwargs)
        if texts is not None:
            self.texts.all().delete()
            DocumentText.objects.bulk_create(
                DocumentText(document=self, page=number, text=text)
                for number, text in enumerate(texts, start=1)
                if text
            )

    def _learned(self) -> list[str]:
        """Fill in size, media type, fingerprint and pages; give the text of each page."""
        if clean := uploads.without_metadata(self.file.file, self.file.name):
            self.file.file = clean
        self._set_document_file_metadata()
        self.media_type = uploads.type_of(self.file.name)
        self.sha256 = uploads.sha256_of(self.file.file)
        texts = uploads.pages_of(self.file.file, self.file.name)
        if texts is not None:
            self.pages = len(texts)
        return texts or []

    def replace_by(self, newer: VersionedDocument) -> None:
        """Point this version, and all older ones, at a newer one."""
        for older in (*self.replaces.all(), self):
            older.replaced_by = newer
            older.save()

    @property
    def words(self) -> list[str]:
        """Say what is known before the file is taken: language, form, pages, size."""
        pages = ngettext("%(pages)s page", "%(pages)s pages", self.pages or 0) % {"pages": self.pages}
        known = (
            str(self.get_language_display()) if self.language else "",
            self.file_extension.upper(),
            pages if self.pages else "",
            filesizeformat(self.file_size) if self.file_size else "",
        )
        return [word for word in known if word]

    @property
    def newest(self) -> VersionedDocument:
        """Give the version that holds now."""
        return self.replaced_by or self

    @property
    def older(self) -> list[VersionedDocument]:
        """List the versions that this one replaced, the latest first."""
        return sorted(self.replaces.all(), key=lambda one: (-one.version, -one.pk))


class DocumentText(models.Model):
    """What a page of a document says, for the search."""

    document = models.ForeignKey(VersionedDocument, on_delete=models.CASCADE, related_name="texts")
    page = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        verbose_name = _("text of a page")
        verbose_name_plural = _("texts of pages")
        ordering: ClassVar = ["document", "page"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "page"], name="core_page_is_read_once")
        ]

    def __str__(self) -> str:
        return f"{self.document_id}, {self.page}"
