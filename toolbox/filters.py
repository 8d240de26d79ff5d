"""How the toolbox is browsed."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.filters import BrowseFilterSet, ChoiceFacet, RecordFacet, TextFilter
from partners.models import Partner
from toolbox.choices import Effort, Kind, Phase, ToolRole
from toolbox.models import ToolPage
from vocabularies.choices import Scheme
from vocabularies.filters import ConceptFacet


class ToolFilterSet(BrowseFilterSet):
    """The filters of the toolbox; the first six stand open."""

    q = TextFilter()
    challenge = ConceptFacet(
        "challenges", scheme=Scheme.CHALLENGE, label=_("My problem"), phrase=_("for “%s”")
    )
    kind = ChoiceFacet(
        "kind", label=_("Form"), choices=Kind, has_unknown=False, phrase=_("in the form of a %s")
    )
    effort = ChoiceFacet(
        "effort", label=_("Takes"), choices=Effort, has_unknown=False, phrase=_("that take %s")
    )
    phase = ChoiceFacet(
        "phase", label=_("Helps to"), choices=Phase, has_unknown=False, phrase=_("that help to: %s")
    )
    role = ChoiceFacet(
        "role", label=_("Passes on"), choices=ToolRole, has_unknown=False, phrase=_("that pass on a %s")
    )
    target_group = ConceptFacet("target_groups", scheme=Scheme.TARGET_GROUP, phrase=_("for %s"))
    partner = RecordFacet(
        "partner",
        label=_("From"),
        records=Partner.objects.live,
        name="short_name",
        where=models.Q(partner__live=True),
        phrase=_("from %s"),
    )
    language = ConceptFacet("language", scheme=Scheme.LANGUAGE, phrase=_("in %s"))

    sorts: ClassVar = {
        "title": (_("By title"), ["title"]),
        "newest": (_("Newest first"), [models.F("first_published_at").desc(nulls_last=True), "title"]),
    }

    class Meta:
        model = ToolPage
        fields: ClassVar[list[str]] = []
