"""Lists and records as readers see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.paginator import Page, Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext
from django.views.generic import DetailView
from django_filters.views import FilterView

from core.cards import table_of
from core.filters import BrowseFilterSet, BrowseQuery, FacetFilter, Refusal
from core.models import Record

OPEN_FACETS = 6
LONG_FACET = 8


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of the chosen values, fetched once for the whole page."""

    by_facet: dict[str, dict[str, str]]

    def of(self, facet: str, value: str) -> str:
        """Give the label of a value, or the value itself."""
        return self.by_facet.get(facet, {}).get(value, value)


class BrowseView(FilterView):
    """A list that readers narrow down; a subclass only declares what is listed.

    `noun` is the pair of words for one and for many. Each record shows itself as its `card`.
    """

    template_name = "core/browse.html"
    paginate_by = 20
    heading: str | Promise = ""
    lead: str | Promise = ""
    noun: ClassVar[tuple[str | Promise, str | Promise]] = ("", "")
    filterset_class: type[BrowseFilterSet]
    query: BrowseQuery
    refusals: tuple[Refusal, ...] = ()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Read the address, narrow the list and show the page that was asked for."""
        self.query, self.refusals = BrowseQuery.parse(request.GET, self.filterset_class)
        records = self.sorted(self.narrowed())
        paginator = Paginator(records, self.paginate_by)
        if self.query.page > paginator.num_pages:
            return self.past_the_end(paginator)
        page = paginator.page(self.query.page)
        return TemplateResponse(request, self.template_name, self.get_context_data(page=page))

    def narrowed(self) -> models.QuerySet[Any]:
        """Keep the records that the query asks for."""
        filterset = self.filterset_class(
            self.query.data(), queryset=self.get_queryset(), request=self.request
        )
        return filterset.qs

    def sorted(self, records: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Bring the records into the order that was asked for."""
        sorts = self.filterset_class.sorts
        if not sorts:
            return records
        _label, columns = sorts[self.query.sort or next(iter(sorts))]
        return records.order_by(*columns)

    def past_the_end(self, paginator: Paginator[Any]) -> HttpResponse:
        """Answer 404 for a page that the list does not have, with the way to the last one."""
        last = self.query.at(page=paginator.num_pages).address
        text = gettext("This list has %(pages)s pages; page %(page)s is past its end.")
        context = {
            "message": text % {"pages": paginator.num_pages, "page": self.query.page},
            "action_url": f"{self.request.path}{last}",
            "action_label": gettext("Go to the last page"),
        }
        return TemplateResponse(self.request, "core/past_the_end.html", context, status=404)

    def get_context_data(self, *, page: Page[Any], **kwargs: Any) -> dict[str, Any]:
        """Gather what the page prints; nothing is fetched in the template."""
        options = {
            name: facet.options(self.query.values(name))
            for name, facet in self.filterset_class.facets().items()
        }
        labels = Labels({name: {o.value: str(o.label) for o in offered} for name, offered in options.items()})
        query, total = self.query, page.paginator.count
        cards = [record.card for record in page.object_list]
        path = self.request.path
        return {
            "heading": self.heading,
            "lead": self.lead,
            "sentence": self.sentence(total, labels),
            "query": query,
            "refusals": self.refusals,
            "facets": self.facet_fields(options),
            "chips": self.chips(labels),
            "clear_url": f"{path}{query.cleared().address}",
            "hidden_fields": self.hidden_fields(),
            "searches_words": self.filterset_class.has_words(),
            "sorts": self.sort_links(),
            "views": self.view_links(),
            "count": total,
            "cards": cards,
            "table": table_of(cards, self.noun[0]) if query.view == "table" else None,
            "pagination": self.pagination(page),
            "canonical_url": self.request.build_absolute_uri(f"{path}{self.canonical_address()}"),
            "is_indexed": query.count <= 1 and not self.refusals,
            "view": self,
            **kwargs,
        }

    def canonical_address(self) -> str:
        """Give the one address of this state for search engines: the list view, in canonical order."""
        address = self.query.at(view="list", sort="").address
        return "" if address == "?" else address

    def sentence(self, total: int, labels: Labels) -> str:
        """Say in words what is shown."""
        noun = self.noun[0] if total == 1 else self.noun[1]
        parts = [f"{total} {noun}"]
        if self.query.words:
            parts.append(gettext("with the words “%s”") % self.query.words)
        facets = self.filterset_class.facets()
        for name, values in self.query.chosen:
            chosen = [labels.of(name, value) for value in values]
            parts.append(str(facets[name].phrase) % _any_of(chosen))
        return (parts[0] + " " + ", ".join(parts[1:])).strip() + "."

    def chips(self, labels: Labels) -> list[dict[str, str]]:
        """List the chosen values, each with the address without it."""
        facets, path = self.filterset_class.facets(), self.request.path
        chips = [
            {
                "label": f"{facets[name].label}: {labels.of(name, value)}",
                "url": f"{path}{self.query.without(name, value).address}",
            }
            for name, values in self.query.chosen
            for value in values
        ]
        if self.query.words:
            url = f"{path}{self.query.at(words='', page=1).address}"
            chips.insert(0, {"label": gettext("Words: %s") % self.query.words, "url": url})
        return chips

    def facet_fields(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        """List the facets with their options as the form shows them; one without a choice is left out."""
        fields: list[dict[str, Any]] = []
        for name, facet in self.filterset_class.facets().items():
            chosen = set(self.query.values(name))
            shown = [
                {
                    "value": option.value,
                    "label": option.label,
                    "count": None,
                    "selected": option.value in chosen,
                    "disabled": False,
                    "id": f"{name}-{option.value}",
                }
                for option in options[name]
            ]
            if len(shown) > 1 or chosen:
                fields.append(
                    self._facet_field(name, facet, shown, is_open=len(fields) < OPEN_FACETS or bool(chosen))
                )
        return fields

    def _facet_field(
        self, name: str, facet: FacetFilter, shown: list[dict[str, Any]], *, is_open: bool
    ) -> dict[str, Any]:
        return {"name": name, "label": facet.label, "options": shown, "open": is_open}

    def hidden_fields(self) -> list[tuple[str, str]]:
        """List what the filter form must carry along."""
        return [pair for pair in self.query.parameters() if pair[0] in ("sort", "view")]

    def sort_links(self) -> list[dict[str, Any]]:
        """List the orders to choose from."""
        sorts, path = self.filterset_class.sorts, self.request.path
        usual = next(iter(sorts), "")
        return [
            {
                "label": label,
                "url": f"{path}{self.query.at(sort='' if name == usual else name, page=1).address}",
                "current": name == (self.query.sort or usual),
            }
            for name, (label, _columns) in sorts.items()
        ]

    def view_links(self) -> list[dict[str, Any]]:
        """List the ways to look at the list."""
        labels = {"list": gettext("List"), "table": gettext("Table")}
        return [
            {
                "label": label,
                "url": f"{self.request.path}{self.query.at(view=name, page=1).address}",
                "current": name == self.query.view,
            }
            for name, label in labels.items()
        ]

    def pagination(self, page: Page[Any]) -> dict[str, Any] | None:
        """Give the links to the other pages, or nothing for a list of one page."""
        if page.paginator.num_pages == 1:
            return None

        def url(number: int) -> str:
            return f"{self.request.path}{self.query.at(page=number).address}"

        numbers = page.paginator.get_elided_page_range(page.number)
        return {
            "previous_url": url(page.previous_page_number()) if page.has_previous() else "",
            "next_url": url(page.next_page_number()) if page.has_next() else "",
            "pages": [
                {"number": number, "url": url(number), "current": number == page.number}
                if isinstance(number, int)
                else None
                for number in numbers
            ],
        }


def _any_of(words: list[str]) -> str:
    """Join words by commas and an or."""
    if len(words) < 2:
        return "".join(words)
    return pgettext("list", "%(first)s or %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


class RecordView(DetailView[Any]):
    """One published record; a draft does not exist for readers."""

    model: type[Record]
    is_preview = False

    def get_queryset(self) -> models.QuerySet[Any]:
        """Look among the published records only."""
        return self.model.objects.live().for_page()

    @classmethod
    def preview(cls, request: HttpRequest, record: Any) -> HttpResponse:
        """Show an editor a record as readers will see it."""
        view = cls()
        view.setup(request)
        view.object, view.is_preview = record, True
        return view.render_to_response(view.get_context_data(object=record))
