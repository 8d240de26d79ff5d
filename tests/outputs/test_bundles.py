"""Everything of a selection in one archive: what is in it, and that it says its size before the click."""

import hashlib
import io
import tracemalloc
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile

from outputs import bundles
from outputs.models import OutputFile
from tests.factories import DocumentFactory, OutputFactory, SourceFactory
from tests.files import pdf
from tests.html import soup_of, words_of

pytestmark = pytest.mark.django_db


def _output(slug, *texts, **values):
    """Make an output with a file for each text."""
    output = OutputFactory(slug=slug, **values)
    output.files = [
        OutputFile(document=DocumentFactory(file=ContentFile(pdf(text), name="paper.pdf"))) for text in texts
    ]
    output.save()
    return output


def _opened(client, address="/outputs/bundle.zip"):
    """Download an archive and open it."""
    response = client.get(address)
    content = b"".join(response)
    assert int(response["Content-Length"]) == len(content)
    return ZipFile(io.BytesIO(content))


@pytest.fixture
def register(db):
    """Make two outputs with three files and one without."""
    _output("desks", "One", "Two", code="T2.3.5", title="CCI help desk")
    _output("papers", "Three", title="Policy <b>papers")
    empty = OutputFactory(slug="empty")
    empty.sources = [SourceFactory(title="=cmd|Leaflet")]
    empty.save()


def test_an_archive_holds_the_files_by_name_an_index_the_sources_and_the_fingerprints(client, register):
    archive = _opened(client)

    assert sorted(archive.namelist()) == [
        "SHA256SUMS",
        "files/InduCCI_Policy-b-papers_en_v1.pdf",
        "files/InduCCI_T2.3.5_CCI-help-desk_en_v1-2.pdf",
        "files/InduCCI_T2.3.5_CCI-help-desk_en_v1.pdf",
        "index.html",
        "sources.csv",
    ]
    assert archive.read("files/InduCCI_Policy-b-papers_en_v1.pdf") == pdf("Three")


def test_the_manifest_is_true(client, register):
    archive = _opened(client)

    lines = [line.split("  ", 1) for line in archive.read("SHA256SUMS").decode().splitlines()]

    assert {name for _digest, name in lines} == set(archive.namelist()) - {"SHA256SUMS"}
    assert all(hashlib.sha256(archive.read(name)).hexdigest() == digest for digest, name in lines)


def test_the_index_reads_offline_and_names_what_has_no_file(client, register):
    archive = _opened(client)
    page = soup_of(archive.read("index.html").decode())

    hrefs = [str(link["href"]) for link in page.select("a[href]")]
    local = [href for href in hrefs if not href.startswith("http://localhost/outputs/")]

    assert set(local) <= set(archive.namelist())
    assert "Policy <b>papers" in page.get_text()
    assert "No file yet." in page.get_text()
    assert not page.select("script, link, img")


def test_the_sources_stand_in_a_table_that_runs_nothing(client, register):
    table = _opened(client).read("sources.csv").decode()

    assert "http://localhost/outputs/empty/,'=cmd|Leaflet," in table


def test_only_the_selection_and_no_draft_comes_along(client, register):
    _output("secret", "Secret", live=False)

    names = _opened(client, "/outputs/bundle.zip?q=policy").namelist()

    assert [name for name in names if name.startswith("files/")] == [
        "files/InduCCI_Policy-b-papers_en_v1.pdf"
    ]


def test_the_newest_version_comes_along(client):
    output = _output("desks", "Old", title="Desk")
    document = output.files.get().document
    document.replace_by(DocumentFactory(file=ContentFile(pdf("New"), name="paper.pdf"), version=2))

    assert _opened(client).read("files/InduCCI_Desk_en_v2.pdf") == pdf("New")


def test_a_file_that_is_lost_is_named_and_breaks_nothing(client):
    document = _output("desks", "One", title="Desk").files.get().document
    document.file.storage.delete(document.file.name)

    archive = _opened(client)

    assert "could not be read" in archive.read("index.html").decode()


def test_number_and_size_are_said_before_the_click(client, register):
    page = client.get("/outputs/?q=policy")

    links = {link.get_text(): link["href"] for link in soup_of(page).select(".tools a")}

    label = next(text for text in links if text.startswith("ZIP of all"))
    assert label.startswith("ZIP of all (1 file, ")
    assert links[label] == "/outputs/bundle.zip?q=policy"


@pytest.mark.parametrize(("limit", "value"), [("MOST_FILES", 2), ("MOST_BYTES", 100)])
def test_too_much_is_not_offered_and_says_why(client, register, monkeypatch, limit, value):
    monkeypatch.setattr(bundles, limit, value)

    page, archive = client.get("/outputs/"), client.get("/outputs/bundle.zip")

    assert "narrow the list down" in words_of(page)
    assert "ZIP of all" not in words_of(page)
    assert archive.status_code == 413
    assert "narrow the list down" in words_of(archive)


def test_wrong_values_are_left_out_as_in_the_list(client, register):
    names = _opened(client, "/outputs/bundle.zip?kind=nonsense&page=99&format=csv").namelist()

    assert len(names) == 6


def test_a_large_file_takes_no_more_memory_than_a_piece(client):
    large = b"%PDF-1.4\n" + bytes(12_000_000)
    output = OutputFactory(slug="large")
    output.files = [OutputFile(document=DocumentFactory(file=ContentFile(large, name="large.pdf")))]
    output.save()
    document = output.files.get().document
    del large

    tracemalloc.start()
    for address in (document.url, "/outputs/bundle.zip"):
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        size = sum(len(piece) for piece in client.get(address))
        peak = tracemalloc.get_traced_memory()[1] - before
        assert size >= 12_000_000
        assert peak < 3_000_000, address
    tracemalloc.stop()
