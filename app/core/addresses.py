"""Addresses that come from outside: where a form says it wants to lead next, which must be a page of this house."""

from __future__ import annotations

import re

_CONTROLS = re.compile(r"[\x00-\x20\x7f]")


def local_path(target: str) -> str:
    """Return a path of this house to go to, "" for anything that could lead elsewhere: browsers read "//", "/\\" and
    blanks in between as the beginning of a host."""
    is_path = target.startswith("/") and target[1:2] != "/"
    return "" if not is_path or "\\" in target or _CONTROLS.search(target) else target
