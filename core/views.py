"""Lists and records as readers see them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, overload

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext
from django.views.generic import DetailView
from django_filters.views import FilterView

from core import pdf
from core.cards import table_of
from core.exports import Export, as_atom, as_csv, as_geojson, as_json, as_xlsx
from core.facets import NEWEST, FacetIndex, index_of
from core.filters import FORMATS, UNKNOWN, BrowseFilterSet, BrowseQuery, Option, Reading, shorten
from core.models import Record
from core.search import matching_ids

OPEN_FACETS = 6
# A facet with more values than this folds the rest behind "show all".
LONG_FACET = 8
PIECE = 500


@dataclass(frozen=True)
class Hits(Sequence[int]):
    """The primary keys of what a query finds, in order, as a paginator takes them: counted, then cut."""

    facet_index: FacetIndex
    hits: int
    sort: str

    def __len__(self) -> int:
        return self.hits.bit_count()

    @overload
    def __getitem__(self, place: int) -> int: ...

    @overload
    def __getitem__(self, place: slice) -> list[int]: ...

    def __getitem__(self, place: int | slice) -> int | list[int]:
        if isinstance(place, int):
            return self[place : place + 1][0]
        start, stop, _step = place.indices(len(self))
        return self.facet_index.page(self.hits, self.sort, start, stop)


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
    reading: Reading
    query: BrowseQuery

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Read the address, narrow the list, and show it in the form that was asked for."""
        self.read(request)
        form = request.GET.get("format", "")
        if form and form not in FORMATS:
            return self.unknown_format(form)
        if form not in ("", "json"):
            return self.export(form)
        paginator = Paginator(Hits(self.index, self.counted.hits, self.order), self.paginate_by)
        if self.query.page > paginator.num_pages:
            return self.past_the_end(paginator)
        page = paginator.page(self.query.page)
        if form == "json":
            return as_json(self.json(page))
        return TemplateResponse(request, self.template_name, self.get_context_data(page=page))

    def read(self, request: HttpRequest) -> None:
        """Read the address, and find what it asks for."""
        self.index, self.changed_at = index_of(self.filterset_class, self.get_queryset())
        self.reading = BrowseQuery.parse(request.GET, self.filterset_class, self.index.options)
        self.query = self.reading.query
        self.counted = self.index.count(self.query, self.within())

    @property
    def order(self) -> str:
        """Name the order the list stands in."""
        return self.query.sort or next(iter(self.filterset_class.sorts))

    def within(self) -> int | None:
        """Narrow the list to the records that hold the words; nothing where none were asked for."""
        if not self.query.words:
            return None
        return self.index.mask(matching_ids(self.get_queryset().model, self.query.words))

    def fetched(self, pks: Sequence[int]) -> list[Any]:
        """Fetch records with what their cards print, in the order of their keys."""
        found = self.get_queryset().in_bulk(pks)
        return [found[pk] for pk in pks if pk in found]

    # --- Other faces ------------------------------------------------------------------------

    def export(self, form: str) -> HttpResponseBase:
        """Give the whole list as a file or a feed."""
        faces = {"csv": as_csv, "xlsx": as_xlsx, "geojson": as_geojson, "atom": as_atom}
        address = self.query.at(view="list", page=1).address
        return faces[form](
            Export(
                name=self.request.path.strip("/").replace("/", "-"),
                title=f"InduCCI e-toolbox: {self.heading}",
                url=self.request.path + ("" if address == "?" else address),
                records=self.pieces,
                newest=self.newest,
                changed_at=self.changed_at,
                absolute=self.request.build_absolute_uri,
            )
        )

    def pieces(self) -> Iterator[Any]:
        """Fetch all records of the list, a piece at a time."""
        for start in range(0, self.counted.total, PIECE):
            yield from self.fetched(self.index.page(self.counted.hits, self.order, start, start + PIECE))

    def newest(self, number: int) -> list[Any]:
        """Fetch the records of the list that were published last."""
        return self.fetched(self.index.page(self.counted.hits, NEWEST, 0, number))

    def json(self, page: Any) -> dict[str, Any]:
        """Lay one page of the list out for programs, with the counts of every value."""
        path, absolute = self.request.path, self.request.build_absolute_uri
        query = self.query
        following = (
            query.at(page=page.next_page_number()).address + "&format=json" if page.has_next() else None
        )
        return {
            "count": self.counted.total,
            "query": {name: list(values) for name, values in query.chosen}
            | ({"q": query.words} if query.words else {}),
            "refused": [str(refusal) for refusal in self.reading.refusals],
            "facets": {
                field["name"]: [
                    {key: option[key] for key in ("value", "label", "count", "selected")}
                    for option in field["options"]
                ]
                for field in self.facet_fields()
            },
            "results": [
                {
                    "id": card.key,
                    "url": absolute(card.url),
                    "title": card.title,
                    "kind": card.kicker,
                    "text": card.text,
                    "facts": {str(fact.term): fact.value for fact in card.facts},
                }
                for card in (record.card for record in self.fetched(page.object_list))
            ],
            "next": absolute(f"{path}{following}") if following else None,
        }

    def unknown_format(self, form: str) -> HttpResponse:
        """Answer 400 for a form that the list does not have, and name those it has."""
        text = gettext("“%(form)s” is not a form of this list. It can be had as %(forms)s.")
        context = {
            "code": 400,
            "heading": gettext("The list does not come in this form"),
            "message": text % {"form": shorten(form), "forms": ", ".join(FORMATS)},
            "action_url": f"{self.request.path}{self.query.address}",
            "action_label": gettext("Show the list as a page"),
        }
        return TemplateResponse(self.request, "core/dead_end.html", context, status=400)

    def past_the_end(self, paginator: Paginator[Any]) -> HttpResponse:
        """Answer 404 for a page that the list does not have, with the way to the last one."""
        pages = paginator.num_pages
        text = ngettext(
            "This list has one page; page %(page)s is past its end.",
            "This list has %(pages)s pages; page %(page)s is past its end.",
            pages,
        )
        context = {
            "code": 404,
            "heading": gettext("This list is not that long"),
            "message": text % {"pages": pages, "page": self.query.page},
            "action_url": f"{self.request.path}{self.query.at(page=pages).address}",
            "action_label": gettext("Go to the last page"),
        }
        return TemplateResponse(self.request, "core/dead_end.html", context, status=404)

    # --- The page ---------------------------------------------------------------------------

    def get_context_data(self, *, page: Any, **kwargs: Any) -> dict[str, Any]:
        """Gather what the page prints; nothing is fetched in the template."""
        query, path = self.query, self.request.path
        cards = [record.card for record in self.fetched(page.object_list)] if query.view != "map" else []
        return {
            "heading": self.heading,
            "lead": self.lead,
            "sentence": self.sentence(),
            "query": query,
            "refusals": self.reading.refusals,
            "facets": self.facet_fields(),
            "chips": self.chips(),
            "clear_url": f"{path}{query.cleared().address}",
            "hidden_fields": [pair for pair in query.parameters() if pair[0] in ("sort", "view")],
            "searches_words": self.filterset_class.has_words(),
            "sorts": self.sort_links() if query.view != "map" else [],
            "views": self.view_links(),
            "exports": self.export_links(),
            "feed_url": f"{path}?format=atom",
            "count": self.counted.total,
            "cards": cards,
            "table": table_of(cards, self.noun[0]) if query.view == "table" else None,
            "ways_out": [] if self.counted.total else self.ways_out(),
            "pagination": self.pagination(page) if query.view != "map" else None,
            "canonical_url": f"{settings.BASE_URL}{path}{self.canonical_address()}",
            "is_indexed": query.count <= 1 and not self.reading.refusals,
            "view": self,
            **kwargs,
        }

    def canonical_address(self) -> str:
        """Give the one address of this state for search engines: the list view, in its usual order."""
        address = self.query.at(view="list", sort="").address
        return "" if address == "?" else address

    def sentence(self) -> str:
        """Say in words what is shown."""
        noun = self.noun[0] if self.counted.total == 1 else self.noun[1]
        parts = [gettext("with the words “%s”") % self.query.words] if self.query.words else []
        facets = self.filterset_class.facets()
        for name, values in self.query.chosen:
            known = [self.label(name, value) for value in values if value != UNKNOWN]
            if not known:
                parts.append(gettext("with %s not documented") % str(facets[name].label).lower())
                continue
            said = str(facets[name].phrase) % _any_of(known)
            parts.append(gettext("%s or not documented") % said if UNKNOWN in values else said)
        return f"{self.counted.total} {noun} {', '.join(parts)}".strip() + "."

    def label(self, name: str, value: str) -> str:
        """Give the label of a chosen value."""
        return str(self.reading.labels[name, value])

    def chips(self) -> list[dict[str, str]]:
        """List the chosen values, each with the address without it."""
        facets, path = self.filterset_class.facets(), self.request.path
        chips = [
            {
                "label": f"{facets[name].label}: {self.label(name, value)}",
                "url": f"{path}{self.query.without(name, value).address}",
            }
            for name, values in self.query.chosen
            for value in values
        ]
        if self.query.words:
            url = f"{path}{self.query.at(words='', page=1).address}"
            chips.insert(0, {"label": gettext("Words: %s") % self.query.words, "url": url})
        return chips

    def ways_out(self) -> list[dict[str, Any]]:
        """Say of each choice what taking it away would give; the ways that lead nowhere are left out."""
        path, base = self.request.path, self.within()
        ways = []
        for name, values in self.query.chosen:
            for value in values:
                fewer = self.query.without(name, value)
                if total := self.index.count(fewer, base).total:
                    ways.append(
                        {"label": self.label(name, value), "count": total, "url": f"{path}{fewer.address}"}
                    )
        if self.query.words and (total := self.index.count(self.query).total):
            fewer = self.query.at(words="", page=1)
            ways.append({"label": f"“{self.query.words}”", "count": total, "url": f"{path}{fewer.address}"})
        return sorted(ways, key=lambda way: -way["count"])

    def facet_fields(self) -> list[dict[str, Any]]:
        """List the facets with their values and counts; a facet that offers no choice is left out."""
        fields: list[dict[str, Any]] = []
        for name, facet in self.filterset_class.facets().items():
            chosen = self.query.values(name)
            listed = self.index.options[name]
            extra = [
                Option(value, self.label(name, value))
                for value in chosen
                if value not in {o.value for o in listed}
            ]
            shown = [self._option(name, option, chosen) for option in (*listed, *extra)]
            if len(shown) > 1 or chosen:
                is_open = len(fields) < OPEN_FACETS or bool(chosen)
                fields.append(
                    {"name": name, "label": facet.label, "open": is_open, "options": shown, **_folded(shown)}
                )
        return fields

    def _option(self, name: str, option: Option, chosen: Sequence[str]) -> dict[str, Any]:
        """Show one value with the number of results that choosing it would give."""
        count, selected = self.counted.counts[name].get(option.value, 0), option.value in chosen
        return {
            "value": option.value,
            "label": option.label,
            "count": count,
            "selected": selected,
            "disabled": not count and not selected,
            "id": f"{name}-{option.value}",
        }

    def sort_links(self) -> list[dict[str, Any]]:
        """List the orders to choose from."""
        sorts, path = self.filterset_class.sorts, self.request.path
        usual = next(iter(sorts))
        return [
            {
                "label": label,
                "url": f"{path}{self.query.at(sort='' if name == usual else name, page=1).address}",
                "current": name == self.order,
            }
            for name, (label, _columns) in sorts.items()
        ]

    def view_links(self) -> list[dict[str, Any]]:
        """List the ways to look at the list."""
        labels = {"list": gettext("List"), "table": gettext("Table"), "map": gettext("Map")}
        return [
            {
                "label": labels[name],
                "url": f"{self.request.path}{self.query.at(view=name, page=1).address}",
                "current": name == self.query.view,
            }
            for name in self.filterset_class.views
        ]

    def export_links(self) -> list[dict[str, str]]:
        """List the forms in which the list can be taken away."""
        labels = {
            "csv": "CSV",
            "xlsx": "Excel",
            "json": "JSON",
            "geojson": "GeoJSON",
            "atom": gettext("feed"),
        }
        address = self.query.at(view="list", page=1).address
        glue = "" if address == "?" else "&"
        return [
            {"label": labels[form], "url": f"{self.request.path}{address}{glue}format={form}"}
            for form in FORMATS
        ]

    def pagination(self, page: Any) -> dict[str, Any] | None:
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


