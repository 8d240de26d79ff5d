"""Factories of pages, of those who edit them, and of what hangs on them."""

import datetime as dt
import json
from io import BytesIO
from typing import Any

import factory
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from factory.django import DjangoModelFactory
from PIL import Image as Drawing
from wagtail.models import Page, Site

from core.models import CreditedImage, Source, User, VersionedDocument
from events.choices import EventKind, Mode, NewsKind
from events.models import EventIndexPage, EventPage, NewsIndexPage, NewsPage
from inducci.models import FrontPage
from tests.factories.records import ConceptFactory
from toolbox.choices import Effort, Kind, Phase, Theme, ToolRole
from toolbox.models import ChallengeIndexPage, ChallengePage, ToolIndexPage, ToolPage
from vocabularies.choices import Scheme

PASSWORD = "a long word for tests"


def make_front_page() -> Any:
    """Put the front page in the place of Wagtail's welcome page, unless it is there."""
    if found := FrontPage.objects.first():
        return found
    root = Page.get_first_root_node()
    front = root.add_child(
        instance=FrontPage(title="Front", slug="front", heading="Front", lead="The ways in.")
    )
    site = Site.objects.get(is_default_site=True)
    site.root_page = front
    site.save()
    return front


def make_shelf() -> Any:
    """Put the shelf of the toolbox below the front page, unless it is there."""
    return ToolIndexPage.objects.first() or make_front_page().add_child(
        instance=ToolIndexPage(title="Toolbox", slug="toolbox")
    )


class ToolPageFactory(DjangoModelFactory):
    """A checklist on the shelf of the toolbox; `blocks` are pairs of a type and its value."""

    class Meta:
        model = ToolPage

    slug = factory.Sequence(lambda n: f"tool-{n}")
    title = factory.LazyAttribute(lambda tool: f"Title of {tool.slug}")
    summary = "What it is for."
    kind = Kind.CHECKLIST
    role = ToolRole.LESSON
    phase = Phase.DECIDE
    effort = Effort.MINUTES_5
    language = factory.SubFactory(ConceptFactory, scheme=Scheme.LANGUAGE, slug="en")

    @classmethod
    def _create(cls, model_class: Any, *args: Any, blocks: Any = (), **values: Any) -> Any:
        """Hang the page on the shelf and put its relations on it."""
        relations = {name: values.pop(name) for name in ("challenges", "test_cases") if name in values}
        body = json.dumps([{"type": kind, "value": value} for kind, value in blocks])
        page = make_shelf().add_child(instance=model_class(body=body, **values))
        for name, records in relations.items():
            setattr(page, name, records)
        page.save()
        return page


class SourceFactory(DjangoModelFactory):
    """A page on the web that something was read in."""

    class Meta:
        model = Source

    slug = factory.Sequence(lambda n: f"source-{n}")
    title = factory.LazyAttribute(lambda source: f"Title of {source.slug}")
    url = "https://example.org/"


class UserFactory(DjangoModelFactory):
    """An administrator who signs in with PASSWORD."""

    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"user-{n}")
    is_superuser = True
    is_staff = True

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **values: Any) -> Any:
        """Store the person with a password."""
        return model_class.objects.create_user(password=PASSWORD, **values)


class ImageFactory(DjangoModelFactory):
    """A real picture, two by one and a half hundred dots."""

    class Meta:
        model = CreditedImage

    title = "A shop window"
    credit = "A photographer's cooperative"

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **values: Any) -> Any:
        """Draw the picture and store it."""
        drawn = BytesIO()
        Drawing.new("RGB", (200, 150), "teal").save(drawn, "PNG")
        return model_class.objects.create(file=ImageFile(drawn, name="window.png"), **values)


class DocumentFactory(DjangoModelFactory):
    """A small document."""

    class Meta:
        model = VersionedDocument

    title = "A paper"
    language = "en"

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **values: Any) -> Any:
        """Store the document with its file."""
        file = values.pop("file", None) or ContentFile(b"%PDF-1.4 a paper", name="paper.pdf")
        return model_class.objects.create(file=file, **values)


def make_pinboard(model: Any) -> Any:
    """Put the list of news or of events below the front page, unless it is there."""
    slug = "news" if model is NewsIndexPage else "events"
    return model.objects.first() or make_front_page().add_child(instance=model(title=slug, slug=slug))


class NewsPageFactory(DjangoModelFactory):
    """A piece of news."""

    class Meta:
        model = NewsPage

    slug = factory.Sequence(lambda n: f"news-{n}")
    title = factory.LazyAttribute(lambda news: f"Title of {news.slug}")
    summary = "What happened."
    kind = NewsKind.NEWS

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **values: Any) -> Any:
        """Put the news on the list, with its relations."""
        return hung_up(make_pinboard(NewsIndexPage), model_class, values)


class EventPageFactory(DjangoModelFactory):
    """An event of one known day."""

    class Meta:
        model = EventPage

    slug = factory.Sequence(lambda n: f"event-{n}")
    title = factory.LazyAttribute(lambda event: f"Title of {event.slug}")
    summary = "What it was."
    kind = EventKind.CONFERENCE
    start = dt.date(2022, 3, 24)
    mode = Mode.HYBRID

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **values: Any) -> Any:
        """Put the event on the list, with its relations."""
        return hung_up(make_pinboard(EventIndexPage), model_class, values)


def hung_up(parent: Any, model: Any, values: dict[str, Any]) -> Any:
    """Hang a page below its parent; relations are put on it afterwards."""
    names = [field.name for field in model._meta.many_to_many if field.name in values]
    relations = {name: values.pop(name) for name in names}
    page = parent.add_child(instance=model(**values))
    for name, records in relations.items():
        setattr(page, name, records)
    page.save()
    return page


def make_problem(slug: str, **values: Any) -> Any:
    """Make a way in by problem, with its concept."""
    shelf = ChallengeIndexPage.objects.first() or make_front_page().add_child(
        instance=ChallengeIndexPage(title="Problems", slug="challenges")
    )
    lines = {"theme": Theme.PLACES, "tried": "Tried.", "learned": "Learned.", "begin": "Begin."}
    concept = ConceptFactory(scheme=Scheme.CHALLENGE, slug=slug)
    page = ChallengePage(title=f"Title of {slug}", slug=slug, challenge=concept, **(lines | values))
    return shelf.add_child(instance=page)
