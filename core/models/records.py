"""What every record of the project has: draft, review, history, preview and provenance."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import resolve
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from core.choices import Certainty
from core.models.sources import Source


class RecordQuerySet(models.QuerySet["Record"]):
    """Questions that readers ask about any record."""

    def live(self) -> Self:
        """Keep what is published: the only door for public code."""
        return self.filter(live=True)

    def get_by_natural_key(self, slug: str) -> "Record":
        """Give the record with this short name."""
        return self.get(slug=slug)


class Record(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    TranslatableMixin,
    PreviewableMixin,
    index.Indexed,
    ClusterableModel,
):
    """A record that is drafted, reviewed and published, and that says where its facts come from."""

    #: The fields without which a record is not published, each with the sentence that asks for it.
    needed_to_publish: ClassVar[dict[str, str | Promise]] = {}

    slug = models.SlugField(
        _("short name"), max_length=80, help_text=_("Part of the address. It never changes once published.")
    )
    certainty = models.CharField(
        _("how firmly known"),
        max_length=12,
        choices=Certainty,
        default=Certainty.DOCUMENTED,
        help_text=_("Choose the weakest that applies: what you only concluded is “our reading”."),
    )
    note = models.CharField(
        _("note to the reader"),
        max_length=500,
        blank=True,
        help_text=_("What the reader should know about these facts, for example where two sources differ."),
    )
    sources = ParentalManyToManyField(
        Source,
        verbose_name=_("sources"),
        blank=True,
        related_name="+",
        help_text=_(
            "Where you read it, so that others can check: the official sheet, a newsflash, an article."
        ),
    )

    class Meta(TranslatableMixin.Meta):
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["slug", "locale"],
                name="%(app_label)s_%(class)s_slug_is_unique",
                violation_error_message=_("Another record has this short name already."),
            )
        ]

    def with_content_json(self, content: dict[str, Any]) -> "Record":
        """Read a revision, and keep what is published now.

        An older revision remembers none, and a text that was scheduled from it would be shown at once.
        """
        record: Record = super().with_content_json(content)
        record.live_revision = self.live_revision
        return record

    @property
    def is_public(self) -> bool:
        """Tell whether readers may see the record."""
        return self.live

    def natural_key(self) -> tuple[str]:
        """Give the short name."""
        return (self.slug,)

    def clean(self) -> None:
        """Keep the address of a published record as it is."""
        super().clean()
        if self.pk and self.first_published_at:
            before = type(self)._base_manager.values_list("slug", flat=True).get(pk=self.pk)
            if before != self.slug:
                raise ValidationError({"slug": _("The address of a published record stays: “%s”.") % before})

    @classmethod
    def refusals(cls, said: Mapping[str, Any]) -> dict[str, str | Promise]:
        """Say for each field why a record that says this is not published; nothing where it may be.

        `said` holds what stands in the fields, lists for relations; a field that is not in it is not judged.
        """
        return {name: asks for name, asks in cls.needed_to_publish.items() if name in said and not said[name]}

    def clean_to_publish(self) -> None:
        """Refuse to publish what readers cannot use yet, also before anything is stored; drafts may be so."""
        stored = (field for field in self._meta.concrete_fields if not field.generated)
        said = {field.name: getattr(self, field.attname) for field in stored}
        said |= {field.name: list(getattr(self, field.name).all()) for field in self._meta.many_to_many}
        if refused := self.refusals(said):
            raise ValidationError(refused)

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Judge the rules with the language in them, which no form asks for."""
        if self.locale_id is None:
            self.locale = self.get_default_locale()
        super().validate_constraints(exclude=set(exclude or ()) - {"locale"})

    def get_full_url(self) -> str | None:
        """Give the whole address, or nothing for a record without one."""
        address = self.get_absolute_url() if self.slug else ""
        return f"{settings.BASE_URL}{address}" if address else None

    full_url = property(get_full_url)

    def get_absolute_url(self) -> str:
        """Give the public address."""
        raise NotImplementedError

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the record by the very view that shows it to readers."""
        view = resolve(self.get_absolute_url()).func.view_class  # type: ignore[attr-defined]  # class-based views carry their class
        return view.preview(request, self)
