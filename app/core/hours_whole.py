"""Hours that stay in one line: "16:00–17:30" and "14:00 UTC" in sentences that were made without markup."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup, escape

_HOURS = re.compile(r"\d\d:\d\d(?:–\d\d:\d\d(?:[ \u00a0]UTC)?|[ \u00a0]UTC)")
_KEPT = Markup('<bdi dir="ltr">{}</bdi>')


def hours_whole(words: Any) -> Markup:
    """Return a sentence for a page, each span of hours in an element that no line breaks."""
    safe, at = escape(words), 0
    parts = []
    for found in _HOURS.finditer(safe):
        parts += [safe[at : found.start()], _KEPT.format(safe[found.start() : found.end()])]
        at = found.end()
    return Markup("").join([*parts, safe[at:]])
