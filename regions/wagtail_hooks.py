"""Show the app in the admin."""

from wagtail.snippets.models import register_snippet

from regions.viewsets import RegionGroup

register_snippet(RegionGroup)
