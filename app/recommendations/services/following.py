"""Where a recommendation stands, who follows it, and what was seen of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.core.actors import NETWORK, Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.languages import check_tag
from app.core.permissions import require
from app.engagements.keys import engagement_key
from app.engagements.policy import is_inside
from app.extensions import db
from app.instruments.services import checked_line
from app.people.models import Organisation
from app.recommendations.models import Evidence, Follower, Recommendation, Status, StatusLine
from app.recommendations.services.checking import checked_day, checked_link, checked_text
from app.recommendations.services.noting import record
from app.recommendations.words import LONGEST_EVIDENCE, LONGEST_REASON


def look(actor: Actor, row: Recommendation, *, status: Status, because: str, now: datetime) -> Recommendation:
    """Say where a recommendation stands, and why: a reason is asked for each status that differs from the last. The
    same again says that somebody looked. Raises `RuleBroken` at `because`."""
    require(actor, "recommendations.look", row)
    db.session.refresh(row, ["status", "status_at"], with_for_update={"of": Recommendation})
    missing = _l("Say why in a sentence: others read it before they rely on it.") if status is not row.status else None
    words = checked_line(because, field="because", longest=LONGEST_REASON, missing=missing)
    before, row.status, row.status_at = row.status, status, now
    line = StatusLine(recommendation_id=row.id, status=status, because=words, at=now, noted_by=actor.person_id)
    db.session.add(line)
    record(actor, "looked_at", row, now, before=before.value, status=status.value)
    return row


def follow(actor: Actor, row: Recommendation, organisation: Organisation | None = None, *, now: datetime) -> None:
    """Follow a recommendation: for an organisation, or oneself. Twice is once."""
    require(actor, "recommendations.follow", organisation)
    person_id = actor.person_id if organisation is None else None
    follower = Follower(
        id=uuid4(),
        recommendation_id=row.id,
        organisation_id=organisation.id if organisation is not None else None,
        person_id=person_id,
        since=now,
        added_by=actor.person_id,
    )
    try:
        with db.session.begin_nested():
            db.session.add(follower)
    except IntegrityError:
        return
    db.session.expire(row, ["followers"])
    record(actor, "followed", row, now, organisation=str(organisation.id) if organisation is not None else "")


def stop_following(
    actor: Actor, row: Recommendation, organisation: Organisation | None = None, *, now: datetime
) -> None:
    """Follow a recommendation no more: for an organisation, or oneself. Twice is once."""
    require(actor, "recommendations.follow", organisation)
    if organisation is not None:
        own = Follower.organisation_id == organisation.id
    else:
        own = Follower.person_id == actor.person_id
    if change_rows(sa.delete(Follower).where(Follower.recommendation_id == row.id, own)):
        db.session.expire(row, ["followers"])
        record(actor, "unfollowed", row, now, organisation=str(organisation.id) if organisation is not None else "")


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody saw on a day; `is_inside`: for those inside the engagement alone."""

    words: str
    language: str
    on: date | None
    url: str = ""
    is_inside: bool = False


def bring_evidence(actor: Actor, row: Recommendation, seen: Seen, *, now: datetime) -> Evidence:
    """Write down what was seen of a recommendation.

    Raises `RuleBroken` at `words`, `language`, `url` and `seen_on`, and at `audience` where there is no engagement
    that the actor is inside of.
    """
    require(actor, "recommendations.bring_evidence", row)
    evidence = Evidence(
        id=uuid4(),
        recommendation_id=row.id,
        audience=_audience(actor, row, seen),
        words=checked_text(
            seen.words,
            field="words",
            longest=LONGEST_EVIDENCE,
            missing=_l("Write what you saw: a law, a budget, a court, a street."),
        ),
        language=check_tag(seen.language),
        url=checked_link(seen.url),
        seen_on=checked_day(seen.on, now, field="seen_on", missing=_l("Say on which day it was.")),
        added_at=now,
        author_id=actor.person_id,
    )
    db.session.add(evidence)
    record(actor, "evidence_brought", row, now, evidence=str(evidence.id))
    return evidence


def _audience(actor: Actor, row: Recommendation, seen: Seen) -> str:
    if not seen.is_inside:
        return NETWORK
    if row.engagement is None or not is_inside(actor, row.engagement):
        raise RuleBroken(
            _l("Only those inside the engagement it grew out of can keep evidence to it. Choose the network."),
            field="audience",
        )
    return engagement_key(row.engagement.id)


def take_evidence_back(actor: Actor, evidence: Evidence, *, now: datetime) -> None:
    """Take evidence out of the register, with its words."""
    require(actor, "recommendations.take_evidence_back", evidence)
    record(actor, "evidence_taken_back", evidence.recommendation, now, evidence=str(evidence.id))
    db.session.delete(evidence)
    db.session.flush()
