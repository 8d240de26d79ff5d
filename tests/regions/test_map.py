"""The map of regions."""

import gzip
import json
import re
from itertools import combinations, pairwise
from xml.etree import ElementTree

import html5lib
import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string

from regions.map import EUROGEOGRAPHICS, MANY, OFFSETS, Mark, draw, outline_of, radius_of
from regions.models import NutsRegion
from regions.outlines import COUNTRIES, countries
from regions.outlines.build import outlines
from regions.outlines.paths import HEIGHT, WIDTH, simplify
from tests.accessibility import identifiers, inline_code, lists, words_of_links
from tests.factories import NutsRegionFactory

SEVEN = {
    "AT31": ("Upper Austria", 48.14, 13.97),
    "BE22": ("Limburg", 50.99, 5.43),
    "CZ04": ("Northwest", 50.39, 13.43),
    "DED4": ("Chemnitz", 50.72, 12.80),
    "ITH3": ("Veneto", 45.66, 11.85),
    "PL22": ("Silesia", 50.33, 19.00),
    "SI04": ("Western Slovenia", 46.06, 14.13),
}
VENETO = [[[10.7, 45.0], [12.5, 44.9], [13.0, 45.7], [12.3, 46.6], [10.9, 46.0], [10.7, 45.0]]]
ISLAND = [[[12.0, 43.5], [13.0, 43.5], [13.0, 44.0], [12.0, 43.5]]]


def mark(code, count=2, **values):
    """Ask for a mark of one of the seven regions."""
    label = SEVEN[code][0] if code in SEVEN else code
    return Mark(code, label, count, f"/test-cases/?a=1&region={code}", **values)


def drawn(*marks):
    """Draw marks under any title."""
    return draw(marks, title="Where it was tried", description="Central Europe.")


def rendered(view):
    """Print a map."""
    return render_to_string("components/map.html", {"map": view})


@pytest.fixture
def seven(db):
    """Store the partners' seven regions and ask for a mark of each."""
    for code, (label, latitude, longitude) in SEVEN.items():
        NutsRegionFactory(code=code, name_en=label, latitude=latitude, longitude=longitude)
    return [mark(code, count) for count, code in enumerate(SEVEN, start=1)]


def test_the_rendered_map_weighs_at_most_15_kilobytes(seven):
    assert len(gzip.compress(rendered(drawn(*seven)).encode(), 9)) <= 15_000


def test_the_outlines_of_countries_weigh_at_most_7_kilobytes():
    assert len(gzip.compress(COUNTRIES.read_bytes(), 9)) <= 7_000


def test_the_countries_of_the_partners_are_outlined():
    assert {code[:2] for code in SEVEN} <= set(countries())


def test_the_same_marks_make_the_same_map_in_any_order(seven):
    assert rendered(drawn(*seven)) == rendered(drawn(*reversed(seven)))


def test_a_map_takes_one_query(seven, django_assert_num_queries):
    with django_assert_num_queries(1):
        drawn(*seven)


def test_every_mark_is_a_link_that_says_what_it_counts(seven):
    soup = BeautifulSoup(rendered(drawn(*seven)), "html.parser")

    links = {tag["aria-label"]: tag["href"] for tag in soup.select("svg a")}
    assert len(links) == 7
    assert links["Veneto, 5 test cases, ITH3"] == "/test-cases/?a=1&region=ITH3"
    assert "Upper Austria, 1 test case, AT31" in links


def test_the_list_has_the_same_links_by_name(seven):
    soup = BeautifulSoup(rendered(drawn(*seven)), "html.parser")

    listed = [(tag["aria-label"], tag["href"]) for tag in soup.select("ul a")]
    assert sorted(listed) == sorted((tag["aria-label"], tag["href"]) for tag in soup.select("svg a"))
    assert [str(words).split(",")[0] for words, _ in listed] == sorted(label for label, *_ in SEVEN.values())


def test_accents_do_not_send_a_name_to_the_end_of_the_list(db):
    view = drawn(Mark("PL22", "Śląskie", 1, "/a/"), Mark("ITH3", "Veneto", 1, "/b/"))

    assert [entry.mark.label for entry in view.entries] == ["Śląskie", "Veneto"]


