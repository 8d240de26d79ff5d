"""Write the local settings file on the first set-up; needs nothing but Python."""

import os
import secrets
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
EMPTY_LINE = "INDUCCI_SECRET_KEY=\n"


def write_local_settings(example: Path, target: Path) -> bool:
    """Copy the example settings with a fresh secret, readable by the owner alone.

    Returns False, and leaves the file alone, where there is one already.
    Raises ValueError where the example has no place for the secret.
    """
    text = example.read_text(encoding="utf-8")
    if EMPTY_LINE not in text:
        raise ValueError(f"{example} has no empty line for INDUCCI_SECRET_KEY.")
    try:
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text.replace(EMPTY_LINE, f"INDUCCI_SECRET_KEY={secrets.token_urlsafe(50)}\n"))
    return True


if __name__ == "__main__" and write_local_settings(TOP / ".env.example", TOP / ".env"):
    print("Local settings are in .env")
