"""Load the fixtures: each line once, by natural key, and all of them or none.

The format is described in fixtures/README.md. Whatever was planted once is never touched again:
an editor's change, and an editor's deletion, survive every later seeding.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.db import models, transaction
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField
from wagtail.models import Page, Site

from core.models import PartialDate, Record, Source, Synonym
from core.search import together
from events.models import EventIndexPage, EventPage, NewsIndexPage, NewsPage
from inducci.models import FrontPage, InformationPage, Planted
from outputs.models import Output
from partners.models import Partner
from pilots.models import Implementation, PilotAction, TestCase
from regions.classification import ClassificationError, import_classification
from regions.models import NutsRegion
from toolbox.models import ChallengeIndexPage, ChallengePage, ChecklistVersion, ToolIndexPage, ToolPage
from vocabularies.models import Concept

RECORDS: list[tuple[str, type[models.Model]]] = [
    ("sources", Source),
    ("concepts", Concept),
    ("synonyms", Synonym),
    ("partners", Partner),
    ("outputs", Output),
    ("pilot_actions", PilotAction),
    ("test_cases", TestCase),
    ("implementations", Implementation),
]
# The pages of a fixture file, and the shelf on which they are put.
SHELVES: dict[str, tuple[type[Page], type[Page], dict[str, str]]] = {
    "tools": (
        ToolPage,
        ToolIndexPage,
        {"slug": "toolbox", "title": "Toolbox", "lead": "Checklists, small guides and links."},
    ),
    "challenges": (
        ChallengePage,
        ChallengeIndexPage,
        {
            "slug": "challenges",
            "title": "What is your problem?",
            "lead": "Fifteen problems of old industrial regions, in plain words. Each leads to what others "
            "tried and to your first step.",
        },
    ),
    "news": (
        NewsPage,
        NewsIndexPage,
        {"slug": "news", "title": "News", "lead": "Newsflashes, news and what the press wrote."},
    ),
    "events": (
        EventPage,
        EventIndexPage,
        {"slug": "events", "title": "Events", "lead": "Meetings, workshops and conferences."},
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a fixture file."""

    file: str
    number: int
    data: dict[str, Any]

    def error(self, message: object) -> str:
        """Say what is wrong with the line, and where it stands."""
        return f"{self.file}, line {self.number}: {message}"


class FixtureError(Exception):
    """The fixtures hold lines that cannot be loaded; `problems` names each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass
class Report:
    """What a seeding planted, by kind."""

    planted: dict[str, int]

    @property
    def total(self) -> int:
        """Count everything that was planted."""
        return sum(self.planted.values())


def seed(folder: Path) -> Report:
    """Plant what is new in the fixtures, in one transaction; or raise FixtureError and plant nothing."""
    mark = _fingerprint(folder)
    if Planted.objects.filter(label="fixtures", key=mark).exists():
        return Report({})
    with transaction.atomic(), together():
        report = Report({})
        report.planted["regions"] = _plant_regions(folder)
        for name, model in RECORDS:
            report.planted[name] = _plant_records(folder, name, model)
        report.planted["pages"] = _plant_pages(folder)
        Planted.objects.filter(label="fixtures").delete()
        Planted.objects.create(label="fixtures", key=mark)
    return report


def read(folder: Path, name: str) -> list[Line]:
    """Read a fixture file; every line that is not a JSON object is named."""
    path = folder / f"{name}.jsonl"
    found, problems = [], []
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not text.strip():
            continue
        try:
            data = json.loads(text)
            if not isinstance(data, dict):
                raise TypeError("not a JSON object")
            found.append(Line(path.name, number, data))
        except (json.JSONDecodeError, TypeError) as error:
            problems.append(Line(path.name, number, {}).error(error))
    if problems:
        raise FixtureError(problems)
    return found


def _fingerprint(folder: Path) -> str:
    """Compute a mark that changes with any file of the fixtures."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.jsonl")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _each(fixture: Iterable[Line], plant: Callable[[Line], None]) -> None:
    """Plant line by line; collect what is wrong and name it all at the end."""
    problems: list[str] = []
    for line in fixture:
        try:
            with transaction.atomic():
                plant(line)
        except ValidationError as error:
            problems.extend(line.error(message) for message in _messages(error))
        except (
            FieldDoesNotExist,
            ObjectDoesNotExist,
            ValueError,
            TypeError,
            KeyError,
            AttributeError,
        ) as error:
            problems.append(line.error(error))
    if problems:
        raise FixtureError(problems)


