"""The workbook of all that the site comes with."""

import io

import pytest
from openpyxl import load_workbook

from inducci.workbook.exporting import export
from inducci.workbook.importing import take_in
from inducci.workbook.sheets import LISTS

pytestmark = pytest.mark.django_db


def test_the_whole_site_is_taken_in_unchanged(seeded):
    file = io.BytesIO()
    export(file)

    outcome = take_in(file)

    assert (set(outcome.counts), outcome.faults) == ({"unchanged"}, [])
    lines = {page.title: page.max_row - 1 for page in load_workbook(file)}
    del lines[LISTS]
    assert all(lines[name] for name in ("Test cases", "Implementations", "Results", "Documents"))
    assert len(outcome.verdicts) == sum(lines.values())
