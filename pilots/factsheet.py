"""The programme's official output fact sheet: thirteen blocks, made from the records and nothing else.

Source of the blocks: the output fact sheet of Interreg CENTRAL EUROPE 2014-2020, as delivered for O.T2.1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.cards import Fact, Link, fact
from core.choices import Precision
from core.templatetags.words import euros
from outputs.codes import OutputCode
from outputs.models import Output
from pilots.choices import Participation
from pilots.models import Implementation, Investment, PilotAction, PilotActionRegion
from regions.codes import NutsCode

# As printed on the project's leaflet and on every page of the programme about it.
INDEX_NUMBER: Final = "CE1315"
ACRONYM: Final = "InduCCI"
WEBSITE: Final = "www.inducci.eu"
# The level at which the sheet asks for regions.
SHEET_LEVEL: Final = 2


@dataclass(frozen=True, slots=True)
class Block:
    """One of the thirteen blocks: facts, running text, a table or links."""

    number: int
    title: str
    facts: Sequence[Fact] = ()
    text: str = ""
    headers: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    links: Sequence[Link] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is documented."""
        known = [one for one in self.facts if not one.unknown]
        return not (known or self.text or self.rows or self.links)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something an editor should look at: a sentence, the record and the field it is about.

    `differs` marks what readers are told as well: the official sheet says something else.
    """

    sentence: str
    record: models.Model
    field: str = ""
    is_contradiction: bool = False
    differs: bool = False


@dataclass(frozen=True)
class FactSheet:
    """The sheet of one pilot action set."""

    action: PilotAction
    # What is fetched for it, in the order of the sheet.
    runs: list[Implementation] = field(default_factory=list)
    deliverables: list[Output] = field(default_factory=list)

    @classmethod
    def of(cls, action: PilotAction) -> FactSheet:
        """Fetch what the sheet of a set prints, in a fixed number of queries."""
        runs = (
            Implementation.objects.live()
            .filter(test_case__pilot_action=action.pk)
            .select_related("test_case", "partner", "region")
            .prefetch_related("investments", "money_lines")
            .order_by("test_case__code", "test_case__title", "partner__number", "start", "slug")
        )
        parts = Output.objects.live().for_links().filter(part_of=action.output_id).exclude(code="")
        return cls(action, list(runs), list(parts.order_by("code")) if action.output_id else [])

    @cached_property
    def output(self) -> Output | None:
        """Give the output that the set is, where it is published."""
        output = self.action.output
        return output if output and output.live else None

    @cached_property
    def investments(self) -> list[Investment]:
        """List the equipment that was paid for."""
        found = [investment for run in self.runs for investment in run.investments.all()]
        return sorted(found, key=lambda one: (one.code, one.title))

    @cached_property
    def cases(self) -> dict[str, list[Implementation]]:
        """Group the runs by the test case they belong to."""
        grouped: dict[str, list[Implementation]] = {}
        for run in self.runs:
            grouped.setdefault(run.test_case.title, []).append(run)
        return grouped

    @cached_property
    def regions(self) -> list[PilotActionRegion]:
        """List the regions of the set: first those with test cases, then those in the exchange."""
        return sorted(
            self.action.participations.all(),
            key=lambda part: (part.participation == Participation.EXCHANGE, part.region.code),
        )

    @property
    def blocks(self) -> list[Block]:
        """Lay the sheet out."""
        action = self.action
        responsible = action.responsible if action.responsible and action.responsible.live else None
        made: tuple[tuple[str, dict[str, Any]], ...] = (
            (_("Project index number and acronym"), {"text": f"{INDEX_NUMBER} {ACRONYM}"}),
            (_("Output number and title"), {"text": f"{action.code} {self.title}".strip()}),
            (
                _("Investment number and title"),
                {"links": [self._investment(one) for one in self.investments]},
            ),
            (
                _("Responsible partner"),
                {"text": f"{responsible.code}, {responsible.name}" if responsible else ""},
            ),
            (_("Project website"), {"text": WEBSITE}),
            (_("Delivery date"), {"text": str((self.output and self.output.delivery) or "")}),
            (_("Summary of the pilot action"), self._summary()),
            (_("NUTS regions concerned"), self._regions()),
            (_("Investment costs"), self._costs()),
            (_("Expected impact and benefits"), {"text": action.results}),
            (_("Sustainability and transferability"), {"text": action.sustainability}),
            (
                _("Contribution and compliance"),
                {
                    "facts": [
                        fact(_("Regulatory requirements"), action.procurement),
                        fact(_("Sustainable development"), action.environment),
                        fact(_("Horizontal principles, such as equal opportunities"), action.equality),
                    ]
                },
            ),
            (
                _("References to deliverables"),
                {"links": [self._deliverable(one) for one in self.deliverables]},
            ),
        )
        return [Block(number, title, **parts) for number, (title, parts) in enumerate(made, start=1)]

    @property
    def title(self) -> str:
        """Give the title of the output, or else of the set."""
        return self.output.title if self.output else self.action.title

    def _summary(self) -> dict[str, Any]:
        """Tell what was tried, with every test case and every partner that ran it."""
        rows = [
            (run.test_case.code or _("no code"), title, f"{run.partner.code} {run.partner.short_name}")
            for title, runs in self.cases.items()
            for run in runs
        ]
        return {
            "text": self.action.summary,
            "headers": [_("Deliverable"), _("Test case"), _("Carried out by")] if rows else [],
            "rows": rows,
        }

    def _regions(self) -> dict[str, Any]:
        """List the regions with the level of their codes."""
        rows = [
            (
                part.region.code,
                part.region.label,
                # They stay together on a line.
                (_("NUTS %s") % part.region.nuts.level).replace(" ", "\xa0"),
                str(part.get_participation_display()),
            )
            for part in self.regions
        ]
        return {"headers": [_("Code"), _("Region"), _("Level"), _("Part")] if rows else [], "rows": rows}

    def _costs(self) -> dict[str, Any]:
        """Add up what the equipment cost."""
        total = sum((one.euros for one in self.investments), Decimal(0))
        lines = [fact(f"{one.code} {one.title}".strip(), euros(one.euros)) for one in self.investments]
        return {"facts": [*lines, fact(_("Together"), euros(total))] if lines else []}

    @staticmethod
    def _investment(investment: Investment) -> Link:
        """Name an investment by the deliverable it belongs to."""
        return Link(f"{investment.code} {investment.title}".strip(), "")

    @staticmethod
    def _deliverable(output: Output) -> Link:
        """Lead to a deliverable."""
        return Link(f"{OutputCode(output.code).short} {output.title}", output.get_absolute_url())

    # --- Pre-flight ---------------------------------------------------------------------------

    @cached_property
    def findings(self) -> list[Finding]:
        """List what is missing or contradictory, in the order of the blocks."""
        return [*self._missing(), *self._dates(), *self._counts(), *self._levels(), *self._sums()]

    @property
    def differences(self) -> list[str]:
        """Say where the official sheet prints something else."""
        return [one.sentence for one in self.findings if one.differs]

    def _missing(self) -> Iterator[Finding]:
        """Name the blocks without content."""
        action, output = self.action, self.output
        wanted: list[tuple[object, str, models.Model, str]] = [
            (action.code, _("The number of the output is not known."), action, "code"),
            (action.responsible, _("No responsible partner is named."), action, "responsible"),
            (
                output,
                _("No published output belongs to this set, so there is no delivery date."),
                action,
                "output",
            ),
            (self.runs, _("No run of a test case is published in this set."), action, ""),
            (self.regions, _("No region is named."), action, "participations-FORMS"),
            (action.results, _("Impact and benefits are not described."), action, "results"),
            (action.sustainability, _("What happened after is not described."), action, "sustainability"),
            (action.procurement, _("Nothing is said about the rules kept."), action, "procurement"),
            (action.environment, _("Nothing is said about sustainable development."), action, "environment"),
            (action.equality, _("Nothing is said about equal opportunities."), action, "equality"),
            (self.deliverables, _("No deliverable belongs to the output."), output or action, ""),
        ]
        yield from (Finding(sentence, record, name) for value, sentence, record, name in wanted if not value)
        if action.code_is_inferred:
            yield Finding(
                _("The number of the output is our reading; it was not seen in print."), action, "code"
            )
        if action.title_is_working:
            yield Finding(_("The title is a working title."), action, "title")

    def _dates(self) -> Iterator[Finding]:
        """Judge the date of delivery."""
        output = self.output
        if output and not output.delivered:
            yield Finding(_("The delivery date is not known."), output, "delivered")
        elif output and output.delivered_precision != Precision.DAY:
            yield Finding(
                _("Of the delivery date only %s is known.") % output.delivery, output, "delivered_precision"
            )

    def _counts(self) -> Iterator[Finding]:
        """Compare the announced number of test cases with the list."""
        declared = self.action.declared_test_cases
        if declared is None:
            yield Finding(
                _("The number of test cases that the official sheet announces is not known."),
                self.action,
                "declared_test_cases",
            )
            return
        announced = (
            ngettext(
                "The official sheet announces %s test case",
                "The official sheet announces %s test cases",
                declared,
            )
            % declared
        )
        for number, what in (
            (len(self.cases), _("this site documents %s")),
            (len(self.runs), _("the list has %s lines")),
        ):
            if number != declared:
                yield Finding(
                    f"{announced}; {what % number}{self._why()}.",
                    self.action,
                    "declared_test_cases",
                    is_contradiction=True,
                    differs=True,
                )

    def _why(self) -> str:
        """Explain more lines than test cases: what several partners ran."""
        shared = [
            _("%(case)s was carried out by %(partners)s")
            % {"case": title, "partners": _(" and ").join(dict.fromkeys(run.partner.code for run in runs))}
            for title, runs in self.cases.items()
            if len(runs) > 1
        ]
        return f": {'; '.join(shared)}" if shared else ""

    def _levels(self) -> Iterator[Finding]:
        """Compare the codes as printed with those of the regions, and with those of the runs."""
        for part in self.regions:
            level, printed = part.region.nuts.level, part.code_as_printed
            if level != SHEET_LEVEL:
                yield Finding(
                    _("%(code)s is a code of NUTS level %(level)s; the sheet asks for level 2.")
                    % {"code": part.region.code, "level": level},
                    self.action,
                    "participations-FORMS",
                    is_contradiction=True,
                )
            if printed and printed != part.region.code:
                yield self._misprint(part, printed)
        named = {part.region.code for part in self.regions}
        ran = {run.region.code[: SHEET_LEVEL + 2]: run for run in self.runs if run.region}
        for code, run in sorted(ran.items()):
            if named and code not in named:
                yield Finding(
                    _("A test case ran in %s, which is not among the regions of the set.") % code,
                    run,
                    "region",
                    is_contradiction=True,
                )
        for part in self.regions:
            if part.participation == Participation.TESTED and ran and part.region.code not in ran:
                yield Finding(
                    _("%s is said to have run test cases, and none is published.") % part.region.code,
                    self.action,
                    "participations-FORMS",
                    is_contradiction=True,
                )

    def _misprint(self, part: PilotActionRegion, printed: str) -> Finding:
        """Say which code the official sheet prints for a region."""
        values = {"code": part.region.code, "region": part.region.label, "printed": printed}
        values["level"] = str(part.region.nuts.level)
        try:
            values["wrong"] = str(NutsCode(printed).level)
            text = _(
                "The official sheet prints %(printed)s under NUTS %(level)s; %(printed)s is a code of"
                " NUTS level %(wrong)s, and %(region)s is %(code)s."
            )
        except ValueError:
            text = _("The official sheet prints %(printed)s for %(region)s, which is %(code)s.")
        return Finding(
            text % values, self.action, "participations-FORMS", is_contradiction=True, differs=True
        )

    def _sums(self) -> Iterator[Finding]:
        """Look at the money: what belongs to no deliverable, and what is incomplete."""
        codes = {OutputCode(output.code).short for output in self.deliverables}
        for run in self.runs:
            for investment in run.investments.all():
                if not investment.code:
                    yield Finding(
                        _("The investment “%s” has no number.") % investment.title, run, "investments-FORMS"
                    )
                elif codes and OutputCode(investment.code).short not in codes:
                    yield Finding(
                        _("The investment %s belongs to no deliverable of the set.") % investment.code,
                        run,
                        "investments-FORMS",
                        is_contradiction=True,
                    )
        partial = [run for run in self.runs if not run.money_is_complete]
        if partial:
            yield Finding(
                ngettext(
                    "The costs of %s run are not complete.",
                    "The costs of %s runs are not complete.",
                    len(partial),
                )
                % len(partial),
                partial[0],
                "money_is_complete",
            )
