"""Handing in: on which day, which versions, with what proof; taken back where it was noted by mistake."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.languages import is_blank
from app.core.permissions import require
from app.engagements import events
from app.engagements.limits import needs_text
from app.engagements.models import Engagement, EngagementMaterial, EngagementState, EngagementText
from app.engagements.queries.concerns import Concern, concerns_about, digest_of_concerns
from app.engagements.queries.texts import list_links
from app.engagements.services.holding import hold, record
from app.engagements.services.texts import check_takes_texts
from app.extensions import db

LONGEST_PROOF = 1_000


class NoDraft(RuleBroken):
    """A submission logged before its draft."""


class SpeaksAgainst(RuleBroken):
    """Warnings that nobody has said to have read; `concerns` are these."""

    def __init__(self, concerns: Sequence[Concern]) -> None:
        super().__init__(
            _l("Read what speaks against it. Mend it first, or tick this box to hand in all the same."),
            field="all_the_same",
            rule="R-11",
        )
        self.concerns = concerns


def submit(
    actor: Actor,
    engagement: Engagement,
    *,
    submitted_on: date,
    versions: Mapping[UUID, int],
    proof: str = "",
    accepted: str = "",
    now: datetime,
) -> Engagement:
    """Write down that it was handed in, or took place: on which day, and which version of which text (by its id).
    `accepted` is the digest of the warnings that whoever hands in has read and goes on from; they are kept in the audit
    (R-11, R-12).

    Raises `OnlyWatches`, `NoDraft` for a mode that needs a text and has none, `SpeaksAgainst`, and `RuleBroken` at
    `submitted_on`, `versions` and `proof`.
    """
    require(actor, "engagements.run", engagement)
    hold(engagement)
    check_takes_texts(engagement)
    check_day(submitted_on, now)
    links = list_links(engagement)
    check_versions(engagement, links, versions)
    words = check_proof(proof)
    concerns = concerns_about(engagement, links, versions, submitted_on)
    if concerns and accepted != digest_of_concerns(concerns):
        raise SpeaksAgainst(concerns)
    for link in links:
        link.submitted_version = versions.get(link.text_id)
    engagement.submitted_on, engagement.submitted_by = submitted_on, actor.person_id
    engagement.proof = words
    _move(actor, engagement, EngagementState.SUBMITTED, now)
    against = " ".join(one.code for one in concerns)
    record(actor, "submitted", engagement, now, on=submitted_on, **({"against": against} if against else {}))
    return engagement


def check_day(day: date, now: datetime) -> None:
    """Raise `RuleBroken` at `submitted_on` for a day to come."""
    if day > (now + timedelta(days=1)).date():  # somewhere it is tomorrow already
        raise RuleBroken(
            _l("This day is still to come. Write it down once it is handed in, with the day on which it was."),
            field="submitted_on",
        )


def check_versions(engagement: Engagement, links: Sequence[EngagementText], versions: Mapping[UUID, int]) -> None:
    """Raise `NoDraft`, or `RuleBroken` at `versions` where none was chosen or one does not exist."""
    if not links and needs_text(engagement.mode):
        raise NoDraft(
            _l(
                "There is no text of this engagement yet, so nothing can have been handed in. Begin its text, or bring "
                "the one your group has written; then note the submission."
            )
        )
    newest = {link.text_id: link.text.version for link in links}
    if any(not 1 <= number <= newest.get(text_id, 0) for text_id, number in versions.items()):
        raise RuleBroken(_l("This version does not exist. Choose one from the list."), field="versions")
    if links and not versions and needs_text(engagement.mode):
        raise RuleBroken(_l("Choose which version was handed in, in one language at least."), field="versions")


def check_proof(typed: str) -> str:
    """Return the words of a proof as they are kept, "" for none; raises `RuleBroken` at `proof`."""
    words = typed.strip()
    if len(words) > LONGEST_PROOF:
        raise RuleBroken(_l("Write %(longest)s characters at most.", longest=LONGEST_PROOF), field="proof")
    return "" if is_blank(words) else words


def note_proof(
    actor: Actor, engagement: Engagement, *, proof: str, materials: Collection[UUID] = (), now: datetime
) -> Engagement:
    """Say what proves that it was handed in: in words (a number, an address, who confirmed), and which files and links
    of its shelf. Raises `RuleBroken` at `proof`, and before it was handed in."""
    require(actor, "engagements.run", engagement)
    hold(engagement)
    if engagement.submitted_on is None:
        raise RuleBroken(_l("This is not handed in yet. Note that first, with its day."))
    words = check_proof(proof)
    engagement.proof = words
    shelf = sa.select(EngagementMaterial).where(EngagementMaterial.engagement_id == engagement.id)
    for material in db.session.scalars(shelf).unique():
        material.is_proof = material.id in materials
    if db.session.is_modified(engagement) or any(isinstance(row, EngagementMaterial) for row in db.session.dirty):
        engagement.changed_at = now
        record(actor, "proof_noted", engagement, now)
    return engagement


def take_back_submission(actor: Actor, engagement: Engagement, *, now: datetime) -> Engagement:
    """Say that it was not handed in after all: noted by mistake. Texts, signatures and the words of the proof stay.

    Raises `RuleBroken` where it was not handed in, or where it is known what came of it.
    """
    require(actor, "engagements.run", engagement)
    hold(engagement)
    if engagement.state is not EngagementState.SUBMITTED:
        raise RuleBroken(_l("Only what is handed in can be taken back. Look at the page of the engagement."))
    if engagement.result is not None:
        raise RuleBroken(_l("It is written down what came of it. Take that back first, then the submission."))
    links = list_links(engagement)
    for link in links:
        link.submitted_version = None
    engagement.submitted_on = engagement.submitted_by = None
    _move(actor, engagement, EngagementState.IN_THE_MAKING if links else EngagementState.PLANNED, now)
    record(actor, "submission_taken_back", engagement, now)
    return engagement


def _move(actor: Actor, engagement: Engagement, state: EngagementState, now: datetime) -> None:
    engagement.state, engagement.changed_at = state, now
    engagement.version += 1
    db.session.flush()
    events.engagement_state_changed.send(engagement, actor=actor, now=now)
