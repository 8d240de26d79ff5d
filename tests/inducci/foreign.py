"""A site with an editor of one partner, and everything that another partner has."""

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.models import UploadedFile

from core.models import User
from events.choices import Attendance
from events.models import Registration
from inducci.bootstrap import REVIEWERS, bootstrap
from inducci.models import WorkbookUpload
from partners.models import Partner
from tests.factories import (
    PASSWORD,
    DocumentFactory,
    EventPageFactory,
    ImageFactory,
    ImplementationFactory,
    OutputFactory,
    PartnerFactory,
    PilotActionFactory,
    TestCaseFactory,
    ToolPageFactory,
    make_shelf,
)
from toolbox.models import ToolFolderPage

# No address of the admin may show this word to somebody of another partner.
SECRET = "Zyzzyva"


def person(partner: Any, name: str, *, reviewer: bool = False) -> Any:
    """Make somebody who edits for a partner."""
    from django.contrib.auth.models import Group

    user: Any = User.objects.create_user(name, f"{name}@example.org", PASSWORD)
    user.groups.add(partner.team.group)
    if reviewer:
        user.groups.add(Group.objects.get(name=REVIEWERS))
    return user


def write_over(record: Any, field: str, user: Any) -> None:
    """Write a draft with the secret over a record; a revision of it is to be published one day."""
    draft = record.get_latest_revision_as_object()
    setattr(draft, field, f"{SECRET} {record.pk}")
    draft.save_revision(user=user, clean=False)
    draft.go_live_at = timezone.now() + dt.timedelta(days=9)
    draft.save_revision(user=user, clean=False, approved_go_live_at=draft.go_live_at, log_action=True)


class Site:
    """Two partners, an editor of the first, and the second's records, pages and files."""

    def __init__(self) -> None:
        make_shelf()
        self.own, self.other = PartnerFactory(name="Own"), PartnerFactory(name="Other")
        bootstrap()
        self.own.refresh_from_db()
        self.editor = person(self.own, "editor")
        self.stranger = person(self.other, "stranger")
        TOTPDevice.objects.create(user=self.stranger, name="app")
        self.records = self._records()
        self.folder = ToolFolderPage.objects.get(partner=self.own)
        self.page = self._page()
        self.event, self.registration = self._event()
        collection = self.other.team.collection
        self.document = DocumentFactory(title=f"{SECRET} paper", collection=collection)
        self.image = ImageFactory(title=f"{SECRET} picture", collection=collection)
        self.upload = UploadedFile.objects.create(
            file=ContentFile(b"x", name="x.pdf"), uploaded_by_user=self.stranger
        )
        self.workbook = WorkbookUpload.objects.create(
            user=self.stranger,
            name=f"{SECRET}.xlsx",
            content=b"x",
            outcome={"counts": {}, "faults": [], "lines": [["Test cases", 2, SECRET, "new", []]]},
        )
        self.document.tags.add("shared")
        for record in [one for rows in self.records.values() for one in rows]:
            self._submit(record)
        self._submit(self.page)

    def _records(self) -> dict[type[Any], list[Any]]:
        """Make a draft and a published record with a later draft, of each kind."""
        made: dict[type[Any], list[Any]] = {}
        for live in (False, True):
            word = "Public" if live else SECRET
            action = PilotActionFactory(
                plain_title=f"{word} set", title=word, responsible=self.other, live=live
            )
            case = TestCaseFactory(title=f"{word} case", live=live, pilot_action=PilotActionFactory())
            output = OutputFactory(title=f"{word} paper", live=live)
            output.partners = [self.other]
            output.save()
            run = ImplementationFactory(
                test_case=case, partner=self.other, edition=f"{word} edition", live=live
            )
            for record, field in (
                (action, "plain_title"),
                (case, "title"),
                (output, "title"),
                (run, "edition"),
            ):
                write_over(record, field, self.stranger)
                made.setdefault(type(record), []).append(record)
        write_over(self.other, "name", self.stranger)
        made[Partner] = [self.other, PartnerFactory(name=f"{SECRET} partner", live=False)]
        made[Partner][1].save_revision(clean=False)
        return made

    def _page(self) -> Any:
        """Make a draft in the folder of the other partner."""
        page = ToolPageFactory(title=f"{SECRET} tool", live=False, partner=self.other)
        folder = ToolFolderPage.objects.get(partner=self.other)
        page.move(folder, pos="last-child")
        page = type(page).objects.get(pk=page.pk)
        write_over(page, "title", self.stranger)
        return page

    def _event(self) -> tuple[Any, Any]:
        """Make a draft of an event in the folder of the other partner, with somebody who registered."""
        event = EventPageFactory(title=f"{SECRET} event", live=False, partner=self.other)
        bootstrap()
        event = type(event).objects.get(pk=event.pk)
        registration = Registration.objects.create(
            event=event, name=f"{SECRET} guest", email="guest@example.org", attendance=Attendance.ONLINE
        )
        return event, registration

    @staticmethod
    def _submit(record: Any) -> None:
        """Submit a record, so that a task waits."""
        workflow = record.get_workflow()
        if workflow and record.get_latest_revision():
            workflow.start(record, record.get_latest_revision().user)
