"""Reading advocacy instruments: what the network or everybody reads, and what one keeps oneself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from app.advocacy.models import Claim
from app.core.actors import Actor
from app.core.audiences import visible_to
from app.core.errors import NotFound
from app.core.languages import chain
from app.core.paging import Page, fetch_page
from app.extensions import db
from app.instruments.models import Instrument, InstrumentClaim, InstrumentGoal, InstrumentText
from app.instruments.policy import can_keep
from app.people.keys import mandated_for
from app.people.models import Organisation
from app.workinggroups.keys import CONTRIBUTORS, groups_named_in
from app.workinggroups.models import GroupState, WorkingGroup

MOST_OFFERED = 200
"""Instruments in a list to choose from."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed down to; what is None or False does not narrow it."""

    claim: Claim | None = None
    goal: int | None = None
    language: str = ""
    only_own: bool = False
    only_withdrawn: bool = False


def get_visible_instrument(actor: Actor, instrument_id: UUID) -> Instrument:
    """Return an instrument that the actor reads or keeps; raises `NotFound`. Withdrawn ones are read on."""
    row = db.session.get(Instrument, instrument_id)
    if row is None or not (can_keep(actor, row) or actor.holds(row.audience)):
        raise NotFound
    return row


def _readable(actor: Actor) -> sa.ColumnElement[bool]:
    return sa.or_(visible_to(actor, Instrument.audience), _own(actor))


def _own(actor: Actor) -> sa.ColumnElement[bool]:
    """The filter for instruments of the actor's groups and organisations."""
    return sa.or_(
        Instrument.group_id.in_(groups_named_in(actor, CONTRIBUTORS)),
        Instrument.organisation_id.in_(mandated_for(actor)),
    )


def page_of_instruments(actor: Actor, wanted: Wanted, *, cursor: str = "") -> Page[Instrument]:
    """Return one page of instruments, what changed last first. Withdrawn ones are listed for those who keep them."""
    statement = sa.select(Instrument)
    if wanted.only_withdrawn:
        kept = sa.true() if actor.is_secretariat else _own(actor)
        statement = statement.where(kept, Instrument.withdrawn_at.is_not(None))
    else:
        statement = statement.where(_readable(actor), Instrument.withdrawn_at.is_(None))
    if wanted.only_own:
        statement = statement.where(_own(actor))
    if wanted.claim is not None:
        claiming = sa.select(InstrumentClaim.instrument_id).where(InstrumentClaim.claim == wanted.claim)
        statement = statement.where(Instrument.id.in_(claiming))
    if wanted.goal is not None:
        about = sa.select(InstrumentGoal.instrument_id).where(InstrumentGoal.goal == wanted.goal)
        statement = statement.where(Instrument.id.in_(about))
    if wanted.language:
        written = sa.select(InstrumentText.instrument_id).where(InstrumentText.language == wanted.language)
        statement = statement.where(Instrument.id.in_(written))
    return fetch_page(
        statement, key=Instrument.changed_at, row_id=Instrument.id, cursor=cursor, newest_first=True, size=30
    )


def has_withdrawn(actor: Actor) -> bool:
    """Whether the actor keeps instruments that were withdrawn."""
    kept = sa.true() if actor.is_secretariat else _own(actor)
    return db.session.scalar(sa.select(sa.exists().where(kept, Instrument.withdrawn_at.is_not(None)))) or False


def list_visible(actor: Actor, language: str) -> list[tuple[Instrument, InstrumentText]]:
    """Return the instruments on offer that the actor reads, each with its newest text in the language that best stands
    in for one of the pages; what changed last first, `MOST_OFFERED` at most."""
    rows = list(
        db.session.scalars(
            sa.select(Instrument)
            .where(_readable(actor), Instrument.withdrawn_at.is_(None))
            .order_by(Instrument.changed_at.desc(), Instrument.id)
            .limit(MOST_OFFERED)
        )
    )
    texts = newest_texts(row.id for row in rows)
    return [(row, chosen) for row in rows if (chosen := choose(texts[row.id], language)) is not None]


def list_readable(actor: Actor, ids: Sequence[UUID]) -> list[Instrument]:
    """Return those of some instruments that the actor reads, withdrawn or not."""
    return list(db.session.scalars(sa.select(Instrument).where(Instrument.id.in_(ids), _readable(actor))))


def _newest() -> sa.Select[InstrumentText]:
    last = (
        sa.select(
            InstrumentText.instrument_id, InstrumentText.language, sa.func.max(InstrumentText.version).label("version")
        )
        .group_by(InstrumentText.instrument_id, InstrumentText.language)
        .subquery()
    )
    return sa.select(InstrumentText).join(
        last,
        sa.and_(
            InstrumentText.instrument_id == last.c.instrument_id,
            InstrumentText.language == last.c.language,
            InstrumentText.version == last.c.version,
        ),
    )


def newest_texts(ids: Iterable[UUID]) -> dict[UUID, dict[str, InstrumentText]]:
    """Return the newest text of instruments in each of their languages, in one query."""
    found: dict[UUID, dict[str, InstrumentText]] = defaultdict(dict)
    for row in db.session.scalars(_newest().where(InstrumentText.instrument_id.in_(list(ids)))):
        found[row.instrument_id][row.language] = row
    return found


def choose(texts: dict[str, InstrumentText], language: str) -> InstrumentText | None:
    """Return the text in the language that best stands in for one of the pages; None where there is none at all."""
    best = chain(language, set(texts))
    return texts[best] if best is not None else None


def newest_text(instrument: Instrument, language: str) -> InstrumentText:
    """Return the newest text in a language, or in the one that best stands in for it."""
    chosen = choose(newest_texts([instrument.id])[instrument.id], language)
    if chosen is None:
        raise NotFound
    return chosen


def get_text(instrument: Instrument, language: str, version: int) -> InstrumentText:
    """Return one version; raises `NotFound`."""
    row = db.session.get(InstrumentText, (instrument.id, language, version))
    if row is None:
        raise NotFound
    return row


def list_versions(instrument: Instrument, language: str) -> list[InstrumentText]:
    """Return every version in one language, the newest first."""
    wanted = sa.select(InstrumentText).where(
        InstrumentText.instrument_id == instrument.id, InstrumentText.language == language
    )
    return list(db.session.scalars(wanted.order_by(InstrumentText.version.desc())))


def list_owners(actor: Actor) -> tuple[list[WorkingGroup], list[Organisation]]:
    """Return the groups and organisations for which the actor may offer an instrument."""
    groups = db.session.scalars(
        sa.select(WorkingGroup)
        .where(WorkingGroup.id.in_(groups_named_in(actor, CONTRIBUTORS)), WorkingGroup.state != GroupState.CLOSED)
        .order_by(WorkingGroup.slug)
    )
    organisations = db.session.scalars(
        sa.select(Organisation).where(Organisation.id.in_(mandated_for(actor))).order_by(Organisation.id)
    )
    return list(groups), list(organisations)
