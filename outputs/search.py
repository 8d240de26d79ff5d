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
        .for_links()
        .prefetch_related(
            "languages",
            "regions",
            Prefetch("partners", Partner.objects.live()),
            "files__document__texts",
            "files__document__replaced_by__texts",
        )
    ),
    draws_on={
        Concept: ["kind", "languages"],
        NutsRegion: ["regions"],
        OutputFile: ["files"],
        Partner: ["partners"],
        VersionedDocument: ["files__document", "files__document__replaced_by"],
    },
)
def document_of_output(output: Output) -> Document:
    """Write an output into the search, with who answers for it and what its files say."""
    documents = [file.document.newest for file in output.offered]
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
            *(document.title for document in documents),
        ],
        pages=[(text.page, text.text) for document in documents for text in document.texts.all()],
    )
