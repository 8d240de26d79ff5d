"""Vocabularies in the admin."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from core.viewsets import GuardedViewSet, SourceViewSet, SynonymViewSet
from vocabularies.models import Concept


class ConceptViewSet(GuardedViewSet):
    """The admin of concepts."""

    model = Concept
    icon = "tag"
    menu_label = _("Concepts")
    list_display: ClassVar = ["label", "scheme", "slug", "order"]
    list_filter: ClassVar = ["scheme"]
    list_per_page = 50
    ordering: ClassVar = ["scheme", "order", "label"]


class VocabularyGroup(SnippetViewSetGroup):
    """The words and the sources that records refer to."""

    items = (ConceptViewSet, SourceViewSet, SynonymViewSet)
    menu_label = _("Vocabularies")
    menu_icon = "tag"
    menu_order = 600
