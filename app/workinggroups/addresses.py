"""Where groups live. Addresses are promises: mails keep them for years."""

from __future__ import annotations


def group_path(slug: str) -> str:
    return f"/groups/{slug}"
