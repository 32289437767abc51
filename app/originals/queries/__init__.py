"""Reading originals of any kind: who reads what, whole or in lists, and what remains to translate."""

from app.originals.queries.reading import (
    LIST_SIZE,
    current_versions,
    for_lists,
    get_translation,
    get_version,
    get_visible_original,
    light,
    readable,
    readable_ids,
    shown,
    there,
    unless_mine,
)
from app.originals.queries.translating import list_offers, list_untranslated

__all__ = [
    "LIST_SIZE",
    "current_versions",
    "for_lists",
    "get_translation",
    "get_version",
    "get_visible_original",
    "light",
    "list_offers",
    "list_untranslated",
    "readable",
    "readable_ids",
    "shown",
    "there",
    "unless_mine",
]
