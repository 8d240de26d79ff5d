"""The sheets of the workbook, and the fields that each holds."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models

from inducci.workbook.columns import Column, Keys
from outputs.models import Output
from pilots.models import Implementation, MoneyLine, Result, TestCase


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a kind of record by short name, or parts of implementations by their number."""

    title: str
    model: type[models.Model]
    fields: tuple[str, ...]
    # The relation of an implementation to its parts; empty for records.
    relation: str = ""

    @property
    def key_names(self) -> tuple[str, ...]:
        """Name the columns that tell which line is meant."""
        return ("implementation", "number") if self.relation else ("slug",)

    @property
    def headers(self) -> tuple[str, ...]:
        """Name all columns."""
        return (*self.key_names, *self.fields)

    def columns(self, keys: Keys) -> list[Column]:
        """Give the columns apart from the key."""
        return [Column(name, self.model._meta.get_field(name), keys) for name in self.fields]


PROVENANCE = ("certainty", "note", "sources")
DOCUMENTS = Sheet(
    "Documents",
    Output,
    (
        *("code", "category", "kind", "title", "title_is_working", "native_title", "summary", "quantity"),
        *("part_of", "partners", "regions", "languages", "delivered", "delivered_precision", "web_address"),
        *PROVENANCE,
    ),
)
TEST_CASES = Sheet(
    "Test cases",
    TestCase,
    (
        *("code", "title", "title_is_working", "short_name", "native_title", "other_names", "pitch"),
        *("summary", "pilot_action", "main_challenges", "also_challenges", "interventions", "format"),
        *("target_groups", "creative_fields", "assets", "scene_needed", "policy_needed", "experimental"),
        *("transnational_value", "transfer_advice", "core_elements", "adaptable_elements"),
        *("minimum_without", "minimum_euros", "minimum_weeks", "documentation", "verified_on", "verified_by"),
        *PROVENANCE,
    ),
)
IMPLEMENTATIONS = Sheet(
    "Implementations",
    Implementation,
    (
        *("test_case", "partner", "role", "edition", "summary", "region", "also_in", "region_as_printed"),
        *("town", "place", "latitude", "longitude", "place_kind", "industrial_past", "helpers", "start"),
        *("start_precision", "end", "end_precision", "ongoing", "duration", "lead_weeks", "person_months"),
        *("money_is_complete", "money_note", "outcome", "helped", "hindered", "would_not_repeat"),
        *("afterwards", "afterwards_since", "afterwards_funder", "afterwards_note"),
        *PROVENANCE,
    ),
)
MONEY = Sheet("Money", MoneyLine, ("kind", "euros", "funder", "price_year"), "money_lines")
RESULTS = Sheet("Results", Result, ("indicator", "value", "unit", "source", "basis"), "results")
# What others point at comes first.
RECORDS = (DOCUMENTS, TEST_CASES, IMPLEMENTATIONS)
PARTS = (MONEY, RESULTS)
SHEETS = (TEST_CASES, IMPLEMENTATIONS, MONEY, RESULTS, DOCUMENTS)
# The sheet of what the drop-downs offer; an import does not look at it.
LISTS = "Lists"
