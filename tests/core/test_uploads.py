"""What is uploaded is what it claims to be, or it is refused with a sentence and leaves no trace."""

import errno
import hashlib
import io
import os
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from core import pdf as pdf_writer
from core import uploads
from core.models import CreditedImage, VersionedDocument
from tests.factories import DocumentFactory, UserFactory
from tests.files import GOOD, HOSTILE, pdf, photograph, picture
from tests.html import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(db):
    """Sign an administrator in, whose browser shows error pages."""
    client = Client(raise_request_exception=False)
    client.force_login(UserFactory())
    return client


def _stored() -> set[str]:
    """List every file below the folder of uploads."""
    return {str(path) for path in Path(default_storage.path("")).rglob("*") if path.is_file()}


def _content(document: VersionedDocument | CreditedImage) -> bytes:
    """Read a stored file."""
    with document.file.storage.open(document.file.name) as file:
        content: bytes = file.read()
    return content


def _send(client: Client, name: str, content: bytes, document: VersionedDocument | None = None):
    """Send a file by the form of the admin."""
    address = reverse("wagtaildocs:edit", args=[document.pk]) if document else reverse("wagtaildocs:add")
    file = SimpleUploadedFile(name, content)
    data = {"title": "A paper", "file": file, "collection": 1, "version": 1, "language": "en", "tags": ""}
    return client.post(address, data)


@pytest.mark.parametrize("name", GOOD)
def test_a_file_that_is_what_it_says_is_taken(name):
    uploads.check(io.BytesIO(GOOD[name]), name)


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_with_a_sentence(case):
    name, content, sentence = HOSTILE[case]

    with pytest.raises(ValidationError) as refusal:
        uploads.check(io.BytesIO(content), name)

    assert sentence in " ".join(refusal.value.messages)


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "..\\paper.pdf", ".htaccess.pdf"])
def test_a_name_with_a_path_is_refused(name):
    with pytest.raises(ValidationError, match="must not hold a path"):
        uploads.check(io.BytesIO(pdf("One")), name)


@pytest.mark.parametrize("case", [case for case in HOSTILE if not case.startswith("name with")])
def test_the_form_names_the_reason_and_nothing_is_stored(editor, case):
    name, content, _sentence = HOSTILE[case]
    before = _stored()

    response = _send(editor, name, content)

    assert response.status_code == 200
    assert "error-message" in response.content.decode()
    assert (VersionedDocument.objects.count(), _stored()) == (0, before)


def test_a_refused_file_leaves_the_former_version_untouched(editor):
    document = DocumentFactory(file=ContentFile(pdf("One"), name="paper.pdf"))
    before = _stored()

    response = _send(editor, *HOSTILE["encrypted PDF"][:2], document)

    assert "protected by a password" in words_of(response)
    assert (VersionedDocument.objects.count(), _stored()) == (1, before)
    assert _content(document) == pdf("One")


@pytest.mark.parametrize("name", ["../../evil.pdf", "evil\u202e.pdf", "ev\u0085il.pdf"])
def test_a_path_or_mark_in_a_name_is_gone_when_it_is_stored(editor, name):
    _send(editor, name, pdf("One"))

    assert VersionedDocument.objects.get().file.name.startswith("documents/evil")


