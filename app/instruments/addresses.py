"""Where advocacy instruments live. Addresses are promises."""

from __future__ import annotations

from uuid import UUID

LIST = "/advocacy/instruments/"


def instrument_path(instrument_id: UUID, language: str = "") -> str:
    """The page of an instrument; with a language, its text in that one."""
    return f"{LIST}{instrument_id}" + (f"?text={language}" if language else "")
