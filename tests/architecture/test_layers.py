"""No layer looks up, in any of the five ways a layer can."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.migrations.loader import MigrationLoader
from wagtail.models import Page

LAYERS = {
    "core": 0,
    "vocabularies": 1,
    "regions": 1,
    "partners": 2,
    "outputs": 3,
    "pilots": 4,
    "toolbox": 5,
    "events": 6,
    "inducci": 8,
}
TOP = Path(__file__).resolve().parent.parent.parent


def looks_up(own: str, other: str) -> bool:
    """Tell whether an app that knows another one looks up, or sideways within its layer."""
    return own != other and other in LAYERS and own in LAYERS and LAYERS[other] >= LAYERS[own]


def test_every_app_of_the_site_has_its_layer() -> None:
    installed = {name for name in settings.INSTALLED_APPS if (TOP / name).is_dir()}

    assert installed == set(LAYERS)


def test_imports_never_look_up() -> None:
    lint = Path(sys.executable).with_name("lint-imports")

    finished = subprocess.run([lint, "--no-cache"], cwd=TOP, capture_output=True, text=True, check=False)

    assert finished.returncode == 0, finished.stdout


def relations() -> Iterator[tuple[str, str, str]]:
    """List every relation as the app that has it, its name, and the app it points at."""
    for model in apps.get_models(include_auto_created=True):
        for field in (*model._meta.fields, *model._meta.many_to_many):
            if isinstance(field.remote_field, models.fields.reverse_related.ForeignObjectRel):
                yield (
                    model._meta.app_label,
                    f"{model.__name__}.{field.name}",
                    field.remote_field.model._meta.app_label,
                )


def test_relations_never_look_up() -> None:
    up = [f"{name} points at {other}" for own, name, other in relations() if looks_up(own, other)]

    assert up == []


def named_page_types(page: type[Page], attribute: str) -> list[str]:
    """List the page types that a page type names itself."""
    return [name for name in vars(page).get(attribute) or [] if isinstance(name, str)]


def test_parents_name_their_children_and_never_the_other_way() -> None:
    up = [
        f"{page.__name__} names {parent}"
        for page in apps.get_models()
        if issubclass(page, Page)
        for parent in named_page_types(page, "parent_page_types")
        if looks_up(page._meta.app_label, parent.split(".")[0])
    ]

    assert up == []


def used_templates(path: Path) -> list[str]:
    """List the templates that a template extends or includes."""
    return re.findall(r"{%\s*(?:extends|include)\s+\"([^\"]+)\"", path.read_text(encoding="utf-8"))


def test_templates_never_look_up() -> None:
    folder = TOP / "templates"
    up = [
        f"{path.relative_to(folder)} uses {used}"
        for path in folder.rglob("*.html")
        for used in used_templates(path)
        if looks_up(path.relative_to(folder).parts[0], used.split("/")[0])
    ]

    assert up == []


def test_migrations_never_look_up() -> None:
    loader = MigrationLoader(None)
    up = [
        f"{app}.{name} needs {other}.{needed}"
        for (app, name), migration in loader.disk_migrations.items()
        for other, needed in migration.dependencies
        if looks_up(app, other)
    ]

    assert up == []


@pytest.mark.parametrize("app", sorted(LAYERS))
def test_modules_have_names_that_say_what_they_hold(app: str) -> None:
    forbidden = {"utils", "helpers", "common", "misc", "services", "managers", "handlers"}

    assert [path for path in (TOP / app).rglob("*.py") if path.stem in forbidden] == []


@pytest.mark.parametrize("app", sorted(LAYERS))
def test_strings_never_name_a_model_of_an_upper_app(app: str) -> None:
    up = []
    for path in (TOP / app).rglob("*.py"):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found = re.fullmatch(r"([a-z]+)\.([A-Z]\w+)", node.value)
                if found and looks_up(app, found[1]):
                    up.append(f"{path}: {node.value}")

    assert up == []
