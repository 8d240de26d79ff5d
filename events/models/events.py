"""Events: meetings, workshops, conferences, with their programme and their registration."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, PageManager

from core.cards import Card, Link, Place, fact
from core.choices import Precision
from core.models import BasePage, PartialDate, VersionedDocument
from core.models.pages import BasePageQuerySet
from core.panels import NotesPanel
from events.capacity import Capacity
from events.choices import Attendance, EventKind, Mode, Phase, Standing
from events.models.pages import PALETTE, StoryPage
from outputs.models import Output
from partners.models import PartnerFolder
from regions.models import country_name
from vocabularies.choices import Scheme
from vocabularies.models import Concept

KEEP_DAYS = 30
LAST_MINUTE = dt.time(23, 59)


class EventIndexPage(BasePage):
    """The calendar on which the events stand; readers see it as the list at /events/."""

    max_count: ClassVar = 1
    subpage_types: ClassVar = ["events.EventPage", "events.EventFolderPage"]

    class Meta:
        verbose_name = _("event list")


class EventFolderPage(PartnerFolder):
    """The part of the list that belongs to one partner."""

    parent_page_types: ClassVar = ["events.EventIndexPage"]
    subpage_types: ClassVar = ["events.EventPage"]

    class Meta:
        verbose_name = _("event folder")


class EventPageQuerySet(BasePageQuerySet):
    """Questions about events."""

    def newest_first(self) -> Self:
        """Put the latest event first; what has no date comes last."""
        return self.order_by(models.F("start").desc(nulls_last=True), "title")

    def coming(self, on: dt.date) -> Self:
        """Keep the events of a day and after it, the next one first."""
        return self.filter(
            models.Q(start__gte=on) | models.Q(end__gte=on), start_precision=Precision.DAY
        ).order_by("start", "title")

    def for_links(self) -> Self:
        """Fetch what a link prints."""
        return self.newest_first()

    def for_cards(self) -> Self:
        """Fetch what a card prints, in a fixed number of queries."""
        return self.select_related("partner", "language").newest_first()


class EventPage(StoryPage):
    """Something that people come to, and what remains of it afterwards."""

    kind = models.CharField(
        _("kind"), max_length=16, choices=EventKind, help_text=_("Choose what comes nearest.")
    )
    native_title = models.CharField(
        _("title in its own language"),
        max_length=150,
        blank=True,
        help_text=_("As the invitation on the spot prints it, with every accent."),
    )
    start = models.DateField(
        _("first day"),
        null=True,
        blank=True,
        help_text=_("Only the month is known? Give its first day, 2021-04-01, and choose “month” below."),
    )
    start_precision = models.CharField(
        _("this date is known to the"),
        max_length=5,
        choices=Precision,
        default=Precision.DAY,
        help_text=_("Readers see no more than this: “month” prints April 2021."),
    )
    end = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Only where it lasts longer than a day.")
    )
    start_time = models.TimeField(
        _("begins at"), null=True, blank=True, help_text=_("By the clock of the place: 09:30.")
    )
    end_time = models.TimeField(
        _("ends at"), null=True, blank=True, help_text=_("By the clock of the place: 17:00.")
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=40,
        default="Europe/Brussels",
        help_text=_("The clock of the place: Europe/Brussels."),
    )
    date_note = models.CharField(
        _("about the date"),
        max_length=80,
        blank=True,
        help_text=_("Where no date is known: “in spring 2022”."),
    )
    called_off = models.BooleanField(
        _("called off"),
        default=False,
        help_text=_("Tick instead of deleting: who has the link then learns that nobody need come."),
    )
    mode = models.CharField(
        _("how people take part"),
        max_length=8,
        choices=Mode,
        default=Mode.UNKNOWN,
        help_text=_("“On site and online” lets people choose when they register."),
    )
    venue = models.CharField(
        _("house or hall"),
        max_length=100,
        blank=True,
        help_text=_("As the sign at the door has it: Old Mill, second floor."),
    )
    city = models.CharField(
        _("town"),
        max_length=80,
        blank=True,
        help_text=_("As the town itself writes its name, with every accent."),
    )
    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("Two letters: BE, EL."))
    language = models.ForeignKey(
        Concept,
        verbose_name=_("language"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"scheme": Scheme.LANGUAGE},
        help_text=_("The language in which people speak there."),
    )
    fee = models.CharField(_("fee"), max_length=60, blank=True, help_text=_("For example: free."))
    participants = models.CharField(
        _("people who came"), max_length=60, blank=True, help_text=_("Once it is over: almost 40.")
    )
    documents = ParentalManyToManyField(
        Output,
        verbose_name=_("documents of the register"),
        blank=True,
        related_name="eventpages",
        help_text=_("What was shown or decided there, as far as it is in the register."),
    )

    registration_note = models.CharField(
        _("how registration works or worked"),
        max_length=300,
        blank=True,
        help_text=_("What this form does not do: “Write to the town hall until 3 May.”"),
    )
    registration_opens = models.DateTimeField(
        _("registration opens"),
        null=True,
        blank=True,
        help_text=_("By the clock of your account. Give both times, and the event offers a form."),
    )
    registration_closes = models.DateTimeField(
        _("registration closes"),
        null=True,
        blank=True,
        help_text=_("By the clock of your account, for example the evening before."),
    )
    seats = models.PositiveIntegerField(
        _("places on site"), null=True, blank=True, help_text=_("Leave empty where there is no limit.")
    )
    partner_seats = models.PositiveIntegerField(
        _("of these for partners"), default=0, help_text=_("Kept for those who give the code below.")
    )
    delegation_code = models.CharField(
        _("code of the delegations"),
        max_length=40,
        blank=True,
        help_text=_("Partners pass it on to their delegations; it opens the places kept for them."),
    )
    keep_days = models.PositiveSmallIntegerField(
        _("days until registrations are deleted"),
        default=KEEP_DAYS,
        help_text=_("Counted from the last day."),
    )
    stream_url = models.URLField(
        _("live stream"),
        max_length=400,
        blank=True,
        help_text=_("Shown to registered people alone. Give the address that a page may embed."),
    )
    recording_url = models.URLField(
        _("recording"), max_length=400, blank=True, help_text=_("Shown to all. Fill in once it is there.")
    )

    objects: ClassVar = PageManager.from_queryset(EventPageQuerySet)()

    content_panels: ClassVar = [
        NotesPanel(),
        *BasePage.content_panels[:1],
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldPanel("native_title"),
                FieldPanel("partner"),
                FieldPanel("language", widget=forms.Select),
                FieldPanel("fee"),
                FieldPanel("called_off"),
            ],
            _("What it is"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("start"),
                FieldPanel("start_precision"),
                FieldPanel("end"),
                FieldPanel("start_time"),
                FieldPanel("end_time"),
                FieldPanel("time_zone"),
                FieldPanel("date_note"),
            ],
            _("When"),
        ),
        MultiFieldPanel(
            [FieldPanel("mode"), FieldPanel("venue"), FieldPanel("city"), FieldPanel("country")], _("Where")
        ),
        FieldPanel("summary"),
        FieldPanel("body"),
        InlinePanel("sessions", heading=_("Programme"), label=_("session")),
        MultiFieldPanel(
            [
                FieldPanel("registration_note"),
                FieldPanel("registration_opens"),
                FieldPanel("registration_closes"),
                FieldPanel("seats"),
                FieldPanel("partner_seats"),
                FieldPanel("delegation_code"),
                FieldPanel("stream_url"),
                FieldPanel("keep_days"),
            ],
            _("Registration"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("documents"),
                InlinePanel("files", label=_("file")),
                FieldPanel("recording_url"),
                FieldPanel("participants"),
            ],
            _("What remains"),
        ),
        StoryPage.provenance_panel,
    ]
    parent_page_types: ClassVar = ["events.EventIndexPage", "events.EventFolderPage"]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(end=None) | models.Q(end__gte=models.F("start")),
                name="events_event_ends_after_it_starts",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=models.Q(country="") | models.Q(country__regex=r"^[A-Z]{2}$"),
                name="events_country_is_two_letters",
                violation_error_message=_("A country has two letters, such as BE."),
            ),
            models.CheckConstraint(
                condition=models.Q(registration_opens=None, registration_closes=None)
                | models.Q(registration_closes__gt=models.F("registration_opens")),
                name="events_registration_opens_then_closes",
                violation_error_message=_("Registration needs both times, and opens before it closes."),
            ),
            models.CheckConstraint(
                condition=models.Q(seats=None, partner_seats=0)
                | models.Q(seats__gte=models.F("partner_seats")),
                name="events_partners_share_lies_within_the_seats",
                violation_error_message=_("More places are kept for partners than there are."),
            ),
        ]

    def clean(self) -> None:
        """Ask for what a registration needs, and for a clock that exists."""
        super().clean()
        if self.time_zone not in available_timezones():
            raise ValidationError({"time_zone": _("There is no such time zone; try Europe/Brussels.")})
        if self.registration_opens and not (self.start and self.start_precision == Precision.DAY):
            raise ValidationError({"start": _("Registration needs an event whose day is known.")})
        if self.registration_opens and self.mode == Mode.UNKNOWN:
            raise ValidationError({"mode": _("Registration needs to know how people take part.")})
        if (self.start_time or self.end_time) and self.start_precision != Precision.DAY:
            raise ValidationError({"start_time": _("A time needs an event whose day is known.")})
        if self.partner_seats and not self.delegation_code:
            raise ValidationError({"delegation_code": _("Places for partners need a code that opens them.")})

    def get_absolute_url(self) -> str:
        """Give the public address."""
        return reverse("events:event_detail", args=[self.slug])

    # --- When -------------------------------------------------------------------------------

    @property
    def zone(self) -> ZoneInfo:
        """Give the clock of the place."""
        return ZoneInfo(self.time_zone)

    @property
    def has_day(self) -> bool:
        """Tell whether the day is known."""
        return self.start is not None and self.start_precision == Precision.DAY

    @property
    def begins_at(self) -> dt.datetime | None:
        """Give the moment at which it begins, if it is known."""
        if not self.has_day or not self.start_time or not self.start:
            return None
        return dt.datetime.combine(self.start, self.start_time, self.zone)

    @property
    def ends_at(self) -> dt.datetime | None:
        """Give the moment at which it ends, if it is known."""
        if not self.has_day or not self.end_time:
            return None
        day = self.end or self.start
        return dt.datetime.combine(day, self.end_time, self.zone) if day else None

    @property
    def over_at(self) -> dt.datetime | None:
        """Give the moment after which it is over for certain, or nothing for an event without a date."""
        if self.start is None:
            return None
        last = self.end or self.start
        if self.start_precision == Precision.YEAR and not self.end:
            last = dt.date(last.year, 12, 31)
        elif self.start_precision == Precision.MONTH and not self.end:
            last = (last.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
        return self.ends_at or dt.datetime.combine(last, LAST_MINUTE, self.zone)

    def is_coming(self, now: dt.datetime) -> bool:
        """Tell whether it still lies ahead or is on."""
        return self.over_at is not None and self.over_at >= now

    def phase(self, now: dt.datetime) -> Phase:
        """Say where the registration stands."""
        if not self.registration_opens or not self.registration_closes:
            return Phase.NONE
        if self.called_off:
            return Phase.CALLED_OFF
        if not self.is_coming(now):
            return Phase.OVER
        if now < self.registration_opens:
            return Phase.EARLY
        return Phase.OPEN if now < self.registration_closes else Phase.CLOSED

    @property
    def opens_local(self) -> dt.datetime | None:
        """Give the opening of the registration on the clock of the place."""
        return self.registration_opens.astimezone(self.zone) if self.registration_opens else None

    @property
    def closes_local(self) -> dt.datetime | None:
        """Give the closing of the registration on the clock of the place."""
        return self.registration_closes.astimezone(self.zone) if self.registration_closes else None

    @property
    def days(self) -> str:
        """Write the days in words: 25 to 27 November 2019, March 2022."""
        if self.start is None:
            return self.date_note
        if not self.end or self.end == self.start:
            return str(PartialDate(self.start, self.start_precision))
        same_month = (self.start.year, self.start.month) == (self.end.year, self.end.month)
        form = "j" if same_month else "j F" if self.start.year == self.end.year else "j F Y"
        return gettext("%(first)s to %(last)s") % {
            "first": date_format(self.start, form),
            "last": date_format(self.end, "j F Y"),
        }

    @property
    def hours(self) -> str:
        """Write the times of the clock in words: 09:00 to 15:30."""
        times = [time_format(one, "H:i") for one in (self.start_time, self.end_time) if one]
        return gettext(" to ").join(times)

    @property
    def start_iso(self) -> str:
        """Write the beginning for machines, no longer than it is known."""
        if self.begins_at:
            return self.begins_at.isoformat()
        return PartialDate(self.start, self.start_precision).iso if self.start else ""

    @property
    def end_iso(self) -> str:
        """Write the end for machines, as far as it is known."""
        if self.ends_at:
            return self.ends_at.isoformat()
        return self.end.isoformat() if self.end else ""

    def capacity(self) -> Capacity:
        """Count the places on site and those taken, in one query."""
        placed = models.Q(attendance=Attendance.ON_SITE, standing=Standing.PLACED)
        taken = self.registrations.aggregate(
            delegations=models.Count("pk", filter=placed & models.Q(of_delegation=True)),
            others=models.Count("pk", filter=placed & models.Q(of_delegation=False)),
        )
        return Capacity(self.seats, self.partner_seats, taken["delegations"], taken["others"])

    # --- Where ------------------------------------------------------------------------------

    @property
    def where(self) -> str:
        """Write the place in words, as far as it is known."""
        country = country_name(self.country) if self.country else ""
        return ", ".join(filter(None, (self.venue, self.city, country)))

    @property
    def place_first(self) -> str:
        """Write the first word of the place: the house, else the town."""
        return self.where.partition(", ")[0]

    @property
    def place_rest(self) -> str:
        """Write what follows the first word of the place."""
        return self.where.partition(", ")[2]

    @property
    def is_free(self) -> bool:
        """Tell whether nothing is to be paid."""
        return self.fee.strip().lower() == "free"

    @property
    def zone_name(self) -> str:
        """Name the clock of the place in words: Brussels time."""
        return gettext("%s time") % self.time_zone.rpartition("/")[2].replace("_", " ")

    @property
    def schema_mode(self) -> str:
        """Name the way of taking part as schema.org does."""
        return {
            Mode.ON_SITE: "OfflineEventAttendanceMode",
            Mode.ONLINE: "OnlineEventAttendanceMode",
            Mode.HYBRID: "MixedEventAttendanceMode",
        }.get(Mode(self.mode), "")

    @property
    def known_mode(self) -> str:
        """Say how people take part, if that is known."""
        return "" if self.mode == Mode.UNKNOWN else str(self.get_mode_display())

    @property
    def places(self) -> list[Place]:
        """Name the town; its point on the map is not recorded."""
        return [Place(self.where)] if self.where else []

    @property
    def stream_host(self) -> str:
        """Name the host of the live stream."""
        return urlsplit(self.stream_url).hostname or ""

    @property
    def crumbs(self) -> list[dict[str, str]]:
        """Name the event as the page above those of its registration."""
        return [{"label": self.title, "url": self.get_absolute_url()}]

    # --- In lists ---------------------------------------------------------------------------

    @property
    def link(self) -> Link:
        """Show the event beside a record."""
        words = (self.get_kind_display(), self.days, self.city)
        return Link(self.title, self.get_absolute_url(), meta=[word for word in words if word])

    @property
    def card(self) -> Card:
        """Show the event in a list."""
        host = self.shown_partner
        return Card(
            title=self.title,
            url=self.get_absolute_url(),
            key=self.slug,
            palette=PALETTE,
            code=self.slug,
            kicker=self.get_kind_display(),
            text=self.summary,
            facts=(
                fact(gettext("When"), self.days),
                fact(gettext("Where"), self.where),
                fact(gettext("How"), self.known_mode),
                fact(gettext("Host"), host.short_name if host else ""),
            ),
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Gather what the page prints."""
        now = timezone.now()
        phase = self.phase(now)
        counts_places = phase in (Phase.EARLY, Phase.OPEN) and self.mode != Mode.ONLINE and self.pk
        return {
            **super().get_context(request, *args, **kwargs),
            "is_coming": self.is_coming(now),
            "phase": phase,
            "capacity": self.capacity() if counts_places else None,
            "sessions": list(self.sessions.all()),
            "outputs": list(
                Output.objects.live().for_links().filter(pk__in=[one.pk for one in self.documents.all()])
            ),
            "files": [one.document for one in self.files.select_related("document")],
        }


