"""What people do about their mails: choose a rhythm, stop a topic, want it again.

Whoever chooses is the person themselves: signed in, or with the link at the foot of a mail to them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from app.core import audit
from app.core.actors import Actor
from app.core.database import insert_for
from app.core.notices import Notice
from app.core.permissions import require
from app.extensions import db
from app.mailings.models import MailRhythm, MailStop, Pace
from app.mailings.queries import optional_topics, stops_of
from app.people.models import Person


@dataclass(frozen=True, slots=True)
class Choices:
    """How often, at which hours of one's own clocks, and the codes of the topics that one gets."""

    pace: Pace
    hour: int
    weekday: int
    quiet_from: int
    quiet_until: int
    topics: frozenset[str]


def choose(actor: Actor, person: Person, choices: Choices, *, now: datetime) -> Person:
    """Let a person choose their rhythm and topics. What waits for them already is given another hour by the new
    choices; topics that the house came to know later are wanted until stopped."""
    require(actor, "mailings.choose", person)
    _set_rhythm(person.id, choices, now)
    offered = {topic.code for topic in optional_topics()}
    _set_stops(person.id, stopped=offered - choices.topics, wanted=offered & choices.topics, now=now)
    _wait_anew(person.id)
    db.session.flush()
    audit.record(actor, "mailings.rhythm.chosen", "person", person.id, now=now)
    return person


def stop(actor: Actor, person: Person, codes: Collection[str], *, now: datetime) -> Person:
    """Stop the mails of some topics, those that wait too. Stopping twice is stopping; what is not optional stays."""
    require(actor, "mailings.choose", person)
    stopped = set(codes) & {topic.code for topic in optional_topics()}
    _set_stops(person.id, stopped=stopped, wanted=set(), now=now)
    _wait_anew(person.id)
    db.session.flush()
    audit.record(actor, "mailings.topic.stopped", "person", person.id, {"topics": sorted(stopped)}, now=now)
    return person


def want_again(actor: Actor, person: Person, codes: Collection[str], *, now: datetime) -> Person:
    """Send the mails of some topics again from now on."""
    require(actor, "mailings.choose", person)
    _set_stops(person.id, stopped=set(), wanted=set(codes), now=now)
    db.session.flush()
    audit.record(actor, "mailings.topic.wanted_again", "person", person.id, {"topics": sorted(codes)}, now=now)
    return person


def _set_rhythm(person_id: UUID, choices: Choices, now: datetime) -> None:
    """Keep how often and when; sent twice at once it is one row, and the later one holds."""
    chosen = {
        "pace": choices.pace,
        "hour": choices.hour,
        "weekday": choices.weekday,
        "quiet_from": choices.quiet_from,
        "quiet_until": choices.quiet_until,
        "changed_at": now,
    }
    first = insert_for(MailRhythm).values(person_id=person_id, **chosen)
    db.session.execute(first.on_conflict_do_update(index_elements=["person_id"], set_=chosen))
    db.session.get(MailRhythm, person_id, populate_existing=True)  # what was read of it before holds no more


def _set_stops(person_id: UUID, *, stopped: set[str], wanted: set[str], now: datetime) -> None:
    known = stops_of([person_id])[person_id]
    if wanted & known:
        of_topics = (MailStop.person_id == person_id, MailStop.topic.in_(wanted & known))
        db.session.execute(sa.delete(MailStop).where(*of_topics))
    rows = [{"person_id": person_id, "topic": code, "stopped_at": now} for code in sorted(stopped - known)]
    if rows:  # from two windows at once: the same choice is one row
        db.session.execute(insert_for(MailStop).on_conflict_do_nothing(), rows)


def _wait_anew(person_id: UUID) -> None:
    """Let what no mail was made of yet be given its hour again."""
    waiting = (Notice.person_id == person_id, Notice.mail_id.is_(None), Notice.dropped_at.is_(None))
    db.session.execute(sa.update(Notice).where(*waiting).values(leaves_at=None, together=""))
