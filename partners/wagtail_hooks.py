"""Show the app in the admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from core.permissions import choosable
from partners.reviews import ReviewView
from partners.submitting import SubmitBulkAction
from partners.viewsets import PartnerGroup

register_snippet(PartnerGroup)
hooks.register("register_bulk_action", SubmitBulkAction)


@hooks.register("construct_page_chooser_queryset")
def choose_own_or_public_pages(pages: Any, request: HttpRequest) -> Any:
    """Offer in choosers of pages what is public, and one's own drafts."""
    return choosable(request.user, pages)


@hooks.register("register_admin_urls")
def add_the_page_of_a_review() -> list[Any]:
    """Give each review its page."""
    return [path("reviews/<int:task_state_id>/", ReviewView.as_view(), name="partners_review")]
