"""Pilot action sets, their test cases, and who ran them where."""

from pilots.models.implementations import Implementation, Investment, MoneyLine, Result
from pilots.models.pilot_actions import PilotAction, PilotActionRegion
from pilots.models.test_cases import TestCase, TestCaseImage

__all__ = [
    "Implementation",
    "Investment",
    "MoneyLine",
    "PilotAction",
    "PilotActionRegion",
    "Result",
    "TestCase",
    "TestCaseImage",
]
