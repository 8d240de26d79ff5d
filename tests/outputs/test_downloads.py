"""How a document is found, described and handed out; and to whom it does not exist."""

import json

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from core.search import search
from inducci.models import InformationPage
from outputs.downloads import download_name, may_read
from outputs.models import Output, OutputFile
from tests.factories import DocumentFactory, OutputFactory, UserFactory, make_front_page
from tests.files import pdf, table
from tests.html import soup_of, words_of

pytestmark = pytest.mark.django_db

CONTENT = pdf("Empty shops", "Zwickau mill")


def _file(name="paper.pdf", content=CONTENT, **values):
    """Make a document."""
    return DocumentFactory(file=ContentFile(content, name=name), **values)


@pytest.fixture
def output(db):
    """Make the documentation of a test case with its file in English."""
    output = OutputFactory(slug="paper", code="T2.3.1", title="KRACH+")
    output.files = [OutputFile(document=_file())]
    output.save()
    return output


@pytest.fixture
def document(output):
    """Give the file of the output."""
    return output.files.get().document


def test_a_file_is_served_whole_with_its_type_name_and_fingerprint(client, document):
    response = client.get(document.url)

    assert b"".join(response) == CONTENT
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="InduCCI_T2.3.1_KRACH-plus_en_v1.pdf"'
    assert response["ETag"] == f'"{document.sha256}"'
    assert response["Content-Length"] == str(len(CONTENT))
    assert "max-age=31536000" in response["Cache-Control"]
    assert response["Link"] == '<http://localhost/outputs/paper/>; rel="canonical"'


def test_a_file_is_never_compressed_on_its_way(client, document):
    response = client.get(document.url, headers={"accept-encoding": "gzip"})

    assert b"".join(response) == CONTENT
    assert "Content-Encoding" not in response


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("bytes=0-4", 0, 4), ("bytes=5-", 5, None), ("bytes=-6", -6, None), ("bytes=10-999999", 10, None)],
)
def test_a_part_of_a_file_can_be_had(client, document, asked, start, end):
    response = client.get(document.url, headers={"range": asked})

    part = CONTENT[start:] if end is None else CONTENT[start : end + 1]
    first = start % len(CONTENT)
    assert (response.status_code, b"".join(response)) == (206, part)
    assert response["Content-Range"] == f"bytes {first}-{first + len(part) - 1}/{len(CONTENT)}"
    assert response["Content-Length"] == str(len(part))


@pytest.mark.parametrize("asked", ["bytes=999999-", "bytes=-0"])
def test_a_part_beyond_the_end_is_refused(client, document, asked):
    response = client.get(document.url, headers={"range": asked})

    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{len(CONTENT)}")


@pytest.mark.parametrize("asked", ["bytes=5-2", "bytes=0-1,4-5", "lines=1-2", "bytes=-", "bytes=x"])
def test_a_range_that_cannot_be_read_gives_the_whole(client, document, asked):
    response = client.get(document.url, headers={"range": asked})

    assert (response.status_code, b"".join(response)) == (200, CONTENT)


def test_a_part_of_another_version_is_not_mixed_in(client, document):
    old = client.get(document.url, headers={"range": "bytes=0-4", "if-range": '"old"'})
    same = client.get(document.url, headers={"range": "bytes=0-4", "if-range": f'"{document.sha256}"'})

    assert (old.status_code, b"".join(old)) == (200, CONTENT)
    assert (same.status_code, b"".join(same)) == (206, CONTENT[:5])


def test_a_reader_who_has_the_file_is_told_so(client, document):
    response = client.get(document.url, headers={"if-none-match": f'"{document.sha256}"'})

    assert (response.status_code, response.content) == (304, b"")


def test_the_head_alone_can_be_had(client, document):
    response = client.head(document.url)

    assert (response.status_code, response["Content-Length"]) == (200, str(len(CONTENT)))
    assert response.content == b""


def test_nginx_is_handed_the_file(client, document, settings):
    settings.DOCUMENTS_ACCEL_LOCATION = "/uploads/"

    response = client.get(document.url)

    assert response["X-Accel-Redirect"] == f"/uploads/{document.file.name}"
    assert response["Content-Type"] == "application/pdf"
    assert response.content == b""


def test_a_table_is_saved_and_not_shown(client, output):
    csv = _file("table.csv", table(), language="")
    output.files.add(OutputFile(document=csv))
    output.save()

    response = client.head(csv.url)

    assert response["Content-Disposition"] == 'attachment; filename="InduCCI_T2.3.1_KRACH-plus_v1.csv"'
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("state", ["nobody offers it", "draft", "withdrawn", "only in a draft"])
def test_what_no_published_record_offers_exists_for_its_editors_alone(client, state):
    document = _file()
    if state != "nobody offers it":
        output = OutputFactory(live=state == "only in a draft")
        output.files = [OutputFile(document=document)]
        if state == "only in a draft":
            output.save_revision()
        else:
            output.save()
    if state == "withdrawn":
        output.save_revision().publish()
        output.refresh_from_db()
        assert client.head(document.url).status_code == 200
        output.unpublish()
    editor = Client()
    editor.force_login(UserFactory())
    stranger = Client()
    stranger.force_login(UserFactory(is_superuser=False, is_staff=False))

    answers = [one.head(document.url).status_code for one in (client, stranger, editor)]

    assert answers == [404, 404, 200]
    assert "no-store" in editor.head(document.url)["Cache-Control"]


