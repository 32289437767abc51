"""Spans of days, for whatever holds between two of them: mandates, ties of organisations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Days:
    """From a day until a day, both included; None is open."""

    from_on: date | None = None
    until_on: date | None = None


OPEN = Days()
"""Without a first or a last day."""
