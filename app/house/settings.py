"""Which settings a secretariat edits, and what each of them may hold."""

from __future__ import annotations

from app.people.labels import AFFILIATION_WORDS
from app.people.models import AffiliationKind

KINDS = tuple(kind.value for kind in AffiliationKind)


def words_setting(kind: str) -> str:
    """Return the name of the setting that holds what an affiliation is called here."""
    return AFFILIATION_WORDS.format(kind=kind)
