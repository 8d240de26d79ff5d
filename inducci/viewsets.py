"""Wagtail's pages about people, with one rule more: superusers alone make superusers."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.users.views.users import CreateView, EditView, UserViewSet


class SuperusersMakeSuperusers:
    """A view whose form lets superusers alone tick the box that makes a superuser."""

    request: HttpRequest

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        """Name the box apart from the group of administrators, and close it."""
        form = super().get_form(*args, **kwargs)  # type: ignore[misc]  # a mixin before views
        if box := form.fields.get("is_superuser"):
            box.label = _("Superuser")
            box.help_text = _("May do everything, and runs the site. Superusers alone can tick this.")
            box.disabled = not self.request.user.is_superuser
        return form


class NewPersonView(SuperusersMakeSuperusers, CreateView):
    """Invite somebody."""


class PersonView(SuperusersMakeSuperusers, EditView):
    """Change somebody's account."""


class PeopleViewSet(UserViewSet):
    """The people with an account."""

    add_view_class = NewPersonView
    edit_view_class = PersonView
