"""Show the app in the admin."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from partners.models import Partner
from partners.permissions import manages_all, partner_keys
from pilots.models import Implementation, TestCase
from pilots.viewsets import PilotGroup

register_snippet(PilotGroup)


@hooks.register("after_create_snippet")
def note_who_runs_it(request: HttpRequest, record: Any) -> None:
    """Begin a new test case with a draft of its run by the editor's partner: so it belongs to somebody."""
    if not isinstance(record, TestCase) or manages_all(request.user):
        return
    partner = Partner.objects.filter(pk__in=partner_keys(request.user)).order_by("number").first()
    if partner is None:
        return
    slug = f"{record.slug[:60]}-{partner.slug}"[:80]
    run = Implementation(test_case=record, partner=partner, region=partner.region, slug=slug, live=False)
    run.save()
    run.save_revision(user=request.user, clean=False)
