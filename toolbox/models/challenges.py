"""The ways in by problem, in the words of those who have it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import PageManager

from core.cards import Link, fact
from core.models import BasePage, Source
from core.models.pages import BasePageQuerySet
from pilots.choices import BudgetBand, Evidence, Outcome
from pilots.models import Implementation, TestCase
from toolbox.choices import Kind, Theme
from toolbox.models.tools import ToolPage
from vocabularies.choices import Scheme
from vocabularies.models import Concept

#: With a checklist, a guide and whom to ask, a page offers seven choices.
CASES_SHOWN = 4


class ChallengeIndexPage(BasePage):
    """The shelf of the problems; readers see it as the list at /challenges/."""

    max_count: ClassVar = 1
    subpage_types: ClassVar = ["toolbox.ChallengePage"]

    class Meta:
        verbose_name = _("problems")

    def get_absolute_url(self) -> str:
        """Give the address of the list."""
        return reverse("toolbox:challenges")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Group the problems by theme, each with its number of test cases."""
        counts = cases_by_problem()
        themes: dict[str, list[dict[str, Any]]] = {theme.value: [] for theme in Theme}
        for page in ChallengePage.objects.visible().for_links():
            themes[page.theme].append(
                {
                    "label": page.title,
                    "url": page.get_absolute_url(),
                    "text": page.words,
                    "count": len(counts[page.challenge_id]),
                }
            )
        shown = [{"label": Theme(name).label, "problems": found} for name, found in themes.items() if found]
        return {**super().get_context(request, *args, **kwargs), "themes": shown}


class ChallengePageQuerySet(BasePageQuerySet):
    """Questions about problems."""

    def for_links(self) -> Self:
        """Fetch what a link prints, in the order of the vocabulary."""
        return self.select_related("challenge").order_by("challenge__order", "title")

    def for_page(self) -> Self:
        """Fetch what a page prints."""
        return self.select_related("challenge").prefetch_related("sources")


