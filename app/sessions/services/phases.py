"""Phases: programme periods of an owner organisation, set up by the secretariat."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.naming import Names, add_with_free_slug, check_names, slug_of, write_names
from app.core.permissions import require
from app.extensions import db
from app.people.models import Organisation, Region
from app.sessions.models import Phase
from app.sessions.services.texts import Texts, write_texts

FIRST_YEAR, LAST_YEAR = 1970, 2100


class YearsOutOfOrder(RuleBroken):
    """The last year lies before the first, or no programme can be meant."""


class UnknownOwner(RuleBroken):
    """The owner is no organisation of this house."""


def check_years(year_from: int, year_to: int) -> None:
    """Raise `YearsOutOfOrder` unless the years are in order and of this age."""
    if not FIRST_YEAR <= year_from <= year_to <= LAST_YEAR:
        raise YearsOutOfOrder(
            _l("The last year cannot lie before the first. Choose years between 1970 and 2100."), field="year_to"
        )


def _check(owner_organisation_id: UUID, year_from: int, year_to: int) -> None:
    check_years(year_from, year_to)
    if db.session.get(Organisation, owner_organisation_id) is None:
        raise UnknownOwner(_l("Choose the organisation that runs this phase."), field="owner")


def _regions(region_ids: Collection[UUID]) -> list[Region]:
    return list(db.session.scalars(sa.select(Region).where(Region.id.in_(region_ids)).order_by(Region.position)))


def create_phase(
    actor: Actor,
    *,
    names: Names,
    owner_organisation_id: UUID,
    year_from: int,
    year_to: int,
    region_ids: Collection[UUID] = (),
    texts: Texts | None = None,
    now: datetime,
    slug: str = "",
    code: str | None = None,
    source: str = "",
    is_example: bool = False,
) -> Phase:
    """Set up a phase. Its slug follows from the name; `code` is the programme file's id.

    Raises `NeedsName`, `YearsOutOfOrder`, `UnknownOwner`.
    """
    require(actor, "sessions.run_programme")
    check_names(names)
    _check(owner_organisation_id, year_from, year_to)
    phase = Phase(
        owner_organisation_id=owner_organisation_id,
        year_from=year_from,
        year_to=year_to,
        code=code,
        source=source,
        is_example=is_example,
        created_at=now,
    )
    phase.regions = _regions(region_ids)
    add_with_free_slug(phase, slug or slug_of(names, f"phase-{year_from}-{year_to}"))
    write_names("phase", phase.id, names)
    write_texts(phase, texts or {})
    audit.record(actor, "sessions.phase.created", "phase", phase.id, {"slug": phase.slug}, now=now)
    return phase


def change_phase(
    actor: Actor,
    phase: Phase,
    *,
    names: Names,
    owner_organisation_id: UUID,
    year_from: int,
    year_to: int,
    region_ids: Collection[UUID],
    texts: Texts | None = None,
    now: datetime,
) -> Phase:
    """Change a phase; its address stays. Raises as `create_phase`."""
    require(actor, "sessions.run_programme", phase)
    check_names(names)
    _check(owner_organisation_id, year_from, year_to)
    phase.owner_organisation_id = owner_organisation_id
    phase.year_from, phase.year_to = year_from, year_to
    phase.regions = _regions(region_ids)
    db.session.flush()
    write_names("phase", phase.id, names)
    write_texts(phase, texts or {})
    audit.record(actor, "sessions.phase.changed", "phase", phase.id, {"slug": phase.slug}, now=now)
    return phase
