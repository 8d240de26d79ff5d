"""Many drafts are submitted at once, and each reviewer gets one mail."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import TaskState, WorkflowState

from pilots.models import Implementation, Result
from tests.factories import ImplementationFactory, PartnerFactory, TestCaseFactory
from tests.html import words_of
from tests.inducci.test_reviews import People, decide, people, signed_in

__all__ = ["people"]
pytestmark = pytest.mark.django_db


def draft(people: People, number: int, **values):
    """Make a draft of the first partner that lacks nothing."""
    run = ImplementationFactory(
        partner=people.first, slug=f"run-{number}", test_case__title=f"Case {number}", live=False, **values
    )
    run.save_revision(user=people.author)
    return run


def where(*runs):
    """Give the address at which some records are submitted."""
    listed = reverse(Implementation.snippet_viewset.get_url_name("list"))
    action = reverse("wagtail_bulk_action", args=["pilots", "implementation", "submit"])
    return f"{action}?next={listed}&" + "&".join(f"id={run.pk}" for run in runs)


def reviewed():
    """Name the records that wait for a review."""
    states = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    return sorted(state.content_object.slug for state in states)


def test_the_list_offers_it(people):
    draft(people, 1)

    page = signed_in(people.author).get(reverse(Implementation.snippet_viewset.get_url_name("list")))

    assert "/bulk/pilots/implementation/submit/" in page.content.decode()


def test_what_is_ready_goes_to_the_reviewers_with_one_mail_for_each(people):
    runs = [draft(people, number) for number in (1, 2)]

    response = signed_in(people.author).post(where(*runs), follow=True)

    assert "2 drafts are submitted for review." in words_of(response)
    assert reviewed() == ["run-1", "run-2"]
    assert [letter.to for letter in mail.outbox] == [["reviewer@example.org"]]
    letter = mail.outbox[0]
    assert letter.subject == "Please review: 2 drafts by author"
    assert all(f"Case {number}" in letter.body for number in (1, 2))
    assert all(
        reverse("partners_review", args=[state.pk]) in letter.body for state in TaskState.objects.all()
    )


def test_what_lacks_something_is_named_with_the_reason_and_stays(people):
    ready, empty = draft(people, 1), draft(people, 2)
    empty.region = None
    empty.results = [Result(indicator="")]
    empty.save_revision(user=people.author, clean=False)
    published = ImplementationFactory(partner=people.first, slug="public", test_case=TestCaseFactory())
    locked = draft(people, 3, locked=True)
    client = signed_in(people.author)

    page = words_of(client.get(where(ready, empty, published, locked)))
    client.post(where(ready, empty, published, locked))

    assert "Region: Say in which region it ran: without it nobody nearby finds it." in page
    assert "Region: This field" not in page
    assert "It is published as it stands." in page
    assert "It is locked." in page
    assert "What: This field cannot be blank." in page
    assert reviewed() == ["run-1"]


def test_what_was_sent_back_goes_to_the_reviewers_again(people):
    run = draft(people, 1)
    signed_in(people.author).post(where(run))
    decide(TaskState.objects.get().pk, people.reviewer, "reject", "Say more.")

    signed_in(people.author).post(where(run))

    assert reviewed() == ["run-1"]
    assert WorkflowState.objects.count() == 1
    page = words_of(signed_in(people.author).get(where(run)))
    assert "It is being reviewed already." in page


def test_the_draft_of_another_partner_is_neither_shown_nor_submitted(people):
    mine, foreign = draft(people, 1), draft(people, 2)

    for method in ("get", "post"):
        alone = getattr(signed_in(people.editor), method)(where(mine, foreign))
        assert alone.status_code in (302, 403)
        assert b"Case 2" not in alone.content
    assert reviewed() == []


def test_no_more_are_taken_than_a_request_can_do(people, monkeypatch):
    monkeypatch.setattr("partners.submitting.MOST", 2)
    runs = [draft(people, number) for number in range(1, 5)]
    client = signed_in(people.author)

    page = words_of(client.get(where(*runs)))
    client.post(where(*runs))

    assert "At most 2 are submitted at once; 2 are left for the next time." in page
    assert reviewed() == ["run-1", "run-2"]
    client.post(where() + "id=all")
    assert reviewed() == ["run-1", "run-2", "run-3", "run-4"]


def test_asking_whether_a_text_is_somebody_s_own_costs_no_more_for_many_partners(people):
    run = draft(people, 1)
    signed_in(people.author).post(where(run))
    task = TaskState.objects.get().task.specific

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert task.may_review(Implementation.objects.get(pk=run.pk), people.reviewer)
        return len(captured)

    queries()  # what is asked once of a person
    few = queries()
    PartnerFactory.create_batch(3)

    assert queries() == few


def test_a_draft_that_nobody_saved_in_a_form_is_submitted_all_the_same(people):
    run = ImplementationFactory(partner=people.first, slug="planted", live=False)

    signed_in(people.author).post(where(run))

    assert reviewed() == ["planted"]
    assert TaskState.objects.get().revision.user == people.author
