"""Who leads and who co-signs: asking organisations, their answers, changing the lead, taking off.

An organisation answers by the hand of whoever has its mandate; nobody does it for them, the secretariat neither. It is
on the list once. Whoever changes the list holds the engagement, so that there is never a second lead.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.engagements import events
from app.engagements.models import Engagement, EngagementState, Signatory, SignatoryState
from app.engagements.services.holding import check_goes_on, hold, record
from app.extensions import db
from app.people.keys import mandate_key
from app.people.mandates import require_spoken_for
from app.people.models import Organisation


class OnTheListAlready(RuleBroken):
    """A co-signatory twice."""

    def __init__(self) -> None:
        super().__init__(
            _l("This organisation is already on the list. Choose another, or look at what it answered."),
            field="organisation",
        )


class TakenOffMeanwhile(RuleBroken):
    def __init__(self) -> None:
        super().__init__(_l("This organisation was taken off the list meanwhile. Look at the page of the engagement."))


def ask_organisation(
    actor: Actor, engagement: Engagement, organisation: Organisation, *, is_lead: bool = False, now: datetime
) -> Signatory:
    """Ask an organisation to lead or to co-sign. Where the actor speaks for it, it has agreed by that. That it lacks a
    status refuses nothing: the page says who is in the way (R-11).

    Raises `OnTheListAlready`, `RuleBroken` where the engagement is closed.
    """
    require(actor, "engagements.run", engagement)
    hold(engagement)
    check_goes_on(engagement)
    if is_lead:
        _nobody_leads(engagement)
    signatory = _add(actor, engagement, organisation, is_lead=is_lead, now=now)
    _told_asked(actor, engagement, signatory, now)
    return signatory


def name_lead(actor: Actor, engagement: Engagement, organisation: Organisation, *, now: datetime) -> Signatory:
    """Write the leading organisation of a new plan down; `plan_engagement` has asked who may."""
    signatory = _add(actor, engagement, organisation, is_lead=True, now=now)
    _told_asked(actor, engagement, signatory, now)
    return signatory


def _add(
    actor: Actor, engagement: Engagement, organisation: Organisation, *, is_lead: bool, now: datetime
) -> Signatory:
    speaks = actor.is_person and actor.holds(mandate_key(organisation.id))
    signatory = Signatory(
        engagement_id=engagement.id,
        organisation=organisation,
        is_lead=is_lead,
        state=SignatoryState.AGREED if speaks else SignatoryState.ASKED,
        added_at=now,
        added_by=actor.person_id,
        answered_at=now if speaks else None,
        answered_by=actor.person_id if speaks else None,
    )
    try:
        with db.session.begin_nested():
            db.session.add(signatory)
    except IntegrityError:
        raise OnTheListAlready from None
    db.session.expire(engagement, ["signatories"])
    return signatory


def agree(actor: Actor, signatory: Signatory, *, now: datetime) -> Signatory:
    """Say for one's organisation that it leads, or co-signs. Twice is once; a no may become a yes until it is handed
    in. Raises `RuleBroken`, `NotAllowed` with the day on which a mandate ended."""
    return _answer(actor, signatory, SignatoryState.AGREED, now)


def decline(actor: Actor, signatory: Signatory, *, now: datetime) -> Signatory:
    """Say for one's organisation that it does not. Who led leads no more. Raises as `agree`."""
    return _answer(actor, signatory, SignatoryState.DECLINED, now)


def _answer(actor: Actor, signatory: Signatory, state: SignatoryState, now: datetime) -> Signatory:
    asked = [signatory.organisation_id]
    require_spoken_for(actor, "engagements.speak_for", signatory, asked, now.date())
    engagement = hold(signatory.engagement)
    check_goes_on(engagement)
    said = {"state": state, "answered_at": now, "answered_by": actor.person_id}
    if state is SignatoryState.DECLINED:
        said["is_lead"] = False
    other = sa.update(Signatory).where(Signatory.id == signatory.id, Signatory.state != state)
    if change_rows(other.values(**said)):
        _told(actor, engagement, state.value, signatory, now)
    elif signatory not in engagement.signatories:
        raise TakenOffMeanwhile
    return signatory


def make_lead(actor: Actor, signatory: Signatory, *, now: datetime) -> Signatory:
    """Let another organisation of the list lead; who led before co-signs. Twice is once. Raises `RuleBroken` for one
    that declined, `TakenOffMeanwhile`."""
    engagement = signatory.engagement
    require(actor, "engagements.run", engagement)
    hold(engagement)
    check_goes_on(engagement)
    if signatory not in engagement.signatories:
        raise TakenOffMeanwhile
    if signatory.state is SignatoryState.DECLINED:
        raise RuleBroken(_l("This organisation declined. Choose another to lead, or let it answer anew."))
    if not signatory.is_lead:
        _nobody_leads(engagement)
        change_rows(sa.update(Signatory).where(Signatory.id == signatory.id).values(is_lead=True))
        _told(actor, engagement, "leads", signatory, now)
    return signatory


def take_off(actor: Actor, signatory: Signatory, *, now: datetime) -> Engagement:
    """Take an organisation off the list; what it signed of this engagement goes with it. Raises `RuleBroken` once it is
    handed in: who stood under the text stands there."""
    engagement = signatory.engagement
    require(actor, "engagements.run", engagement)
    hold(engagement)
    if engagement.state in (EngagementState.SUBMITTED, EngagementState.CLOSED):
        raise RuleBroken(_l("This is handed in, and who signed it stays named. Take the submission back first."))
    organisation_id = signatory.organisation_id
    if change_rows(sa.delete(Signatory).where(Signatory.id == signatory.id)):
        db.session.expire(engagement, ["signatories"])
        record(actor, "signatory_taken_off", engagement, now, organisation=organisation_id)
        events.signatories_changed.send(engagement, actor=actor, now=now)
    return engagement


def _nobody_leads(engagement: Engagement) -> None:
    leading = sa.update(Signatory).where(Signatory.engagement_id == engagement.id, Signatory.is_lead)
    change_rows(leading.values(is_lead=False))


def _told_asked(actor: Actor, engagement: Engagement, signatory: Signatory, now: datetime) -> None:
    """Whoever asks an organisation for which they speak has answered for it: that is kept as what it was."""
    _told(actor, engagement, "joined" if signatory.state is SignatoryState.AGREED else "asked", signatory, now)


def _told(actor: Actor, engagement: Engagement, act: str, signatory: Signatory, now: datetime) -> None:
    db.session.expire(engagement, ["signatories"])
    record(actor, f"signatory_{act}", engagement, now, organisation=signatory.organisation_id)
    events.signatories_changed.send(engagement, actor=actor, now=now)
