"""Show the app in the admin."""

from wagtail.snippets.models import register_snippet

from outputs.viewsets import OutputGroup

register_snippet(OutputGroup)
