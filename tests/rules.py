"""Break a rule of the data on purpose: the form refuses it with a sentence, the database always."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction


@dataclass(frozen=True)
class Breach:
    """Values that break a rule when a good record takes them; `twin` values exist in another record."""

    make: Callable[..., models.Model]
    values: dict[str, Any]
    twin: dict[str, Any] = field(default_factory=dict)

    def record(self) -> models.Model:
        """Store a good record, beside its twin where there is one."""
        if self.twin:
            self.make(**self.twin)
        return self.make()

    def sentences(self) -> list[str]:
        """Give the record the broken values, and list what the form says to it."""
        record = self.record()
        for name, value in self.values.items():
            setattr(record, name, value)
        return [
            sentence
            for check in (record.full_clean, record.validate_constraints)
            for sentence in _said(check)
        ]

    def refused_by_database(self) -> bool:
        """Write the broken values past all forms."""
        record = self.record()
        try:
            with transaction.atomic():
                type(record)._base_manager.filter(pk=record.pk).update(**self.values)
        except IntegrityError:
            return True
        return False


def _said(check: Callable[[], None]) -> list[str]:
    """List the sentences by which a check refuses a record."""
    try:
        check()
    except ValidationError as refusal:
        return refusal.messages
    return []


def constraints_of(app: str) -> dict[str, models.BaseConstraint]:
    """Name the rules that an app gives to the database."""
    owned = apps.get_app_config(app).get_models()
    return {rule.name: rule for model in owned for rule in model._meta.constraints}


def sentence_of(app: str, name: str) -> str:
    """Give the sentence by which a rule explains itself."""
    return str(constraints_of(app)[name].violation_error_message)


def each(breaches: dict[str, Breach]) -> pytest.MarkDecorator:
    """Run a test for every breach, under the name of the rule."""
    return pytest.mark.parametrize("name", sorted(breaches))
