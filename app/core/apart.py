"""Names and titles held apart inside a sentence that may run in the other direction."""

from __future__ import annotations

from app.core.context import page_language
from app.core.languages import direction


def apart(words: object) -> str:
    """Return a title or a name held apart in its sentence where the two may run in different directions: for mails and
    titles, where no markup can say so."""
    said = str(words)
    mixed = direction(page_language()) == "rtl" or any("\u0590" <= letter <= "\u08ff" for letter in said)
    return f"\u2068{said}\u2069" if mixed else said
