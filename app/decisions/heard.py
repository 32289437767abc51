"""What somebody has heard of a window and its end, before the next mail about it is written."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from app.core import notices
from app.core.notices import key_of
from app.core.outbox import unheard_among
from app.core.types import Facts
from app.decisions.models import Window
from app.decisions.telling import AMENDED, CLOSING, OPENED, PROLONGED, key_of_end
from app.moments.queries import list_changes


def unheard_question(window: Window, person_id: UUID) -> str | None:
    """Return the kind of the mail that asks, where it has not reached somebody, nor any later one about this window.
    None for who was left none: they opened the window, or came later."""
    opened = key_of(OPENED, f"{window.id}", person_id)
    amended = key_of(AMENDED, f"{window.decision_id}:{window.version}", person_id)
    asks, key = (OPENED, opened) if notices.left_among([opened]) else (AMENDED, amended)
    if not unheard_among([key]):
        return None
    later = [one for row in list_changes(window.moment) for one in _keys_of_end(window, row.old, person_id)]
    return None if notices.left_among(later) - unheard_among(later) else asks


def end_before(window: Window, person_id: UUID) -> Facts | None:
    """Return the time with the end that somebody was told last before the one that stands; None where it stands since
    the window opened. An end of which they were left no notice they know: they put it off."""
    old = None
    for row in list_changes(window.moment):
        old, (prolonged, closing) = row.old, _keys_of_end(window, row.old, person_id)
        unheard = unheard_among([prolonged, closing])
        if prolonged not in unheard or notices.left_among([closing]) - unheard:
            break
    return old


def _keys_of_end(window: Window, old: Facts, person_id: UUID) -> tuple[str, str]:
    """Return the keys of what says an end that was put off: the word that it was another one before, and the
    reminder."""
    end = key_of_end(window, datetime.fromisoformat(old["until"]))
    return key_of(PROLONGED, end, person_id), key_of(CLOSING, end, person_id)
