"""Draft, review, publish: from one partner's editor to another partner's reviewer."""

import datetime as dt
import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision, TaskState, WorkflowState
from wagtail.permissions import policy_registry

from core.models import User
from inducci.bootstrap import ADMINISTRATORS, LEAD_REVIEWERS, bootstrap
from partners.submitting import submit as review
from pilots.choices import MoneyKind
from pilots.models import Implementation, MoneyLine, TestCase
from tests.factories import (
    PASSWORD,
    EventPageFactory,
    ImplementationFactory,
    NewsPageFactory,
    PartnerFactory,
    TestCaseFactory,
    ToolPageFactory,
    make_shelf,
)
from tests.html import soup_of
from tests.inducci.foreign import person
from tests.inducci.test_sweep import stream_form


class People:
    """Two partners: an editor of each, a second one of the first, and a reviewer of each."""

    def __init__(self) -> None:
        make_shelf()
        self.first, self.second = PartnerFactory(name="First"), PartnerFactory(name="Second")
        bootstrap()
        self.author = person(self.first, "author", reviewer=True)
        self.colleague = person(self.first, "colleague", reviewer=True)
        self.reviewer = person(self.second, "reviewer", reviewer=True)
        self.editor = person(self.second, "editor")


@pytest.fixture(scope="module")
def people(django_db_setup, django_db_blocker):
    """Make them once."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield People()
        transaction.set_rollback(True)


def signed_in(user: Any) -> Client:
    """Sign somebody in."""
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def run(people, db):
    """Make a published run of the first partner."""
    run = ImplementationFactory(partner=people.first, summary="Before", test_case=TestCaseFactory())
    run.save_revision(user=people.author).publish()
    return run


def edit(run: Any, user: Any, action: str = "", **changes: str) -> Any:
    """Change a run through its form."""
    where = reverse(Implementation.snippet_viewset.get_url_name("edit"), args=[run.pk])
    client = signed_in(user)
    data = {**stream_form(client.get(where)), **changes, **({action: "1"} if action else {})}
    return client.post(where, data)


def submit(run: Any, user: Any, **changes: str) -> int:
    """Submit a change, and give the key of the task."""
    edit(run, user, "action-submit", **{"summary": "After", **changes})
    key: int = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS).pk
    return key


def decide(task: int, user: Any, decision: str, comment: str = "") -> Any:
    """Open the page of a review and decide."""
    client, where = signed_in(user), reverse("partners_review", args=[task])
    page = client.get(where)
    revision = page.context["revision"] if page.status_code == 200 else ""
    return client.post(where, {"decision": decision, "comment": comment, "revision": revision})


def published(run: Any) -> str:
    """Read what readers see."""
    text: str = Implementation._base_manager.get(pk=run.pk).summary
    return text


def test_what_an_editor_submits_is_published_when_another_partner_approves(people, run):
    task = submit(run, people.author)
    assert published(run) == "Before"

    decide(task, people.reviewer, "approve")

    assert published(run) == "After"
    assert b"After" in Client().get(run.test_case.get_absolute_url()).content


@pytest.mark.parametrize("who", ["author", "colleague", "editor"])
def test_nobody_of_the_same_partner_and_no_mere_editor_decides(people, run, who):
    task = submit(run, people.author)

    response = decide(task, getattr(people, who), "approve")

    assert response.status_code == 302
    assert published(run) == "Before"


@pytest.mark.parametrize("group", [LEAD_REVIEWERS, ADMINISTRATORS])
def test_the_lead_partner_s_reviewers_and_administrators_decide_for_all_but_the_own_text(people, run, group):
    lead: Any = User.objects.create_user("lead", "lead@example.org", PASSWORD)
    lead.groups.add(Group.objects.get(name=group))

    own = submit(run, lead)
    decide(own, lead, "approve")
    assert published(run) == "Before"
    decide(own, people.reviewer, "approve")
    assert published(run) == "After"

    decide(submit(run, people.author, summary="Later"), lead, "approve")
    assert published(run) == "Later"


def test_an_administrator_publishes_without_review_and_the_history_says_so(people, run):
    administrator: Any = User.objects.create_user("boss", "boss@example.org", PASSWORD)
    administrator.groups.add(Group.objects.get(name=ADMINISTRATORS))

    edit(run, administrator, "action-publish", summary="After")

    assert published(run) == "After"
    entry = ModelLogEntry.objects.filter(object_id=str(run.pk), action="wagtail.publish").latest("timestamp")
    assert entry.user == administrator


def test_the_page_of_a_review_shows_what_would_change(people, run):
    task = submit(run, people.author)

    text = signed_in(people.reviewer).get(reverse("partners_review", args=[task])).content.decode()

    assert "Before" in text
    assert "After" in text


def test_a_reviewer_sees_the_public_page_as_it_would_be_and_no_form(people, run):
    submit(run, people.author)
    viewset, task = Implementation.snippet_viewset, run.current_workflow_task

    client = signed_in(people.reviewer)
    preview = client.get(reverse(viewset.get_url_name("workflow_preview"), args=[run.pk, task.pk]))
    form = client.get(reverse(viewset.get_url_name("edit"), args=[run.pk]))

    assert b"After" in preview.content
    assert form.status_code == 302


def test_sending_back_needs_a_reason_and_tells_it_to_the_author(people, run):
    task = submit(run, people.author)

    assert decide(task, people.reviewer, "reject").status_code == 200
    mail.outbox.clear()
    decide(task, people.reviewer, "reject", "The sum lacks its funder.")

    assert WorkflowState.objects.get().status == WorkflowState.STATUS_NEEDS_CHANGES
    assert [message.to for message in mail.outbox] == [["author@example.org"]]
    assert "The sum lacks its funder." in mail.outbox[0].body
    assert "The sum lacks its funder." in signed_in(people.author).get("/admin/").content.decode()


def test_mail_goes_to_those_who_may_decide_and_leads_to_the_page_of_the_task(people, run):
    mail.outbox.clear()

    task = submit(run, people.author)

    assert [message.to for message in mail.outbox] == [["reviewer@example.org"]]
    assert f"http://localhost/admin/reviews/{task}/" in mail.outbox[0].body


def test_what_is_reviewed_is_locked_for_its_author(people, run):
    submit(run, people.author)

    edit(run, people.author, summary="Later")

    run.refresh_from_db()
    assert run.get_latest_revision_as_object().summary == "After"


def test_a_decision_about_an_older_text_is_not_taken(people, run):
    task = submit(run, people.author)

    signed_in(people.reviewer).post(
        reverse("partners_review", args=[task]), {"decision": "approve", "revision": "1"}
    )

    assert published(run) == "Before"


def test_a_scheduled_text_is_published_by_the_command_when_its_time_has_come(people, run):
    draft = run.get_latest_revision_as_object()
    draft.summary, draft.go_live_at = "After", timezone.now() + dt.timedelta(hours=1)
    draft.save_revision(user=people.author)
    run.refresh_from_db()
    run.get_workflow().start(run, people.author)
    decide(TaskState.objects.get().pk, people.reviewer, "approve")
    assert published(run) == "Before"

    scheduled = Revision.objects.get(approved_go_live_at__isnull=False)
    scheduled.approved_go_live_at = timezone.now() - dt.timedelta(minutes=1)
    scheduled.content["go_live_at"] = scheduled.approved_go_live_at.isoformat()
    scheduled.save()
    call_command("publish_scheduled")

    assert published(run) == "After"


WINTER = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)


def scheduled(people: Any, run: Any, local: str) -> None:
    """Submit a text with a time by the clock of Brussels, and have it approved."""
    edit(run, people.author, "action-submit", summary="After", go_live_at=local)
    decide(TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS).pk, people.reviewer, "approve")


def at(now: dt.datetime, monkeypatch: Any) -> None:
    """Set the clock, and publish what is due."""
    monkeypatch.setattr(timezone, "now", lambda: now)
    call_command("publish_scheduled")


@pytest.mark.parametrize(
    ("local", "moment"),
    [
        ("2027-03-28 01:59", dt.datetime(2027, 3, 28, 0, 59, tzinfo=dt.UTC)),
        ("2027-03-28 03:00", dt.datetime(2027, 3, 28, 1, 0, tzinfo=dt.UTC)),
        ("2027-03-28 03:30", dt.datetime(2027, 3, 28, 1, 30, tzinfo=dt.UTC)),
        ("2027-10-31 01:59", dt.datetime(2027, 10, 30, 23, 59, tzinfo=dt.UTC)),
        ("2027-10-31 03:00", dt.datetime(2027, 10, 31, 2, 0, tzinfo=dt.UTC)),
    ],
)
def test_a_schedule_beside_a_change_of_the_clocks_is_kept_to_the_minute(
    people, run, monkeypatch, local, moment
):
    monkeypatch.setattr(timezone, "now", lambda: WINTER)
    scheduled(people, run, local)

    at(moment - dt.timedelta(minutes=1), monkeypatch)
    before = published(run)
    at(moment + dt.timedelta(minutes=1), monkeypatch)
    after = published(run)
    at(moment + dt.timedelta(hours=2), monkeypatch)

    assert (before, after) == ("Before", "After")
    made = ModelLogEntry.objects.for_instance(run).filter(action="wagtail.publish.scheduled")
    assert made.count() == 1


@pytest.mark.parametrize("action", ["", "action-submit"])
@pytest.mark.parametrize("local", ["2027-03-28 02:30", "2027-10-31 02:30", "2027-10-31 02:00"])
def test_an_hour_that_the_clocks_leave_out_or_repeat_is_refused_in_plain_words(people, run, local, action):
    response = edit(run, people.author, action, summary="After", go_live_at=local)

    (words,) = response.context["form"].errors["go_live_at"]
    assert words.startswith("The clocks change in this hour")
    run.refresh_from_db()
    assert run.get_latest_revision_as_object().go_live_at is None


def test_a_form_shows_the_hour_that_was_scheduled(people, run):
    edit(run, people.author, go_live_at="2027-03-28 03:30")

    where = reverse(Implementation.snippet_viewset.get_url_name("edit"), args=[run.pk])
    page = signed_in(people.author).get(where).content.decode()

    assert 'name="go_live_at" value="2027-03-28 03:30"' in page


def test_the_second_person_at_a_record_is_warned(people, run):
    where = reverse(Implementation.snippet_viewset.get_url_name("edit"), args=[run.pk])
    page = signed_in(people.author).get(where)
    ping = page.context["editing_sessions"].ping_url
    signed_in(people.author).post(ping, {"is_editing": "1"})

    second = signed_in(people.colleague)
    answer = second.post(second.get(where).context["editing_sessions"].ping_url)

    assert [one["user"] for one in answer.json()["other_sessions"]] == ["author"]


# --- The first page -----------------------------------------------------------------------------


def tasks_of(user: Any) -> str:
    """Read a person's first page."""
    return signed_in(user).get("/admin/").content.decode()


