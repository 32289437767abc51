"""People who came and are not on the sheet: somebody known, or a new person without an account."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.languages import check_tag, one_line
from app.core.permissions import require
from app.extensions import db
from app.moments.local import local_day
from app.people import services as people_services
from app.people.models import Organisation
from app.sessions.models import Attendance, Gathering
from app.sessions.queries.walk_ins import find_known, find_same
from app.sessions.services.attendance.marking import Marks, announce, check_open, mark


class MightBeKnown(RuleBroken):
    """People of this name are here already: is it one of them?"""


class NameMissing(RuleBroken):
    """A walk-in without a name."""


def add_walk_in(
    actor: Actor,
    gathering: Gathering,
    *,
    name: str,
    language: str = "",
    organisation_id: UUID | None = None,
    person_id: UUID | None = None,
    is_new: bool = False,
    now: datetime,
) -> Attendance:
    """Mark somebody who is not on the sheet. The same name in the same organisation is the same person; where others
    of that name are known and the actor may read it, the actor is asked: `person_id` answers with one of them,
    `is_new` with somebody new, who becomes a person without an account.

    Raises `NotBegun`, `NotTakingPlace`, `NameMissing`, `MightBeKnown`.
    """
    require(actor, "sessions.mark_attendance", gathering)
    check_open(gathering, now)
    name = _check_written(name, organisation_id)
    tag = check_tag(language) if language.strip() else ""
    found = _who_is_meant(actor, gathering, name, organisation_id, person_id=person_id, is_new=is_new)
    if found is None:
        person = people_services.add_walk_in(
            actor, name=name, language=tag, organisation_id=organisation_id, place="", now=now
        )
        found = person.id
    marked = mark(actor, gathering, {found}, organisation_id=organisation_id, now=now)
    announce(actor, gathering, Marks(frozenset(marked), frozenset()), now)
    return db.session.scalars(
        sa.select(Attendance).where(Attendance.gathering_id == gathering.id, Attendance.person_id == found)
    ).one()


def _check_written(name: str, organisation_id: UUID | None) -> str:
    """Return the name on one line. Raises `NameMissing`, and `MightBeKnown` for an organisation that is not there."""
    name = one_line(name)
    if not name:
        raise NameMissing(_l("Write the name of the person who came."), field="name")
    if organisation_id is not None and db.session.get(Organisation, organisation_id) is None:
        raise MightBeKnown(_l("Choose the organisation from the list, or leave it empty."), field="organisation")
    return name


def _who_is_meant(
    actor: Actor,
    gathering: Gathering,
    name: str,
    organisation_id: UUID | None,
    *,
    person_id: UUID | None,
    is_new: bool,
) -> UUID | None:
    """Return who it is, None for somebody new. Raises `MightBeKnown` where the actor must be asked, or answered with
    somebody who was not among those asked about."""
    if is_new and person_id is None:
        return None
    known = {row.id for row in find_known(actor, gathering, name, organisation_id)}
    if person_id in known:
        return person_id
    if known or person_id is not None:
        raise MightBeKnown(
            _l("Is it one of these people? Choose one, or say that it is somebody else."), field="person"
        )
    same = find_same(name, organisation_id, local_day(gathering.moment))
    return same.id if same is not None else None
