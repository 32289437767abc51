"""Who is told what: one notice per person and fact, written in the transaction of the fact.

Authors learn of answers, of translations that wait for their yes, of words taken down for them, and of everything that
is asked or decided about their texts; those who lead a track learn of reports and of authors who ask for release.
Nobody learns who reported.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core import notices, registries
from app.core.actors import SECRETARIAT, Actor
from app.extensions import db
from app.originals.models import Original, Translation
from app.reflections.models import AbuseReport, ConsentRequest, Draft, Ground, Reflection, Withholding
from app.sessions.keys import facilitators_key

ANSWERED = "reflections.answered"
TRANSLATED = "reflections.translated"
CONSENT_ASKED = "reflections.consent_asked"
CONSENT_ANSWERED = "reflections.consent_answered"
WITHHELD = "reflections.withheld"
RELEASED = "reflections.released"
RELEASE_ASKED = "reflections.release_asked"
RELEASE_REFUSED = "reflections.release_refused"
REPORTED = "reflections.reported"
DRAFT_WAITS = "reflections.draft_waits"


def _tell(person_ids: set[UUID], kind: str, reflection: Original, fact: str, now: datetime) -> None:
    parameters: dict[str, Any] = {"reflection": str(reflection.id), "fact": fact.split("@", maxsplit=1)[0]}
    notices.tell_many(sorted(person_ids, key=str), kind, fact, parameters, now=now)


def tell_author(actor: Actor, reflection: Original, kind: str, fact: UUID, *, now: datetime, again: str = "") -> None:
    """Tell the author, unless it is the author's own doing. `again` tells apart what happens more than once."""
    if reflection.author_id is not None:
        mark = f"{fact}@{again}" if again else str(fact)
        _tell({reflection.author_id} - {actor.person_id}, kind, reflection, mark, now)


def tell_person(person_id: UUID | None, reflection: Reflection, kind: str, fact: UUID, *, now: datetime) -> None:
    """Tell the one person who asked for it."""
    if person_id is not None:
        _tell({person_id}, kind, reflection, str(fact), now)


def tell_reported(actor: Actor, report: AbuseReport, *, now: datetime) -> None:
    """Tell those who lead the track and the secretariat; never the author, who may lead the track too."""
    reflection = report.reflection
    fact = f"{report.id}@{report.reported_at.isoformat()}"  # the same row is reported anew after a new version
    _tell(_leads(reflection, now) - {actor.person_id, reflection.author_id}, REPORTED, reflection, fact, now)


def tell_release_asked(withholding: Withholding, *, now: datetime) -> None:
    """Tell those who may answer: of a text held for care the team of the track, of one hidden for abuse the secretariat
    without the person who hid it; where nobody is left there, the team without that person."""
    reflection = withholding.reflection
    asked = _leads(reflection, now) - {reflection.author_id}
    if withholding.ground is Ground.ABUSE:
        asked -= {withholding.by_id}
        asked = asked & registries.audience_holders(SECRETARIAT, now) or asked
    fact = f"{withholding.id}@{now.isoformat()}"
    _tell(asked, RELEASE_ASKED, reflection, fact, now)


def tell_draft(draft: Draft, *, now: datetime) -> None:
    """Tell the author that words taken down wait, unless they took them down themselves."""
    if draft.author_id != draft.taken_by:
        notices.tell(draft.author_id, DRAFT_WAITS, str(draft.id), {"draft": str(draft.id)}, now=now)


def _leads(reflection: Reflection, now: datetime) -> set[UUID]:
    team = registries.audience_holders(facilitators_key(reflection.track_id), now)
    return team | registries.audience_holders(SECRETARIAT, now)


def still_wanted(notice: Any, _now: datetime) -> bool:
    """Asked at the last moment before a mail leaves: the text is there, and the fact still holds."""
    if notice.kind == DRAFT_WAITS:
        return db.session.get(Draft, UUID(notice.parameters["draft"])) is not None
    reflection = db.session.get(Reflection, UUID(notice.parameters["reflection"]))
    if reflection is None or reflection.erased_at is not None or reflection.withdrawn_at is not None:
        return False
    holds = _HOLDS.get(notice.kind)
    return holds is None or holds(reflection, UUID(notice.parameters["fact"]))


def _is_answer_there(_reflection: Reflection, fact: UUID) -> bool:
    answer = db.session.get(Reflection, fact)
    return answer is not None and (answer.erased_at, answer.withdrawn_at, answer.withheld_at) == (None, None, None)


def _waits_for_review(_reflection: Reflection, fact: UUID) -> bool:
    translation = db.session.get(Translation, fact)
    return translation is not None and translation.reviewed_at is None


def _is_open_question(_reflection: Reflection, fact: UUID) -> bool:
    request = db.session.get(ConsentRequest, fact)
    return request is not None and request.answered_at is None


def _is_in_force(_reflection: Reflection, fact: UUID) -> bool:
    withholding = db.session.get(Withholding, fact)
    return withholding is not None and withholding.lifted_at is None


def _waits_for_release(reflection: Reflection, fact: UUID) -> bool:
    withholding = db.session.get(Withholding, fact)
    return withholding is not None and _is_in_force(reflection, fact) and withholding.appeal_answered_at is None


def _is_undecided(reflection: Reflection, _fact: UUID) -> bool:
    reports = sa.exists().where(AbuseReport.reflection_id == reflection.id, AbuseReport.decided_at.is_(None))
    return bool(db.session.scalar(sa.select(reports)))


_HOLDS: dict[str, Callable[[Reflection, UUID], bool]] = {
    ANSWERED: _is_answer_there,
    TRANSLATED: _waits_for_review,
    CONSENT_ASKED: _is_open_question,
    WITHHELD: _is_in_force,
    RELEASE_ASKED: _waits_for_release,
    RELEASE_REFUSED: _is_in_force,
    REPORTED: _is_undecided,
}

KINDS = (*_HOLDS, CONSENT_ANSWERED, RELEASED, DRAFT_WAITS)
