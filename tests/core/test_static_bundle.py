"""The public site sends one style sheet, whatever the number of components."""

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from inducci.management.commands import prepare
from inducci.storage import BundledStaticFilesStorage, flatten

FILES = {
    "base.css": "body { margin: 0 }\n",
    "print.css": "nav { display: none }",
    "components/card.css": ".card { background: url(../../img/card.svg) }",
}


def test_an_import_becomes_a_layer_in_its_place():
    css = '@layer base, components;\n@import url("base.css") layer(base);\nhtml { color: red }\n'

    flat = flatten(css, FILES.__getitem__)

    assert flat == "@layer base, components;\n@layer base {\nbody { margin: 0 }\n}\nhtml { color: red }\n"


def test_an_import_for_print_applies_to_print_alone():
    flat = flatten('@import url("print.css") layer(base) print;', FILES.__getitem__)

    assert flat == "@media print {\n@layer base {\nnav { display: none }\n}\n}\n"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("url(../../img/a.svg)", 'url("../img/a.svg")'),
        ("url( '../../img/a.svg#b' )", 'url("../img/a.svg#b")'),
        ('url("icon.svg")', 'url("components/icon.svg")'),
        ('url("data:image/svg+xml,%3Csvg (a)%3E")', 'url("data:image/svg+xml,%3Csvg (a)%3E")'),
        ("url(/static/a.svg)", "url(/static/a.svg)"),
        ("url(#gradient)", "url(#gradient)"),
    ],
)
def test_an_address_leads_to_the_same_file_as_before(written, expected):
    flat = flatten('@import url("components/x.css") layer(base);', lambda path: f"a {{ b: {written} }}")

    assert f"a {{ b: {expected} }}" in flat


@pytest.mark.parametrize(
    "line",
    [
        '@import "base.css";',
        '@import url("base.css");',
        '@import url("base.css") layer(base) screen;',
        '  @import url("base.css") layer(base);',
    ],
)
def test_an_import_of_another_form_is_refused(line):
    with pytest.raises(ValueError, match="cannot be flattened"):
        flatten(line, FILES.__getitem__)


def test_an_imported_file_may_not_import_again():
    with pytest.raises(ValueError, match=r"a\.css says @import"):
        flatten('@import url("a.css") layer(base);', lambda path: '@import url("b.css");')


def test_a_comment_may_speak_of_imports():
    flat = flatten('@import url("a.css") layer(base);', lambda path: "/* no @import here */")

    assert "/* no @import here */" in flat


def test_the_collected_style_sheet_is_one_hashed_file_without_imports(settings, tmp_path):
    static = tmp_path / "static"
    for path, text in FILES.items():
        file = static / "css" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    (static / "img").mkdir()
    (static / "img" / "card.svg").write_text("<svg/>")
    (static / "css" / "main.css").write_text('@import url("components/card.css") layer(components);\n')
    collect_from(static, settings)

    css = hashed("css/main.css", settings)

    assert "@import" not in css
    assert re.search(
        r'@layer components \{\n\.card \{ background: url\("\.\./img/card\.\w{12}\.svg"\) \}', css
    )


def test_a_change_in_a_component_reaches_the_style_sheet(settings, tmp_path):
    static = tmp_path / "static"
    (static / "css").mkdir(parents=True)
    (static / "css" / "main.css").write_text('@import url("base.css") layer(base);\n')
    (static / "css" / "base.css").write_text("a { color: red }")
    collect_from(static, settings)

    (static / "css" / "base.css").write_text("a { color: green }")
    collect_from(static, settings)

    assert "green" in hashed("css/main.css", settings)


def test_preparing_collects_only_when_a_source_changed(settings, tmp_path):
    static = tmp_path / "static"
    static.mkdir()
    (static / "a.js").write_text("one")
    store_from(static, settings)

    said = [prepare_static(), prepare_static()]
    (static / "a.js").write_text("three")
    said.append(prepare_static())

    assert said == ["Collecting static files\n", "", "Collecting static files\n"]
    assert hashed("a.js", settings) == "three"


def prepare_static():
    out = StringIO()
    prepare.Command(stdout=out).collect_static()
    return out.getvalue()


def collect_from(static, settings):
    store_from(static, settings)
    call_command("collectstatic", interactive=False, verbosity=0)


def store_from(static, settings):
    settings.STATICFILES_DIRS = [static]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = str(static.with_name("collected"))
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {
            "BACKEND": f"{BundledStaticFilesStorage.__module__}.{BundledStaticFilesStorage.__name__}"
        },
    }


def hashed(name, settings):
    root = Path(settings.STATIC_ROOT)
    manifest = json.loads((root / "staticfiles.json").read_text())
    return (root / manifest["paths"][name]).read_text()
