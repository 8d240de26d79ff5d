"""The living page of the design: every component in its states, for those who work on the site.

The words below are samples of the longest, the shortest and the strangest that a component has to hold.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.views.generic import TemplateView

from core.cards import Fact, Link
from core.covers import MIXED, MOTIFS, PALETTES
from inducci.settings.environment import BASE_DIR
from regions.map import Drawing, Entry, Label, MapView, Mark
from regions.outlines import countries

COMPONENTS: Final = BASE_DIR / "templates" / "components"
TOKENS: Final = BASE_DIR / "static" / "css" / "tokens.css"
CONTRACT: Final = re.compile(r"\{# (.+?) #\}", re.DOTALL)
COLOUR: Final = re.compile(r"--([\w-]+): light-dark\(")

LONG: Final = (
    "Wirtschaftsförderungsgesellschaft und Kompetenzzentrum der Śląskie Przedsiębiorstwa "
    "Przemysłów Kreatywnych"
)
TEXT: Final = "Creatives work in empty shops for two weeks and meet local companies and residents."
PARAGRAPH: Final = mark_safe(  # noqa: S308  # written here
    f"<p>{TEXT} <a href='#buttons'>A link in a sentence</a> and <strong>strong words</strong>.</p>"
    "<ul><li>A first point</li><li>A second point, long enough for a second line on a phone</li></ul>"
)
FACTS: Final = [Fact("Budget", "€9,000"), Fact("First result"), Fact("Where", "Veneto · Western Slovenia")]
PLACE: Final = {"title": "KRACH+", "url": "#card", "text": TEXT, "kicker": "Test case", "facts": FACTS}
BARE: Final = {"title": "A record with nothing but a title", "url": "#card"}
OPTION: Final = {
    "value": "a",
    "label": "Empty shops and halls",
    "count": 3,
    "selected": False,
    "disabled": False,
}
OPTIONS: Final[list[dict[str, Any]]] = [
    {**OPTION, "id": "option-1"},
    {**OPTION, "id": "option-2", "label": "Chosen", "selected": True},
    {**OPTION, "id": "option-3", "label": "Would give nothing", "count": 0, "disabled": True},
    {**OPTION, "id": "option-4", "label": LONG, "count": 1_204},
]
PAGES: Final = [
    {"number": 1, "url": "#pagination", "current": False},
    None,
    *({"number": number, "url": "#pagination", "current": number == 12} for number in (11, 12, 13)),
]
LINKS: Final = [
    Link("With everything", "#resources", TEXT, ["PDF", "English", "1.2 MB"]),
    {"label": "Without a file", "meta": ["no file yet"]},
    {"label": LONG, "url": "#resources"},
]
ANSWERS: Final = [
    {"value": value, "label": label, "selected": value == "y"}
    for value, label in (("y", "Yes"), ("n", "No"), ("l", "Later"), ("-", "Open"))
]
EXCHANGES: Final = [
    {"question": "What would you do again?", "answer": "The two weeks on site."},
    {"question": f"And what would you not do again? {TEXT}", "answer": PARAGRAPH},
]


def a_map() -> MapView:
    """Draw three marks: many records, none, and the chosen one."""
    marks = [
        Mark("DED4", "Chemnitz", 4, "#map", note="Germany · DED4"),
        Mark("ITH3", "Veneto", 0, "#map", "cooperation"),
        Mark("PL22", "Silesia", 2, "#map", "mediating", is_chosen=True),
    ]
    entries = tuple(Entry(mark, f"{mark.label}, {mark.count} test cases") for mark in marks)
    places = ((640, 320, 34), (560, 860, 12), (960, 330, 26))
    drawings = tuple(
        Drawing(entry.mark, entry.words, x, y, radius, Label(x + radius + 12, y + 12, "start"))
        for entry, (x, y, radius) in zip(entries, places, strict=True)
    )
    land = "".join(countries().values())
    return MapView(
        "A map", "Three marks", entries, drawings, land, "", ("Whom to credit",), "How to read it."
    )


#: What each component is shown with: its states by their names. A navigation has one, as on every page.
STATES: Final[dict[str, dict[str, dict[str, Any]]]] = {
    "breadcrumbs": {
        "a way down": {
            "label": "Regions",
            "url": "#breadcrumbs",
            "crumbs": [{"label": "Germany", "url": "#breadcrumbs"}, {"label": LONG, "url": "#breadcrumbs"}],
        },
    },
    "card": {
        "everything": {**PLACE, "palette": "establishing", "code": "card-1"},
        "long": {**PLACE, "title": LONG, "palette": "mediating", "code": "card-2"},
        "only a title": {**BARE, "palette": "empowerment", "code": "card-3"},
    },
    "checklist": {
        "to be answered": {
            "level": 4,
            "group": {
                "title": "Before you begin",
                "items": [
                    {
                        "text": "Who holds the keys?",
                        "why": "Rooms stood locked.",
                        "who": "The mayor",
                        "taught_url": "#checklist",
                        "taught_label": "KRACH+",
                        "anchor": "keys",
                        "options": ANSWERS,
                    },
                    {"text": LONG},
                ],
            },
        }
    },
    "chips": {
        "three and a way back": {
            "chips": [{"label": label, "url": "#chips"} for label in ("Poland", "under €5,000", LONG)],
            "clear_url": "#chips",
        }
    },
    "cite": {"": {"title": "KRACH+", "url": "https://e-toolbox.example/test-cases/krach-plus/"}},
    "contents": {
        "": {"entries": [{"label": label, "url": "#contents"} for label in ("What was tried?", TEXT, LONG)]}
    },
    "doors": {
        "three doors": {
            "level": 4,
            "doors": [
                {
                    "label": label,
                    "links": [
                        {"label": "Checklist", "url": "#doors", "count": 9},
                        {"label": "Interview", "url": "#doors", "count": 0},
                        {"label": LONG, "url": "#doors", "count": 1},
                    ],
                }
                for label in ("By problem", "By form", "By phase")
            ],
        },
    },
    "emblem": {"": {}},
    "facet": {
        "open, with a rest": {
            "name": "problem",
            "label": "My problem",
            "open": True,
            "first": OPTIONS,
            "rest": [{**OPTION, "id": "option-5"}],
        },
        "closed": {"name": "partner", "label": LONG, "first": [{**OPTION, "id": "option-6"}], "rest": []},
    },
    "facts": {
        "in columns": {"facts": FACTS},
        "one a line": {"facts": [*FACTS, Fact(LONG, LONG)], "kind": "list"},
    },
    "figure": {
        "with a caption and a credit": {
            "url": f"{settings.STATIC_URL}img/favicon.svg",
            "width": 320,
            "height": 320,
            "alt": "The mark of the site",
            "caption": TEXT,
            "credit": "InduCCI",
        }
    },
    "interview": {"": {"exchanges": EXCHANGES, "level": 4}},
    "kicker": {
        "with a code": {"label": "Making industrial regions a place", "url": "#kicker", "code": "T2.3.5"},
        "plain": {"label": "Guide"},
    },
    "known": {
        "some of it unknown": {
            "facts": [*FACTS, Fact("Outcome")],
            "more": [Fact("Together with", LONG)],
            "ask_label": "PP1",
            "ask_url": "#known",
        }
    },
    "locator": {"": {"map": replace(a_map(), drawings=a_map().drawings[:1]), "label": "Where it is"}},
    "map": {"": {"map": a_map()}},
    "mark": {"": {}},
    "notice": {
        "info": {"kind": "info", "text": "Did you mean", "url": "#notice", "label": "hackathon"},
        "warning": {"kind": "warning", "title": "This is an old code.", "text": TEXT},
        "error": {"kind": "error", "text": "The date is missing. Write it as 24 March 2022."},
    },
    "numbers": {
        "": {
            "numbers": [
                {"value": value, "label": label}
                for value, label in (
                    (8, "partners in 7 countries"),
                    (14, "test cases documented"),
                    (1_204, LONG),
                )
            ]
        }
    },
    "pagination": {
        "in the middle": {"previous_url": "#pagination", "next_url": "#pagination", "pages": PAGES},
    },
    "panel": {
        "with unknowns": {
            "title": "In the Veneto",
            "text": PARAGRAPH,
            "palette": "establishing",
            "facts": FACTS,
            "unknowns": [{"what": "Costs", "ask_label": "PP6", "ask_url": "#panel"}],
            "level": 4,
        },
        "plain": {"text": TEXT},
    },
    "places": {
        "": {
            "places": [
                {"name": "Chemnitz", "url": "#places", "code": "DED4", "detail": "Germany"},
                {"name": LONG, "url": "#places", "code": "PP8"},
                {"name": "Without a link"},
            ]
        }
    },
    "problems": {
        "some, one, none": {
            "level": 4,
            "problems": [
                {"label": "Empty shops and halls", "url": "#problems", "text": TEXT, "count": 4},
                {"label": LONG, "url": "#problems", "text": TEXT, "count": 1},
                {"label": "Young people leave", "url": "#problems", "text": TEXT, "count": 0},
            ],
        },
    },
    "progress": {"half": {"done": 7, "total": 14, "words": "7 of 14 questions answered."}},
    "quotation": {
        "with its speaker": {"text": TEXT, "who": "Project manager, chamber of commerce"},
        "without": {"text": "It was loud."},
    },
    "resources": {"": {"resources": LINKS}},
    "row": {
        "everything": {
            **PLACE,
            "palette": "cooperation",
            "code": "row-1",
            "action_url": "#row",
            "action_label": "Add to dossier",
        },
        "long": {**PLACE, "title": LONG, "palette": "toolbox", "code": "row-2"},
        "only a title": {**BARE, "palette": "outputs", "code": "row-3"},
    },
    "search": {
        "empty": {
            "action": "#search",
            "label": "Search the samples",
            "placeholder": "Empty shops …",
            "id": "search-1",
        },
        "filled": {"action": "#search", "label": "Search again", "value": LONG, "id": "search-2"},
    },
    "sources": {
        "": {
            "sources": [
                {"title": "A page on the web", "url": "#sources", "date": "2021-04-21"},
                {"title": "A paper"},
            ],
            "note": "Two sources differ by a month.",
            "certainty": "our reading",
        }
    },
    "steps": {
        "": {
            "steps": [{"title": "Find the keys", "text": TEXT}, {"text": PARAGRAPH}, {"title": LONG}],
            "level": 4,
        }
    },
    "strip": {
        "": {
            "items": [
                {"term": "Where", "value": "Veneto", "detail": "and Western Slovenia", "unknown": False},
                {"term": "Money", "value": "€9,000", "detail": "documented so far", "unknown": False},
                {"term": "When", "value": "2021 – 2022", "unknown": False},
                {"term": "People", "unknown": True, "ask_url": "#strip", "ask_label": "Ask PP6"},
            ]
        }
    },
    "table": {
        "": {
            "caption": "Test cases and their money",
            "headers": ["Test case", "Money", "Where", "Outcome"],
            "rows": [
                [{"text": "KRACH+", "url": "#table"}, "€9,000", "Chemnitz", "worked"],
                [{"text": LONG, "url": "#table"}, "", "Western Slovenia", ""],
            ],
            "row_headers": True,
        }
    },
    "timeline": {
        "": {
            "events": [
                {"date": "1 April 2019", "title": "The project begins"},
                {"date": "March 2021", "title": "A record", "url": "#timeline", "text": TEXT},
                {"date": "31 March 2022", "title": LONG},
            ]
        }
    },
    "tools": {
        "": {
            "views": [
                {"label": "List", "url": "#tools", "current": True},
                {"label": "Table", "url": "#tools"},
            ],
            "sorts": [
                {"label": "By set", "url": "#tools", "current": True},
                {"label": "By title", "url": "#tools"},
            ],
            "exports": [{"label": "CSV", "url": "#tools"}, {"label": "Excel", "url": "#tools"}],
        }
    },
    "unknown": {
        "with somebody to ask": {"what": "Costs", "ask_label": "PP1", "ask_url": "#unknown"},
        "without": {"what": "The steps"},
    },
}
#: Shown in the head of every page, this one too; they may stand on a page but once.
ONCE: Final = ("emblem",)


def contract(name: str) -> str:
    """Give what the first line of a component asks for."""
    found = CONTRACT.match((COMPONENTS / f"{name}.html").read_text())
    return found[1] if found else ""


def shown(name: str) -> Iterator[tuple[str, SafeString]]:
    """Draw a component in each of its states."""
    for state, values in STATES[name].items():
        yield state, render_to_string(f"components/{name}.html", dict(values))


class StyleguideView(TemplateView):
    """Show the design, where the settings allow it."""

    template_name = "inducci/styleguide.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather colours, covers and components."""
        return {
            **super().get_context_data(**kwargs),
            "colours": COLOUR.findall(TOKENS.read_text()),
            "palettes": (*PALETTES, MIXED),
            "motifs": sorted(name for motif in MOTIFS for name in motif.names),
            "components": [
                {"name": name, "contract": contract(name), "states": list(shown(name))}
                for name in STATES
                if name not in ONCE
            ],
        }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Know nothing of this page on a public site."""
        if not settings.STYLEGUIDE:
            raise Http404
        return super().dispatch(request, *args, **kwargs)
