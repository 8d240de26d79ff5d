"""Where a fact was read."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index


class SourceManager(models.Manager["Source"]):
    """Find sources by their short name."""

    def get_by_natural_key(self, slug: str) -> "Source":
        """Give the source with this short name."""
        return self.get(slug=slug)


class Source(index.Indexed, models.Model):
    """A document or page from which the site's facts were taken."""

    slug = models.SlugField(_("short name"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(
        _("address"), max_length=400, blank=True, help_text=_("Leave empty where it is on paper only.")
    )
    date = models.CharField(
        _("date"), max_length=10, blank=True, help_text=_("As far as known: 2021, 2021-04 or 2021-04-21.")
    )

    objects: ClassVar[SourceManager] = SourceManager()

    search_fields: ClassVar = [index.SearchField("title"), index.AutocompleteField("title")]

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering: ClassVar = ["title"]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str]:
        """Give the short name."""
        return (self.slug,)