class ChallengePage(BasePage):
    """A problem in an officer's words, with what others tried and where to begin."""

    challenge = models.OneToOneField(
        Concept,
        verbose_name=_("problem"),
        null=True,
        on_delete=models.PROTECT,
        related_name="challenge_page",
        limit_choices_to={"scheme": Scheme.CHALLENGE},
        help_text=_("The word of the vocabulary for this problem. Test cases follow from it."),
    )
    theme = models.CharField(
        _("theme"),
        max_length=14,
        choices=Theme,
        help_text=_("The heading under which it stands in the list."),
    )
    tried = models.CharField(
        _("what was tried"),
        max_length=220,
        help_text=_("One line: Chemnitz lent empty shops for two weeks, Sokolov prepares a whole site."),
    )
    learned = models.CharField(
        _("what came of it"),
        max_length=220,
        help_text=_(
            "One line. Say what is not known, too: “Two shops stayed in use; the cost is not known.”"
        ),
    )
    begin = models.CharField(
        _("where to begin"), max_length=220, help_text=_("One line: the first thing to do on Monday.")
    )
    checklist = models.ForeignKey(
        ToolPage,
        verbose_name=_("the checklist to start with"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("One that can be answered before anything is decided."),
    )
    guide = models.ForeignKey(
        ToolPage,
        verbose_name=_("the one guide to read"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The one that you would hand to a colleague."),
    )
    sources = ParentalManyToManyField(
        Source,
        verbose_name=_("sources"),
        blank=True,
        related_name="+",
        help_text=_("Where these lines come from, so that others can check."),
    )

    objects: ClassVar = PageManager.from_queryset(ChallengePageQuerySet)()

    content_panels: ClassVar = [
        *BasePage.content_panels[:1],
        FieldPanel("challenge"),
        FieldPanel("theme"),
        MultiFieldPanel([FieldPanel("tried"), FieldPanel("learned"), FieldPanel("begin")], _("Three lines")),
        MultiFieldPanel(
            [
                PageChooserPanel("checklist", page_type="toolbox.ToolPage"),
                PageChooserPanel("guide", page_type="toolbox.ToolPage"),
            ],
            _("The first steps"),
        ),
        FieldPanel("sources"),
    ]
    parent_page_types: ClassVar = ["toolbox.ChallengeIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("way in by problem")
        verbose_name_plural = _("ways in by problem")

    def clean(self) -> None:
        """Take a checklist for the checklist and a guide for the guide."""
        super().clean()
        for name, kind in (("checklist", Kind.CHECKLIST), ("guide", Kind.GUIDE)):
            tool = getattr(self, name)
            if tool is not None and tool.kind != kind:
                raise ValidationError(
                    {name: _("“%(title)s” is no %(kind)s.") % {"title": tool.title, "kind": kind.label}}
                )

    def get_absolute_url(self) -> str:
        """Give the short address, which does not depend on the page's place in the tree."""
        return reverse("toolbox:challenge", args=[self.slug])

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """Give the site, its root and the short address."""
        parts = super().get_url_parts(request)
        return (parts[0], parts[1], self.get_absolute_url()) if parts else None

    @property
    def words(self) -> str:
        """Describe the problem as the vocabulary does."""
        return self.challenge.definition if self.challenge else ""

    @property
    def linked_data(self) -> dict[str, Any]:
        """Describe the page to search engines: what was gathered about a problem."""
        return {
            "@type": "CollectionPage",
            "url": self.full_url,
            "name": self.title,
            "description": f"{self.tried} {self.learned}",
            "about": {"@type": "DefinedTerm", "name": self.title, "description": self.words},
            "inLanguage": "en",
            "dateModified": self.last_published_at,
        }

    @property
    def link(self) -> Link:
        """Show the problem beside a record."""
        return Link(self.title, self.get_absolute_url())

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Gather the test cases that met the problem, the first steps, and whom to ask."""
        cases = list(self.cases())
        tools = {tool.pk: tool for tool in ToolPage.objects.visible().for_cards().filter(self.tools())}
        first = {name: tools.pop(getattr(self, f"{name}_id"), None) for name in ("checklist", "guide")}
        partners = [run.partner for case in cases[:CASES_SHOWN] for run in case.runs]
        return {
            **super().get_context(request, *args, **kwargs),
            "cases": [tried(case) for case in cases[:CASES_SHOWN]],
            "more": len(cases) if len(cases) > CASES_SHOWN else 0,
            **{name: tool.card if tool else None for name, tool in first.items()},
            "tools": [tool.link for tool in tools.values()],
            "ask": partners[0] if partners else None,
        }

    def cases(self) -> models.QuerySet[TestCase]:
        """List published test cases that met the problem: as their main one first, then the best shown."""
        runs = Implementation.objects.live().select_related("partner")
        met = {
            name: TestCase.objects.filter(**{name: self.challenge_id}).values("pk")
            for name in ("main_challenges", "also_challenges")
        }
        return (
            TestCase.objects.live()
            .with_budget()
            .with_evidence()
            .select_related("pilot_action")
            .prefetch_related(models.Prefetch("implementations", runs.order_by("partner__number", "start")))
            .filter(models.Q(pk__in=met["main_challenges"]) | models.Q(pk__in=met["also_challenges"]))
            .annotate(is_side=models.Case(models.When(pk__in=met["main_challenges"], then=0), default=1))
            .order_by("is_side", "-evidence_level", "title")
        )

    def tools(self) -> models.Q:
        """Make the condition for the toolbox items that help here."""
        tagged = ToolPage.objects.filter(challenges=self.challenge_id).values("pk")
        return models.Q(pk__in=tagged) | models.Q(pk__in=[self.checklist_id or 0, self.guide_id or 0])


def tried(case: Any) -> dict[str, Any]:
    """Show a test case with its strip: cost, time, outcome and evidence."""
    euros, evidence = case.budget_euros, Evidence(case.evidence_level)
    outcomes = [Outcome(run.outcome).label for run in case.runs if run.outcome != Outcome.UNKNOWN]
    return {
        "title": case.title,
        "url": case.get_absolute_url(),
        "palette": case.pilot_action.palette,
        "code": case.slug,
        "kicker": case.pilot_action.plain_title,
        "text": case.pitch,
        "facts": [
            fact(_("Cost"), BudgetBand.of(euros).label if euros is not None else ""),
            fact(_("Time"), *(run.duration for run in case.runs)),
            fact(_("Outcome"), *outcomes),
            fact(_("Evidence"), f"{evidence.name}: {evidence.label}"),
        ],
    }


def cases_by_problem() -> dict[int, set[int]]:
    """List for each problem the test cases that met it, by their keys."""
    cases: dict[int, set[int]] = defaultdict(set)
    for relation in ("main_challenges", "also_challenges"):
        for concept, case in TestCase.objects.live().order_by().values_list(relation, "pk"):
            cases[concept].add(case)
    return cases