def test_a_reviewer_finds_what_waits_on_the_first_page(people, run):
    task = submit(run, people.author)

    assert reverse("partners_review", args=[task]) in tasks_of(people.reviewer)
    assert reverse("partners_review", args=[task]) not in tasks_of(people.editor)


def test_the_first_page_says_what_a_missing_budget_costs_and_leads_to_the_field(people, run):
    where = reverse(Implementation.snippet_viewset.get_url_name("edit"), args=[run.pk])
    text = tasks_of(people.author)

    assert "invisible to every search that sets one" in text
    assert f"{where}#field-money_lines" in text


def test_a_drafted_answer_takes_the_task_away(people, run):
    where = reverse(Implementation.snippet_viewset.get_url_name("edit"), args=[run.pk])
    draft = run.get_latest_revision_as_object()
    draft.money_lines = [MoneyLine(kind=MoneyKind.RENT, euros="500.00")]
    draft.save_revision(user=people.author)

    assert f"{where}#field-money_lines" not in tasks_of(people.author)


@pytest.mark.parametrize("make", [ToolPageFactory, NewsPageFactory, EventPageFactory])
def test_a_page_in_the_folder_of_a_partner_is_among_its_people_s_drafts(people, make):
    page = make(title="Begun", live=False, partner=people.first)
    bootstrap()
    page = type(page).objects.get(pk=page.pk)
    page.save_revision(user=people.author)

    where = reverse("wagtailadmin_pages:edit", args=[page.pk])
    drafts = soup_of(tasks_of(people.author)).select_one('h3:-soup-contains("Your drafts") ~ ul')
    assert drafts
    assert drafts.select_one(f'a[href="{where}"]')
    assert where not in tasks_of(people.editor)