def test_a_file_that_is_too_large_is_refused(editor, settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 100

    response = _send(editor, "paper.pdf", pdf("One"))

    assert "This file is too big" in words_of(response)


def test_many_files_at_once_are_judged_one_by_one(editor):
    sent = {"files[]": SimpleUploadedFile("letter.docx", HOSTILE["docx with macros"][1]), "collection": 1}

    answer = editor.post(reverse("wagtaildocs:add_multiple"), {**sent, "title": "x"}).json()

    assert (answer["success"], "macros" in answer["error_message"]) == (False, True)


def test_a_full_disk_leaves_nothing_and_says_so(editor, monkeypatch):
    document = DocumentFactory(file=ContentFile(pdf("One"), name="paper.pdf"))
    before = _stored()

    def no_room(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_room)
    response = _send(editor, "paper.pdf", pdf("Two"), document)

    assert (response.status_code, "Nothing of it was stored" in words_of(response)) == (507, True)
    assert (VersionedDocument.objects.count(), _stored()) == (1, before)


def test_a_document_knows_what_its_file_is(editor):
    _send(editor, "paper.pdf", pdf("Desks in Škofja Loka".replace("Š", "S"), "Second"))

    document = VersionedDocument.objects.get()

    assert (document.media_type, document.pages, document.file_size) == (
        "application/pdf",
        2,
        document.file.size,
    )
    assert document.sha256 == hashlib.sha256(_content(document)).hexdigest()
    assert list(document.texts.values_list("page", "text")) == [(1, "Desks in Skofja Loka"), (2, "Second")]


def test_a_new_file_is_a_new_version_and_the_old_one_stays(editor):
    first = DocumentFactory(file=ContentFile(pdf("One"), name="paper.pdf"))
    _send(editor, "paper.pdf", pdf("Two"), first)
    second = VersionedDocument.objects.get(version=2)
    response = _send(editor, "paper.pdf", pdf("Three"), first)

    third = VersionedDocument.objects.get(version=3)

    assert response.status_code == 302
    assert [one.replaced_by for one in VersionedDocument.objects.order_by("version")] == [third, third, None]
    assert [one.version for one in third.older] == [2, 1]
    assert _content(first) == pdf("One")
    assert len({first.url, second.url, third.url}) == 3


@pytest.mark.parametrize("name", ["photo.jpg", "photo.jpeg"])
def test_a_picture_is_stored_without_what_the_camera_wrote(name):
    image = CreditedImage.objects.create(
        title="Window", file=ContentFile(photograph(), name=name), credit="x"
    )

    content = _content(image)
    stored = Image.open(io.BytesIO(content))

    assert (dict(stored.getexif()), stored.size) == ({}, (150, 200))
    assert b"private person" not in content
    assert image.renditions.filter(filter_spec__contains="webp").exists()


def test_a_picture_among_the_documents_is_stored_clean_as_well():
    document = DocumentFactory(file=ContentFile(photograph(), name="photo.jpg"))

    assert b"private person" not in _content(document)


def test_a_picture_without_metadata_is_stored_as_it_came():
    plain = picture()

    document = DocumentFactory(file=ContentFile(plain, name="photo.jpg"))

    assert _content(document) == plain


@pytest.mark.parametrize("case", ["SVG named PNG", "truncated JPEG", "50,000 by 50,000 PNG"])
def test_a_hostile_picture_is_refused_by_the_form_of_pictures(editor, case):
    name, content, _sentence = HOSTILE[case]
    before = _stored()

    response = editor.post(
        reverse("wagtailimages:add"),
        {"title": "x", "credit": "x", "collection": 1, "file": SimpleUploadedFile(name, content)},
    )

    assert "error-message" in response.content.decode()
    assert (CreditedImage.objects.count(), _stored()) == (0, before)


def test_a_broken_picture_is_refused_after_a_pdf_was_written():
    # WeasyPrint tells Pillow to draw what is there; that must not open the door to broken uploads.
    pdf_writer.is_available.cache_clear()
    assert pdf_writer.is_available()
    name, content, sentence = HOSTILE["truncated JPEG"]

    with pytest.raises(ValidationError, match=sentence):
        uploads.check(io.BytesIO(content), name)


def test_a_picture_that_replaces_another_is_cut_anew(editor):
    image = CreditedImage.objects.create(title="x", credit="x", file=ContentFile(picture(), name="old.jpg"))

    sent = {"title": "x", "credit": "x", "collection": 1, "tags": "", "licence": ""}
    editor.post(
        reverse("wagtailimages:edit", args=[image.pk]),
        {**sent, "file": SimpleUploadedFile("new.png", picture("PNG"))},
    )

    cut = image.renditions.get(filter_spec__contains="webp")
    assert Path(cut.file.path).exists()
    assert "new" in cut.file.name
