"""Reasons that somebody reads: why a topic is closed, why words are out of sight, why they should be shown."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.core.errors import RuleBroken
from app.core.languages import is_blank
from app.originals.words import as_written

LONGEST_REASON = 2_000
"""Characters."""


def check_reason(typed: str, *, field: str) -> str:
    """Return a reason as it is kept; raises `RuleBroken` at the field when it is missing or too long."""
    words = as_written(typed).strip()
    if is_blank(words):
        raise RuleBroken(_l("Say why, in your own words: somebody will read it."), field=field)
    if len(words) > LONGEST_REASON:
        raise RuleBroken(_l("Write %(longest)s characters at most.", longest=LONGEST_REASON), field=field)
    return words
