"""What every page about a gathering begins with."""

from __future__ import annotations

from typing import Any

from app.core.context import page_language
from app.sessions.hosts import owner_of, title_of, words_of
from app.sessions.models import Gathering


def head_of(gathering: Gathering) -> dict[str, Any]:
    """Return the gathering, its name, what it belongs to, and the words to speak of it."""
    language = page_language()
    return {
        "gathering": gathering,
        "name": title_of(gathering, language),
        "owner": owner_of(gathering, language),
        "words": words_of(gathering),
    }
