"""The workbook in the admin: take records out, look what a workbook would do, take it in."""

from __future__ import annotations

import csv
import datetime as dt
import io
from tempfile import TemporaryFile
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from wagtail.admin import messages
from wagtail.permissions import policy_registry

from core.exports import XLSX, harmless, named
from core.models import User
from inducci.models import WorkbookUpload
from inducci.progress import list_of_drafts
from inducci.workbook.exporting import FORMS, export
from inducci.workbook.importing import CHANGED, KINDS, NEW, REFUSED, Outcome, take_in
from inducci.workbook.sheets import RECORDS
from partners.permissions import manages_all, partner_keys
from pilots.models import Implementation

LARGEST_UPLOAD = 20 * 1024 * 1024
KEPT = dt.timedelta(days=1)
# So many lines and faults are shown on a page; the file of verdicts has all.
SHOWN = 500


def may_use(user: Any) -> bool:
    """Tell whether a person has records that a workbook could hold."""
    return manages_all(user) or bool(partner_keys(user))


def may_publish(user: Any) -> bool:
    """Tell whether a person may publish without a review, as administrators may."""
    policies = (policy_registry.get_by_type(sheet.model) for sheet in RECORDS)
    return all(policy.user_has_permission(user, "publish") for policy in policies)


class AuthenticatedRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: User


class UploadForm(forms.Form):
    """Where a workbook is chosen."""

    file = forms.FileField(
        label=gettext_lazy("Workbook"),
        help_text=gettext_lazy("The Excel file, the ZIP archive of CSV files, or one of these; up to 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.zip,.csv"}),
    )
    publish = forms.BooleanField(
        label=gettext_lazy("Publish at once, without a review"),
        help_text=gettext_lazy("Otherwise each new or changed record becomes a draft."),
        required=False,
    )

    def __init__(self, user: Any, *args: Any) -> None:
        super().__init__(*args)
        if not may_publish(user):
            del self.fields["publish"]

    def clean_file(self) -> Any:
        """Refuse what is too large for a request; the command takes more."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_UPLOAD:
            raise forms.ValidationError(
                _("This file has more than 20 MB. An administrator can take it in by command.")
            )
        return file


class WorkbookView(View):
    """What all pages of the workbook have in common: they are for those who have records."""

    http_method_names = ("get", "head", "post", "options")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Let in who edits for a partner."""
        if not may_use(request.user):
            raise PermissionDenied
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store, private"
        return response

    def page(self, name: str, title: str, **context: Any) -> HttpResponse:
        """Draw a page of the admin."""
        crumbs = [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("inducci_workbook"), "label": _("Workbook")},
        ]
        return TemplateResponse(
            self.request,
            f"inducci/admin/{name}.html",
            {
                "page_title": title,
                "header_title": title,
                "header_icon": "table",
                "breadcrumbs_items": crumbs if name == "workbook" else [*crumbs, {"url": "", "label": title}],
                **context,
            },
        )


class UploadView(WorkbookView):
    """The first page: take records out, or choose a workbook to be looked at."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the page."""
        return self._show(UploadForm(request.user))

    def post(self, request: AuthenticatedRequest) -> HttpResponse:
        """Judge every line of a workbook, keep it, and show the verdicts; no record is touched."""
        form = UploadForm(request.user, request.POST, request.FILES)
        if not form.is_valid():
            return self._show(form)
        file, publish = form.cleaned_data["file"], form.cleaned_data.get("publish", False)
        outcome = take_in(file, dry_run=True, publish=publish, user=request.user)
        WorkbookUpload.objects.filter(user=request.user).delete()
        WorkbookUpload.objects.filter(uploaded_at__lt=timezone.now() - KEPT).delete()
        file.seek(0)
        upload = WorkbookUpload.objects.create(
            user=request.user,
            name=file.name[:255],
            content=file.read(),
            publish=publish,
            outcome=outcome.plain,
        )
        return redirect("inducci_workbook_verdicts", upload.pk)

    def _show(self, form: UploadForm) -> HttpResponse:
        """Draw the page."""
        return self.page("workbook", _("Workbook"), form=form)


