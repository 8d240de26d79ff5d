"""The pictures that social networks show beside a link."""

import itertools
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image, ImageColor

from core.covers import GROUNDS, MIXED, MOTIFS, PALETTES, SETS, Tile
from core.previews import FOLDER, HEIGHT, SITE_PREVIEW, WIDTH, Preview, colour, painted
from tests.factories import PartnerFactory
from tests.html import soup_of

pytestmark = pytest.mark.one_engine

CASE = Preview("CCI help desk", "Making regions a place", "establishing", "cci-help-desk")
PLACES = (
    "/",
    "/test-cases/krach-plus/",
    "/outputs/o-t1-3/",
    "/partners/padova/",
    "/regions/DED4/",
    "/about/",
)


def named(response):
    tag = soup_of(response).select_one("meta[property='og:image']")
    return str(tag["content"]) if tag else ""


def picture_of(preview):
    return Image.open(BytesIO(preview.drawn()))


def test_the_same_record_always_gives_the_same_picture():
    assert CASE.drawn() == replace(CASE).drawn()
    assert CASE.name == replace(CASE, text="Not drawn").name


@pytest.mark.parametrize("change", [{"title": "Help"}, {"kicker": "Set"}, {"palette": "mediating"}])
def test_what_is_drawn_anew_has_a_new_name(change):
    assert replace(CASE, **change).name != CASE.name


@pytest.mark.parametrize("palette", ["establishing", "toolbox", MIXED, "unheard of"])
def test_a_picture_has_the_size_that_networks_ask_for(palette):
    drawn = replace(CASE, palette=palette).drawn()

    assert Image.open(BytesIO(drawn)).size == (WIDTH, HEIGHT)
    assert len(drawn) < 60_000


def test_the_set_shows_its_colour():
    picture = picture_of(CASE).convert("RGB")

    shown = picture.getpixel((600, 405))

    assert shown == pytest.approx(ImageColor.getrgb(colour("establishing")), abs=3)


def test_a_long_name_stays_on_the_picture():
    picture = picture_of(replace(CASE, title="Wirtschaftsförderungsgesellschaft " * 3)).convert("RGB")

    edges = [picture.crop(box).getcolors() for box in ((0, 618, WIDTH, HEIGHT), (1160, 460, WIDTH, HEIGHT))]

    assert [len(colours) for colours in edges] == [1, 1]


@pytest.mark.parametrize("palette", PALETTES)
def test_every_ground_gives_colours_of_its_own(palette):
    gear = next(motif for motif in MOTIFS if motif.names == ("gear",))

    drawings = {painted(Tile(gear, "gear", 0, 0, ground), [ground], palette) for ground in GROUNDS}

    assert len(drawings) == len(set(GROUNDS))


def test_every_motif_finds_all_its_colours():
    names = {name: motif for motif in MOTIFS for name in motif.names}

    for (name, motif), ground, palette in itertools.product(names.items(), GROUNDS, PALETTES):
        drawing = painted(Tile(motif, name, 0, 0, ground), [ground], palette)
        assert "var(" not in drawing
    for kind in SETS:
        assert "var(" not in painted(Tile(MOTIFS[0], "gear", 0, 0, ""), [kind], MIXED)


@pytest.mark.parametrize("address", PLACES)
def test_a_page_names_a_picture_that_the_site_gives(site, address):
    response = site.get(named(site.get(address)).removeprefix("http://localhost"))

    assert response["Content-Type"] == "image/png"
    assert Image.open(BytesIO(b"".join(response))).size == (WIDTH, HEIGHT)


def test_a_list_and_a_missing_page_show_the_site(site):
    shown = {named(site.get(address)) for address in ("/test-cases/", "/nothing/")}

    assert shown == {SITE_PREVIEW.full_url}


def test_publishing_draws_the_picture(db, django_capture_on_commit_callbacks, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    partner = PartnerFactory(live=False)

    with django_capture_on_commit_callbacks(execute=True):
        partner.save_revision().publish()
    first = [file.name for file in (tmp_path / FOLDER).iterdir()]
    partner.name = "Another name"
    with django_capture_on_commit_callbacks(execute=True):
        partner.save_revision().publish()

    assert len(first) == 1
    assert {file.name for file in (tmp_path / FOLDER).iterdir()} > set(first)


def test_nobody_gets_the_picture_of_a_draft(client, db):
    draft = PartnerFactory(live=False, name="Not yet to be seen")

    assert client.get(f"/media/{draft.preview.name}").status_code == 404
