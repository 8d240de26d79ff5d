"""The least valid object of each kind."""

from tests.factories.records import (
    ConceptFactory,
    ImplementationFactory,
    NutsRegionFactory,
    OutputFactory,
    PartnerFactory,
    PilotActionFactory,
    TestCaseFactory,
)

__all__ = [
    "ConceptFactory",
    "ImplementationFactory",
    "NutsRegionFactory",
    "OutputFactory",
    "PartnerFactory",
    "PilotActionFactory",
    "TestCaseFactory",
]
