"""The least valid object of each kind.

Calling a factory gives its model, which the types of factory_boy do not say: hence Any.
"""

from typing import Any

from tests.factories import pages, records
from tests.factories.pages import PASSWORD, make_front_page, make_problem, make_shelf
from tests.factories.records import make_publishable_case

ConceptFactory: Any = records.ConceptFactory
DocumentFactory: Any = pages.DocumentFactory
EventPageFactory: Any = pages.EventPageFactory
ImageFactory: Any = pages.ImageFactory
ImplementationFactory: Any = records.ImplementationFactory
InvestmentFactory: Any = records.InvestmentFactory
MoneyLineFactory: Any = records.MoneyLineFactory
NewsPageFactory: Any = pages.NewsPageFactory
NutsRegionFactory: Any = records.NutsRegionFactory
OutputFactory: Any = records.OutputFactory
PartnerFactory: Any = records.PartnerFactory
PilotActionFactory: Any = records.PilotActionFactory
ResultFactory: Any = records.ResultFactory
SourceFactory: Any = pages.SourceFactory
TestCaseFactory: Any = records.TestCaseFactory
ToolPageFactory: Any = pages.ToolPageFactory
UserFactory: Any = pages.UserFactory

__all__ = [
    "PASSWORD",
    "ConceptFactory",
    "DocumentFactory",
    "EventPageFactory",
    "ImageFactory",
    "ImplementationFactory",
    "InvestmentFactory",
    "MoneyLineFactory",
    "NewsPageFactory",
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
    "make_problem",
    "make_publishable_case",
    "make_shelf",
]
