"""The whole site, put together."""

from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class InducciConfig(AppConfig):
    """Name the app in the admin."""

    default = True
    name = "inducci"
    verbose_name = "Site"


class PeopleConfig(WagtailUsersAppConfig):
    """Let Wagtail's app of users show our pages about people."""

    default = False
    user_viewset = "inducci.viewsets.PeopleViewSet"
