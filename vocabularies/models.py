"""Controlled vocabularies as SKOS has them: schemes of concepts."""

from collections.abc import Collection
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.models import RevisionMixin, TranslatableMixin
from wagtail.search import index

from vocabularies.choices import Scheme


class ConceptQuerySet(models.QuerySet["Concept"]):
    """Questions about the words the site sorts by."""

    def in_scheme(self, *schemes: str) -> Self:
        """Keep the concepts of these schemes."""
        return self.filter(scheme__in=schemes)

    def get_by_natural_key(self, scheme: str, slug: str) -> "Concept":
        """Give the concept of a scheme by its short name."""
        return self.get(scheme=scheme, slug=slug)


class Concept(TranslatableMixin, RevisionMixin, index.Indexed, models.Model):
    """One word of a vocabulary, with its meaning."""

    scheme = models.CharField(_("vocabulary"), max_length=20, choices=Scheme)
    slug = models.SlugField(
        _("short name"), max_length=60, help_text=_("Part of addresses. It never changes.")
    )
    label = models.CharField(
        _("label"), max_length=80, help_text=_("In plain words, as a reader would say it.")
    )
    definition = models.CharField(_("meaning"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    broader = models.ForeignKey(
        "self",
        verbose_name=_("wider term"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="narrower",
    )

    objects: ClassVar = ConceptQuerySet.as_manager()

    panels: ClassVar = [
        FieldPanel("scheme"),
        TitleFieldPanel("label", targets=["slug"]),
        FieldPanel("slug"),
        FieldPanel("definition"),
        FieldPanel("broader"),
        FieldPanel("order"),
    ]
    search_fields: ClassVar = [
        index.SearchField("label"),
        index.AutocompleteField("label"),
        index.FilterField("scheme"),
        index.FilterField("locale"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("concept")
        verbose_name_plural = _("concepts")
        ordering: ClassVar = ["scheme", "order", "label"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scheme", "slug", "locale"],
                name="vocabularies_concept_is_unique_in_its_scheme",
                violation_error_message=_("This vocabulary has a concept with this short name already."),
            )
        ]

    def __str__(self) -> str:
        return self.label

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Judge the rules with the language in them, which no form asks for."""
        if self.locale_id is None:
            self.locale = self.get_default_locale()
        super().validate_constraints(exclude=set(exclude or ()) - {"locale"})

    def natural_key(self) -> tuple[str, str]:
        """Give the scheme and the short name."""
        return (self.scheme, self.slug)
