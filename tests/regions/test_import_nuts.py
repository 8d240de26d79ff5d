"""The command import_nuts."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from regions.models import NutsRegion

HEADER = "CNTR_CODE,NUTS_ID,NAME_LATN,NUTS_NAME,MOUNT_TYPE,URBN_TYPE,COAST_TYPE"
NO_CODE = "is not a NUTS code: two capital letters, then up to three letters or digits."
SQUARE = [[[12.0, 50.0], [13.0, 50.0], [13.0, 51.0], [12.0, 50.0]]]

pytestmark = pytest.mark.django_db


def run(*arguments):
    out = StringIO()
    call_command("import_nuts", *map(str, arguments), stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def table(tmp_path):
    """Write a table of NUTS 2016 with one region more than the site knows."""
    path = tmp_path / "table.csv"
    path.write_text(f"{HEADER}\nDE,DE,Deutschland,Deutschland,,,\nDE,DED5X,Old,Old,,,\n", encoding="utf-8")
    return path


@pytest.fixture
def outlines(tmp_path):
    """Write outlines of the given codes."""

    def write(*codes):
        path = tmp_path / "outlines.geojson"
        features = [
            {
                "properties": {"NUTS_ID": code, "LEVL_CODE": len(code) - 2},
                "geometry": {"type": "Polygon", "coordinates": SQUARE},
            }
            for code in codes
        ]
        path.write_text(json.dumps({"features": features}), encoding="utf-8")
        return path

    return write


def test_an_import_counts_and_shows_up_to_fifty_differences():
    printed = run()

    assert printed[0] == "1588 new, 0 changed, 0 unchanged, 0 in the database only"
    assert printed[1] == "  BE: new, Belgique/België"
    assert len(printed) == 52
    assert printed[-1] == "  and 1538 more"


def test_a_second_import_changes_nothing():
    run()
    before = list(NutsRegion.objects.values())

    printed = run()

    assert printed == ["0 new, 0 changed, 1588 unchanged, 0 in the database only"]
    assert list(NutsRegion.objects.values()) == before


def test_a_dry_run_says_what_would_change_and_writes_nothing():
    printed = run("--dry-run")

    assert printed[0].startswith("1588 new")
    assert printed[-1] == "Nothing was written: this was a dry run."
    assert not NutsRegion.objects.exists()


def test_a_table_of_gisco_adds_an_older_version(table):
    run()

    printed = run("--gisco-table", table, "--version", 2016)

    assert printed == [
        "1 new, 1 changed, 1587 unchanged, 0 in the database only",
        "  DED5X: new, Old",
        "  DE: first version: 2021 → 2016",
    ]
    assert not NutsRegion.objects.get(code="DED5X").is_current
    assert run()[0] == "0 new, 0 changed, 1588 unchanged, 1 in the database only"


def test_outlines_are_loaded_for_codes_of_any_source(table, outlines):
    run("--gisco-table", table, "--version", 2016, "--gisco-outlines", outlines("DED4", "DED5X"))

    drawn = NutsRegion.objects.exclude(outline=None)
    assert [region.code for region in drawn] == ["DED4", "DED5X"]
    assert run("--gisco-outlines", outlines("DED5X"))[0].startswith("0 new, 0 changed")


@pytest.mark.parametrize("arguments", [["--gisco-table", "x.csv"], ["--version", "2021"]])
def test_a_table_and_its_version_go_together(arguments):
    with pytest.raises(CommandError, match="--gisco-table and --version go together"):
        run(*arguments)


def test_a_version_that_nuts_never_had_is_refused(table):
    with pytest.raises(CommandError, match="invalid choice: 2017"):
        run("--gisco-table", table, "--version", 2017)


def test_bad_files_are_refused_with_every_line_and_change_nothing(table, outlines):
    run()
    before = list(NutsRegion.objects.values())
    lines = ["DE,DE,New name,New name,,,", "XX,XX9?,,,,,", "DE,DEX9,,No parent,,,"]
    table.write_text("\n".join([HEADER, *lines]), encoding="utf-8")

    with pytest.raises(CommandError) as refusal:
        run("--gisco-table", table, "--version", 2024, "--gisco-outlines", outlines("DE", "QQ9?", "DE"))

    assert refusal.value.returncode == 1
    assert str(refusal.value).splitlines() == [
        "Nothing was imported:",
        f"  table.csv, line 3: 'XX9?' {NO_CODE}",
        "  table.csv, line 4: DEX9 lies in DEX, which is not known.",
        f"  outlines.geojson, feature 2: 'QQ9?' {NO_CODE}",
        "  outlines.geojson, feature 3: DE stands in feature 1 already.",
    ]
    assert list(NutsRegion.objects.values()) == before


def test_nothing_is_said_of_outlines_whose_table_was_refused(table, outlines):
    table.write_text(f"{HEADER}\nDE,DED5X,,,,,\n", encoding="utf-8")

    with pytest.raises(CommandError) as refusal:
        run("--gisco-table", table, "--version", 2016, "--gisco-outlines", outlines("DED6"))

    assert str(refusal.value).splitlines()[1:] == ["  table.csv, line 2: the name is missing."]


def test_the_outline_of_an_unknown_code_is_refused(outlines):
    with pytest.raises(CommandError, match="feature 1: DEY is not known"):
        run("--gisco-outlines", outlines("DEY"))
