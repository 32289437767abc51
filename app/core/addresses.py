"""Addresses that go outside, those of this house in mails and files; and addresses that come from outside: where a form
says it wants to lead next, and links that people write."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from flask import current_app

_CONTROLS = re.compile(r"[\x00-\x20\x7f]")


def absolute(path: str) -> str:
    """Return the address of a page of this house for people outside: in mails, calendar files and what is exported."""
    return f"{current_app.extensions['maloca'].address}{path}"


def local_path(target: str) -> str:
    """Return a path of this house to go to, "" for anything that could lead elsewhere: browsers read "//", "/\\" and
    blanks in between as the beginning of a host."""
    is_path = target.startswith("/") and target[1:2] != "/"
    return "" if not is_path or "\\" in target or _CONTROLS.search(target) else target


def is_web_address(address: str, *, longest: int, schemes: Collection[str] = ("https", "http")) -> bool:
    """Whether a link may be shown to everybody: a whole address of the web, with a host others can reach (a dot in its
    name), without a user name or password, which would be handed to every reader, and without blanks, backslashes or
    signs that nobody sees."""
    if len(address) > longest or "\\" in address or any(sign.isspace() or not sign.isprintable() for sign in address):
        return False
    try:
        parts = urlsplit(address)
        has_port = parts.port != 0  # a port out of range: ValueError
    except ValueError:
        return False
    has_host = "." in (parts.hostname or "").strip(".")
    return parts.scheme in schemes and has_host and has_port and "@" not in parts.netloc
