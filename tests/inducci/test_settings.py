"""The settings of a public site: complete, strict, and explained where they are looked for."""

import os
import re
import shutil
import subprocess
import sys

import pytest
from django.core.management import call_command

from inducci.settings.environment import BASE_DIR

REQUIRED = {
    "INDUCCI_SECRET_KEY": "a long and random word that nobody would guess, for this test only 0123456789",
    "INDUCCI_ALLOWED_HOSTS": "e-toolbox.example",
    "INDUCCI_BASE_URL": "https://e-toolbox.example",
    "INDUCCI_DATABASE_URL": "sqlite:///var/inducci.sqlite3",
    "INDUCCI_MEDIA_ROOT": "var/media",
}
CODE = (
    "inducci",
    "core",
    "vocabularies",
    "regions",
    "partners",
    "outputs",
    "pilots",
    "toolbox",
    "events",
    "bin",
)
PRINT = "from django.conf import settings as s; print({values})"


@pytest.fixture(scope="session")
def installation(tmp_path_factory):
    """Copy the code to a place without local settings."""
    place = tmp_path_factory.mktemp("installation")
    for name in CODE[:-1]:
        shutil.copytree(BASE_DIR / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("manage.py", ".env.example"):
        shutil.copy(BASE_DIR / name, place)
    for name in ("static", "templates"):
        (place / name).symlink_to(BASE_DIR / name)
    return place


def _manage(place, *arguments, **environment):
    """Run manage.py in an environment that holds nothing else."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=place,
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def _settings(place, *names, **environment):
    """Read settings as production would."""
    values = ", ".join(f"s.{name}" for name in names)
    done = _manage(place, "shell", "--no-imports", "-c", PRINT.format(values=f"({values},)"), **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("name", REQUIRED)
@pytest.mark.parametrize("value", [None, "", "  "])
def test_production_does_not_start_without_a_required_setting(installation, name, value):
    given = {key: text for key, text in REQUIRED.items() if key != name} | (
        {} if value is None else {name: value}
    )

    done = _manage(installation, "check", **given)

    assert done.returncode != 0
    assert done.stderr.strip().endswith(
        f"{name} is not set: give it in the environment or in .env (see .env.example)."
    )


@pytest.mark.parametrize(
    "url", ["http://e-toolbox.example", "http://localhost.example", "ftp://127.0.0.1", "e-toolbox.example"]
)
def test_a_public_address_without_encryption_is_refused(installation, url):
    done = _manage(installation, "check", **{**REQUIRED, "INDUCCI_BASE_URL": url})

    assert done.returncode != 0
    assert "it must begin with https:// unless it is local." in done.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000", "http://localhost", "http://[::1]:8000"])
def test_a_local_address_needs_no_encryption(installation, url):
    found = _settings(
        installation, "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", **{**REQUIRED, "INDUCCI_BASE_URL": url}
    )

    assert found == "(False, False)"


def test_a_public_site_keeps_to_encryption(installation):
    names = (
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "DEBUG",
    )

    found = _settings(installation, *names, **REQUIRED)

    assert found == "(True, 31536000, True, True, False)"


def test_the_environment_stands_before_the_local_file(installation, tmp_path):
    place = tmp_path / "site"
    shutil.copytree(installation, place, symlinks=True)
    (place / ".env").write_text("INDUCCI_MEDIA_ROOT=/from/the/file\nINDUCCI_EMAIL_FROM=file@example.org\n")

    found = _settings(
        place, "MEDIA_ROOT", "DEFAULT_FROM_EMAIL", **{**REQUIRED, "INDUCCI_MEDIA_ROOT": "/from/outside"}
    )

    assert found == "('/from/outside', 'file@example.org')"


def test_django_finds_nothing_to_object_to_in_a_public_site(installation):
    done = _manage(installation, "check", "--deploy", "--fail-level", "WARNING", **REQUIRED)

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_the_secret_is_not_among_what_is_kept_in_the_repository():
    example = (BASE_DIR / ".env.example").read_text(encoding="utf-8")

    assert "INDUCCI_SECRET_KEY=\n" in example


@pytest.mark.django_db
def test_no_migration_is_missing(capsys):
    call_command("makemigrations", check=True, dry_run=True)

    assert "No changes detected" in capsys.readouterr().out


# --- Documents --------------------------------------------------------------------------------


def _settings_in_code():
    """Find every setting that the code reads from the environment."""
    paths = [path for name in CODE for path in (BASE_DIR / name).rglob("*") if path.is_file()]
    texts = [path.read_text(encoding="utf-8") for path in paths if path.suffix in (".py", "")]
    return {name for text in texts for name in re.findall(r"INDUCCI_[A-Z_]+[A-Z]", text)}


def _targets():
    """Find every target of the Makefile that is offered."""
    return re.findall(r"^([a-z]+):.*## ", (BASE_DIR / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_every_setting_is_explained_to_who_runs_the_site():
    text = (BASE_DIR / "docs" / "operations.md").read_text(encoding="utf-8")

    missing = {name for name in _settings_in_code() if f"`{name}`" not in text}

    assert missing == set()


def test_every_setting_stands_in_the_example():
    text = (BASE_DIR / ".env.example").read_text(encoding="utf-8")

    missing = {name for name in _settings_in_code() if f"{name}=" not in text}

    # The tests' own database is set by bin/with-postgres and is no setting of an installation.
    assert missing <= {"INDUCCI_TEST_DATABASE_URL"}


def test_the_example_names_no_setting_that_the_code_does_not_read():
    text = (BASE_DIR / ".env.example").read_text(encoding="utf-8")

    named = set(re.findall(r"^(?:# )?(INDUCCI_[A-Z_]+)=", text, re.MULTILINE))

    assert named <= _settings_in_code()


@pytest.mark.parametrize("target", [target for target in _targets() if target != "help"])
def test_every_command_is_explained(target):
    paths = [BASE_DIR / "README.md", BASE_DIR / "CONTRIBUTING.md", *(BASE_DIR / "docs").rglob("*.md")]

    texts = [path.read_text(encoding="utf-8") for path in paths if path.exists()]

    assert any(f"make {target}" in text for text in texts)


@pytest.mark.parametrize("path", sorted((BASE_DIR / "docs").rglob("*.md")), ids=lambda path: path.name)
def test_every_command_in_the_documents_exists(path):
    text = path.read_text(encoding="utf-8")

    named = set(re.findall(r"`make ([a-z]+)", text))

    assert named <= set(_targets())