class ExportView(WorkbookView):
    """The person's records as a workbook, or an empty one to fill in."""

    def get(self, request: HttpRequest) -> FileResponse:
        """Write it to a temporary file, and stream it."""
        form, is_empty = request.GET.get("form", "xlsx"), "empty" in request.GET
        if form not in FORMS:
            raise Http404
        file = TemporaryFile()  # noqa: SIM115  # FileResponse closes it after the last byte
        export(file, form=form, user=request.user, with_records=not is_empty)
        file.seek(0)
        name = "inducci-empty" if is_empty else f"inducci-{timezone.localdate().isoformat()}"
        kind, ending = (XLSX, "xlsx") if form == "xlsx" else ("application/zip", "zip")
        return FileResponse(file, as_attachment=True, filename=f"{name}.{ending}", content_type=kind)


class OwnUploadView(WorkbookView):
    """A page about a workbook that the person uploaded; for others it does not exist."""

    upload: WorkbookUpload

    def dispatch(self, request: HttpRequest, *args: Any, upload: int, **kwargs: Any) -> Any:
        """Find the person's own upload."""
        self.upload = get_object_or_404(WorkbookUpload, pk=upload, user=request.user)
        return super().dispatch(request, *args, **kwargs)


class VerdictsView(OwnUploadView):
    """What a workbook would do, line by line, and the button that does it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the verdicts."""
        outcome = self.upload.outcome
        return self.page(
            "verdicts",
            _("What would happen"),
            upload=self.upload,
            counts=[
                (label, outcome["counts"][kind]) for kind, label in KINDS.items() if kind in outcome["counts"]
            ],
            faults=outcome["faults"][:SHOWN],
            more_faults=max(0, len(outcome["faults"]) - SHOWN),
            lines=[
                {"sheet": sheet, "line": line, "key": key, "kind": KINDS[kind], "changes": changes}
                for sheet, line, key, kind, changes in outcome["lines"][:SHOWN]
                if kind != REFUSED
            ],
            more_lines=max(0, len(outcome["lines"]) - SHOWN),
            is_good=not outcome["faults"] and bool(outcome["lines"]),
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take it in, if that does what was shown."""
        upload = self.upload
        if upload.publish and not may_publish(request.user):
            raise PermissionDenied
        file = io.BytesIO(upload.content)
        file.name = upload.name
        shown = upload.outcome
        outcome = take_in(
            file, publish=upload.publish, user=request.user, only_if=lambda found: found.plain == shown
        )
        if not outcome.is_stored:
            upload.outcome = outcome.plain
            upload.save(update_fields=["outcome"])
            messages.warning(
                request, _("Records have changed since you looked. Nothing was stored; look again.")
            )
            return redirect("inducci_workbook_verdicts", upload.pk)
        upload.delete()
        number = outcome.counts[NEW] + outcome.counts[CHANGED]
        if upload.publish:
            said = ngettext(
                "%d line is taken in and published.", "%d lines are taken in and published.", number
            )
            messages.success(request, said % number)
        else:
            said = ngettext(
                "%d line is taken in. Its record is a draft: tick it in its list, and submit it for review.",
                "%d lines are taken in. Their records are drafts: "
                "tick them in their lists, and submit them for review.",
                number,
            )
            messages.success(request, said % number, buttons=lists_of_drafts(outcome))
        return redirect("inducci_workbook" if manages_all(request.user) else "wagtailadmin_home")


def lists_of_drafts(outcome: Outcome) -> list[Any]:
    """Give the buttons that lead to the drafts of the kinds that an import touched."""
    changed = (verdict.line.sheet for verdict in outcome.verdicts if verdict.kind in (NEW, CHANGED))
    touched: set[Any] = {Implementation if sheet.relation else sheet.model for sheet in changed}
    return [
        messages.button(list_of_drafts(model), capfirst(model._meta.verbose_name_plural))
        for model in sorted(touched, key=lambda model: model._meta.model_name)
    ]


class VerdictsFileView(OwnUploadView):
    """All verdicts and faults as a file."""

    def get(self, request: HttpRequest) -> Any:
        """Write them as CSV in UTF-8."""
        text = io.StringIO("\ufeff")
        text.seek(0, io.SEEK_END)
        writer = csv.writer(text)
        writer.writerow(["sheet", "line", "record or column", "verdict", "change or reason"])
        for sheet, line, column, reason in self.upload.outcome["faults"]:
            writer.writerow(map(harmless, (sheet, str(line or ""), column, REFUSED, reason)))
        for sheet, line, key, kind, changes in self.upload.outcome["lines"]:
            told = "\n".join(f"{name}: “{before}” → “{after}”" for name, before, after in changes)
            writer.writerow(map(harmless, (sheet, str(line), key, kind, told)))
        response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
        return named(response, "verdicts.csv")
