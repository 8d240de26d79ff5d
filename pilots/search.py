"""How test cases and pilot action sets are found."""

from collections.abc import Iterator

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from core.search import Document, searchable, texts_of
from partners.models import Partner
from pilots.models import Implementation, Investment, PilotAction, PilotActionRegion, Result, TestCase
from regions.models import NutsRegion
from vocabularies.models import Concept

CONCEPTS = (
    "main_challenges",
    "also_challenges",
    "interventions",
    "target_groups",
    "creative_fields",
    "assets",
)


@searchable(
    TestCase,
    kind="test-cases",
    label=_("Test cases"),
    order=10,
    records=lambda: (
        TestCase.objects.live()
        .select_related("pilot_action")
        .prefetch_related(
            *CONCEPTS,
            Prefetch(
                "implementations",
                Implementation.objects.live()
                .select_related("partner", "region")
                .prefetch_related("also_in", "industrial_past", "results", "investments"),
            ),
        )
    ),
    draws_on={
        Concept: [*CONCEPTS, "implementations__industrial_past"],
        Implementation: ["implementations"],
        Investment: ["implementations__investments"],
        NutsRegion: ["implementations__region", "implementations__also_in"],
        Partner: ["implementations__partner"],
        PilotAction: ["pilot_action"],
        Result: ["implementations__results"],
    },
)
def document_of_test_case(case: TestCase) -> Document:
    """Write a test case into the search, with all who ran it and where."""
    return Document(
        title=case.title,
        url=case.get_absolute_url(),
        names=[case.short_name, case.native_title, *texts_of(case, "other_names"), case.code],
        summary=case.pitch,
        body=[
            case.summary,
            *texts_of(case, "experimental", "transnational_value", "transfer_advice", "minimum_without"),
            *texts_of(case, "steps", "core_elements", "adaptable_elements"),
            *(text for run in case.implementations.all() for text in texts_of_run(run)),
            *(concept.label for name in CONCEPTS for concept in getattr(case, name).all()),
            case.pilot_action.plain_title,
        ],
    )


def texts_of_run(run: Implementation) -> Iterator[str]:
    """Read what a published implementation says: who, where, what came of it."""
    yield from (run.partner.name, run.partner.short_name, run.partner.code)
    yield from (run.edition, run.town, run.place, run.summary)
    for region in [*([run.region] if run.region else []), *run.also_in.all()]:
        yield from (region.label, region.name, region.code)
    yield from (concept.label for concept in run.industrial_past.all())
    yield from texts_of(run, "helpers", "helped", "hindered", "would_not_repeat", "afterwards_note")
    yield from (f"{result.indicator} {result.value} {result.unit}" for result in run.results.all())
    yield from (f"{investment.title} {investment.code}" for investment in run.investments.all())


@searchable(
    PilotAction,
    kind="pilot-actions",
    label=_("Pilot actions"),
    order=30,
    records=lambda: PilotAction.objects.live().for_page(),
    draws_on={
        Concept: ["target_groups"],
        NutsRegion: ["participations__region"],
        Partner: ["responsible"],
        PilotActionRegion: ["participations"],
    },
)
def document_of_set(action: PilotAction) -> Document:
    """Write a pilot action set into the search."""
    responsible = action.responsible if action.responsible and action.responsible.live else None
    return Document(
        title=action.plain_title,
        url=action.get_absolute_url(),
        names=[action.title, action.code],
        summary=action.pitch,
        body=[
            *texts_of(action, "summary", "key_questions", "results", "sustainability"),
            *texts_of(action, "procurement", "environment", "equality"),
            responsible.name if responsible else "",
            *(text for part in action.participations.all() for text in (part.region.label, part.region.code)),
            *(concept.label for concept in action.target_groups.all()),
        ],
    )
