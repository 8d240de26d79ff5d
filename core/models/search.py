"""The index of everything that readers may find, and the words that mean the same."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index


class SearchRow(models.Model):
    """A published record or page as the search knows it; `core.search` writes and reads these rows.

    The words stand folded. SQLite searches them through the table `core_searchrow_fts`, which triggers keep,
    PostgreSQL through generated columns; both are made in the migration that made this table.
    """

    model = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    title = models.TextField()
    summary = models.TextField()
    body = models.TextField()
    url = models.TextField()
    title_words = models.TextField()
    summary_words = models.TextField()
    body_words = models.TextField()

    class Meta:
        verbose_name = _("search row")
        verbose_name_plural = _("search rows")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["model", "object_id"], name="core_record_is_found_once")
        ]
        # All that counting and sorting need of a row.
        indexes: ClassVar = [models.Index(fields=["kind", "id"], name="core_searchrow_kinds")]

    def __str__(self) -> str:
        return f"{self.title} ({self.model} {self.object_id})"


class SynonymManager(models.Manager["Synonym"]):
    """Find synonyms by their short name."""

    def get_by_natural_key(self, slug: str) -> "Synonym":
        """Give the line with this short name."""
        return self.get(slug=slug)


class Synonym(index.Indexed, models.Model):
    """Words and phrases that mean the same to the search."""

    slug = models.SlugField(_("short name"), max_length=40, unique=True)
    words = models.TextField(
        _("words that mean the same"),
        max_length=1000,
        help_text=_("In any language, with commas between them: CCI, creative industries, KKW."),
    )

    objects: ClassVar[SynonymManager] = SynonymManager()

    search_fields: ClassVar = [index.SearchField("words"), index.AutocompleteField("words")]

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering: ClassVar = ["slug"]

    def __str__(self) -> str:
        return self.words

    def natural_key(self) -> tuple[str]:
        """Give the short name."""
        return (self.slug,)

    def clean(self) -> None:
        """Ask for two words at least."""
        super().clean()
        if len([word for word in (self.words or "").split(",") if word.strip()]) < 2:
            raise ValidationError({"words": _("Give at least two words, with a comma between them.")})
