"""How the admin lets people choose several things: short lists are ticked, long ones searched by typing."""

from __future__ import annotations

from typing import Any, ClassVar

from anyascii import anyascii
from django import forms
from django.utils.translation import gettext as _


class SearchedSelectMultiple(forms.SelectMultiple):
    """A long list of which one finds the lines by typing a part of them.

    A record may name further `spellings`, by which it is found, too.
    """

    class Media:
        css: ClassVar = {"all": ["django_tomselect/vendor/tom-select/css/tom-select.default.min.css"]}
        js: ClassVar = ["django_tomselect/js/django-tomselect.min.js", "js/choosing.js"]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Hand over the words that the script shows."""
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "data-choosing": _("Type a part of it"),
            "data-none": _("Nothing has that in it."),
            "data-remove": _("Take it out"),
        }
        return context

    def create_option(self, name: str, value: Any, label: int | str, *args: Any, **kwargs: Any) -> Any:
        """Give a line the words by which it is found, as they are written and in plain letters."""
        option = super().create_option(name, value, label, *args, **kwargs)
        spellings = getattr(getattr(value, "instance", None), "spellings", ())
        words = " ".join((str(label), *spellings))
        option["attrs"]["data-words"] = words if words.isascii() else f"{words} {anyascii(words)}"
        return option


def choosing(field: Any) -> dict[str, Any]:
    """Let people tick what is limited to one vocabulary, and search everything else."""
    is_short = "scheme" in field.get_limit_choices_to()
    return {"widget": forms.CheckboxSelectMultiple if is_short else SearchedSelectMultiple}
