"""What a form says beside its fields: how complete the record is, and what is worth knowing."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from wagtail.admin.panels import Panel

from core.completeness import completeness, content_of, doubts_about, questions_for


def field_name(model: type[models.Model], name: str) -> str:
    """Give the name that a field has in the form."""
    field: Any = model._meta.get_field(name)
    return str(getattr(field, "verbose_name", None) or field.related_model._meta.verbose_name_plural)


def notes_about(record: Any) -> dict[str, Any]:
    """Say how complete a record is, what it lacks, and what is doubtful in it, field by field."""
    model, content = type(record), content_of(record)
    return {
        "percent": completeness(record),
        "questions": [
            {
                "field": question.field,
                "name": capfirst(field_name(model, question.field)),
                "text": question.cost,
                "weight": question.weight,
                "also": " ".join(question.also),
                "told_in": question.told_in,
                "is_open": question.is_open(content) and not question.is_told(content),
            }
            for question in questions_for(model)
        ],
        "doubts": [
            {"field": name, "text": text} for name, text in doubts_about(model, content, timezone.localdate())
        ],
    }


class NotesPanel(Panel):
    """A line on top of a form; `editing.js` puts each note below its field and follows what is typed."""

    class BoundPanel(Panel.BoundPanel):
        """The line and the notes for one record."""

        template_name = "core/admin/notes.html"

        def show_panel_furniture(self) -> bool:
            """Stand above the tabs, which the line is about."""
            return False

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Gather the notes from the latest draft."""
            return {**super().get_context_data(parent_context), **notes_about(self.instance)}
