"""What may be written here, and what the codes of outcomes are called."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.errors import RuleBroken
from app.core.languages import is_blank
from app.outcomes.models import OutcomeKind, OutcomeState

LONGEST_NOTES = 40_000
LONGEST_WORDS = 1_000
LONGEST_WHO = 200
LONGEST_WITH = 300

KINDS: dict[OutcomeKind, Any] = {
    # I18N: kind of an outcome of a session: what matters most
    OutcomeKind.PRIORITY: _l("Priority"),
    # I18N: kind of an outcome of a session: something to be done
    OutcomeKind.ACTION: _l("Action"),
    # I18N: kind of an outcome of a session: somebody's promise
    OutcomeKind.COMMITMENT: _l("Commitment"),
}

KIND_NOTES: dict[OutcomeKind, Any] = {
    OutcomeKind.PRIORITY: _l("What matters most to those who were there"),
    OutcomeKind.ACTION: _l("Something to be done"),
    OutcomeKind.COMMITMENT: _l("What somebody has promised the others"),
}

STATES: dict[OutcomeState, Any] = {
    # I18N: state of a commitment or an action: still to be done
    OutcomeState.OPEN: _l("Still open"),
    # I18N: state of a commitment or an action
    OutcomeState.DONE: _l("Done"),
    # I18N: state of a commitment or an action: it was given up
    OutcomeState.DROPPED: _l("Dropped"),
}


def check_words(text: str, *, field: str, longest: int, missing: Any) -> str:
    """Return a text without blanks around it; raises `RuleBroken` at the field where it is empty or too long."""
    text = text.strip()
    if is_blank(text):
        raise RuleBroken(missing, field=field)
    if len(text) > longest:
        raise RuleBroken(
            _l(
                "This has %(count)s characters, and there is room for %(longest)s. Shorten it by %(over)s.",
                count=len(text),
                longest=longest,
                over=len(text) - longest,
            ),
            field=field,
        )
    return text