def test_one_button_says_that_a_record_is_still_true(people, run):
    case = run.test_case
    long_ago = timezone.localdate() - dt.timedelta(days=366)
    type(case).objects.filter(pk=case.pk).update(verified_on=long_ago)
    assert "Yes, still true" in tasks_of(people.author)

    response = signed_in(people.author).post(reverse("inducci_verify", args=["pilots.testcase", case.pk]))

    case.refresh_from_db()
    assert response.status_code == 302
    assert case.verified_on == timezone.localdate()
    assert "Yes, still true" not in tasks_of(people.author)


def test_nobody_verifies_for_another_partner(people, run):
    signed_in(people.reviewer).post(reverse("inducci_verify", args=["pilots.testcase", run.test_case.pk]))

    run.test_case.refresh_from_db()
    assert run.test_case.verified_on is None


@pytest.fixture
def lead(people, db):
    """Give a reviewer of the lead partner who belongs to the first partner, too."""
    user = person(people.first, "lead")
    user.groups.add(Group.objects.get(name=LEAD_REVIEWERS))
    return user


def rows_of(user: Any) -> dict[str, list[str]]:
    """Read the table of the partners on a person's first page."""
    table = soup_of(tasks_of(user)).select(".tasks table tbody tr")
    cells = [[" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")] for row in table]
    return {first: rest for first, *rest in cells}


