"""Handing a group on: a note for whoever comes next, and the act itself."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.core import audit
from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.languages import check_tag
from app.core.permissions import require
from app.extensions import db
from app.outcomes.words import check_words
from app.people.queries import persons_with_account
from app.workinggroups import events
from app.workinggroups.keys import contributors_key, holders_of_contributors
from app.workinggroups.models import GroupCoordinator, HandoverNote, WorkingGroup
from app.workinggroups.queries import find_coordinator
from app.workinggroups.queries.handing_on import find_note
from app.workinggroups.services.coordination import appoint_coordinator, lay_down
from app.workinggroups.services.places import lock_group

LONGEST_NOTE = 20_000

CHANGED_MEANWHILE = _l(
    "Somebody wrote this note anew since you opened the page. Their words stand above yours now: take over what is to "
    "stay, then save."
)


class NoteChangedMeanwhile(RuleBroken):
    """Somebody else wrote a version since this one was begun."""


class RunsAlready(RuleBroken):
    """Who runs the group already needs no handing over."""


class NotYours(RuleBroken):
    """Only one's own service is handed over."""


class TakesNoPart(RuleBroken):
    """Whoever takes over is somebody who takes part, with an account of their own."""


def check_note(body: str) -> str:
    """Return the words of a note, or raise `RuleBroken` at `body`."""
    missing = _l("There are no words here yet. Write the note, then save.")
    return check_words(body, field="body", longest=LONGEST_NOTE, missing=missing)


def write_note(
    actor: Actor, group: WorkingGroup, *, language: str, body: str, version: int, now: datetime
) -> HandoverNote:
    """Keep what those who run a group leave to whoever comes next, as its next version; `version` is the one the writer
    was looking at, 0 for none. The same words again change nothing. Raises `NoteChangedMeanwhile`, `RuleBroken` at
    `body` and `language`."""
    require(actor, "workinggroups.hand_over", group)
    tag, body, last = check_tag(language), check_note(body), find_note(group)
    if last is not None and (last.body, last.language) == (body, tag):
        return last
    if version != (last.version if last is not None else 0):
        raise NoteChangedMeanwhile(CHANGED_MEANWHILE)
    note = HandoverNote(
        group_id=group.id, version=version + 1, language=tag, body=body, written_by=actor.person_id, written_at=now
    )
    try:
        with db.session.begin_nested():
            db.session.add(note)
    except IntegrityError:
        raise NoteChangedMeanwhile(CHANGED_MEANWHILE) from None
    facts = {"language": tag, "version": note.version}
    audit.record(actor, "workinggroups.handover.noted", "group", group.id, facts, now=now)
    return note


def hand_over(actor: Actor, group: WorkingGroup, *, person_id: UUID, now: datetime) -> GroupCoordinator:
    """Let somebody who takes part run the group, and end one's own service: both at once, so that the group is never
    without anybody. Returns the appointment. Raises `NotYours`, `RunsAlready`, `TakesNoPart`,
    and as `appoint_coordinator`."""
    require(actor, "workinggroups.hand_over", group)
    lock_group(group)
    own = find_coordinator(group.id, actor.person_id) if actor.person_id is not None else None
    if own is None:
        raise NotYours(_l("You do not run this group as one of its coordinators, so there is nothing to hand over."))
    _check_takes_over(group, person_id, now)
    appointed = appoint_coordinator(actor, group, person_id=person_id, now=now)
    lay_down(actor, own, now=now)
    facts = {"from": str(actor.person_id), "to": str(person_id)}
    audit.record(actor, "workinggroups.group.handed_over", "group", group.id, facts, now=now)
    events.group_handed_over.send(own, actor=actor, now=now, appointed=appointed)
    return appointed


def _check_takes_over(group: WorkingGroup, person_id: UUID, now: datetime) -> None:
    if find_coordinator(group.id, person_id) is not None:
        raise RunsAlready(_l("This person runs the group already. You can simply end your own service."))
    if person_id not in holders_of_contributors(contributors_key(group.id), now):
        raise TakesNoPart(
            _l("Choose somebody who takes part in this group. Observers do not run it: they become members first.")
        )
    if person_id not in persons_with_account([person_id]):
        raise TakesNoPart(
            _l("This person has no account yet, and could not run the group. Choose somebody who signs in.")
        )
