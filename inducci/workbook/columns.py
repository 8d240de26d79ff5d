"""What a column holds: how a cell is read, how a record's field is written, and what is allowed in it.

Between the cell and the record stands a plain value: text, number, date, yes or no, or a tuple of texts.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.rich_text.converters.editor_html import EditorHTMLConverter
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Locale

from core.exports import printable
from core.permissions import choosable
from regions.models import NutsRegion

# What the admin's editor leaves in rich text to tell paragraphs apart.
EDITOR_KEY = re.compile(r' data-block-key="[^"]*"')
YES_NO = {"yes": True, "no": False}


def key_field(model: type[models.Model]) -> str:
    """Name the field by which a workbook names a record: a region's code, else the short name."""
    return "code" if model is NutsRegion else "slug"


class Keys:
    """The records that others may name, each by its short name or code; read once, and grown by an import.

    A person's workbook names what is public and what is the person's own; without a person it names all.
    """

    def __init__(self, user: Any = None) -> None:
        self.user = user
        self._known: dict[Any, dict[str, Any]] = {}
        self._added: dict[Any, dict[str, Any]] = {}
        self._refused: set[tuple[type[models.Model], str]] = set()

    def of(self, field: Any) -> dict[str, Any]:
        """Give what a field may point at, by name."""
        model, limit = field.related_model, field.get_limit_choices_to() or {}
        found = (model, *limit.values())
        if found not in self._known:
            rows = model._default_manager.filter(**limit)
            if hasattr(model, "locale"):
                rows = rows.filter(locale=Locale.get_default())
            if self.user is not None:
                rows = choosable(self.user, rows)
            name = key_field(model)
            self._known[found] = {getattr(one, name): one for one in rows.only(name).order_by(name)}
            self._known[found] |= self._added.get(model, {})
        return self._known[found]

    def add(self, record: Any) -> None:
        """Let later lines name a record that was stored now."""
        self._added.setdefault(type(record), {})[record.slug] = record
        for (model, *_limit), known in self._known.items():
            if model is type(record):
                known[record.slug] = record

    def refuse(self, model: type[models.Model], name: str) -> None:
        """Remember that a record of the workbook was refused, so that later lines say no more than that."""
        self._refused.add((model, name))

    def why_unknown(self, model: Any, name: str) -> str:
        """Say why a record cannot be named."""
        if (model, name) in self._refused:
            return _("“%s” is refused in a line of its own.") % name
        said = _("There is no %(kind)s “%(name)s” here.")
        return said % {"kind": model._meta.verbose_name, "name": name}


