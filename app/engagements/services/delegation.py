"""Who goes for an engagement: who travels, who speaks, who takes part from afar, and what is missing until then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.languages import is_blank, one_line
from app.core.permissions import require
from app.core.registries import audience_holders
from app.engagements.keys import engagement_key
from app.engagements.models import Delegate, Engagement, EngagementState, PaperState, Part
from app.engagements.services.holding import record
from app.extensions import db

LONGEST_NAME = 160
LONGEST_LANGUAGES = 120
LONGEST_NOTE = 500


class PersonTwice(RuleBroken):
    def __init__(self) -> None:
        super().__init__(_l("This person is in the delegation already. Change what stands there."), field="person")


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """One person of a delegation: somebody of the house, or a name; their part, papers and days (both included)."""

    person_id: UUID | None = None
    name: str = ""
    organisation_id: UUID | None = None
    part: Part = Part.GOES
    languages: str = ""
    visa: PaperState = PaperState.NOT_KNOWN
    badge: PaperState = PaperState.NOT_KNOWN
    arrives_on: date | None = None
    leaves_on: date | None = None
    note: str = ""


def add_delegate(actor: Actor, engagement: Engagement, going: Going, *, now: datetime) -> Delegate:
    """Let somebody go for an engagement; whoever does reads what is inside it. Only people inside it can be chosen by
    name of the house: others are written down by their name.

    Raises `PersonTwice`, `RuleBroken` at `person`, `name`, `leaves_on`, `languages`, `note`.
    """
    require(actor, "engagements.run", engagement)
    _check_not_given_up(engagement)
    if going.person_id is not None and going.person_id not in audience_holders(engagement_key(engagement.id), now):
        raise RuleBroken(_l("Choose somebody from the list, or write the name of another person."), field="person")
    delegate = Delegate(engagement_id=engagement.id, engagement=engagement, added_at=now, added_by=actor.person_id)
    _write(delegate, going)
    record(actor, "delegate_added", engagement, now, part=delegate.part.value)
    return delegate


def change_delegate(actor: Actor, delegate: Delegate, going: Going, *, now: datetime) -> Delegate:
    """Write anew what is known of somebody who goes. Raises as `add_delegate`."""
    engagement = delegate.engagement
    require(actor, "engagements.run", engagement)
    is_new = going.person_id is not None and going.person_id != delegate.person_id
    if is_new and going.person_id not in audience_holders(engagement_key(engagement.id), now):
        raise RuleBroken(_l("Choose somebody from the list, or write the name of another person."), field="person")
    _write(delegate, going)
    record(actor, "delegate_changed", engagement, now, part=delegate.part.value)
    return delegate


def remove_delegate(actor: Actor, delegate: Delegate, *, now: datetime) -> Engagement:
    """Take somebody out of a delegation; what was noted for their journey is gone."""
    engagement = delegate.engagement
    require(actor, "engagements.run", engagement)
    db.session.delete(delegate)
    db.session.flush()
    record(actor, "delegate_removed", engagement, now)
    return engagement


def _check_not_given_up(engagement: Engagement) -> None:
    if engagement.state is EngagementState.GIVEN_UP:
        raise RuleBroken(_l("This engagement was given up. Take it up again first."))


def _check(going: Going) -> None:
    name = _name(going)
    if going.person_id is None and not name:
        raise RuleBroken(_l("Choose a person, or write a name."), field="name")
    if going.person_id is not None and name:
        raise RuleBroken(_l("Choose a person or write a name, not both."), field="name")
    if going.arrives_on and going.leaves_on and going.leaves_on < going.arrives_on:
        raise RuleBroken(_l("The departure lies before the arrival. Change one of the two days."), field="leaves_on")
    for field, words, longest in (
        ("name", name, LONGEST_NAME),
        ("languages", going.languages, LONGEST_LANGUAGES),
        ("note", going.note, LONGEST_NOTE),
    ):
        if len(words) > longest:
            too_long = _l("This is too long: there is room for %(longest)s characters.", longest=longest)
            raise RuleBroken(too_long, field=field)


def _name(going: Going) -> str:
    """Return the name as it is kept, "" where nobody would see anything of it."""
    return "" if is_blank(going.name) else one_line(going.name)


def _write(delegate: Delegate, going: Going) -> None:
    _check(going)
    try:
        with db.session.begin_nested():  # changed inside it: what is there before is flushed outside
            delegate.person_id, delegate.name = going.person_id, _name(going)
            delegate.organisation_id, delegate.part = going.organisation_id, going.part
            delegate.languages, delegate.note = one_line(going.languages), going.note.strip()
            delegate.visa, delegate.badge = going.visa, going.badge
            delegate.arrives_on, delegate.leaves_on = going.arrives_on, going.leaves_on
            db.session.add(delegate)
    except IntegrityError:
        raise PersonTwice from None
