"""What the page of an output says about its files, in plain values and for machines."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header

from core.models import VersionedDocument
from outputs.downloads import download_name
from outputs.models import Output

# The addresses of licences for machines.
LICENCES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "EUPL-1.2": "https://eupl.eu/1.2/en/",
}


def language_of_reader(header: str) -> str:
    """Give the language that a browser asks for first."""
    wanted = parse_accept_lang_header(header)
    return wanted[0][0].split("-")[0] if wanted else ""


def offers(output: Output, reads: str) -> list[dict[str, Any]]:
    """Describe the files of an output, the original language first and the reader's language marked."""
    files = output.offered
    return [
        {
            **_described(file.document.newest, output),
            "badges": [
                *([_("original")] if file.is_original and len(files) > 1 else []),
                *(
                    [_("your language")]
                    if reads and file.document.newest.language == reads and len(files) > 1
                    else []
                ),
            ],
            "older": [_described(one, output) for one in file.document.newest.older],
        }
        for file in files
    ]


def _described(document: VersionedDocument, output: Output) -> dict[str, Any]:
    """Describe a file before it is taken."""
    published = document.published_on
    return {
        "title": document.title,
        "url": document.url,
        "name": download_name(document, output),
        "language": document.language,
        "summary": document.summary,
        "sha256": document.sha256,
        "meta": [
            *([] if document.language else [_("language not stated")]),
            *document.words,
            document.get_licence_display() if document.licence else _("licence not stated"),
            _("version %s") % document.version,
            *([date_format(published, "j F Y")] if published else []),
        ],
    }


def described(output: Output) -> dict[str, Any]:
    """Describe an output in the words of schema.org, as search engines read them."""
    documents = [file.document.newest for file in output.offered]
    address = f"{settings.BASE_URL}{output.get_absolute_url()}"
    data = {
        "@type": "DigitalDocument",
        "@id": address,
        "url": address,
        "name": output.title,
        "alternateName": output.native_title,
        "identifier": output.code,
        "description": output.summary,
        "inLanguage": [language.slug for language in output.languages.all()],
        "datePublished": output.delivery.iso if output.delivery else "",
        "creator": [{"@type": "Organization", "name": partner.name} for partner in output.responsible],
        "spatialCoverage": [region.name for region in output.regions.all()],
        "isPartOf": {
            "@type": "CreativeWork",
            "name": output.part_of.title,
            "url": f"{settings.BASE_URL}{output.part_of.get_absolute_url()}",
        }
        if output.part_of and output.part_of.live
        else {},
        "encoding": [_encoded(document) for document in documents],
    }
    return _known(data)


def _encoded(document: VersionedDocument) -> dict[str, Any]:
    """Describe a file as an encoding of its document."""
    return _known(
        {
            "@type": "MediaObject",
            "name": document.title,
            "contentUrl": f"{settings.BASE_URL}{document.url}",
            "encodingFormat": document.media_type,
            "inLanguage": document.language,
            "contentSize": filesizeformat(document.file_size).replace("\xa0", " ")
            if document.file_size
            else "",
            "sha256": document.sha256,
            "version": document.version,
            "license": LICENCES.get(document.licence, ""),
        }
    )


def _known(data: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is not known."""
    return {name: value for name, value in data.items() if value}
