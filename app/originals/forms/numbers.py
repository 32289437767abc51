"""Numbers that a page carries along."""

from __future__ import annotations


def read_number(written: str | None) -> int | None:
    """Return a number a page carried along; None where it is missing or spoilt."""
    return int(written) if written and written.isascii() and written.isdigit() and len(written) < 6 else None
