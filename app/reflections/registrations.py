"""What the house asks of every package: cards of reflections for lists elsewhere, and a person's data taken along,
moved or erased."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core import actors, registries
from app.core.actors import Actor
from app.core.registries import Card
from app.extensions import db
from app.reflections import events
from app.reflections.models import Reflection, Translation
from app.reflections.queries import list_readable
from app.reflections.readers import readers_of
from app.reflections.services.writing import empty_out
from app.reflections.showing import shown_name


def describe(reflection_ids: list[UUID], actor: Actor) -> dict[UUID, Card]:
    """Return a card for each reflection the actor may read, under the name its author chose."""
    return {
        reflection.id: Card(
            title=shown_name(reflection),
            href=f"/reflections/{reflection.id}",
            language=reflection.language,
            state="withdrawn" if reflection.withdrawn_at else "withheld" if reflection.withheld_at else "",
        )
        for reflection in list_readable(actor, reflection_ids)
    }


def export_person(person_id: UUID) -> dict[str, Any]:
    """Return what a person wrote and translated, withdrawn texts included, in the words of the tables."""
    written = db.session.scalars(
        sa.select(Reflection).where(Reflection.author_id == person_id).order_by(Reflection.written_at)
    )
    translated = db.session.scalars(
        sa.select(Translation).where(Translation.translator_id == person_id).order_by(Translation.written_at)
    )
    return {
        "reflections": [_exported(reflection) for reflection in written],
        "translations": [
            {
                "reflection": str(row.reflection_id),
                "language": row.language,
                "of_version": row.of_version,
                "written_at": row.written_at.isoformat(),
                "reviewed_at": row.reviewed_at and row.reviewed_at.isoformat(),
                "body": row.body,
            }
            for row in translated
        ],
    }


def _exported(reflection: Reflection) -> dict[str, Any]:
    return {
        "id": str(reflection.id),
        "track": reflection.track.slug,
        "session": reflection.session_id and str(reflection.session_id),
        "language": reflection.language,
        "readers": readers_of(reflection.audience).value,
        "pseudonym": reflection.pseudonym,
        "written_at": reflection.written_at.isoformat(),
        "withdrawn_at": reflection.withdrawn_at and reflection.withdrawn_at.isoformat(),
        "versions": [
            {"number": version.number, "written_at": version.written_at.isoformat(), "body": version.body}
            for version in reflection.versions
        ],
    }


def merge_person(kept_id: UUID, gone_id: UUID) -> None:
    """Move texts and translations of one person to another."""
    db.session.execute(sa.update(Reflection).where(Reflection.author_id == gone_id).values(author_id=kept_id))
    db.session.execute(sa.update(Translation).where(Translation.translator_id == gone_id).values(translator_id=kept_id))


def erase_person(person_id: UUID, now: datetime) -> None:
    """Make the person's reflections shells (R-01); translations of others' texts stay, by "a former participant"."""
    written = db.session.scalars(sa.select(Reflection).where(Reflection.author_id == person_id)).all()
    for reflection in written:
        empty_out(reflection, now=now)
        events.reflection_erased.send(reflection, actor=actors.job("people.erase"), now=now)
    db.session.execute(sa.update(Translation).where(Translation.translator_id == person_id).values(translator_id=None))


def register() -> None:
    registries.register(
        "reflections",
        describe={"reflection": describe},
        export_person=export_person,
        merge_person=merge_person,
        erase_person=erase_person,
    )