def test_who_manages_all_sees_the_own_team_s_records_as_tasks_and_no_others(people, run, lead):
    foreign = ImplementationFactory(partner=people.second, test_case=TestCaseFactory())
    foreign.save_revision()
    name = Implementation.snippet_viewset.get_url_name("edit")

    text = tasks_of(lead)

    assert f"{reverse(name, args=[run.pk])}#field-money_lines" in text
    assert f"{reverse(name, args=[foreign.pk])}#field-money_lines" not in text


def test_who_manages_all_sees_how_far_each_partner_has_come(people, run, lead):
    ImplementationFactory(partner=people.second, live=False).save_revision()
    submit(run, people.author)

    rows = rows_of(lead)

    assert [rows[str(one)][1:3] for one in (people.first, people.second)] == [["0", "1"], ["1", "0"]]
    assert all(row[0].endswith("%") and row[3].endswith("%") for row in rows.values())


def test_the_table_of_the_partners_is_for_those_who_manage_all(people, run):
    assert rows_of(people.author) == {}


def test_a_draft_of_a_run_does_not_lend_a_published_test_case_to_its_partner(people, run):
    ImplementationFactory(partner=people.second, test_case=run.test_case, live=False)
    both = [people.first.pk, people.second.pk]

    owned = policy_registry.get_by_type(TestCase).owned_among(both)

    assert owned[run.test_case.pk] == {people.first.pk}


