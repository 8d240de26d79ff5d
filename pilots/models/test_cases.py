"""The things that were tried."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from django.core.files.storage import default_storage
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable
from wagtail.search import index

from core.blocks import line_list
from core.cards import Link
from core.models import CreditedImage, CreditedRendition, Record, RecordQuerySet
from core.models.media import STORY_PICTURE
from core.previews import Preview
from outputs.codes import OutputCode
from outputs.models import Output
from pilots.blocks import LinkBlock, StepBlock
from pilots.choices import Evidence, Format, Policy, Scene
from pilots.models.implementations import Implementation
from pilots.models.pilot_actions import PilotAction
from vocabularies.choices import Scheme
from vocabularies.models import Concept

# The relations of a test case to concepts that its page prints.
CONCEPTS = ("main_challenges", "also_challenges", "assets")
MAIN_CHALLENGES, ALSO_CHALLENGES = 2, 4
RICH = ["bold", "italic", "ul", "ol", "link"]


class TestCaseQuerySet(RecordQuerySet):
    """Questions that readers ask about test cases."""

    def live(self) -> Self:
        """Keep the published test cases of published sets."""
        return self.filter(live=True, pilot_action__live=True)

    def within_region(self, code: str) -> Self:
        """Keep the test cases that ran in a NUTS region or below it."""
        return self.filter(
            models.Exists(
                Implementation.objects.live().within_region(code).filter(test_case=models.OuterRef("pk"))
            )
        )

    def run_by(self, partner: models.Model) -> Self:
        """Keep the test cases that a partner ran."""
        return self.filter(
            models.Exists(
                Implementation.objects.live().filter(test_case=models.OuterRef("pk"), partner=partner)
            )
        )

    def with_budget(self) -> Self:
        """Add `budget_euros`: the minimum version, else the least money documented; empty where unknown."""
        documented = (
            Implementation.objects.live()
            .with_money()
            .filter(test_case=models.OuterRef("pk"))
            .order_by(models.F("money_euros").asc(nulls_last=True))
        )
        return self.annotate(
            budget_euros=Coalesce("minimum_euros", models.Subquery(documented.values("money_euros")[:1]))
        )

    def with_evidence(self) -> Self:
        """Add `evidence_level`: the best evidence on record, 0 where a case is only described."""
        live = Implementation.objects.live().filter(test_case=models.OuterRef("pk"), results__isnull=False)
        best = live.order_by("-results__basis").values("results__basis")[:1]
        return self.annotate(evidence_level=Coalesce(models.Subquery(best), Evidence.E0.value))

    def for_links(self) -> Self:
        """Fetch what a link prints."""
        return self.select_related("pilot_action")

    def for_page(self) -> Self:
        """Fetch what a record's page prints, in a fixed number of queries."""
        parts: dict[str, models.QuerySet[Any]] = {
            "implementations": Implementation.objects.live().for_page(),
            "documentation": Output.objects.live().for_links(),
            "images": TestCaseImage.objects.for_story(),
        }
        fetched = [models.Prefetch(name, rows) for name, rows in parts.items()]
        return self.select_related("pilot_action").prefetch_related(*fetched, "sources")


