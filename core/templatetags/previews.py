"""What social networks read of a page."""

from typing import Any

from django import template

from core.previews import HEIGHT, SITE, SITE_PREVIEW, WIDTH

register = template.Library()


@register.inclusion_tag("core/social.html", takes_context=True)
def social(context: template.Context) -> dict[str, Any]:
    """Say what a link to the page shows: a record's or page's own name and picture, else the site's."""
    things = (context.get("object"), context.get("page"))
    thing = next((one for one in things if getattr(one, "preview", None)), None)
    preview = thing.preview if thing else SITE_PREVIEW
    return {
        "site": SITE,
        "preview": preview,
        "title": preview.title if thing else context.get("heading") or preview.title,
        "text": preview.text if thing else context.get("lead", ""),
        "address": thing.get_full_url() if thing else context.get("canonical_url", ""),
        "width": WIDTH,
        "height": HEIGHT,
    }
