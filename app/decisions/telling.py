"""Who is told of a decision: one notice per person and fact, written in the transaction of the fact. Mails carry title
and link alone; what is proposed and said stays on the page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.core import notices
from app.core.actors import Actor
from app.core.registries import StillWanted, audience_holders
from app.decisions.models import Decision, Proposal, Stage, Statement, Window
from app.decisions.queries.counting import holders_for, silent_on
from app.extensions import db
from app.originals.models import Translation
from app.people.keys import mandate_key
from app.workinggroups.keys import contributors_key, group_key, keys_of

OPENED = "decisions.window_opened"
CLOSING = "decisions.window_closing"
AMENDED = "decisions.amended"
CLOSED = "decisions.closed"
TRANSLATED = "decisions.translated"

STALE_AFTER = timedelta(days=7)
"""A mail that could not leave for a week says old news."""


def tell_opened(actor: Actor, window: Window, *, now: datetime) -> None:
    """Tell everybody inside that questions, reactions or voices are asked for, until the window closes."""
    inside = audience_holders(group_key(window.decision.group_id), now) - {actor.person_id}
    _tell(inside, OPENED, window.decision, f"{window.id}", now, window=window, expires_at=window.moment.until)


def tell_amended(actor: Actor, decision: Decision, *, now: datetime) -> None:
    """Tell everybody inside that there is another version."""
    inside = audience_holders(group_key(decision.group_id), now) - {actor.person_id}
    _tell(inside, AMENDED, decision, f"{decision.id}:{decision.version}", now)


def tell_closed(actor: Actor, decision: Decision, *, now: datetime) -> None:
    """Tell everybody inside what came out, as often as it was counted."""
    inside = audience_holders(group_key(decision.group_id), now) - {actor.person_id}
    _tell(inside, CLOSED, decision, f"{decision.id}:{now.isoformat()}", now)


def tell_closing(window: Window, *, now: datetime) -> int:
    """Tell those who could still speak for an organisation that has not; returns how many."""
    people = speakers_for(window.decision, silent_on([window.decision])[window.decision_id], now)
    key = f"{window.id}:{window.moment.until:%Y%m%dT%H%M}"
    _tell(people, CLOSING, window.decision, key, now, window=window, expires_at=window.moment.until)
    return len(people)


def tell_translated(actor: Actor, translation: Translation, now: datetime) -> None:
    """Tell the author of a proposal or a statement that a translation waits for a look."""
    original = translation.original
    author_id = original.author_id
    if author_id in (None, actor.person_id) or not isinstance(original, Proposal | Statement):
        return
    notices.tell(
        author_id,
        TRANSLATED,
        f"{translation.id}:{translation.written_at.isoformat()}",
        {"translation": str(translation.id), "decision": str(original.decision_id)},
        now=now,
        audience=original.audience,
    )


def speakers_for(decision: Decision, organisations: Iterable[UUID], now: datetime) -> set[UUID]:
    """Return who takes part in the group and speaks today for one of these organisations: by its own mandate, or by the
    mandate of the one that holds its voice."""
    held = holders_for([decision.id])[decision.id]
    speaking = {held.get(organisation, organisation) for organisation in organisations}
    taking_part = audience_holders(contributors_key(decision.group_id), now)
    return {person for one in speaking for person in audience_holders(mandate_key(one), now)} & taking_part


def _tell(
    people: Iterable[UUID],
    kind: str,
    decision: Decision,
    key: str,
    now: datetime,
    *,
    window: Window | None = None,
    expires_at: datetime | None = None,
) -> None:
    parameters = {"decision": str(decision.id), "stage": decision.stage.value, "version": str(decision.version)}
    if window is not None:
        parameters["window"] = str(window.id)
    notices.tell_many(
        sorted(people, key=str),
        kind,
        key,
        parameters,
        now=now,
        audience=group_key(decision.group_id),
        expires_at=expires_at or now + STALE_AFTER,
    )


def still_wanted(notice: Any, now: datetime) -> bool:
    """Asked at the last moment before a mail leaves: the person is still inside, and what it says is still so."""
    decision = db.session.get(Decision, UUID(notice.parameters["decision"]))
    if decision is None:
        return False
    if group_key(decision.group_id) not in keys_of([notice.person_id], now).get(notice.person_id, ()):
        return False
    if notice.kind == TRANSLATED:
        return db.session.get(Translation, UUID(notice.parameters["translation"])) is not None
    if notice.kind == AMENDED:
        return bool(str(decision.version) == notice.parameters["version"])
    if notice.kind == CLOSED:
        return bool(decision.stage.value == notice.parameters["stage"])
    is_open = _window_is_open(notice, decision, now)
    return is_open and (notice.kind == OPENED or _may_speak(notice, decision, now))


def _window_is_open(notice: Any, decision: Decision, now: datetime) -> bool:
    window = decision.window
    if window is None or str(window.id) != notice.parameters["window"]:
        return False
    return window.closed_at is None and window.moment.until > now


def _may_speak(notice: Any, decision: Decision, now: datetime) -> bool:
    silent = silent_on([decision])[decision.id]
    return decision.stage is Stage.OBJECTIONS and notice.person_id in speakers_for(decision, silent, now)


KINDS = (OPENED, CLOSING, AMENDED, CLOSED, TRANSLATED)
STILL_WANTED: dict[str, StillWanted] = dict.fromkeys(KINDS, still_wanted)
