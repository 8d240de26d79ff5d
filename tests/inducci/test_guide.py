"""The guide for editors: a document of the repository, and a page of the admin."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

from inducci.guide import FILE, PICTURES
from inducci.settings.environment import BASE_DIR
from tests.factories import UserFactory
from tests.html import soup_of, words_of

TEXT = FILE.read_text(encoding="utf-8")
SHOWN = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", TEXT)
FOLDER = BASE_DIR / "static" / "img" / "guide"


def test_the_guide_has_ten_tasks_each_with_a_picture():
    tasks = re.split(r"^## ", TEXT, flags=re.MULTILINE)[1:11]

    assert [task.split(".")[0] for task in tasks] == [str(number) for number in range(1, 11)]
    assert not [task for task in tasks if "![" not in task]


def test_every_picture_is_shown_and_described():
    assert {source for _words, source in SHOWN} == {
        f"{PICTURES}img/guide/{file.name}" for file in FOLDER.iterdir()
    }
    assert not [source for words, source in SHOWN if len(words) < 20]


@pytest.mark.parametrize("file", sorted(FOLDER.iterdir()), ids=lambda file: file.name)
def test_a_picture_is_small_and_readable(file):
    with Image.open(file) as picture:
        assert picture.format == "PNG"
        assert picture.width <= 1280
    assert file.stat().st_size < 90_000


@pytest.mark.django_db
def test_the_admin_shows_the_guide_with_its_pictures(client):
    client.force_login(UserFactory())

    page = client.get("/admin/guide/")

    soup = soup_of(page)
    assert len(soup.select(".guide__text img")) == len(SHOWN)
    for picture in soup.select(".guide__text img"):
        assert str(picture["src"]).startswith("/static/img/guide/")
        assert finders.find(str(picture["src"]).removeprefix("/static/"))
    for link in soup.select(".guide__contents a"):
        assert soup.find(id=str(link["href"]).removeprefix("#"))
    assert "## " not in words_of(page)


@pytest.mark.django_db
def test_the_guide_is_for_those_who_may_open_the_admin():
    assert Client().get("/admin/guide/").status_code == 302


@pytest.mark.django_db
def test_help_leads_to_our_guide_and_to_no_other_site(client):
    client.force_login(UserFactory())

    page = client.get("/admin/").content.decode()

    assert "/admin/guide/" in page
    assert "guide.wagtail.org" not in page
    assert "releases" not in page
