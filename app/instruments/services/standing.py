"""How an instrument is described, and whether it is on offer."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.database import change_rows
from app.core.permissions import require
from app.extensions import db
from app.instruments.models import Instrument
from app.instruments.services.checking import Tags, checked_line, refuse_withdrawn, set_tags
from app.instruments.services.writing import record


def describe(actor: Actor, instrument: Instrument, tags: Tags, *, now: datetime) -> Instrument:
    """Say anew what an instrument claims, which goals it is about and who reads it.

    Raises `RuleBroken` at `goals` and `audience`, and for an instrument that was withdrawn.
    """
    require(actor, "instruments.keep", instrument)
    db.session.refresh(instrument, with_for_update={"of": Instrument})
    refuse_withdrawn(instrument)
    set_tags(instrument, tags)
    record(actor, "described", instrument, now, audience=instrument.audience)
    return instrument


def withdraw(actor: Actor, instrument: Instrument, *, because: str, now: datetime) -> Instrument:
    """Take an instrument out of the lists, with a line for those who used it, if there is one. Twice is once.

    Raises `RuleBroken` at `because`.
    """
    require(actor, "instruments.keep", instrument)
    line = checked_line(because, field="because")
    offered = sa.update(Instrument).where(Instrument.id == instrument.id, Instrument.withdrawn_at.is_(None))
    if change_rows(offered.values(withdrawn_at=now, withdrawn_by=actor.person_id, withdrawn_because=line)):
        db.session.refresh(instrument)
        record(actor, "withdrawn", instrument, now)
    return instrument


def offer_again(actor: Actor, instrument: Instrument, *, now: datetime) -> Instrument:
    """Put an instrument back on offer. Twice is once."""
    require(actor, "instruments.keep", instrument)
    gone = sa.update(Instrument).where(Instrument.id == instrument.id, Instrument.withdrawn_at.is_not(None))
    if change_rows(gone.values(withdrawn_at=None, withdrawn_by=None, withdrawn_because="")):
        db.session.refresh(instrument)
        record(actor, "offered_again", instrument, now)
    return instrument
