"""Factories of records; each record is published unless it is asked for as a draft."""

from typing import Any

import factory
from factory.django import DjangoModelFactory

from core.choices import Palette
from outputs.models import Output
from partners.models import Partner
from pilots.choices import Evidence, MoneyKind
from pilots.models import Implementation, Investment, MoneyLine, PilotAction, Result, TestCase
from regions.models import NutsRegion
from vocabularies.choices import Scheme
from vocabularies.models import Concept


class NutsRegionFactory(DjangoModelFactory):
    """A region in force."""

    class Meta:
        model = NutsRegion
        django_get_or_create = ("code",)

    code = "ITH3"
    name = factory.LazyAttribute(lambda region: f"Region {region.code}")
    first_version = 2021
    last_version = 2024


class ConceptFactory(DjangoModelFactory):
    """A problem, unless another vocabulary is named."""

    class Meta:
        model = Concept
        django_get_or_create = ("scheme", "slug")

    scheme = Scheme.CHALLENGE
    slug = factory.Sequence(lambda n: f"concept-{n}")
    label = factory.LazyAttribute(lambda concept: concept.slug.replace("-", " ").capitalize())


class PartnerFactory(DjangoModelFactory):
    """A partner in the Veneto."""

    class Meta:
        model = Partner

    number = factory.Sequence(lambda n: n + 100)
    slug = factory.LazyAttribute(lambda partner: f"partner-{partner.number}")
    short_name = factory.LazyAttribute(lambda partner: f"P{partner.number}")
    name = factory.LazyAttribute(lambda partner: f"Partner {partner.number}")
    city = "Padova"
    summary = "A partner."
    region = factory.SubFactory(NutsRegionFactory)


class OutputFactory(DjangoModelFactory):
    """A deliverable without a file."""

    class Meta:
        model = Output

    slug = factory.Sequence(lambda n: f"output-{n}")
    title = factory.LazyAttribute(lambda output: f"Title of {output.slug}")
    summary = "A document."
    kind = factory.SubFactory(ConceptFactory, scheme=Scheme.DOCUMENT_KIND, slug="analysis")


class PilotActionFactory(DjangoModelFactory):
    """A pilot action set."""

    class Meta:
        model = PilotAction

    number = factory.Sequence(lambda n: n + 100)
    slug = factory.LazyAttribute(lambda action: f"set-{action.number}")
    title = factory.LazyAttribute(lambda action: f"Set {action.number}")
    plain_title = factory.LazyAttribute(lambda action: f"Plain {action.number}")
    pitch = "What the set wants."
    summary = "What the set was about."
    palette = Palette.ESTABLISHING


class TestCaseFactory(DjangoModelFactory):
    """A test case that nobody ran yet."""

    class Meta:
        model = TestCase

    slug = factory.Sequence(lambda n: f"case-{n}")
    title = factory.LazyAttribute(lambda case: f"Title of {case.slug}")
    pitch = "What was tried, in a sentence."
    summary = "What was tried."
    pilot_action = factory.SubFactory(PilotActionFactory)


def make_publishable_case(**values: Any) -> Any:
    """Make a test case that says what is needed to publish it."""
    case: Any = TestCaseFactory(**values)
    case.main_challenges = [ConceptFactory()]
    case.interventions = [ConceptFactory(scheme=Scheme.INTERVENTION)]
    case.target_groups = [ConceptFactory(scheme=Scheme.TARGET_GROUP)]
    case.save()
    return case


class ImplementationFactory(DjangoModelFactory):
    """A test case run by a partner in the partner's region."""

    class Meta:
        model = Implementation

    slug = factory.Sequence(lambda n: f"run-{n}")
    test_case = factory.SubFactory(TestCaseFactory)
    partner = factory.SubFactory(PartnerFactory)
    region = factory.SelfAttribute("partner.region")


class MoneyLineFactory(DjangoModelFactory):
    """A sum for services, paid in an implementation."""

    class Meta:
        model = MoneyLine

    implementation = factory.SubFactory(ImplementationFactory)
    kind = MoneyKind.SERVICES
    euros = "100.00"


class InvestmentFactory(DjangoModelFactory):
    """A piece of equipment."""

    class Meta:
        model = Investment

    implementation = factory.SubFactory(ImplementationFactory)
    title = "A table"
    euros = "100.00"


class ResultFactory(DjangoModelFactory):
    """A counted result."""

    class Meta:
        model = Result

    implementation = factory.SubFactory(ImplementationFactory)
    indicator = "Creatives who came"
    value = "12"
    basis = Evidence.E2