@dataclass(frozen=True)
class Column:
    """One field of a record, as a column of a sheet."""

    name: str
    field: Any
    keys: Keys

    @cached_property
    def is_many(self) -> bool:
        """Tell whether a cell names several records."""
        return isinstance(self.field, ParentalManyToManyField)

    @cached_property
    def is_reference(self) -> bool:
        """Tell whether a cell names other records."""
        return self.is_many or isinstance(self.field, models.ForeignKey)

    @cached_property
    def is_lines(self) -> bool:
        """Tell whether a cell holds a list of sentences, one a line."""
        return isinstance(self.field, StreamField)

    @cached_property
    def choices(self) -> list[str]:
        """List what a drop-down of the column offers, apart from other records."""
        if isinstance(self.field, models.BooleanField):
            return list(YES_NO)
        return [str(value) for value, _label in self.field.flatchoices if value not in ("", None)]

    @property
    def note(self) -> str:
        """Say in the header what belongs into the column."""
        field = self.field
        said = [f"{str(field.verbose_name).capitalize()}.", str(field.help_text)]
        if isinstance(field, models.DateField):
            said.append(_("A date."))
        elif isinstance(field, models.DecimalField | models.IntegerField) and not field.choices:
            said.append(_("A number."))
        elif self.is_many:
            said.append(_("Short names or codes, with commas between them."))
        elif self.is_reference:
            said.append(_("A short name or code."))
        elif self.is_lines:
            said.append(_("One sentence a line."))
        elif isinstance(field, RichTextField):
            said.append(_("Text in paragraphs: <p>…</p>; also <b>, <i>, <ul>, <ol> and <a href>."))
        if getattr(field, "max_length", None) and not self.choices and not self.is_lines:
            said.append(_("At most %d letters.") % field.max_length)
        if isinstance(field, models.BooleanField):
            said.append(_("yes or no."))
        elif self.choices:
            said += [f"\n{value} = {label}" for value, label in field.flatchoices if value not in ("", None)]
        return " ".join(part for part in said if part)

    def is_filled_in(self, record: Any) -> bool:
        """Tell whether a record names something in this field."""
        return getattr(record, self.field.attname, None) is not None

    # --- From a cell ------------------------------------------------------------------------------

    def read(self, value: Any) -> Any:
        """Give the plain value of a cell; raise ValueError with a sentence for anything else.

        An empty cell stands for what a new record has there, so that a workbook can be taken in twice.
        """
        if value in (None, "") and self.field.has_default() and not self.is_lines:
            return self.field.get_default()
        if isinstance(self.field, models.BooleanField):
            return _read_yes_no(value)
        if isinstance(self.field, models.DateField):
            return _read_date(value)
        if isinstance(self.field, models.DecimalField | models.IntegerField):
            return self._read_number(value)
        text = _read_text(value)
        if self.is_many:
            return tuple(sorted({part.strip() for part in re.split(r"[,\n]", text) if part.strip()}))
        if self.is_lines:
            return tuple(line.strip() for line in text.split("\n") if line.strip())
        if self.choices and text and text not in self.choices:
            raise ValueError(self._none_of(text))
        return text

    def _read_number(self, value: Any) -> int | Decimal | None:
        if value is None or value == "":
            return None
        if isinstance(value, str) and self.choices and value in self.choices:
            return int(value)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(_("“%s” is not a number.") % value)
        number = _exactly(value)
        if isinstance(self.field, models.DecimalField):
            return number
        if number != int(number):
            raise ValueError(_("“%s” is not a whole number.") % value)
        if self.choices and str(int(number)) not in self.choices:
            raise ValueError(self._none_of(value))
        return int(number)

    def _none_of(self, value: Any) -> str:
        """Say that a value is not among the choices."""
        said = _("“%(value)s” is none of: %(choices)s.")
        return said % {"value": value, "choices": ", ".join(self.choices)}

    # --- From a record and into it ----------------------------------------------------------------

    def plain(self, record: Any) -> Any:
        """Give the plain value of a record's field."""
        if self.is_many:
            name = key_field(self.field.related_model)
            return tuple(sorted(getattr(one, name) for one in getattr(record, self.name).all()))
        if isinstance(self.field, models.ForeignKey):
            return self._names.get(getattr(record, self.field.attname), "")
        value = getattr(record, self.name)
        if self.is_lines:
            # A line of the list is one of the cell, too.
            lines = (printable(block.value.replace("\n", " ")).strip() for block in value)
            return tuple(line for line in lines if line)
        if isinstance(self.field, models.CharField | models.TextField):
            return printable(EDITOR_KEY.sub("", str(value or "")).replace("\r\n", "\n")).strip()
        return value

    @cached_property
    def _names(self) -> dict[int, str]:
        """Name the records that the field may point at."""
        return {one.pk: name for name, one in self.keys.of(self.field).items()}

    def put(self, record: Any, plain: Any) -> None:
        """Set a record's field; raise ValueError or ValidationError where that cannot be."""
        if self.is_many:
            setattr(record, self.name, self._found(plain, getattr(record, self.name).all()))
        elif self.is_reference:
            [one] = self._found((plain,)) if plain else [None]
            setattr(record, self.field.attname, one and one.pk)
        elif self.is_lines:
            block = self.field.stream_block.child_blocks["line"]
            setattr(record, self.name, [("line", block.clean(line)) for line in plain])
        else:
            if isinstance(plain, str):
                self._check_text(plain)
            setattr(record, self.name, plain)

    def _found(self, names: tuple[str, ...], kept: Iterable[Any] = ()) -> list[Any]:
        """Find records by name; those that stand in the record already may stay, whoever names them."""
        model, known = self.field.related_model, self.keys.of(self.field)
        if any(name not in known for name in names):
            known = {getattr(one, key_field(model)): one for one in kept} | known
        if unknown := [name for name in names if name not in known]:
            raise ValueError(" ".join(self.keys.why_unknown(model, name) for name in unknown))
        return [known[name] for name in names]

    @cached_property
    def _converter(self) -> EditorHTMLConverter:
        """Give what turns the editor's text into the stored one."""
        return EditorHTMLConverter(self.field.features)

    def _check_text(self, text: str) -> None:
        """Judge a text as the form does: its length, and what rich text may be made of."""
        if isinstance(self.field, RichTextField):
            clean = self._converter.to_database_format(text)
            if clean != text:
                raise ValueError(
                    _("Only paragraphs (<p>), <b>, <i>, <ul>, <ol> and <a href> are taken here.")
                )
            text = strip_tags(text)
        longest = getattr(self.field, "max_length", None)
        if longest and len(text) > longest:
            raise ValidationError(
                _("At most %(most)d letters; these are %(now)d.") % {"most": longest, "now": len(text)}
            )

    def cell(self, plain: Any) -> str | int | float | dt.date | None:
        """Write a plain value as a cell holds it."""
        if isinstance(plain, tuple):
            return ("\n" if self.is_lines else ", ").join(plain)
        if isinstance(plain, bool):
            return "yes" if plain else "no"
        return float(plain) if isinstance(plain, Decimal) else plain


def _read_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(
            _("“%s” was taken for something else than text; give the cell the format Text.") % value
        )
    number = _exactly(value)
    return str(int(number)) if number == int(number) else str(number)


def _exactly(value: float) -> Decimal:
    """Give a number as it is written."""
    if not math.isfinite(value):
        raise ValueError(_("This number is too large."))
    return Decimal(repr(value))


def _read_date(value: Any) -> dt.date | None:
    if value is None or value == "":
        return None
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date()
    if isinstance(value, str):
        raise ValueError(_("“%s” is text; give the cell the format Date.") % value)
    raise ValueError(_("“%s” is not a date.") % value)


def _read_yes_no(value: Any) -> bool:
    if value is None or value == "":
        return False
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().lower() in YES_NO:
        return YES_NO[value.strip().lower()]
    raise ValueError(_("“%s” is neither yes nor no.") % value)