def _messages(error: ValidationError) -> Iterator[str]:
    """Write the complaints about a record, each with its field."""
    if hasattr(error, "error_dict"):
        for field, complaints in error.message_dict.items():
            yield f"{field}: {' '.join(complaints)}"
    else:
        yield from error.messages


def _new(fixture: Iterable[Line], label: str, key: Callable[[Line], str]) -> list[Line]:
    """Keep the lines that were never planted."""
    known = set(Planted.objects.filter(label=label).values_list("key", flat=True))
    return [line for line in fixture if key(line) not in known]


def _key(line: Line) -> str:
    """Give the natural key of a line: its short name, or its code where it has none."""
    data = line.data
    parts = ("scheme", "type", "slug") if "slug" in data else ("code",)
    return "/".join(str(data[part]) for part in parts if part in data)


# --- Records ----------------------------------------------------------------------------------


def _plant_regions(folder: Path) -> int:
    """Load the NUTS classification, then English names, places and summaries of the regions we know."""
    if not NutsRegion.objects.exists():
        try:
            import_classification()
        except ClassificationError as error:
            raise FixtureError(str(error).splitlines()) from error
    new = _new(read(folder, "regions"), "regions", _key)

    def plant(line: Line) -> None:
        region = NutsRegion.objects.get(code=line.data["code"])
        _fill(region, line.data)
        region.full_clean()
        region.save()
        Planted.objects.create(label="regions", key=_key(line))

    _each(new, plant)
    return len(new)


def _plant_records(folder: Path, name: str, model: type[models.Model]) -> int:
    """Load one kind of record; those that others of the same file point at come first."""
    new = _new(read(folder, name), name, _key)
    own = [
        field.name
        for field in model._meta.fields
        if isinstance(field, models.ForeignKey) and field.related_model is model
    ]
    new.sort(key=lambda line: any(line.data.get(field) for field in own))

    def plant(line: Line) -> None:
        record = model()
        if isinstance(record, Record):
            record.live = line.data.get("live", True)
        _fill(record, {key: value for key, value in line.data.items() if key != "live"})
        _save(record)
        Planted.objects.create(label=name, key=_key(line))

    _each(new, plant)
    return len(new)


def _save(record: models.Model) -> None:
    """Check a record by its own rules, store it, and publish it unless it is a draft."""
    if not isinstance(record, Record):
        record.full_clean()
        record.save()
        return
    is_live, record.live = record.live, False
    record.locale = record.get_default_locale()
    record.full_clean()
    record.save()
    revision = record.save_revision(clean=False)
    if is_live:
        revision.publish()


def _fill(record: models.Model, data: dict[str, Any]) -> None:
    """Set the fields of a record from a line; an unknown field is an error."""
    children = {relation.related_name: relation.related_model for relation in _child_relations(record)}
    for name, value in data.items():
        if name in children:
            setattr(
                record, name, [_child(children[name], position, one) for position, one in enumerate(value)]
            )
        else:
            _set(record, name, value)


def _child_relations(record: models.Model) -> list[Any]:
    """List the children that a record holds."""
    return list(get_all_child_relations(type(record)))


def _child(model: type[models.Model], position: int, data: dict[str, Any]) -> models.Model:
    """Make a child of a record."""
    child = model(sort_order=position)
    _fill(child, data)
    return child


def _set(record: models.Model, name: str, value: Any) -> None:
    """Set one field, finding what it points at by natural key."""
    field = record._meta.get_field(name)
    if isinstance(field, StreamField):
        only = next(iter(field.stream_block.child_blocks))
        value = json.dumps([{"type": only, "value": one} for one in value])
    elif isinstance(field, ParentalManyToManyField):
        value = [_find(field, key) for key in value]
    elif isinstance(field, models.ForeignKey):
        value = _find(field, value)
    elif isinstance(field, models.DateField) and hasattr(record, f"{name}_precision"):
        date = PartialDate.parse(value)
        setattr(record, f"{name}_precision", date.precision)
        value = date.day
    setattr(record, name, value)


