"""The rules that sets, test cases and implementations obey."""

import datetime as dt

import pytest

from pilots.models import PilotActionRegion
from tests.factories import (
    ImplementationFactory,
    InvestmentFactory,
    MoneyLineFactory,
    NutsRegionFactory,
    PilotActionFactory,
    ResultFactory,
    TestCaseFactory,
)
from tests.rules import Breach, constraints_of, each, sentence_of

pytestmark = pytest.mark.django_db
MAY, JUNE = dt.date(2021, 5, 1), dt.date(2021, 6, 1)


def _participation(code="SI04"):
    """Let a region take part in the first set there is."""
    action = PilotActionFactory._meta.model.objects.first() or PilotActionFactory()
    return PilotActionRegion.objects.create(pilot_action=action, region=NutsRegionFactory(code=code))


def _second_region():
    return {"region": NutsRegionFactory(code="CZ04")}


BREACHES = {
    "pilots_pilotaction_slug_is_unique": Breach(PilotActionFactory, {"slug": "taken"}, {"slug": "taken"}),
    "pilots_set_number_is_unique": Breach(PilotActionFactory, {"number": 7}, {"number": 7}),
    "pilots_testcase_slug_is_unique": Breach(TestCaseFactory, {"slug": "taken"}, {"slug": "taken"}),
    "pilots_case_code_follows_grammar": Breach(TestCaseFactory, {"code": "T2.3"}),
    "pilots_case_code_is_unique": Breach(TestCaseFactory, {"code": "T2.3.5"}, {"code": "T2.3.5"}),
    "pilots_minimum_is_not_negative": Breach(TestCaseFactory, {"minimum_euros": -1}),
    "pilots_implementation_slug_is_unique": Breach(
        ImplementationFactory, {"slug": "taken"}, {"slug": "taken"}
    ),
    "pilots_run_ends_after_it_begins": Breach(ImplementationFactory, {"start": JUNE, "end": MAY}),
    "pilots_run_is_over_or_ongoing": Breach(ImplementationFactory, {"ongoing": True, "end": MAY}),
    "pilots_staff_is_not_negative": Breach(ImplementationFactory, {"person_months": -1}),
    "pilots_money_is_not_negative": Breach(MoneyLineFactory, {"euros": -1}),
    "pilots_investment_is_positive": Breach(InvestmentFactory, {"euros": 0}),
    "pilots_investment_code_follows_grammar": Breach(InvestmentFactory, {"code": "23.5"}),
    "pilots_result_has_a_basis": Breach(ResultFactory, {"basis": 0}),
    "pilots_counted_result_has_a_value": Breach(ResultFactory, {"value": ""}),
}


def test_every_rule_of_the_pilots_is_broken_here_on_purpose():
    assert set(constraints_of("pilots")) == {*BREACHES, "pilots_region_takes_part_once"}


@each(BREACHES)
def test_the_form_names_a_broken_rule(name):
    breach = BREACHES[name]

    sentences = breach.sentences()

    assert sentence_of("pilots", name) in sentences


@each(BREACHES)
def test_the_database_refuses_a_broken_rule(name):
    breach = BREACHES[name]

    refused = breach.refused_by_database()

    assert refused


def test_a_region_takes_part_in_a_set_once():
    _participation("CZ04")
    breach = Breach(_participation, _second_region())

    sentences, refused = breach.sentences(), Breach(lambda: _participation("ITH3"), _second_region())

    assert sentence_of("pilots", "pilots_region_takes_part_once") in sentences
    assert refused.refused_by_database()


def test_a_day_on_which_a_run_begins_and_ends_is_no_mistake():
    breach = Breach(ImplementationFactory, {"start": MAY, "end": MAY})

    sentences = breach.sentences()

    assert sentences == []


def test_money_of_nothing_is_a_sum_like_any_other():
    breach = Breach(MoneyLineFactory, {"euros": 0})

    sentences = breach.sentences()

    assert sentences == []
