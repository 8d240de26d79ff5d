"""What every record, page, file and person of the site has in common."""

from core.models.dates import PartialDate
from core.models.media import CreditedImage, CreditedRendition, DocumentText, VersionedDocument
from core.models.pages import BasePage
from core.models.records import Record, RecordQuerySet
from core.models.search import SearchRow, Synonym
from core.models.sources import Source
from core.models.users import User
from core.models.versions import ContentVersion

__all__ = [
    "BasePage",
    "ContentVersion",
    "CreditedImage",
    "CreditedRendition",
    "DocumentText",
    "PartialDate",
    "Record",
    "RecordQuerySet",
    "SearchRow",
    "Source",
    "Synonym",
    "User",
    "VersionedDocument",
]
