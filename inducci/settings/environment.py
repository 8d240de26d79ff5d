"""Read the settings that differ from one installation to the next.

The real environment wins over the file `.env` beside `manage.py`.
"""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")


def required(name: str) -> str:
    """Give the value of a setting, or stop the start with one plain sentence.

    Raises ImproperlyConfigured where the variable is missing or empty.
    """
    value = env.str(name, default="").strip()
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set: give it in the environment or in .env (see .env.example)."
        )
    return value
