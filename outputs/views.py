"""The register of outputs and the page of each."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.views import RecordView
from outputs.bundles import Bundle, Weight, limits
from outputs.files import described, language_of_reader, offers
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

    @cached_property
    def weight(self) -> Weight:
        """Weigh the files of the selection."""
        return Weight.of(self.index.page(self.counted.hits, self.order, 0, self.counted.total))

    def export_links(self) -> list[dict[str, str]]:
        """Offer the files of the selection as well, unless they are too many."""
        links = super().export_links()
        if self.weight.is_too_much:
            return links
        address = self.query.at(view="list", page=1).address
        url = reverse("outputs:bundle") + ("" if address == "?" else address)
        return [*links, {"label": gettext("ZIP of all (%s)") % self.weight, "url": url}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say why no archive of the files is offered."""
        note = f"{self.weight}. {limits()}" if self.weight.is_too_much else ""
        return {**super().get_context_data(**kwargs), "exports_note": note}


class OutputBundleView(OutputBrowseView):
    """The files of a selection as one archive."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Stream the archive, or say why it is too large."""
        self.read(request)
        if self.weight.is_too_much:
            context = {
                "code": 413,
                "heading": gettext("This is too much for one download"),
                "message": f"{self.weight}. {limits()}",
                "action_url": f"{reverse('outputs:list')}{self.query.address}",
                "action_label": gettext("Show the list as a page"),
            }
            return TemplateResponse(request, "core/dead_end.html", context, status=413)
        return Bundle(str(self.heading), list(self.pieces())).response()

    def get_queryset(self) -> models.QuerySet[Any]:
        """List the published outputs with what they were taken from."""
        return super().get_queryset().prefetch_related("sources")


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
            described=described(self.object) if self.object.pk else None,
            **kwargs,
        )

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Let caches know that the reader's language is marked."""
        response: HttpResponse = super().render_to_response(context, **kwargs)
        patch_vary_headers(response, ["Accept-Language"])
        return response
