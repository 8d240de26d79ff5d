"""What the page of a test case says in facts: the strip, a panel for each run, what is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.cards import Fact, fact
from core.models import PartialDate
from core.templatetags.words import euros
from pilots.choices import Afterwards, FirstResult, Outcome
from pilots.models import Implementation, TestCase


def period(run: Implementation) -> str:
    """Say when a run took place, as exactly as it is known."""
    began, ended = run.began, run.ended
    if run.ongoing:
        return _("since %s") % began if began else _("still running")
    if began and ended:
        return str(began) if str(began) == str(ended) else f"{began} – {ended}"
    if ended:
        return _("until %s") % ended
    return _("from %s") % began if began else ""


def years(runs: Iterable[Implementation]) -> str:
    """Say in which years a test case ran."""
    dates: list[PartialDate] = [day for run in runs for day in (run.began, run.ended) if day]
    found = sorted({day.day.year for day in dates})
    return f"{found[0]} – {found[-1]}" if len(found) > 1 else "".join(map(str, found))


def strip(case: TestCase, runs: Sequence[Implementation]) -> list[dict[str, Any]]:
    """Answer where, when, money, people and outcome in a word each."""
    regions = list(dict.fromkeys(run.region.label for run in runs if run.region))
    return [
        _cell(
            _("Where"),
            regions[0] if regions else "",
            _("and %s") % _joined(regions[1:]) if regions[1:] else "",
            runs,
        ),
        _cell(_("When"), years(runs), _joined(run.duration for run in runs), runs),
        _money(case, runs),
        _people(runs),
        _outcome(case, runs),
    ]


def _cell(term: str, value: str, detail: str, runs: Sequence[Implementation]) -> dict[str, Any]:
    """Make a cell of the strip; where nothing is known it says whom to ask."""
    cell = {"term": term, "value": value, "detail": detail, "unknown": not value}
    if not value and runs:
        cell |= ask(runs[0])
    return cell


def _money(case: TestCase, runs: Sequence[Implementation]) -> dict[str, Any]:
    """Say what it cost, and of what that is the price."""
    if case.minimum_euros is not None:
        return _cell(_("Money"), euros(case.minimum_euros), _("for the smallest useful version"), runs)
    known = [run for run in runs if run.money is not None]
    total = sum((run.money for run in known if run.money is not None), start=Decimal(0))
    complete = known and len(known) == len(runs) and all(run.money_is_complete for run in runs)
    detail = "" if complete or not known else _("as far as it is documented")
    return _cell(
        _("Money"), euros(total) if known else "", detail, [run for run in runs if run not in known] or runs
    )


def _people(runs: Sequence[Implementation]) -> dict[str, Any]:
    """Say how much work it was."""
    months = [run.person_months for run in runs if run.person_months is not None]
    return _cell(
        _("People"), _("%s person-months") % sum(months, Decimal(0)).normalize() if months else "", "", runs
    )


def _outcome(case: TestCase, runs: Sequence[Implementation]) -> dict[str, Any]:
    """Say how it went, of how many runs that is known, and how well it is shown."""
    known = [Outcome(run.outcome).label for run in runs if run.outcome != Outcome.UNKNOWN]
    share = _("known for %(known)s of %(all)s runs") % {"known": len(known), "all": len(runs)}
    evidence = f"{case.evidence.name}: {case.evidence.label}"
    return _cell(
        _("Outcome"), _joined(known), f"{share}; {evidence}" if 0 < len(known) < len(runs) else evidence, runs
    )


def ask(run: Implementation) -> dict[str, str]:
    """Say whom to ask about a run."""
    return {
        "code": run.partner.code,
        "ask_label": _("Ask %s") % run.partner.code,
        "ask_url": run.partner.get_absolute_url(),
    }


def panel(run: Implementation) -> dict[str, Any]:
    """Gather what the panel of one run prints."""
    place = run.place or run.town
    return {
        "run": run,
        "title": " · ".join(part for part in (run.partner.name, run.edition) if part),
        "facts": [
            fact(_("Place"), place),
            fact(
                _("Region"),
                run.region.label if run.region else "",
                *(area.label for area in run.also_in.all()),
            ),
            fact(_("When"), period(run)),
            fact(_("How long"), run.duration),
            fact(
                _("First result"),
                # From the weeks, since the generated column of a preview is old or not there yet.
                FirstResult.of(run.lead_weeks).label if run.lead_weeks is not None else "",
            ),
            fact(_("Money"), euros(run.money)),
            fact(_("Outcome"), "" if run.outcome == Outcome.UNKNOWN else Outcome(run.outcome).label),
        ],
        "extra": [one for one in _extra(run) if not one.unknown],
        "after": "" if run.afterwards == Afterwards.UNKNOWN else Afterwards(run.afterwards).label,
    }


def _extra(run: Implementation) -> list[Fact]:
    """List the facts that are shown only where they are known."""
    return [
        fact(_("Kind of place"), run.place_kind.label if run.place_kind else ""),
        fact(_("Industrial past"), *(past.label for past in run.industrial_past.all())),
        fact(_("Together with"), *(line.value for line in run.helpers)),
        fact(_("Code as printed"), run.region_as_printed),
        *(fact(line.get_kind_display(), euros(line.euros)) for line in run.money_lines.all()),
        *(Fact(investment.title, euros(investment.euros)) for investment in run.investments.all()),
        fact(_("About the money"), run.money_note),
    ]


def _joined(words: Iterable[object]) -> str:
    """Join the known words by commas, each once."""
    return ", ".join(dict.fromkeys(str(word) for word in words if word))
