"""Hours that stay in one line: "16:00–17:30" and "14:00 UTC" in sentences that were made without markup."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup, escape

_HOURS = re.compile(r"\d\d:\d\d(?:–\d\d:\d\d(?:[ \u00a0]UTC)?|[ \u00a0]UTC)")


def hours_whole(words: Any) -> Markup:
    """Return a sentence for a page, each span of hours in an element that no line breaks."""
    return Markup(_HOURS.sub(r'<bdi dir="ltr">\g<0></bdi>', str(escape(words))))  # noqa: S704 - escaped just before