def _find(field: Any, key: str) -> models.Model:
    """Find the record a line points at: by code, or by short name within the vocabulary of the field."""
    model = field.related_model
    lookup = {"code": key} if model is NutsRegion else {"slug": key, **(field.get_limit_choices_to() or {})}
    try:
        return model._default_manager.get(**lookup)
    except ObjectDoesNotExist as error:
        raise ValueError(f"{field.name}: there is no {model._meta.verbose_name} “{key}”.") from error


# --- Pages ------------------------------------------------------------------------------------


def _plant_pages(folder: Path) -> int:
    """Plant the front page, the information pages, and the shelves with their items below it."""
    pages = _new(read(folder, "pages"), "pages", _key)

    def plant_page(line: Line) -> None:
        data = dict(line.data)
        if data.pop("type") == "front":
            _make_home(FrontPage(**{**data, "slug": data["slug"]}))
        else:
            _add_page(FrontPage.objects.get(), InformationPage(), data)
        Planted.objects.create(label="pages", key=_key(line))

    _each(sorted(pages, key=lambda line: line.data.get("type") != "front"), plant_page)
    count = len(pages) + sum(_plant_on_shelf(folder, name) for name in SHELVES)
    # Checklists that were published before their versions were kept.
    for tool in ToolPage.objects.live():
        ChecklistVersion.keep(tool)
    return count


def _plant_on_shelf(folder: Path, name: str) -> int:
    """Plant the pages of one kind on their shelf, which is made once."""
    new = _new(read(folder, name), name, _key)
    page, shelf, values = SHELVES[name]
    _make_shelf(shelf, values)

    def plant(line: Line) -> None:
        _add_page(shelf.objects.get(), page(), line.data)
        Planted.objects.create(label=name, key=_key(line))

    _each(new, plant)
    return len(new)


def _make_home(home: FrontPage) -> None:
    """Put the front page in the place of Wagtail's welcome page."""
    root = Page.get_first_root_node()
    root.get_children().filter(slug="home").delete()
    root = Page.objects.get(pk=root.pk)
    root.add_child(instance=home)
    home.save_revision().publish()
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "root_page": home, "site_name": "InduCCI e-toolbox"},
    )


def _make_shelf(model: type[Page], values: dict[str, str]) -> None:
    """Make a shelf, once."""
    if Planted.objects.get_or_create(label="pages", key=values["slug"])[1]:
        shelf = model(**values)
        FrontPage.objects.get().add_child(instance=shelf)
        shelf.save_revision().publish()


def _add_page(parent: Page, page: Page, data: dict[str, Any]) -> None:
    """Hang a page below its parent and publish it unless it is a draft."""
    is_live = data.get("live", True)
    _fill(page, {key: value for key, value in data.items() if key not in ("live", "body")})
    if "body" in data:
        page.body = json.dumps([_with_records(block, data["slug"]) for block in data["body"]])
    page.live = False
    parent.add_child(instance=page)
    page.full_clean()
    if "body" in data:
        page.body.stream_block.clean(page.body)
    revision = page.save_revision()
    if is_live:
        revision.publish()


def _with_records(block: dict[str, Any], slug: str) -> dict[str, Any]:
    """Put the primary keys of test cases where a block names them; give questions and steps a lasting id."""
    name = {"checklist": "items", "steps": "steps"}.get(block["type"])
    if name is None:
        return block
    items = []
    for item in block["value"][name]:
        # The same on every installation and after every seeding, so that old links keep their meaning.
        lasting = uuid5(NAMESPACE_OID, f"{slug}/{item.get('text') if name == 'items' else item['title']}")
        if item.get("test_case"):
            item = {**item, "test_case": TestCase.objects.get(slug=item["test_case"]).pk}
        items.append({"type": "item", "value": item, "id": str(lasting)})
    return {**block, "value": {**block["value"], name: items}}
