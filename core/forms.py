"""How pictures and documents are uploaded, and how a new file becomes a new version."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from core import uploads
from core.models import CreditedImage, VersionedDocument
from core.models.media import STORY_PICTURE


class PictureField(WagtailImageField):
    """A picture; it is judged before anything draws it."""

    def to_python(self, data: Any) -> Any:
        """Refuse what is no whole picture with a sentence."""
        if data:
            try:
                uploads.check(data, data.name)
            except ValidationError as refusal:
                raise ValidationError(refusal.messages) from refusal
        return super().to_python(data)


class PictureForm(BaseImageForm):
    """The form of a picture."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            self.fields["file"] = PictureField(
                label=field.label, required=field.required, widget=field.widget, max_length=field.max_length
            )

    def save(self, commit: bool = True) -> CreditedImage:
        """Store the picture; Wagtail takes away what was cut of the former one, so it is cut anew."""
        saved: CreditedImage = super().save(commit)
        if commit and "file" in self.changed_data:
            saved.get_rendition(STORY_PICTURE)
        return saved


class DocumentForm(BaseDocumentForm):
    """The form of a document; a new file never takes the place of the old one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "file" in self.fields:
            self.fields["file"].help_text = _(
                "A new file becomes a new version with an address of its own. The old one stays reachable."
            )

    def save(self, commit: bool = True) -> VersionedDocument:
        """Store the document; a new file of a known document becomes its next version."""
        if not (self.instance.pk and "file" in self.changed_data):
            return super().save(commit)
        older = VersionedDocument.objects.get(pk=self.instance.pk).newest
        self.original_file = None  # Wagtail would delete the file of the older version.
        self.instance.pk, self.instance._state.adding = None, True
        self.instance.replaced_by = None
        self.instance.version = max(self.instance.version, older.version + 1)
        saved: VersionedDocument = super().save(commit)
        older.replace_by(saved)
        return saved
