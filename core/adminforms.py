"""The forms in which records and pages are edited."""

import logging
from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateTimeInput
from wagtail.models import ReferenceIndex
from wagtail.permissions import policy_registry

from core.permissions import RowPolicy, choosable, limit_choices
from core.widgets import choosing

log = logging.getLogger(__name__)


# Wagtail dresses a field by the name of its class: hence these names.
class DateTimeField(forms.DateTimeField):
    """A day and time by the clock of who writes; it refuses the hour in which the clocks change."""

    def to_python(self, value: Any) -> Any:
        """Read a time that exists once, and say in plain words why another cannot be taken."""
        try:
            return super().to_python(value)
        except ValidationError as refused:
            if refused.code != "ambiguous_timezone":
                raise
            sentence = _(
                "The clocks change in this hour: it is left out in spring and comes twice in autumn. "
                "Choose another hour."
            )
            raise ValidationError(sentence, code=refused.code) from refused


class CharField(forms.CharField):
    """A text of several lines; the end of a line counts as one character, as the counter has it."""

    def to_python(self, value: Any) -> Any:
        """Take the two signs that a browser sends for the end of a line as one."""
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)


# What is longer does not fit into one line of a form.
LINE = 255


def roomy(field: Any) -> dict[str, Any] | None:
    """Let a text that may fill several lines be seen as a whole while it is written."""
    if field.choices or (field.max_length or 0) <= LINE:
        return None
    return {"form_class": CharField, "widget": AdminAutoHeightTextInput}


register_form_field_override(
    models.DateTimeField, override={"form_class": DateTimeField, "widget": AdminDateTimeInput}
)
register_form_field_override(
    models.TextField, override={"form_class": CharField, "widget": AdminAutoHeightTextInput}, exact_class=True
)
register_form_field_override(models.CharField, override=roomy, exact_class=True)
register_form_field_override(ParentalManyToManyField, override=choosing)


class GuardedForm:
    """A form that offers and accepts only what the person may point at."""

    for_user: Any
    fields: dict[str, Any]
    instance: Any
    _meta: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.referred = _references(self.instance)
        if self.for_user is None:
            return
        limit_choices(self.fields.values(), self.for_user, self._chosen(self.instance, self.fields))
        for formset in getattr(self, "formsets", {}).values():
            for form in formset.forms:
                kept = self._chosen(form.instance, form.fields)
                limit_choices(form.fields.values(), self.for_user, kept)

    def _post_clean(self) -> None:
        """Refuse what points at records that the person may not see; no honest form sends it."""
        super()._post_clean()  # type: ignore[misc]  # a mixin before forms
        if self.for_user is None or self.for_user.is_superuser:
            return
        children = [form for formset in getattr(self, "formsets", {}).values() for form in formset.forms]
        for form in (self, *children):
            for name, field in form.fields.items():
                if hasattr(field, "unlimited") and _is_foreign(form, name, field):
                    log.warning("%s chose a foreign record for %s in a form.", self.for_user, name)
                    raise PermissionDenied
        for kind, key in _references(self.instance) - self.referred:
            model = ContentType.objects.get_for_id(kind).model_class()
            if model is None:
                continue
            rows = model._base_manager.filter(pk=key)
            if rows.exists() and not choosable(self.for_user, rows).exists():
                log.warning("%s pointed at %s %s in a form.", self.for_user, model._meta.label, key)
                raise PermissionDenied

    def _chosen(self, record: models.Model, fields: Any) -> list[models.Model]:
        """List what a record points at already."""
        chosen: list[models.Model] = []
        for name in fields:
            field = record._meta.get_field(name) if name in self._names(record) else None
            if isinstance(field, models.ForeignKey) and getattr(record, field.attname):
                chosen.append(getattr(record, name))
            elif isinstance(field, models.ManyToManyField) and record.pk:
                chosen.extend(getattr(record, name).all())
        return chosen

    @staticmethod
    def _names(record: models.Model) -> set[str]:
        """Name the fields of a record."""
        return {field.name for field in record._meta.get_fields()}


def _is_foreign(form: Any, name: str, field: Any) -> bool:
    """Tell whether a field was sent with the key of a record that it did not offer."""
    sent = field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
    keys = [str(key) for key in (sent if isinstance(sent, list | tuple) else [sent])]
    asked = field.unlimited.filter(pk__in=[key for key in keys if key.isdecimal()])
    return bool(asked.exclude(pk__in=field.queryset.values("pk")).exists())


def _references(record: models.Model) -> set[tuple[int, str]]:
    """List what a record or page points at, in its fields, blocks and links."""
    return {(int(kind), str(key)) for kind, key, *_ in ReferenceIndex._extract_references_from_object(record)}


class RecordForm(GuardedForm, WagtailAdminModelForm):
    """The form of a record: a draft may be unfinished; what is published or submitted may not."""

    is_deferred_validation: bool

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        policy = policy_registry.get_by_type(self._meta.model)
        if isinstance(policy, RowPolicy) and self.for_user is not None:
            policy.limit_owners(self, self.for_user)

    def clean(self) -> dict[str, Any]:
        """Keep the record in the hands of somebody who may edit it, and say what keeps it a draft."""
        cleaned: dict[str, Any] = super().clean()
        policy = policy_registry.get_by_type(self._meta.model)
        if isinstance(policy, RowPolicy) and self.for_user is not None:
            policy.judge_owners(self, self.for_user)
        if not self.is_deferred_validation:
            for name, sentence in type(self.instance).refusals(cleaned).items():
                self.add_error(name, sentence)
        return cleaned


class GuardedPageForm(GuardedForm, WagtailAdminPageForm):
    """The form of a page."""
