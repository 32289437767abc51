"""Joining two rows of one person: a walk-in who registered later, somebody with two addresses."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.core import audit, registries
from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.extensions import db
from app.people.models import Person, Role
from app.people.queries.persons import roles_of
from app.people.services.roles import check_secretariat_stays


def merge_persons(actor: Actor, kept: Person, gone: Person, *, now: datetime) -> Person:
    """Give everything of one row to the other; where both have a thing, the kept one's stays. The other remains as an
    empty shell, so that what names it still does. Raises `RuleBroken` for one and the same row or a row that is empty
    already, for oneself as the one who goes, and `LastSecretary`."""
    require(actor, "people.merge", kept)
    if kept.id == gone.id or kept.erased_at is not None or gone.erased_at is not None:
        raise RuleBroken(_l("These are one and the same already. Look at the list of people again."))
    if gone.id == actor.person_id:
        raise RuleBroken(_l("You would sign yourself out of the house. Keep your own row and join the other to it."))
    is_secretary = any(grant.role is Role.SECRETARIAT for grant in roles_of([gone.id], only_open=True).get(gone.id, []))
    registries.merge_person(kept.id, gone.id, now)
    db.session.flush()
    if is_secretary:
        check_secretariat_stays(gone.id)
    audit.record(actor, "people.person.merged", "person", kept.id, {"gone": str(gone.id)}, now=now)
    return kept
