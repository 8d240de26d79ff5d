"""How outputs and deliverables are found."""

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from core.models import VersionedDocument
from core.search import Document, searchable
from outputs.models import Output, OutputFile
from partners.models import Partner
from regions.models import NutsRegion
from vocabularies.models import Concept


@searchable(
    Output,
    kind="outputs",
    label=_("Documents"),
    order=40,
    records=lambda: (
        Output.objects.live()
        .select_related("kind")
        .prefetch_related(
            "languages",
            "regions",
            Prefetch("partners", Partner.objects.live()),
            Prefetch("files", OutputFile.objects.select_related("document")),
        )
    ),
    draws_on={
        Concept: ["kind", "languages"],
        NutsRegion: ["regions"],
        OutputFile: ["files"],
        Partner: ["partners"],
        VersionedDocument: ["files__document"],
    },
)
def document_of_output(output: Output) -> Document:
    """Write an output into the search, with the names of those who answer for it and of its files."""
    return Document(
        title=output.title,
        url=output.get_absolute_url(),
        names=[output.native_title, output.code],
        summary=output.summary,
        body=[
            output.kind.label if output.kind else "",
            *(text for partner in output.responsible for text in (partner.name, partner.short_name)),
            *(region.label for region in output.regions.all()),
            *(language.label for language in output.languages.all()),
            *(file.document.title for file in output.files.all()),
        ],
    )
