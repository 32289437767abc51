"""A person's hands in the catalogue: who wrote a row, compared it with its source, confirmed it, noted a step done.

The facts are the house's and stay; who had a hand in them goes with the person.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import InstrumentedAttribute

from app.advocacy.models import (
    AdvocacySpace,
    CatalogueNote,
    FollowedSpace,
    Occurrence,
    OrganisationAccess,
    ParticipationMode,
    ReviewedState,
    Step,
    StepRule,
    WordLimit,
)
from app.core.registries import Holding
from app.extensions import db

HOLDINGS = {
    "facts": Holding(_l("Facts and dates of advocacy spaces that you wrote, checked or confirmed"), stays=True),
    "followed_spaces": Holding(_l("Advocacy spaces that you let a group follow"), stays=True),
}

_FACTS = (
    AdvocacySpace, ParticipationMode, WordLimit, StepRule, CatalogueNote, Occurrence, ReviewedState, Step,
    OrganisationAccess,
)  # fmt: skip

_MORE = (AdvocacySpace.created_by, Occurrence.created_by, Step.done_by, OrganisationAccess.noted_by, FollowedSpace.by)


def _hands() -> list[InstrumentedAttribute[Any]]:
    return [column for model in _FACTS for column in (model.checked_by, model.confirmed_by)] + list(_MORE)


def export_person(person_id: UUID) -> dict[str, Any]:
    """Return the rows in which the person had a hand, by table and key, and which hand it was."""
    return {
        "facts": [row for model in _FACTS for row in _rows(model, person_id)],
        "followed_spaces": list(_rows(FollowedSpace, person_id)),
    }


def _rows(model: Any, person_id: UUID) -> list[dict[str, str]]:
    hands = [column for column in _hands() if column.class_ is model]
    keys = sa.inspect(model).primary_key
    wanted = sa.select(*keys, *hands).where(sa.or_(*(column == person_id for column in hands))).order_by(*keys)
    return [_plain(model, row._mapping, hands, person_id) for row in db.session.execute(wanted)]


def _plain(model: Any, row: Any, hands: list[InstrumentedAttribute[Any]], person_id: UUID) -> dict[str, str]:
    key = {column.name: str(row[column]) for column in sa.inspect(model).primary_key}
    did = [column.key for column in hands if row[column] == person_id]
    return {"table": model.__tablename__, **key, "as": ", ".join(did)}


def merge_person(kept_id: UUID, gone_id: UUID, _now: datetime) -> None:
    """Let the one person's hand be the other's."""
    for column in _hands():
        _run(sa.update(column.class_).where(column == gone_id).values({column.key: kept_id}))


def erase_person(person_id: UUID, _now: datetime) -> None:
    """Forget whose hand it was."""
    for column in _hands():
        _run(sa.update(column.class_).where(column == person_id).values({column.key: None}))


def _run(statement: sa.Update) -> None:
    db.session.execute(statement, execution_options={"synchronize_session": "fetch"})
