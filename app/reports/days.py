"""The days of a report as its page says them."""

from __future__ import annotations

from datetime import date

from app.core.context import page_language
from app.moments import words


def days_from(first: date | None, last: date | None) -> str:
    """Return from the first to the last day in words; "" where one is not known, or the two are turned round. A line
    breaks between them only."""
    if first is None or last is None or last < first:
        return ""
    return " – ".join(day.replace(" ", "\u00a0") for day in words.days(first, last, page_language()).split(" – "))