def _folded(shown: list[dict[str, Any]]) -> dict[str, Any]:
    """Part a long facet: its first and its chosen values stay in sight, the rest folds away."""
    if len(shown) <= LONG_FACET + 2:
        return {"first": shown, "rest": []}
    first = [option for place, option in enumerate(shown) if place < LONG_FACET or option["selected"]]
    return {"first": first, "rest": [option for option in shown if option not in first]}


def _any_of(words: list[str]) -> str:
    """Join words by commas and an or."""
    if len(words) < 2:
        return "".join(words)
    return pgettext("list", "%(first)s or %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


class RecordView(DetailView[Any]):
    """One published record; a draft does not exist for readers."""

    model: type[Record]
    is_preview = False

    def __init_subclass__(cls) -> None:
        """Look among the published records only; the query is put together once, which takes long."""
        cls.queryset = cls.model.objects.live().for_page()

    @classmethod
    def preview(cls, request: HttpRequest, record: Any) -> HttpResponse:
        """Show an editor a record as readers will see it."""
        view = cls()
        view.setup(request)
        view.object, view.is_preview = record, True
        return view.render_to_response(view.get_context_data(object=record))


class PdfMixin:
    """A record's page as PDF: the same context in a template of its own."""

    pdf_template_name = ""
    object: Any
    request: HttpRequest

    def sheet(self, context: dict[str, Any]) -> pdf.Sheet:
        """Say what the head of the sheet prints."""
        raise NotImplementedError

    def file_name(self) -> str:
        """Name the file."""
        raise NotImplementedError

    def render_to_response(self, context: dict[str, Any], **response_kwargs: Any) -> HttpResponse:
        """Answer with the PDF; where none can be written there is no such address."""
        if not pdf.is_available():
            raise Http404("PDFs cannot be written here.")
        written = pdf.write(self.pdf_template_name, self.sheet(context), context)
        return pdf.answer(self.request, written, self.file_name())
