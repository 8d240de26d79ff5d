"""Pilot action sets, test cases and implementations in the admin."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, TitleFieldPanel
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from core.viewsets import RecordViewSet, provenance_panels, tabs
from pilots.models import Implementation, PilotAction, TestCase


class TestCaseViewSet(RecordViewSet):
    """The admin of test cases; the form follows the questions of the public page."""

    model = TestCase
    icon = "pick"
    menu_label = _("Test cases")
    columns: ClassVar = ["title", "code", "pilot_action"]
    list_filter: ClassVar = ["pilot_action", "certainty", "live", "has_unpublished_changes"]
    ordering: ClassVar = ["pilot_action__number", "code", "title"]
    edit_handler = tabs(
        title=(
            _("Title and pitch"),
            [
                MultiFieldPanel(
                    [
                        TitleFieldPanel("title", targets=["slug"]),
                        FieldPanel("title_is_working"),
                        FieldPanel("short_name"),
                        FieldPanel("native_title"),
                        FieldPanel("other_names"),
                        FieldRowPanel([FieldPanel("code"), FieldPanel("slug")]),
                    ],
                    heading=_("Title"),
                ),
                FieldPanel("pilot_action"),
                FieldPanel("pitch"),
            ],
        ),
        problem=(
            _("The problem"),
            [FieldPanel("main_challenges"), FieldPanel("also_challenges"), FieldPanel("target_groups")],
        ),
        method=(
            _("What was tried"),
            [
                FieldPanel("summary"),
                FieldRowPanel([FieldPanel("interventions"), FieldPanel("creative_fields")]),
                FieldPanel("format"),
                FieldPanel("experimental"),
                FieldPanel("steps"),
                InlinePanel("images", label=_("picture")),
            ],
        ),
        needs=(
            _("What you would need"),
            [
                FieldPanel("assets"),
                FieldRowPanel([FieldPanel("scene_needed"), FieldPanel("policy_needed")]),
                MultiFieldPanel(
                    [
                        FieldPanel("minimum_without"),
                        FieldRowPanel([FieldPanel("minimum_euros"), FieldPanel("minimum_weeks")]),
                    ],
                    heading=_("The smallest useful version"),
                ),
                FieldPanel("core_elements"),
                FieldPanel("adaptable_elements"),
            ],
        ),
        advice=(
            _("Advice and documents"),
            [
                FieldPanel("transfer_advice"),
                FieldPanel("transnational_value"),
                FieldPanel("documentation"),
                FieldPanel("links"),
            ],
        ),
        source=(
            _("Sources"),
            [
                *provenance_panels(),
                MultiFieldPanel(
                    [FieldPanel("verified_on"), FieldPanel("verified_by")], heading=_("Still true?")
                ),
            ],
        ),
    )


class ImplementationViewSet(RecordViewSet):
    """The admin of implementations: who ran a test case where, when and with what money."""

    model = Implementation
    icon = "site"
    menu_label = _("Implementations")
    columns: ClassVar = ["test_case", "edition", "partner", "region", "outcome"]
    list_filter: ClassVar = ["partner", "outcome", "live", "has_unpublished_changes"]
    ordering: ClassVar = ["test_case__title", "partner__number", "start"]
    edit_handler = tabs(
        who=(
            _("Who, where, when"),
            [
                FieldRowPanel([FieldPanel("test_case"), FieldPanel("partner"), FieldPanel("role")]),
                FieldRowPanel([FieldPanel("edition"), FieldPanel("slug")]),
                FieldPanel("summary"),
                MultiFieldPanel(
                    [
                        FieldRowPanel([FieldPanel("region"), FieldPanel("region_as_printed")]),
                        FieldPanel("also_in"),
                        FieldRowPanel([FieldPanel("town"), FieldPanel("place_kind", widget=forms.Select)]),
                        FieldPanel("place"),
                        FieldPanel("industrial_past"),
                        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                    ],
                    heading=_("Where"),
                ),
                MultiFieldPanel(
                    [
                        FieldRowPanel([FieldPanel("start"), FieldPanel("start_precision")]),
                        FieldRowPanel([FieldPanel("end"), FieldPanel("end_precision")]),
                        FieldRowPanel([FieldPanel("ongoing"), FieldPanel("duration")]),
                    ],
                    heading=_("When"),
                ),
                FieldPanel("helpers"),
            ],
        ),
        money=(
            _("Money and people"),
            [
                InlinePanel("money_lines", label=_("sum of money")),
                InlinePanel("investments", label=_("investment")),
                FieldPanel("money_is_complete"),
                FieldPanel("money_note"),
                FieldRowPanel([FieldPanel("person_months"), FieldPanel("lead_weeks")]),
            ],
        ),
        results=(
            _("What came of it"),
            [
                FieldPanel("outcome"),
                InlinePanel("results", label=_("result")),
                FieldPanel("helped"),
                FieldPanel("hindered"),
                FieldPanel("would_not_repeat"),
                MultiFieldPanel(
                    [
                        FieldRowPanel([FieldPanel("afterwards"), FieldPanel("afterwards_since")]),
                        FieldPanel("afterwards_funder"),
                        FieldPanel("afterwards_note"),
                    ],
                    heading=_("What happened after"),
                ),
            ],
        ),
        source=(_("Sources"), provenance_panels()),
    )


class PilotActionViewSet(RecordViewSet):
    """The admin of pilot action sets."""

    model = PilotAction
    icon = "folder-open-inverse"
    menu_label = _("Pilot action sets")
    columns: ClassVar = ["plain_title", "number", "code", "responsible"]
    list_filter: ClassVar = ["live", "has_unpublished_changes"]
    ordering: ClassVar = ["number"]
    edit_handler = tabs(
        what=(
            _("What it is"),
            [
                MultiFieldPanel(
                    [
                        TitleFieldPanel("plain_title", targets=["slug"]),
                        FieldPanel("title"),
                        FieldPanel("title_is_working"),
                        FieldRowPanel([FieldPanel("number"), FieldPanel("slug"), FieldPanel("palette")]),
                        FieldRowPanel([FieldPanel("code"), FieldPanel("code_is_inferred")]),
                    ],
                    heading=_("Title"),
                ),
                FieldPanel("pitch"),
                FieldPanel("summary"),
                FieldPanel("key_questions"),
                FieldPanel("target_groups"),
            ],
        ),
        results=(
            _("What came of it"),
            [
                FieldPanel("results"),
                FieldPanel("sustainability"),
                MultiFieldPanel(
                    [FieldPanel("procurement"), FieldPanel("environment"), FieldPanel("equality")],
                    heading=_("Rules and principles"),
                ),
            ],
        ),
        who=(
            _("Who and where"),
            [
                FieldRowPanel([FieldPanel("work_package"), FieldPanel("declared_test_cases")]),
                FieldPanel("responsible"),
                FieldPanel("output"),
                InlinePanel("participations", label=_("region")),
            ],
        ),
        source=(_("Sources"), provenance_panels()),
    )


class PilotGroup(SnippetViewSetGroup):
    """Sets, test cases and implementations."""

    items = (TestCaseViewSet, ImplementationViewSet, PilotActionViewSet)
    menu_label = _("Pilot actions")
    menu_icon = "pick"
    menu_order = 200
