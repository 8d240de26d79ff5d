"""How toolbox items and problems are found."""

from django.utils.translation import gettext_lazy as _

from core.search import Document, searchable, texts_of
from partners.models import Partner
from toolbox.models import ChallengePage, ToolPage
from vocabularies.models import Concept


@searchable(
    ToolPage,
    kind="toolbox",
    label=_("Toolbox"),
    order=20,
    records=lambda: (
        ToolPage.objects.visible()
        .select_related("partner", "language")
        .prefetch_related("challenges", "target_groups")
    ),
    draws_on={Concept: ["challenges", "target_groups", "language"], Partner: ["partner"]},
)
def document_of_tool(tool: ToolPage) -> Document:
    """Write a toolbox item into the search, with all its questions, answers, steps and links."""
    partner = tool.partner if tool.partner and tool.partner.live else None
    return Document(
        title=tool.title,
        url=tool.get_absolute_url(),
        summary=tool.summary,
        body=[
            tool.lead,
            *texts_of(tool, "body"),
            *((partner.name, partner.short_name) if partner else ()),
            tool.get_kind_display(),
            *(concept.label for concept in (*tool.challenges.all(), *tool.target_groups.all())),
        ],
    )


@searchable(
    ChallengePage,
    kind="problems",
    label=_("Problems"),
    order=5,
    records=lambda: ChallengePage.objects.visible().select_related("challenge"),
    draws_on={Concept: ["challenge"]},
)
def document_of_problem(page: ChallengePage) -> Document:
    """Write a way in by problem into the search."""
    return Document(
        title=page.title,
        url=page.get_absolute_url(),
        summary=page.words,
        body=[page.tried, page.learned, page.begin],
    )
