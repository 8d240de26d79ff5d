"""Facets whose values are concepts."""

from typing import Any

from core.filters import FacetFilter, Option
from vocabularies.choices import Scheme
from vocabularies.models import Concept


class ConceptFacet(FacetFilter):
    """A facet whose values are the concepts of one vocabulary."""

    def __init__(self, *paths: str, scheme: Scheme, **kwargs: Any) -> None:
        kwargs.setdefault("label", scheme.label)
        super().__init__(*(f"{path}__slug" for path in paths), **kwargs)
        self.scheme = scheme

    def offered(self) -> list[Option]:
        """List the concepts in the vocabulary's own order."""
        return [
            Option(slug, label)
            for slug, label in Concept.objects.in_scheme(self.scheme).values_list("slug", "label")
        ]