def test_a_mark_grows_with_its_count():
    radii = [radius_of(count, 9) for count in range(10)]

    assert radii == sorted(set(radii))


def test_few_records_never_look_like_many():
    assert radius_of(1, 1) == radius_of(1, MANY) < radius_of(MANY, MANY)


def test_the_largest_mark_lies_below_the_others(seven):
    assert [one.mark.count for one in drawn(*seven).drawings] == [7, 6, 5, 4, 3, 2, 1]


def test_a_count_of_none_is_drawn_hollow(seven):
    soup = BeautifulSoup(rendered(drawn(mark("ITH3", 0), mark("PL22", 1))), "html.parser")

    assert [tag["aria-label"] for tag in soup.select(".map__link--none")] == ["Veneto, 0 test cases, ITH3"]


def test_a_chosen_mark_says_so_in_the_map_and_in_the_list(seven):
    soup = BeautifulSoup(rendered(drawn(mark("ITH3", is_chosen=True), mark("PL22"))), "html.parser")

    assert [tag["aria-label"] for tag in soup.select('[aria-current="true"]')] == [
        "Veneto, 2 test cases, ITH3"
    ] * 2


def test_a_mark_wears_the_colour_of_its_set(seven):
    soup = BeautifulSoup(rendered(drawn(mark("ITH3", palette="mediating"))), "html.parser")

    assert [tag.name for tag in soup.select(".palette--mediating")] == ["a", "li"]


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(None, None), (46, None), (28.1, -15.4)], ids=["nothing", "half", "Canaries"]
)
def test_a_region_without_a_place_on_the_picture_is_only_listed(db, latitude, longitude):
    NutsRegionFactory(code="ES70", latitude=latitude, longitude=longitude)

    view = drawn(mark("ES70"))

    assert view.drawings == ()
    assert [entry.words for entry in view.entries] == ["ES70, 2 test cases, ES70"]
    assert "<svg" not in rendered(view)


def test_a_map_without_marks_asks_nothing_and_draws_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert "<svg" not in rendered(drawn())


def test_the_countries_with_marks_stand_out(seven):
    view = drawn(mark("ITH3"))

    assert view.home == countries()["IT"]
    assert countries()["DE"] in view.land
    assert countries()["IT"] not in view.land


def box(drawing):
    """Measure the room of a label at its largest, in a wide face."""
    label, width = drawing.label, 25 * len(f"{drawing.mark.label} 2")
    left = label.x - {"start": 0, "middle": 0.5, "end": 1}[label.anchor] * width
    return left, label.y - 32, left + width, label.y + 8


