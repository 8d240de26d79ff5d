"""Show the app in the admin."""

from wagtail.snippets.models import register_snippet

from partners.viewsets import PartnerGroup

register_snippet(PartnerGroup)