class EventSession(Orderable):
    """A part of the programme."""

    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="sessions")
    day = models.DateField(_("day"), null=True, blank=True, help_text=_("For events of several days."))
    begins = models.TimeField(
        _("begins at"), null=True, blank=True, help_text=_("By the clock of the place: 09:30.")
    )
    ends = models.TimeField(
        _("ends at"), null=True, blank=True, help_text=_("By the clock of the place: 10:15.")
    )
    title = models.CharField(
        _("title"), max_length=150, help_text=_("What it is called in the programme: Welcome coffee.")
    )
    text = models.CharField(
        _("what happens"),
        max_length=500,
        blank=True,
        help_text=_("Who speaks, by role and organisation, and about what."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    def __str__(self) -> str:
        return self.title

    @property
    def when(self) -> str:
        """Write day and times in words, as far as they are known."""
        day = date_format(self.day, "j F") if self.day else ""
        times = gettext(" to ").join(time_format(one, "H:i") for one in (self.begins, self.ends) if one)
        return ", ".join(filter(None, (day, times)))


class EventDocument(Orderable):
    """A file that belongs to an event."""

    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(
        VersionedDocument,
        verbose_name=_("file"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("A file for those who come: the programme, the way there."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("file of an event")
        verbose_name_plural = _("files of events")

    def __str__(self) -> str:
        return self.document.title
