"""Answering: one voice for each who takes part, changed and taken back as often as one likes until the close.

No line of the audit says that somebody answered: how many have is a number, and who they are is nobody's business
before the close.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext

from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.languages import check_tag, is_blank, one_line
from app.core.permissions import require
from app.core.registries import audience_holders
from app.extensions import db
from app.moments.models import Moment
from app.people.models import Person
from app.polls.models import Poll, PollAnswer, PollChoice
from app.polls.queries import find_answer
from app.polls.services.locking import check_open, lock
from app.workinggroups.keys import contributors_key
from app.workinggroups.queries import find_membership

LONGEST_REASON = 400


class NothingChosen(RuleBroken):
    """An answer chooses something; who wants to take theirs back does that."""


class TooManyChosen(RuleBroken):
    """A poll says how many options one may choose."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it was typed; `because` is a line in one's own language, or empty."""

    choices: frozenset[UUID]
    because: str = ""
    language: str = ""


def answer(actor: Actor, poll: Poll, given: Given, *, now: datetime) -> PollAnswer:
    """Answer, or answer anew: the last one counts, and nothing is kept of the one before.

    Raises `PollOver`, `LaidDown`, `GroupClosed`, `NothingChosen`, `TooManyChosen`, `RuleBroken` at `because` and
    `language`.
    """
    require(actor, "polls.answer", poll)
    lock(poll)
    check_open(poll, now)
    _check_choices(poll, given)
    because, language = _reason(given)
    organisation_id, region_id = _stands_for(actor, poll)
    row = find_answer(poll, actor.person_id)
    if row is None:  # the lock lets nobody else write between the look and the row; a constraint stands behind it
        row = PollAnswer(id=uuid4(), poll_id=poll.id, person_id=actor.person_id)
        db.session.add(row)
    row.organisation_id, row.region_id = organisation_id, region_id
    row.because, row.language, row.answered_at = because, language, now
    chosen = {choice.option_id: choice for choice in row.choices}
    row.choices = [chosen.get(option_id) or PollChoice(option_id=option_id) for option_id in given.choices]
    db.session.flush()
    return row


def take_back(actor: Actor, poll: Poll, *, now: datetime) -> bool:
    """Take one's answer back; returns whether there was one. Raises `PollOver`, `LaidDown`, `GroupClosed`."""
    require(actor, "polls.answer", poll)
    lock(poll)
    check_open(poll, now)
    row = find_answer(poll, actor.person_id)
    if row is None:
        return False
    db.session.delete(row)
    db.session.flush()
    return True


def drop_answers(group_id: UUID, person_id: UUID, *, now: datetime) -> int:
    """Forget the answers to open polls of somebody who takes part no longer; returns how many. What was closed keeps
    its figures."""
    if person_id in audience_holders(contributors_key(group_id), now):
        return 0
    is_open = sa.and_(Poll.closed_at.is_(None), Poll.laid_down_at.is_(None), Moment.until > now)
    polls = sa.select(Poll.id).join(Moment, Moment.id == Poll.moment_id).where(Poll.group_id == group_id, is_open)
    return forget_answers(person_id, polls)


def forget_answers(person_id: UUID, polls: sa.Select[UUID]) -> int:
    """Delete what one person answered to these polls, choices included; returns how many answers went."""
    gone = sa.and_(PollAnswer.person_id == person_id, PollAnswer.poll_id.in_(polls))
    change_rows(sa.delete(PollChoice).where(PollChoice.answer_id.in_(sa.select(PollAnswer.id).where(gone))))
    return change_rows(sa.delete(PollAnswer).where(gone))


def _check_choices(poll: Poll, given: Given) -> None:
    if not given.choices or not given.choices <= {option.id for option in poll.options}:
        raise NothingChosen(_l("Choose an option from the list."), field="choices")
    if len(given.choices) > poll.most:
        raise TooManyChosen(
            lazy_ngettext("Choose one option.", "Choose at most %(num)s options.", poll.most), field="choices"
        )


def _reason(given: Given) -> tuple[str, str]:
    because = one_line(given.because.replace("\n", " "))
    if is_blank(because):
        return "", ""
    if len(because) > LONGEST_REASON:
        raise RuleBroken(_l("Write at most %(count)s letters.", count=LONGEST_REASON), field="because")
    return because, check_tag(given.language)


def _stands_for(actor: Actor, poll: Poll) -> tuple[UUID | None, UUID | None]:
    """Return the organisation for which somebody takes part, and its region, else their own."""
    place = find_membership(poll.group, actor.person_id)
    organisation = place.organisation if place is not None else None
    if organisation is not None and organisation.region_id is not None:
        return organisation.id, organisation.region_id
    person = db.session.get_one(Person, actor.person_id)
    return organisation.id if organisation is not None else None, person.region_id
