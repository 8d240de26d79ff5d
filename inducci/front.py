"""What the front page shows: the ways in, each from what is published."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.cards import Card
from events.models import EventPage, NewsPage
from outputs.models import Output
from partners.models import Partner
from pilots.choices import TEST_CASES_PLANNED
from pilots.models import Implementation, PilotAction, TestCase
from regions.map import Mark, draw
from regions.models import country_name
from toolbox.choices import Kind
from toolbox.models import ChallengePage, ToolPage
from toolbox.models.challenges import cases_by_problem
from vocabularies.choices import Scheme
from vocabularies.models import Concept

TOOLS_SHOWN = 3
NEWS_SHOWN = 2


def tools() -> list[Card]:
    """Show the first toolbox item of each form: a checklist, a guide, a collection of links."""
    first: dict[str, ToolPage] = {}
    for tool in ToolPage.objects.visible().for_cards().defer("body").order_by("path"):
        first.setdefault(tool.kind, tool)
    return [first[kind].card for kind in Kind.values if kind in first][:TOOLS_SHOWN]


def front_page() -> dict[str, Any]:
    """Gather what the front page prints, in a fixed number of queries."""
    partners = list(Partner.objects.live().for_cards())
    return {
        "problems": problems(),
        "sets": [action.card for action in PilotAction.objects.live().for_cards()],
        "tools": tools(),
        "stories": stories(),
        "map": draw(
            regions(partners),
            title=_("Map of the partners' regions"),
            description=_(
                "Central Europe with a mark for each region; the larger the mark, the more test cases. "
                "The same links follow as a list."
            ),
        ),
        "partners": [
            {
                "name": partner.name,
                "short": partner.code,
                "url": partner.get_absolute_url(),
                "city": partner.city,
                "country": country_name(partner.region.country_code) if partner.region else "",
            }
            for partner in partners
        ],
        "numbers": numbers(partners),
    }


def stories() -> list[Card]:
    """Show the next event, or the last one where none is to come, and the newest news."""
    events, today = EventPage.objects.visible(), timezone.localdate()
    event = events.coming(today).for_cards().order_by("start").first() or events.for_cards().first()
    news = NewsPage.objects.visible().for_cards()[:NEWS_SHOWN]
    return [page.card for page in (event, *news) if page]


def problems() -> list[dict[str, Any]]:
    """List the problems that a test case has met, with their number of test cases."""
    cases = cases_by_problem()
    pages = {page.challenge_id: page.get_absolute_url() for page in ChallengePage.objects.visible()}
    base = reverse("pilots:test_cases")
    return [
        {
            "label": concept.label,
            "url": pages.get(concept.pk) or f"{base}?{urlencode({'challenge': concept.slug})}",
            "count": len(cases[concept.pk]),
        }
        for concept in Concept.objects.in_scheme(Scheme.CHALLENGE)
        if cases[concept.pk]
    ]


def regions(partners: list[Partner]) -> list[Mark]:
    """Mark the partners' regions, each with its number of test cases."""
    cases: dict[str, set[int]] = defaultdict(set)
    for *codes, case in (
        Implementation.objects.live().order_by().values_list("region__code", "also_in__code", "test_case")
    ):
        for code in filter(None, codes):
            cases[code].add(case)
    homes = {partner.region.code: partner.region for partner in partners if partner.region}
    return [
        Mark(
            code=code,
            label=region.label,
            count=len(set().union(*(found for below, found in cases.items() if below.startswith(code)))),
            url=region.get_absolute_url(),
            note=f"{country_name(region.country_code)} · {code}",
        )
        for code, region in sorted(homes.items())
    ]


def numbers(partners: list[Partner]) -> list[dict[str, Any]]:
    """Count what the site holds."""
    homes = {partner.region.code for partner in partners if partner.region}
    documented = TestCase.objects.live().count()
    return [
        {
            "value": len(partners),
            "label": _("partners in %s countries") % len({code[:2] for code in homes}),
        },
        {"value": len(homes), "label": _("regions")},
        {"value": documented, "label": _("test cases documented, of %s planned") % TEST_CASES_PLANNED},
        {"value": Output.objects.live().count(), "label": _("outputs and deliverables in the register")},
    ]
