"""Show the app in the admin."""

from wagtail.snippets.models import register_snippet

from pilots.viewsets import PilotGroup

register_snippet(PilotGroup)
