"""Observing a group: who may not become a member asks, whoever runs the group answers."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.core import audit
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.languages import is_blank
from app.core.permissions import require
from app.extensions import db
from app.people import queries as people
from app.workinggroups import events, policy
from app.workinggroups.models import ObserverRequest, ObserverRequestState, Standing, WorkingGroup
from app.workinggroups.queries import find_membership, find_open_request
from app.workinggroups.services.places import admit, lock_group

LONGEST_WORDS = 1000
LONGEST_REASON = 500


class TakesNoObservers(RuleBroken):
    """The group is closed, or lets nobody listen."""


class WordsTooLong(RuleBroken):
    """More words than a request or an answer holds."""


class ReasonMissing(RuleBroken):
    """Whoever is refused is told why."""


def ask_to_observe(actor: Actor, group: WorkingGroup, *, words: str, now: datetime) -> ObserverRequest | None:
    """Ask to observe a group, with words for its coordinators. Who asked already keeps the first request; returns None
    for whoever is inside. Raises `TakesNoObservers`, `WordsTooLong`."""
    require(actor, "workinggroups.join", group)
    words = words.strip()
    if len(words) > LONGEST_WORDS:
        raise WordsTooLong(_l("Write at most 1,000 letters."), field="words")
    lock_group(group)
    if not policy.may_be_asked_to_observe(group):
        raise TakesNoObservers(_l("This group takes no observers. Look at the list of groups for another one."))
    if actor.person_id is None or find_membership(group, actor.person_id) is not None:
        return None
    known = find_open_request(group, actor.person_id)
    if known is not None:
        return known
    request = ObserverRequest(
        group_id=group.id,
        person_id=actor.person_id,
        organisation_id=_organisation_of(actor, now),
        words=words,
        state=ObserverRequestState.ASKED,
        asked_at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(request)
    except IntegrityError:
        return find_open_request(group, actor.person_id)
    facts = {"person": str(actor.person_id)}
    audit.record(actor, "workinggroups.observer.asked", "group", group.id, facts, now=now)
    return request


def _organisation_of(actor: Actor, now: datetime) -> UUID | None:
    """The organisation somebody acts for, else the one they belong to where there is only one."""
    if actor.acting_for is not None or actor.person_id is None:
        return actor.acting_for
    current = people.affiliations_on([actor.person_id], now.date()).get(actor.person_id, [])
    organisations = {row.organisation_id for row in current}
    return organisations.pop() if len(organisations) == 1 else None


def withdraw_request(actor: Actor, group: WorkingGroup, *, now: datetime) -> bool:
    """Take back one's own wish to observe; returns whether one waited."""
    require(actor, "workinggroups.join", group)
    request = find_open_request(group, actor.person_id)
    if request is None or not _answer(request, ObserverRequestState.WITHDRAWN, actor, now):
        return False
    facts = {"person": str(actor.person_id)}
    audit.record(actor, "workinggroups.observer.withdrawn", "group", group.id, facts, now=now)
    return True


def accept_observer(actor: Actor, request: ObserverRequest, *, now: datetime) -> bool:
    """Let somebody observe; returns whether it waited until now: two coordinators at once are one answer. Raises
    `TakesNoObservers` for a group that has closed meanwhile."""
    require(actor, "workinggroups.decide_observers", request)
    group = request.group
    lock_group(group)
    if not policy.may_be_asked_to_observe(group):
        raise TakesNoObservers(_l("This group takes no observers. Change that first, then answer."))
    if not _answer(request, ObserverRequestState.ACCEPTED, actor, now):
        return False
    organisation_id = request.organisation_id
    admit(actor, group, request.person_id, standing=Standing.OBSERVER, organisation_id=organisation_id, now=now)
    facts = {"person": str(request.person_id)}
    audit.record(actor, "workinggroups.observer.accepted", "group", group.id, facts, now=now)
    events.observer_decided.send(request, actor=actor, now=now)
    return True


def check_reason(reason: str) -> None:
    """Raise `ReasonMissing` or `WordsTooLong` for the words of a refusal."""
    if is_blank(reason):
        raise ReasonMissing(_l("Write why: the person reads it."), field="reason")
    if len(reason.strip()) > LONGEST_REASON:
        raise WordsTooLong(_l("Write at most 500 letters."), field="reason")


def refuse_observer(actor: Actor, request: ObserverRequest, *, reason: str, now: datetime) -> bool:
    """Say no, and why; returns whether it waited until now. They may ask again."""
    require(actor, "workinggroups.decide_observers", request)
    check_reason(reason)
    if not _answer(request, ObserverRequestState.REFUSED, actor, now, reason=reason.strip()):
        return False
    facts = {"person": str(request.person_id)}
    audit.record(actor, "workinggroups.observer.refused", "group", request.group_id, facts, now=now)
    events.observer_decided.send(request, actor=actor, now=now)
    return True


def _answer(
    request: ObserverRequest, state: ObserverRequestState, actor: Actor, now: datetime, *, reason: str = ""
) -> bool:
    waiting = sa.update(ObserverRequest).where(
        ObserverRequest.id == request.id, ObserverRequest.state == ObserverRequestState.ASKED
    )
    answered = {"state": state, "decided_at": now, "decided_by": actor.person_id, "reason": reason}
    if change_rows(waiting.values(**answered)) != 1:
        return False
    db.session.refresh(request, ["state", "decided_at", "decided_by", "reason"])
    return True
