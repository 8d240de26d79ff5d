"""The register of outputs and the page of each."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _

from core.views import RecordView
from outputs.files import language_of_reader, linked_data, offers
from outputs.filters import OutputFilterSet
from outputs.models import Output
from regions.views import MapBrowseView


class OutputBrowseView(MapBrowseView):
    """The outputs and deliverables, narrowed down as the reader asks."""

    filterset_class = OutputFilterSet
    heading = _("Documents")
    lead = _("What the project handed in: policy papers, training schemes, analyses and documentations.")
    noun: ClassVar = (_("document"), _("documents"))

    def get_queryset(self) -> models.QuerySet[Any]:
        """List the published outputs."""
        return Output.objects.live().for_cards()


class OutputDetailView(RecordView):
    """One output: what it is, who made it, its files and its parts."""

    model = Output

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the deliverables that belong to an output."""
        parts = Output.objects.live().filter(part_of=self.object.pk).for_links() if self.object.pk else ()
        whole = self.object.part_of
        reads = language_of_reader(self.request.headers.get("Accept-Language", ""))
        return super().get_context_data(
            parts=list(parts),
            whole=whole if whole and whole.live else None,
            facts=self.object.card.facts,
            files=offers(self.object, reads),
            linked_data=linked_data(self.object) if self.object.pk else "",
            **kwargs,
        )

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Let caches know that the reader's language is marked."""
        response: HttpResponse = super().render_to_response(context, **kwargs)
        patch_vary_headers(response, ["Accept-Language"])
        return response
