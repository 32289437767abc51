"""Who is reminded of a window that closes: whoever could still speak for an organisation that has not, and never right
after the mail that asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from app.core.notices import key_of
from app.core.outbox import left_since
from app.decisions.models import Window
from app.decisions.queries.counting import silent_on
from app.decisions.telling import AMENDED, CLOSING, OPENED, PROLONGED, key_of_end, speakers_for, tell

AGAIN_AFTER = timedelta(days=1)
"""Nobody is asked the same twice within a day."""

LAST_CALL = timedelta(hours=3)
"""What would be told later than this before the end is not told again."""


def tell_closing(window: Window, *, now: datetime) -> int:
    """Tell those who could still speak for an organisation that has not; returns how many. Whoever was asked in the
    last day hears of it a day after that, where it is not too late by then. A mail that asked and has not left yet is
    replaced by this one (`telling.still_wanted`)."""
    people = speakers_for(window.decision, silent_on([window.decision])[window.decision_id], now)
    asked, until = _asked_since(window, people, now - AGAIN_AFTER), window.moment.until
    due = {person: asked[person] + AGAIN_AFTER if person in asked else None for person in people}
    due = {person: at for person, at in due.items() if at is None or at <= until - LAST_CALL}
    for at in set(due.values()):
        told = [person for person, its in due.items() if its == at]
        tell(told, CLOSING, window.decision, key_of_end(window), now, window=window, expires_at=until, not_before=at)
    return len(due)


def _asked_since(window: Window, people: Iterable[UUID], since: datetime) -> dict[UUID, datetime]:
    """Return when a mail left that asked for voices in this window, by person, where that was after an instant."""
    asking = {OPENED: f"{window.id}", PROLONGED: key_of_end(window), AMENDED: f"{window.decision_id}:{window.version}"}
    keys = {key_of(kind, key, person): person for kind, key in asking.items() for person in people}
    left: dict[UUID, datetime] = {}
    for key, at in left_since(since, keys).items():
        left[keys[key]] = max(at, left.get(keys[key], at))
    return left
