"""Who keeps a text. The text is the group's: it stays when whoever kept it leaves."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import NotFound, RuleBroken
from app.core.permissions import require
from app.drafting import telling
from app.drafting.models import JointText, TextKeeper
from app.drafting.queries import list_kept_by
from app.drafting.services.audit_lines import record_text
from app.extensions import db
from app.workinggroups.keys import contributors_key, holders_of_contributors


def name_keeper(actor: Actor, text: JointText, person_id: UUID, *, now: datetime) -> JointText:
    """Let somebody who takes part in the group keep a text, beside those who keep it already. Twice is once.

    Raises `RuleBroken` at `person` for somebody who does not take part.
    """
    require(actor, "drafting.keep", text)
    if person_id not in holders_of_contributors(contributors_key(text.group_id), now):
        raise RuleBroken(
            _l("This person does not take part in the group. Choose a member, a guest or a coordinator of it."),
            field="person",
        )
    keeper = TextKeeper(text_id=text.id, person_id=person_id, named_at=now, named_by=actor.person_id)
    try:
        with db.session.begin_nested():
            db.session.add(keeper)
    except IntegrityError:
        return text
    db.session.expire(text, ["keepers"])
    record_text(actor, "keeper_named", text, now, person=str(person_id))
    telling.tell_named(actor, keeper, now=now)
    return text


def end_keeper(actor: Actor, text: JointText, person_id: UUID, *, now: datetime) -> JointText:
    """Let somebody keep a text no longer. Raises `NotFound` for whoever does not keep it."""
    require(actor, "drafting.keep", text)
    if not _end(actor, text, person_id, now):
        raise NotFound
    return text


def leave_texts(actor: Actor, group_id: UUID, person_id: UUID, *, now: datetime) -> None:
    """Let somebody who takes part in a group no longer keep none of its texts. Called for whoever left: nobody asks
    whether they may."""
    for keeper in list_kept_by(person_id, group_id):
        _end(actor, db.session.get_one(JointText, keeper.text_id), person_id, now)


def _end(actor: Actor, text: JointText, person_id: UUID, now: datetime) -> bool:
    still = sa.update(TextKeeper).where(
        TextKeeper.text_id == text.id, TextKeeper.person_id == person_id, TextKeeper.ended_at.is_(None)
    )
    if change_rows(still.values(ended_at=now)) != 1:
        return False
    db.session.expire(text, ["keepers"])
    record_text(actor, "keeper_ended", text, now, person=str(person_id))
    return True