def test_the_labels_of_the_seven_regions_have_their_places_and_do_not_collide(seven):
    drawings = drawn(*(mark(code, 9) for code in SEVEN)).drawings

    assert {one.mark.code for one in drawings if one.label} == set(SEVEN) == set(OFFSETS)
    for one in drawings:
        dx, dy, anchor = OFFSETS[one.mark.code]
        assert (one.label.x, one.label.y) == pytest.approx((one.x + dx, one.y + dy), abs=1)
        assert one.label.anchor == anchor
    for a, b in combinations(map(box, drawings), 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_all_labels_stay_on_the_picture(seven):
    for left, top, right, bottom in map(box, drawn(*seven).drawings):
        assert left >= 0
        assert top >= 0
        assert right <= WIDTH
        assert bottom <= HEIGHT


def test_a_name_without_room_is_left_to_the_list(seven):
    for number in range(4):
        NutsRegionFactory(code=f"ITH3{number}", latitude=45.66, longitude=11.85)

    view = drawn(*seven, *(mark(f"ITH3{number}") for number in range(4)))

    crowd = [one for one in view.drawings if one.mark.code.startswith("ITH3")]
    assert len(crowd) == 5
    assert not all(one.label for one in crowd)


@pytest.mark.parametrize(
    ("geometry", "subpaths"),
    [
        ({"type": "Polygon", "coordinates": VENETO}, 1),
        ({"type": "MultiPolygon", "coordinates": [VENETO, ISLAND]}, 2),
    ],
    ids=["Polygon", "MultiPolygon"],
)
def test_a_stored_outline_is_drawn_with_its_credit(seven, geometry, subpaths):
    NutsRegion.objects.filter(code="ITH3").update(outline=geometry)

    html = rendered(drawn(*seven))

    (shape,) = BeautifulSoup(html, "html.parser").select(".map__outline")
    assert len(re.findall("M[^z]+z", str(shape["d"]))) == subpaths
    assert str(EUROGEOGRAPHICS) in html
    assert "Natural Earth" in html


def test_without_stored_outlines_nobody_but_natural_earth_is_credited(seven):
    html = rendered(drawn(*seven))

    assert "map__outline" not in html
    assert str(EUROGEOGRAPHICS) not in html
    assert "Country outlines: made with Natural Earth" in html


def test_an_outline_off_the_picture_is_not_drawn_or_credited():
    assert (
        outline_of({"type": "Polygon", "coordinates": [[[-16, 28], [-15, 28], [-15, 29], [-16, 28]]]}) == ""
    )


def test_simplifying_keeps_both_ends_and_what_shapes_the_line():
    line = [(0.0, 0.0), (5.0, 4.6), (10.0, 9.0), (15.0, 4.6), (20.0, 0.0)]

    assert simplify(line, tolerance=1) == [(0.0, 0.0), (10.0, 9.0), (20.0, 0.0)]


def test_two_countries_share_their_border():
    """The border runs through 12° E in steps; each of the two squares must have the same points on it."""
    border = [[12, 48], [12.3, 48.5], [11.8, 49], [12, 50]]
    arcs = [border, [[12, 50], [14, 50], [14, 48], [12, 48]], [[12, 48], [10, 48], [10, 50], [12, 50]]]
    atlas = {
        "transform": {"scale": [0.1, 0.1], "translate": [0, 0]},
        "arcs": [[[round(v * 10) for v in step] for step in _steps(arc)] for arc in arcs],
        "objects": {
            "countries": {
                "geometries": [
                    {"type": "Polygon", "id": "276", "arcs": [[0, 1]]},
                    {"type": "MultiPolygon", "id": "203", "arcs": [[[~0, 2]]]},
                ]
            }
        },
    }

    found = outlines(atlas)

    assert len(points(found["DE"]) & points(found["CZ"])) == len(border)


def _steps(arc):
    """Write an arc as TopoJSON does: a place, then steps."""
    return [arc[0], *([b[0] - a[0], b[1] - a[1]] for a, b in pairwise(arc))]


def points(data):
    """Read the points of path data back."""
    found = set()
    for sub in re.findall(r"M([^z]+)z", data):
        x = y = 0
        numbers = [int(number) for number in re.findall(r"-?\d+", sub)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            found.add((x, y))
    return found


def test_the_committed_borders_are_shared_too():
    shared = points(countries()["CZ"]) & points(countries()["AT"])

    assert len(shared) > 10


def test_the_committed_outlines_are_path_data_by_nuts_code():
    stored = json.loads(COUNTRIES.read_text(encoding="utf-8"))

    assert list(stored) == sorted(stored)
    for code, data in stored.items():
        assert re.fullmatch(r"[A-Z]{2}", code)
        assert re.fullmatch(r"(M-?\d+ ?-?\d+l[-\d ]+z)+", data), code


def test_the_map_is_valid_and_owes_nothing_to_assistive_technology(seven):
    html = rendered(drawn(*seven, Mark("XX", 'A "quoted" <name> & more', 1, "/?a=1&b=2")))
    soup = BeautifulSoup(html, "html.parser")

    parser = html5lib.HTMLParser()
    parser.parseFragment(html)
    assert parser.errors == []
    ElementTree.fromstring(html.strip())  # noqa: S314 - we wrote it
    assert [
        fault for check in (identifiers, words_of_links, lists, inline_code) for fault in check(soup)
    ] == []
    (drawing,) = soup.select("svg")
    assert drawing["role"] == "group"
    named = [drawing["aria-labelledby"], drawing["aria-describedby"]]
    assert [tag.get_text() for tag in soup.select("svg > [id]")] == ["Where it was tried", "Central Europe."]
    assert [tag["id"] for tag in soup.select("svg > [id]")] == named
