"""What other packages print of spaces and their dates: what they are called, where they stand. Everybody reads them."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from app.advocacy import words
from app.advocacy.addresses import occurrence_path, space_path, step_path
from app.advocacy.models import AdvocacySpace, Occurrence, Step
from app.advocacy.queries import short_names, space_names
from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import Name
from app.core.registries import DONE, DROPPED, PUT_OFF, Card
from app.extensions import db
from app.moments.models import Status

_STATES = {Status.CANCELLED: DROPPED, Status.POSTPONED: PUT_OFF}


def describe_spaces(ids: list[UUID], _actor: Actor) -> dict[UUID, Card]:
    """Spaces by their full name."""
    spaces = list(db.session.scalars(sa.select(AdvocacySpace).where(AdvocacySpace.id.in_(ids))))
    names = space_names(spaces)
    return {row.id: Card(names[row.id].text, space_path(row.slug), names[row.id].language) for row in spaces}


def describe_occurrences(ids: list[UUID], _actor: Actor) -> dict[UUID, Card]:
    """Sessions after the name of their space."""
    rows = list(db.session.scalars(sa.select(Occurrence).where(Occurrence.id.in_(ids))))
    spaces = short_names({row.space_id: row.space for row in rows}.values())
    return {
        row.id: _card(words.occurrence_name(row, spaces[row.space_id]), occurrence_path(row.id), row.moment.status)
        for row in rows
    }


def describe_steps(ids: list[UUID], _actor: Actor) -> dict[UUID, Card]:
    """Deadlines and stages with the session they belong to; state `done`, `dropped` or `postponed`,
    else ""."""
    rows = list(db.session.scalars(sa.select(Step).where(Step.id.in_(ids))))
    spaces = short_names({row.occurrence.space_id: row.occurrence.space for row in rows}.values())
    return {row.id: _step_card(row, spaces[row.occurrence.space_id]) for row in rows}


def _step_card(step: Step, space: Name) -> Card:
    session = words.occurrence_name(step.occurrence, space)
    name = words.step_called(words.step_name(step), session)
    state = _STATES.get(step.status_now, DONE if step.done_at else "")
    return Card(name, step_path(step.occurrence_id, step.id), page_language(), state, is_deadline=step.is_deadline)


def _card(name: Name | str, href: str, status: Status) -> Card:
    language = name.language if isinstance(name, Name) else page_language()
    return Card(str(name), href, language, "cancelled" if status is Status.CANCELLED else "")
