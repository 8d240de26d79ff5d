"""The page on which a reviewer reads, compares and decides, and what happens then."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.mail import GroupApprovalTaskStateSubmissionEmailNotifier
from wagtail.models import Page, TaskState

from core.models import User


class ReviewForm(forms.Form):
    """What a reviewer says and decides."""

    comment = forms.CharField(
        label=gettext_lazy("Comment"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("To send it back, say what is missing: “The sum lacks its funder.”"),
    )
    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[
            ("approve", gettext_lazy("Approve and publish")),
            ("reject", gettext_lazy("Send back with the comment")),
        ],
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where something is sent back."""
        cleaned = super().clean() or {}
        if cleaned.get("decision") == "reject" and not cleaned.get("comment"):
            self.add_error("comment", _("Say what is to be changed, so that the author can do it."))
        return cleaned


class ReviewView(View):
    """Show what was submitted beside what is published, and take the decision."""

    def dispatch(self, request: HttpRequest, *args: Any, task_state_id: int, **kwargs: Any) -> Any:
        """Let in only who may decide."""
        found = get_object_or_404(
            TaskState.objects.select_related("workflow_state", "revision__user"), pk=task_state_id
        )
        self.record: Any = found.workflow_state.content_object
        if isinstance(self.record, Page):
            self.record = self.record.specific
        self.task_state = found.specific
        self.task = found.task.specific
        if self.record is None or not self.task.get_actions(self.record, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the page."""
        return self._page(request, ReviewForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take the decision, if the text is still the one that was read."""
        form = ReviewForm(request.POST)
        if self.task_state.status != TaskState.STATUS_IN_PROGRESS:
            messages.warning(request, _("Somebody has decided already."))
            return redirect("wagtailadmin_home")
        if request.POST.get("revision") != str(self.record.latest_revision_id):
            messages.warning(request, _("The text was changed while you read it. Here it is as it is now."))
            return self._page(request, form)
        if not form.is_valid():
            return self._page(request, form)
        decision, title = form.cleaned_data["decision"], str(self.record)
        self.task.on_action(self.task_state, request.user, decision, comment=form.cleaned_data["comment"])
        said = _("“%s” is published.") if decision == "approve" else _("“%s” went back to its author.")
        messages.success(request, said % title)
        return redirect("wagtailadmin_home")

    def _page(self, request: HttpRequest, form: ReviewForm) -> HttpResponse:
        """Draw the page."""
        record, draft = self.record, self.record.get_latest_revision_as_object()
        context = {
            "page_title": _("Review"),
            "header_title": _("Review"),
            "page_subtitle": str(draft),
            "header_icon": "check",
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": _("Home")},
                {"url": "", "label": _("Review"), "sublabel": str(draft)},
            ],
            "record": record,
            "kind": record._meta.verbose_name,
            "is_new": not record.live,
            "comparison": differences(request, record, draft),
            "author": self.task_state.revision.user,
            "revision": record.latest_revision_id,
            "preview": _preview(record, self.task.pk),
            "form": form,
        }
        return TemplateResponse(request, "partners/admin/review.html", context)


def differences(request: HttpRequest, record: Any, draft: Any) -> list[Any]:
    """List the fields in which a draft differs from what is published."""
    panel = record.get_edit_handler().get_bound_panel(instance=record, request=request, form=None)
    before = record if record.live else type(record)()
    compared = (compare(before, draft) for compare in panel.get_comparison())
    return [one for one in compared if one.has_changed()]


def _preview(record: Any, task: int) -> str:
    """Give the address of the public page as it would be."""
    if isinstance(record, Page):
        return reverse("wagtailadmin_pages:workflow_preview", args=[record.pk, task])
    return reverse(record.snippet_viewset.get_url_name("workflow_preview"), args=[record.pk, task])


# What was submitted while the mails about it are held back.
_held: ContextVar[list[TaskState] | None] = ContextVar("held", default=None)


@contextmanager
def held_mails() -> Iterator[list[TaskState]]:
    """Hold the mails to reviewers back, and list what they would have been about."""
    submitted: list[TaskState] = []
    token = _held.set(submitted)
    try:
        yield submitted
    finally:
        _held.reset(token)


class ReviewersNotifier(GroupApprovalTaskStateSubmissionEmailNotifier):
    """Mail to those who may decide, and to nobody else."""

    def can_handle(self, instance: TaskState, **kwargs: Any) -> bool:
        """Mail about reviews, unless somebody submits many and mails about all of them."""
        if not super().can_handle(instance, **kwargs):
            return False
        if (held := _held.get()) is not None:
            held.append(instance)
            return False
        return True

    def get_context(self, task_state: TaskState, **kwargs: Any) -> dict[str, Any]:
        """Give the mail the task, to whose page it leads."""
        return {**super().get_context(task_state, **kwargs), "task_state": task_state}

    def get_recipient_users(self, task_state: TaskState, **kwargs: Any) -> set[User]:
        """Find the reviewers who may decide on this very text."""
        task, record = task_state.task.specific, task_state.workflow_state.content_object
        return {
            user
            for user in super().get_recipient_users(task_state, **kwargs)
            if task.may_review(record, user)
        }
