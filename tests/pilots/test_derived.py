"""What follows from the facts on record and is typed by nobody: money, time, evidence."""

import datetime as dt
from decimal import Decimal

import pytest

from pilots.choices import BudgetBand, Evidence, FirstResult
from pilots.models import Implementation, TestCase
from tests.factories import (
    ImplementationFactory,
    InvestmentFactory,
    MoneyLineFactory,
    PartnerFactory,
    PilotActionFactory,
    ResultFactory,
    TestCaseFactory,
)
from tests.html import listed, words_of

pytestmark = pytest.mark.django_db

BANDS = [
    ("0", "under-5000"),
    ("4999.99", "under-5000"),
    ("5000", "5000-20000"),
    ("19999.99", "5000-20000"),
    ("20000", "20000-50000"),
    ("49999.99", "20000-50000"),
    ("50000", "50000-150000"),
    ("149999.99", "50000-150000"),
    ("150000", "over-150000"),
    ("9999999", "over-150000"),
]
WEEKS = [
    (0, "4-weeks"),
    (4, "4-weeks"),
    (5, "3-months"),
    (13, "3-months"),
    (14, "6-months"),
    (26, "6-months"),
    (27, "12-months"),
    (52, "12-months"),
    (53, "longer"),
    (30_000, "longer"),
]


@pytest.mark.parametrize(("euros", "band"), BANDS)
def test_every_sum_lies_in_one_band(euros, band):
    found = BudgetBand.of(Decimal(euros))

    assert found == band


@pytest.mark.parametrize(("euros", "band"), BANDS)
def test_a_test_case_is_found_in_the_band_of_its_money(client, euros, band):
    TestCaseFactory(slug="krach", minimum_euros=euros)

    found = {one: listed(client.get(f"/test-cases/?budget={one}")) for one in BudgetBand.values}

    assert found == {one: ["krach"] if one == band else [] for one in BudgetBand.values}


def test_the_smallest_useful_version_is_the_money_of_a_test_case():
    case = TestCaseFactory(minimum_euros="1000.00")
    MoneyLineFactory(implementation=ImplementationFactory(test_case=case), euros="9000.00")

    found = TestCase.objects.with_budget().get()

    assert found.budget_euros == Decimal(1000)


def test_the_cheapest_run_is_the_money_where_no_smallest_version_is_known():
    case = TestCaseFactory()
    for euros in ("9000.00", "3000.00", "6000.00"):
        MoneyLineFactory(implementation=ImplementationFactory(test_case=case), euros=euros)

    found = TestCase.objects.with_budget().get()

    assert found.budget_euros == Decimal(3000)


def test_money_of_a_draft_run_is_nobody_s_business():
    case = TestCaseFactory()
    MoneyLineFactory(implementation=ImplementationFactory(test_case=case, live=False))

    found = TestCase.objects.with_budget().get()

    assert found.budget_euros is None


def test_several_sums_and_several_investments_are_added_up_once_each():
    run = ImplementationFactory()
    for euros in ("100.00", "20.00", "3.00"):
        MoneyLineFactory(implementation=run, euros=euros)
        InvestmentFactory(implementation=run, euros=euros)

    found = Implementation.objects.with_money().get()

    assert (found.money_euros, found.money) == (Decimal(246), Decimal(246))


def test_money_that_nobody_wrote_down_is_unknown():
    ImplementationFactory()

    found = Implementation.objects.with_money().get()

    assert (found.money_euros, found.money) == (None, None)


def test_money_of_nothing_is_known():
    MoneyLineFactory(euros=0)

    found = Implementation.objects.with_money().get()

    assert (found.money_euros, found.money) == (Decimal(0), Decimal(0))


def test_a_test_case_without_money_is_found_as_not_documented_and_one_for_nothing_is_not(client):
    TestCaseFactory(slug="free", minimum_euros=0)
    TestCaseFactory(slug="unknown")

    response = client.get("/test-cases/?budget=unknown")

    assert listed(response) == ["unknown"]


def test_a_test_case_for_nothing_prints_its_price(client):
    TestCaseFactory(slug="free", minimum_euros=0)

    response = client.get("/test-cases/free/")

    assert "Money €0 for the smallest useful version" in words_of(response)


@pytest.mark.parametrize(("weeks", "band"), WEEKS)
def test_the_weeks_until_a_first_result_give_its_band(weeks, band):
    run = ImplementationFactory(lead_weeks=weeks)

    run.refresh_from_db()

    assert (run.first_result, FirstResult.of(weeks)) == (band, band)


def test_a_first_result_of_unknown_time_is_found_as_not_documented(client):
    ImplementationFactory(test_case__slug="quick", lead_weeks=2)
    ImplementationFactory(test_case__slug="unknown", lead_weeks=None)

    response = client.get("/test-cases/?first_result=unknown")

    assert listed(response) == ["unknown"]


@pytest.mark.parametrize("level", [level for level in Evidence if level])
def test_the_best_result_gives_the_level_of_evidence(level):
    run = ImplementationFactory()
    for basis in (Evidence.E1, level):
        ResultFactory(implementation=run, basis=basis)

    found = TestCase.objects.with_evidence().get()

    assert (found.evidence, run.evidence) == (level, level)


def test_a_test_case_without_results_is_only_described():
    run = ImplementationFactory()

    found = TestCase.objects.with_evidence().get()

    assert (found.evidence, run.evidence) == (Evidence.E0, Evidence.E0)


def test_a_result_of_a_draft_run_shows_nothing():
    ResultFactory(implementation__live=False, basis=Evidence.E4)

    found = TestCase.objects.with_evidence().get()

    assert found.evidence == Evidence.E0


@pytest.mark.parametrize("level", ["e0", "e1", "e2", "e3", "e4"])
def test_a_test_case_is_found_by_its_level_of_evidence(client, level):
    ResultFactory(implementation__test_case__slug="shown", basis=Evidence.E2)
    TestCaseFactory(slug="described")

    found = listed(client.get(f"/test-cases/?evidence={level}"))

    assert found == {"e0": ["described"], "e2": ["shown"]}.get(level, [])


def test_the_outcome_says_nothing_about_the_evidence():
    ImplementationFactory(outcome="worked")

    found = TestCase.objects.with_evidence().get()

    assert found.evidence == Evidence.E0


def test_a_run_says_how_exactly_its_dates_are_known():
    run = ImplementationFactory(start=dt.date(2021, 4, 1), start_precision="month", end=dt.date(2021, 6, 9))

    words = [str(run.began), str(run.ended)]

    assert words == ["April 2021", "9 June 2021"]


def test_live_runs_are_those_of_live_test_cases_in_live_sets_by_live_partners():
    seen = ImplementationFactory()
    ImplementationFactory(live=False)
    ImplementationFactory(partner=PartnerFactory(live=False))
    ImplementationFactory(test_case=TestCaseFactory(live=False))
    ImplementationFactory(test_case__pilot_action=PilotActionFactory(live=False))

    found = list(Implementation.objects.live())

    assert found == [seen]
