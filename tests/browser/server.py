"""The site as `make run` serves it, from a folder of its own."""

import fcntl
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 180


@dataclass(frozen=True, slots=True)
class Server:
    """Where the site answers, and who may sign in."""

    address: str
    name: str
    password: str
    environment: dict[str, str]
    mails: Path

    def do(self, code: str) -> None:
        """Do something in the site's database."""
        command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", code]
        subprocess.run(command, cwd=ROOT, env=self.environment, check=True, timeout=PATIENCE)

    def letter(self, words: str) -> str:
        """Wait for a mail with these words, and give it."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for path in self.mails.glob("*.log"):
                if words in (text := path.read_text(encoding="utf-8")):
                    return text
            time.sleep(0.2)
        raise RuntimeError(f"No mail says {words!r}.")

    @property
    def host(self) -> str:
        """Give host and port, as an address has them."""
        return self.address.removeprefix("http://")


@contextmanager
def served(folder: Path, prepared: Path) -> Iterator[Server]:
    """Serve a copy of the prepared site from a folder on a free port, and stop it in the end."""
    name, password = copied(prepared, folder)
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    environment = settings(folder, port)
    address = environment["INDUCCI_BASE_URL"]
    with running(environment, folder / "server.log") as process:
        wait_for(process, f"{address}/healthz", folder / "server.log")
        yield Server(address, name, password, environment, folder / "mails")


def copied(prepared: Path, folder: Path) -> tuple[str, str]:
    """Copy the prepared site; who comes first prepares it, and the others wait.

    Give the administrator's name and password.
    """
    prepared.mkdir(exist_ok=True)
    with (prepared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        site, note = prepared / "site", prepared / "administrator.json"
        if not note.exists():
            site.mkdir()
            note.write_text(json.dumps(prepare(settings(site, 8000))), encoding="utf-8")
        shutil.copytree(site, folder, dirs_exist_ok=True)
        name, password = json.loads(note.read_text(encoding="utf-8"))
    return name, password


def settings(folder: Path, port: int) -> dict[str, str]:
    """Give the environment of a public site whose every file lies in the folder.

    Each variable is set, since what is missing would come from this machine's own settings.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("INDUCCI_", "COV_"))}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "inducci.settings.production",
        "INDUCCI_SECRET_KEY": secrets.token_urlsafe(50),
        "INDUCCI_ALLOWED_HOSTS": "127.0.0.1",
        "INDUCCI_BASE_URL": f"http://127.0.0.1:{port}",
        "INDUCCI_DATABASE_URL": f"sqlite:///{folder}/site.sqlite3",
        "INDUCCI_MEDIA_ROOT": str(folder / "media"),
        "INDUCCI_STATIC_ROOT": str(folder / "static"),
        "INDUCCI_EMAIL_URL": f"filemail:///{folder}/mails",
        "INDUCCI_EMAIL_FROM": "e-toolbox@example.org",
        "INDUCCI_CACHE_URL": "locmemcache://",
        "INDUCCI_STYLEGUIDE": "1",
        "PORT": str(port),
    }


def prepare(environment: dict[str, str]) -> tuple[str, str]:
    """Make database, content, static files and an administrator; give the name and password it prints."""
    done = subprocess.run(
        [sys.executable, "manage.py", "prepare", "--local-admin"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    printed = re.search(r"Name\s+(\S+).*?Password\s+(\S+)", done.stdout, re.DOTALL)
    if done.returncode or not printed:
        raise RuntimeError(f"The site could not be prepared:\n{done.stdout}\n{done.stderr}")
    return printed[1], printed[2]


@contextmanager
def running(environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run gunicorn as `make run` does, and never leave it behind."""
    command = [sys.executable, "-m", "gunicorn", "--config", "inducci/gunicorn.py", "inducci.wsgi"]
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_for(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Wait until the site says that it is well, or raise RuntimeError with what it said instead."""
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310  # our own address
                if response.status == 200:
                    return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.2)
    raise RuntimeError(f"The site does not answer at {url}:\n{log.read_text(errors='replace')}")
