"""The one password of the example accounts: `MALOCA_EXAMPLE_PASSWORD`, else made once and kept in the instance folder.

It is never reset: who changed the password of an example account has changed it.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from config import Settings


def password_file(settings: Settings) -> Path:
    return settings.instance / "example_password"


def find_password(settings: Settings) -> str:
    """Return the password that was set or made; "" where there is none yet."""
    if settings.example_password:
        return settings.example_password
    try:
        return password_file(settings).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""


def read_or_make_password(settings: Settings) -> str:
    """Return the password, made at the first call and written to a file that nobody else can read."""
    known = find_password(settings)
    if known:
        return known
    path = password_file(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    made = "-".join(secrets.token_hex(2) for _ in range(4))
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return find_password(settings)  # another process of this first start was quicker: its password counts
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"{made}\n")
    return made