class TestCase(Record):
    """Something that was tried: the problem it met, the method, and the advice for others."""

    needed_to_publish: ClassVar = {
        "main_challenges": _(
            "Choose a problem: without one it is on none of the pages that officers start from."
        ),
        "interventions": _("Choose what was done: without it, it is missing from every search for a method."),
        "target_groups": _("Choose who it was for: readers look for people like theirs."),
    }

    code = models.CharField(
        _("code"),
        max_length=10,
        blank=True,
        help_text=_("Of its documentation: T2.3.5. Leave empty where unknown."),
    )
    title = models.CharField(_("title"), max_length=100, help_text=_("As its documentation prints it."))
    title_is_working = models.BooleanField(
        _("working title"), default=False, help_text=_("Tick where the official title is not known.")
    )
    short_name = models.CharField(
        _("short title"), max_length=30, blank=True, help_text=_("For narrow places: Open shops.")
    )
    native_title = models.CharField(
        _("title in its own language"),
        max_length=100,
        blank=True,
        help_text=_("As people on the spot call it, with every accent: Odprta delavnica."),
    )
    other_names = line_list(_("other names"), _("Names by which partners or the press call it."))
    pitch = models.CharField(
        _("pitch"),
        max_length=160,
        help_text=_(
            "One sentence without jargon: Creatives from across Europe move into empty shops for two weeks."
        ),
    )
    summary = models.TextField(
        _("what was tried"),
        max_length=800,
        help_text=_("As you would tell a colleague on the telephone: who did what, with whom, for how long."),
    )
    pilot_action = models.ForeignKey(
        PilotAction,
        verbose_name=_("pilot action set"),
        on_delete=models.PROTECT,
        related_name="test_cases",
        help_text=_("The set in which the partners planned it."),
    )
    main_challenges = ParentalManyToManyField(
        Concept,
        verbose_name=_("the problem"),
        related_name="main_test_cases",
        limit_choices_to={"scheme": Scheme.CHALLENGE},
        help_text=_("One or two: what was wrong before it began."),
        blank=True,
    )
    also_challenges = ParentalManyToManyField(
        Concept,
        verbose_name=_("helps also with"),
        blank=True,
        related_name="side_test_cases",
        limit_choices_to={"scheme": Scheme.CHALLENGE},
        help_text=_("At most four that it helped with, too."),
    )
    interventions = ParentalManyToManyField(
        Concept,
        verbose_name=_("what was done"),
        blank=True,
        related_name="+",
        limit_choices_to={"scheme": Scheme.INTERVENTION},
        help_text=_("What people did. Choose the one or two words under which you would look for it."),
    )
    format = models.CharField(
        _("where people met"),
        max_length=8,
        choices=Format,
        blank=True,
        help_text=_("Leave it at “unknown” if nobody can say."),
    )
    target_groups = ParentalManyToManyField(
        Concept,
        verbose_name=_("who it was for"),
        blank=True,
        related_name="+",
        limit_choices_to={"scheme": Scheme.TARGET_GROUP},
        help_text=_("Whom it was made for. Who came by chance does not count."),
    )
    creative_fields = ParentalManyToManyField(
        Concept,
        verbose_name=_("creative fields"),
        blank=True,
        related_name="+",
        limit_choices_to={"scheme": Scheme.CREATIVE_FIELD},
        help_text=_("Where it was made for some only, for example for design or for music."),
    )
    assets = ParentalManyToManyField(
        Concept,
        verbose_name=_("what must be in place"),
        blank=True,
        related_name="+",
        limit_choices_to={"scheme": Scheme.ASSET},
        help_text=_("What a town must have before it begins, for example an empty shop whose owner agrees."),
    )
    scene_needed = models.PositiveSmallIntegerField(
        _("creative scene needed"),
        choices=Scene,
        null=True,
        blank=True,
        help_text=_("Could a town without any creatives begin with it?"),
    )
    policy_needed = models.PositiveSmallIntegerField(
        _("policy needed"),
        choices=Policy,
        null=True,
        blank=True,
        help_text=_("Could a town begin with it before its council has decided anything about creatives?"),
    )
    steps = StreamField(
        [("step", StepBlock())],
        verbose_name=_("steps"),
        blank=True,
        help_text=_("In their order: what was done, who did it, and how many weeks it took."),
    )
    experimental = RichTextField(
        _("what was experimental"),
        features=RICH,
        max_length=800,
        blank=True,
        help_text=_("What nobody in your region had tried before: “Artists worked among running machines.”"),
    )
    transnational_value = RichTextField(
        _("what working across borders added"),
        features=RICH,
        max_length=600,
        blank=True,
        help_text=_(
            "What you could not have learned at home: “Our guests showed us that one day is enough.”"
        ),
    )
    transfer_advice = RichTextField(
        _("advice to those who copy it"),
        features=RICH,
        max_length=800,
        blank=True,
        help_text=_("What you would tell a colleague: “Sign with the owner before you tell the press.”"),
    )
    core_elements = line_list(
        _("do not change"), _("What makes it work: “One person whom both sides trust.”")
    )
    adaptable_elements = line_list(
        _("may be changed"), _("What depends on the place: “The length, from one day to a week.”")
    )
    minimum_without = RichTextField(
        _("the smallest useful version leaves out"),
        features=RICH,
        max_length=400,
        blank=True,
        help_text=_("What you would save on first: “The opening evening and the printed catalogue.”"),
    )
    minimum_euros = models.DecimalField(
        _("its cost in euros"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("A number, such as 2500. Leave it empty where unknown: 0 means that it costs nothing."),
    )
    minimum_weeks = models.PositiveSmallIntegerField(
        _("its length in weeks"),
        null=True,
        blank=True,
        help_text=_("From the decision to its end: 8 for eight weeks."),
    )
    documentation = ParentalManyToManyField(
        Output,
        verbose_name=_("documented by"),
        blank=True,
        related_name="test_cases",
        help_text=_("The papers of the register that describe it."),
    )
    links = StreamField(
        [("link", LinkBlock())],
        verbose_name=_("links"),
        blank=True,
        help_text=_("Pages elsewhere that tell more: an article, a film, your own page about it."),
    )
    verified_on = models.DateField(
        _("last verified on"),
        null=True,
        blank=True,
        help_text=_("The day on which somebody last found all this still true."),
    )
    verified_by = models.CharField(
        _("verified by"),
        max_length=80,
        blank=True,
        help_text=_("A role, not a name: project manager of PP7."),
    )

    objects: ClassVar = TestCaseQuerySet.as_manager()

    search_fields: ClassVar = [
        index.SearchField("title", boost=3),
        index.SearchField("native_title"),
        index.SearchField("pitch"),
        index.SearchField("summary"),
        index.SearchField("code"),
        index.AutocompleteField("title"),
        index.AutocompleteField("code"),
        index.FilterField("id"),
        index.FilterField("live"),
        index.FilterField("locale"),
    ]

    class Meta(Record.Meta):
        verbose_name = _("test case")
        verbose_name_plural = _("test cases")
        ordering: ClassVar = ["pilot_action__number", "code", "title"]
        constraints: ClassVar = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(code="") | models.Q(code__regex=OutputCode.GRAMMAR),
                name="pilots_case_code_follows_grammar",
                violation_error_message=_("A code looks like T2.3.5."),
            ),
            models.UniqueConstraint(
                fields=["code", "locale"],
                condition=~models.Q(code=""),
                name="pilots_case_code_is_unique",
                violation_error_message=_("Another test case has this code."),
            ),
            models.CheckConstraint(
                condition=models.Q(minimum_euros__isnull=True) | models.Q(minimum_euros__gte=0),
                name="pilots_minimum_is_not_negative",
                violation_error_message=_("Money is not negative."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def refusals(cls, said: Mapping[str, Any]) -> dict[str, str | Promise]:
        """Refuse more problems than a reader can keep in mind, and the same one twice."""
        refused = super().refusals(said)
        main, also = (list(said.get(name) or ()) for name in CONCEPTS[:2])
        if len(main) > MAIN_CHALLENGES:
            refused["main_challenges"] = _("Keep one or two, those it began with. The others can go below.")
        if len(also) > ALSO_CHALLENGES:
            refused["also_challenges"] = _("Keep four at most, those with which it helped best.")
        elif set(main) & set(also):
            refused["also_challenges"] = _("One of these stands above already. Name each problem once.")
        return refused

    @property
    def preview(self) -> Preview:
        """Show the test case where a link to it is shared."""
        return Preview.of(
            self.title,
            kicker=self.pilot_action.plain_title,
            palette=self.pilot_action.palette,
            code=self.slug,
            text=self.pitch,
        )

    def get_absolute_url(self) -> str:
        """Give the public address."""
        return reverse("pilots:test_case", args=[self.slug])

    def concepts_of_draft(self) -> dict[str, list[Concept]]:
        """Give the same as `concepts` from a draft that is not stored in the record's own row."""
        return {name: list(getattr(self, name).all()) for name in CONCEPTS}

    def concepts(self) -> dict[str, list[Concept]]:
        """Give the problems it meets and the assets it needs, all in one query."""
        relations = {name: type(self)._meta.get_field(name).remote_field.through.objects for name in CONCEPTS}
        mine = {
            name: through.filter(testcase=self.pk, concept=models.OuterRef("pk"))
            for name, through in relations.items()
        }
        found = Concept.objects.annotate(**{name: models.Exists(rows) for name, rows in mine.items()}).filter(
            models.Q(main_challenges=True) | models.Q(also_challenges=True) | models.Q(assets=True)
        )
        return {name: [concept for concept in found if getattr(concept, name)] for name in CONCEPTS}

    @property
    def is_public(self) -> bool:
        """Tell whether readers may see the test case; its set must be published, too."""
        return self.live and self.pilot_action.live

    @property
    def runs(self) -> list[Implementation]:
        """List its published implementations; an editor's preview shows the one being edited."""
        if self.pk is None:
            return []
        previewed = getattr(self, "previewed_run", None)
        runs = [
            run for run in self.implementations.all() if run.live and run.partner.live and run != previewed
        ]
        return [*runs, previewed] if previewed else runs

    @property
    def evidence(self) -> Evidence:
        """Tell how well the outcome is shown; it follows from the results on record."""
        return max((run.evidence for run in self.runs), default=Evidence.E0)

    @property
    def link(self) -> Link:
        """Show the test case beside another record."""
        return Link(
            self.title, self.get_absolute_url(), text=self.pitch, meta=[self.pilot_action.plain_title]
        )


class TestCaseImageQuerySet(models.QuerySet["TestCaseImage"]):
    """Questions about pictures of test cases."""

    def for_story(self) -> Self:
        """Fetch the pictures together with what was cut for the story, in one query."""
        cut = CreditedRendition.objects.filter(image=models.OuterRef("image"), filter_spec=STORY_PICTURE)
        return self.select_related("image").annotate(
            **{f"cut_{name}": models.Subquery(cut.values(name)[:1]) for name in ("file", "width", "height")}
        )


class TestCaseImage(Orderable):
    """A picture of the test case."""

    test_case = ParentalKey(TestCase, on_delete=models.CASCADE, related_name="images")
    image = models.ForeignKey(
        CreditedImage,
        verbose_name=_("picture"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("You give its maker's name where you upload it."),
    )
    alt_text = models.CharField(
        _("what it shows"),
        max_length=200,
        help_text=_("For those who cannot see it: a shop window with looms."),
    )
    caption = models.CharField(
        _("caption"),
        max_length=200,
        blank=True,
        help_text=_("What the picture does not say: “The second weekend, before the doors opened.”"),
    )

    objects: ClassVar = TestCaseImageQuerySet.as_manager()

    class Meta(Orderable.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return self.alt_text

    @property
    def story(self) -> dict[str, Any]:
        """Show the picture as wide as the story, with its maker."""
        if getattr(self, "cut_file", None):
            shown = {
                "url": default_storage.url(self.cut_file),
                "width": self.cut_width,
                "height": self.cut_height,
            }
        else:
            cut = self.image.get_rendition(STORY_PICTURE)
            shown = {"url": cut.url, "width": cut.width, "height": cut.height}
        return {**shown, "alt": self.alt_text, "caption": self.caption, "credit": self.image.credit}