@pytest.mark.parametrize("who", ["author", "lead"])
def test_the_first_page_costs_no_more_for_many_records_and_partners(people, lead, db, who):
    client = signed_in({"author": people.author, "lead": lead}[who])
    ImplementationFactory(partner=people.first)
    client.get("/admin/")

    with CaptureQueriesContext(connection) as few:
        client.get("/admin/")
    for _ in range(5):
        newcomer = PartnerFactory()
        newcomer.save_revision()
        for partner in (people.first, newcomer):
            run = ImplementationFactory(partner=partner)
            run.save_revision()
            run.test_case.save_revision()
    with CaptureQueriesContext(connection) as many:
        client.get("/admin/")

    assert len(many) <= len(few)


def test_a_reviewer_s_first_page_costs_no_more_for_many_that_wait(people, db):
    def wait(number):
        run = ImplementationFactory(partner=people.first, slug=f"waits-{number}", live=False)
        run.save_revision(user=people.author)
        review(run, people.author)

    client = signed_in(people.reviewer)
    wait(1)
    client.get("/admin/")

    with CaptureQueriesContext(connection) as few:
        client.get("/admin/")
    for number in range(2, 6):
        wait(number)
    with CaptureQueriesContext(connection) as many:
        page = client.get("/admin/")

    assert "Waiting for your review (5)" in soup_of(page).get_text()
    assert len(many) <= len(few)


def test_a_long_list_of_drafts_is_cut_and_leads_to_the_rest(people, db, monkeypatch):
    monkeypatch.setattr("inducci.tasks.LISTED", 2)
    for number in range(1, 5):
        run = ImplementationFactory(partner=people.first, slug=f"draft-{number}", live=False)
        run.save_revision(user=people.author)

    page = soup_of(signed_in(people.author).get("/admin/"))

    [heading] = [one for one in page.select(".tasks h3") if one.get_text() == "Your drafts (4)"]
    shown, rest = heading.find_next_siblings(["ul", "p"])[1:3]
    newest = Implementation.objects.order_by("-latest_revision__created_at")[:2]
    assert [str(link["href"]).split("/")[-2] for link in shown.select("a")] == [str(run.pk) for run in newest]
    assert " ".join(rest.get_text().split()) == "And 2 more. Implementations"
    [link] = rest.select("a")
    assert str(link["href"]).endswith("/pilots/implementation/?has_unpublished_changes=true")


def test_a_long_list_of_what_is_lacking_or_old_says_how_much_is_left(people, db, monkeypatch):
    monkeypatch.setattr("inducci.tasks.SHOWN", 1)
    monkeypatch.setattr("inducci.tasks.LISTED", 2)
    long_ago = timezone.localdate() - dt.timedelta(days=500)
    for number in range(3):
        case = TestCaseFactory(verified_on=long_ago - dt.timedelta(days=number))
        ImplementationFactory(partner=people.first, test_case=case, slug=f"lacks-{number}")

    page = soup_of(signed_in(people.author).get("/admin/"))

    shown = [form.select_one("a") for form in page.select(".tasks__verify")]
    assert [link and link.get_text() for link in shown] == ["Title of " + case.slug for case in _oldest(2)]
    left = [" ".join(line.get_text().split()) for line in page.select(".tasks__hint")]
    assert "1 more comes up when these are done." in left
    assert any(re.fullmatch(r"\d+ more come up when these are done\.", line) for line in left)


def _oldest(number: int) -> Any:
    """Give the test cases that were verified longest ago."""
    return TestCase.objects.order_by("verified_on")[:number]


@pytest.mark.parametrize("who", ["author", "lead"])
def test_what_waits_stands_on_the_first_page_of_those_who_may_decide(people, run, lead, who):
    written_by = {"author": people.author, "lead": lead}[who]
    submit(run, written_by)

    asked = {
        user.username
        for user in (people.author, people.colleague, people.reviewer, people.editor, lead)
        if b"Waiting for your review" in signed_in(user).get("/admin/").content
    }

    assert asked == {"reviewer", "lead"} - {written_by.username}
