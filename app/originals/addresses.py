"""Addresses of originals and of the pages on which they are translated, under the address of each kind."""

from __future__ import annotations

from typing import Any

from flask import url_for

from app.originals.kinds import kind_of
from app.originals.models import Original, Translation


def original_url(original: Original, beside: str | None = None) -> str:
    """Return the page of a text; `beside` is the language of the translation on it, "" for the original alone."""
    return kind_of(original).page(original, beside)


def translate_url(original: Original, **more: Any) -> str:
    """Return where a text is translated; `into` may name the language."""
    return url_for(_endpoint(original, "translate"), **_values(original), **more)


def translation_url(act: str, translation: Translation) -> str:
    """Return where a translation is edited, reviewed or removed: `act` is one of these words."""
    original = translation.original
    endpoint = _endpoint(original, f"{act}_translation_of")
    return url_for(endpoint, **_values(original), translation_id=translation.id)


def _values(original: Original) -> dict[str, Any]:
    return {"original_id": original.id, **kind_of(original).place(original)}


def _endpoint(original: Original, view: str) -> str:
    return f"{kind_of(original).blueprint}.{view}_{original.kind}"