def test_one_function_tells_who_may_read_a_file(document):
    hidden = _file()
    nobody, editor = UserFactory(is_superuser=False), UserFactory()

    assert [may_read(nobody, one) for one in (document, hidden)] == [True, False]
    assert [may_read(editor, one) for one in (document, hidden)] == [True, True]


@pytest.mark.parametrize(("live", "status"), [(True, 200), (False, 404)])
def test_a_file_that_a_page_leads_to_is_as_public_as_the_page(client, live, status):
    document = _file()
    text = f'<p><a linktype="document" id="{document.pk}">The paper</a></p>'
    page = InformationPage(
        title="Papers", slug="papers", live=live, body=json.dumps([{"type": "text", "value": text}])
    )
    make_front_page().add_child(instance=page)

    response = client.head(document.url)

    assert response.status_code == status


def test_a_wrong_name_or_a_missing_file_does_not_exist(client, document):
    assert client.get(document.url.replace("paper", "other")).status_code == 404
    document.file.storage.delete(document.file.name)

    assert client.get(document.url).status_code == 404


def test_an_old_version_stays_reachable_and_says_so(client, output, document):
    newer = _file(content=pdf("New words"), version=2)
    document.replace_by(newer)

    old, page = client.get(document.url), client.get("/outputs/paper/")

    assert b"".join(old) == CONTENT
    assert f'<http://localhost{newer.url}>; rel="successor-version"' in old["Link"]
    assert b"".join(client.get(newer.url)) == pdf("New words")
    assert "Replaced by a newer version" in words_of(page)
    links = [str(link["href"]) for link in soup_of(page).select(".resources__label a[hreflang]")]
    assert links == [newer.url, document.url]


def test_an_output_s_new_version_is_found_by_its_words_and_the_old_one_no_more(output, document):
    assert [hit.page for hit in search("zwickau").hits] == [2]

    document.replace_by(_file(content=pdf("New words"), version=2))

    assert (search("zwickau").count, search("new words").hits[0].page) == (0, 1)


def test_a_hit_in_a_file_names_the_page_and_shows_the_words(client, output):
    words = words_of(client.get("/search/?q=zwickau"))

    assert "KRACH+" in words
    assert "page 2 of its file" in words
    assert "Empty shops Zwickau mill" in words


@pytest.mark.parametrize(
    ("code", "title", "language", "version", "name"),
    [
        ("T2.3.1", "KRACH+", "en", 2, "InduCCI_T2.3.1_KRACH-plus_en_v2.pdf"),
        ("D.T2.3.5", "CCI help desk", "sl", 1, "InduCCI_T2.3.5_CCI-help-desk_sl_v1.pdf"),
        ("", "Škofja Loka: “desk” & more", "", 1, "InduCCI_Skofja-Loka-desk-more_v1.pdf"),
        ("O.T1.1", "word " * 30, "en", 1, f"InduCCI_O.T1.1_{'-'.join(['word'] * 12)}_en_v1.pdf"),
    ],
)
def test_a_download_is_named_after_its_record(code, title, language, version, name):
    output = Output(code=code, title=title)

    assert download_name(_file(language=language, version=version), output) == name


def test_a_reader_knows_language_pages_size_and_licence_before_the_click(client, output):
    words = words_of(client.get("/outputs/paper/"))

    assert "A paper English PDF 2 pages" in words
    assert "licence not stated version 1 Saved as InduCCI_T2.3.1_KRACH-plus_en_v1.pdf SHA-256" in words


def test_a_file_without_a_known_size_or_language_says_no_zero(client, output, document):
    type(document).objects.filter(pk=document.pk).update(file_size=None, language="", pages=None)

    words = words_of(client.get("/outputs/paper/"))

    assert "0 bytes" not in words
    assert "language not stated PDF licence not stated" in words


def test_the_original_stands_first_and_the_reader_s_language_is_marked(client, output):
    output.files.add(OutputFile(document=_file(title="Das Papier", language="de"), is_original=True))
    output.save()

    response = client.get("/outputs/paper/", headers={"accept-language": "en-GB,de;q=0.5"})
    labels = [
        " ".join(one.get_text(" ").split())
        for one in soup_of(response).select(".resources__label, .resources__meta strong")
    ]

    assert labels[:4] == ["Das Papier", "original", "A paper", "your language"]
    assert "Accept-Language" in response["Vary"]


def test_search_engines_read_the_record_as_a_digital_document(client, output, document):
    output.title = "</script><b>KRACH+"
    output.save()

    page = soup_of(client.get("/outputs/paper/"))
    data = json.loads(str(page.select('script[type="application/ld+json"]')[0].string))

    assert (data["@type"], data["name"], data["identifier"]) == (
        "DigitalDocument",
        "</script><b>KRACH+",
        "T2.3.1",
    )
    assert data["encoding"][0]["contentUrl"] == f"http://localhost{document.url}"
    assert data["encoding"][0]["sha256"] == document.sha256


def test_a_link_beside_another_record_says_what_the_file_is(output):
    link = Output.objects.for_links().get(pk=output.pk).link

    assert str(link.meta[-1]).startswith("English, PDF, 2 pages, ")


def test_the_form_of_a_document_takes_a_language_of_the_list_only(db):
    editor = Client()
    editor.force_login(UserFactory())
    document = _file()

    response = editor.post(
        reverse("wagtaildocs:edit", args=[document.pk]),
        {"title": "A paper", "collection": 1, "version": 1, "language": "klingon", "tags": ""},
    )

    assert "klingon is not one of the available choices" in words_of(response)
