"""Proposing a meeting, proving one's address, and the answer: published as it is or corrected, or refused with why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.actors import Actor
from app.core.addresses import is_web_address
from app.core.database import change_rows, take_turns
from app.core.errors import RuleBroken
from app.core.languages import is_blank, one_line
from app.core.permissions import require
from app.events.models import ADDRESS, Event
from app.events.services import Planned, write_event
from app.extensions import db
from app.moments.timing import Timing, settle
from app.proposals import telling
from app.proposals.models import Proposal, ProposalState
from app.workinggroups.models import WorkingGroup

SUBJECT = "event_proposal"
WORDS = ("title", "language", "description", "place", "organiser", "address")
"""What a proposal takes over of an event that is planned."""

MOST_FROM_ONE = 3
"""Proposals within an hour that give one address: each is a mail to it, which somebody else may have typed."""

MOST_TOGETHER = 30
"""Proposals within an hour to addresses that nobody has proven: more is a machine."""

HOUR = timedelta(hours=1)
LINK_LASTS = timedelta(days=3)
LONGEST_REASON = 1000


class TooManyProposals(RuleBroken):
    """One too many within an hour. The words stay in the form."""


class AlreadyAnswered(RuleBroken):
    """Somebody has published or refused it."""


class StaleLink(RuleBroken):
    """The link is too old, or was never one of ours."""


@dataclass(frozen=True, slots=True)
class Proposer:
    """Who proposes: the address for the answer, the language of their page, and a name that is shown where they agree
    (`is_named`)."""

    email: str
    page_language: str
    name: str = ""
    is_named: bool = False


def propose(
    actor: Actor, group: WorkingGroup | None, planned: Planned, proposer: Proposer, *, now: datetime
) -> Proposal:
    """Keep what somebody proposes and mail them a link; nobody else sees it before that link was opened. Open to
    visitors. `planned.readers` is left to who publishes it.

    Raises `TooManyProposals`, `RuleBroken` at `title`, `day` and `address`, and the errors of `timing.resolve` (R-08).
    """
    settled, wall_start = _check(planned, proposer, now)
    _check_not_too_many(actor, proposer.email, now)
    proposal = Proposal(
        id=uuid4(),
        group=group,
        **{name: getattr(planned, name) for name in WORDS},
        precision=settled.precision,
        wall_start=wall_start,
        wall_end=settled.wall_end,
        zone=settled.zone or "UTC",
        is_second_start=bool(settled.is_second_start),
        is_second_end=bool(settled.is_second_end),
        name=one_line(proposer.name),
        is_named=proposer.is_named,
        email=proposer.email,
        page_language=proposer.page_language,
        state=ProposalState.SENT,
        sent_at=now,
    )
    db.session.add(proposal)
    db.session.flush()
    telling.mail_link(proposal, now=now, expires_at=now + LINK_LASTS)
    return proposal


def _check(planned: Planned, proposer: Proposer, now: datetime) -> tuple[Timing, datetime]:
    """Return the time as it is kept, and its beginning on the wall."""
    if is_blank(planned.title):
        raise RuleBroken(_l("Write what it is called."), field="title")
    settled, _starts_at, until = settle(planned.timing)
    if until < now:
        raise RuleBroken(_l("This day is past. Choose one that is still to come."), field="day")
    if planned.address and not is_web_address(planned.address, longest=ADDRESS):
        raise RuleBroken(_l("Write the whole address, beginning with https://"), field="address")
    if proposer.is_named and is_blank(proposer.name):
        raise RuleBroken(_l("Write the name that shall stand there, or take the tick away."), field="name")
    assert settled.wall_start is not None  # noqa: S101 - the form asks for a day
    return settled, settled.wall_start


def _check_not_too_many(actor: Actor, email: str, now: datetime) -> None:
    """Two that come at once are counted one after the other. Addresses that nobody has proven are counted together;
    they shut out neither who is signed in nor who has proven theirs before."""
    take_turns("proposals")
    recent = sa.select(sa.func.count()).select_from(Proposal).where(Proposal.sent_at > now - HOUR)
    if (db.session.scalar(recent.where(Proposal.email == email)) or 0) >= MOST_FROM_ONE:
        raise TooManyProposals(_l("Several proposals came from this address within an hour. Send this one in an hour."))
    if actor.is_person or _is_proven(email):
        return
    if (db.session.scalar(recent.where(Proposal.state == ProposalState.SENT)) or 0) >= MOST_TOGETHER:
        raise TooManyProposals(_l("Very many proposals are arriving right now. Send yours in an hour."))


def _is_proven(email: str) -> bool:
    """Whether somebody has opened a link that was mailed to this address."""
    proven = sa.select(Proposal.id).where(Proposal.email == email, Proposal.state != ProposalState.SENT)
    return db.session.scalar(sa.select(proven.exists())) or False


def confirm(proposal: Proposal | None, *, now: datetime) -> Proposal:
    """Take an address for proven by whoever holds the link: the proposal lies on the desk now. Twice is once.

    Raises `StaleLink`.
    """
    if proposal is None or (proposal.state is ProposalState.SENT and proposal.sent_at + LINK_LASTS <= now):
        raise StaleLink(_l("This link is too old, or not one of ours. Propose it again."))
    waits = sa.update(Proposal).where(Proposal.id == proposal.id, Proposal.state == ProposalState.SENT)
    if change_rows(waits.values(state=ProposalState.WAITING)) == 1:
        telling.tell_desk(proposal, now=now)
    return proposal


def publish(actor: Actor, proposal: Proposal, group: WorkingGroup | None, planned: Planned, *, now: datetime) -> Event:
    """Let a proposal stand in the agenda, as it is or corrected, and tell who proposed it. Once.

    Raises `AlreadyAnswered`, and as `write_event`.
    """
    require(actor, "proposals.decide", proposal)
    _answer(actor, proposal, ProposalState.PUBLISHED, "", now)
    event = write_event(actor, group, planned, now=now)
    proposal.event_id = event.id
    audit.record(actor, "proposals.proposal.published", SUBJECT, proposal.id, {"event": str(event.id)}, now=now)
    telling.mail_answer(proposal, now=now)
    return event


def refuse(actor: Actor, proposal: Proposal, because: str, *, now: datetime) -> Proposal:
    """Say no, and why: whoever proposed it reads the reason. Raises `AlreadyAnswered`, `RuleBroken` at `because`."""
    require(actor, "proposals.decide", proposal)
    because = because.strip()
    if is_blank(because):
        raise RuleBroken(_l("Write why: whoever proposed it reads it."), field="because")
    if len(because) > LONGEST_REASON:
        raise RuleBroken(_l("Write at most %(count)s letters.", count=LONGEST_REASON), field="because")
    _answer(actor, proposal, ProposalState.REFUSED, because, now)
    audit.record(actor, "proposals.proposal.refused", SUBJECT, proposal.id, {}, now=now)
    telling.mail_answer(proposal, now=now)
    return proposal


def _answer(actor: Actor, proposal: Proposal, state: ProposalState, because: str, now: datetime) -> None:
    """Of two who answer at once, the second one hears of the first."""
    waits = sa.update(Proposal).where(Proposal.id == proposal.id, Proposal.state == ProposalState.WAITING)
    values = {"state": state, "answered_at": now, "answered_by": actor.person_id, "because": because}
    if change_rows(waits.values(**values)) != 1:
        raise AlreadyAnswered(_l("Somebody has answered this proposal already."))
