"""The least valid object of each kind."""

from tests.factories.pages import (
    PASSWORD,
    DocumentFactory,
    ImageFactory,
    SourceFactory,
    ToolPageFactory,
    UserFactory,
    make_front_page,
    make_shelf,
)
from tests.factories.records import (
    ConceptFactory,
    ImplementationFactory,
    InvestmentFactory,
    MoneyLineFactory,
    NutsRegionFactory,
    OutputFactory,
    PartnerFactory,
    PilotActionFactory,
    ResultFactory,
    TestCaseFactory,
)

__all__ = [
    "PASSWORD",
    "ConceptFactory",
    "DocumentFactory",
    "ImageFactory",
    "ImplementationFactory",
    "InvestmentFactory",
    "MoneyLineFactory",
    "NutsRegionFactory",
    "OutputFactory",
    "PartnerFactory",
    "PilotActionFactory",
    "ResultFactory",
    "SourceFactory",
    "TestCaseFactory",
    "ToolPageFactory",
    "UserFactory",
    "make_front_page",
    "make_shelf",
]
