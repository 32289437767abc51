"""The descriptive texts of phases and tracks, one per block and language."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.core import searching
from app.extensions import db
from app.sessions.models import Phase, ProgrammeText, TextBlock, Track

Texts = Mapping[TextBlock, Mapping[str, str]]


def write_texts(thing: Phase | Track, texts: Texts) -> None:
    """Set the given descriptive texts; an empty one takes the text of that block and language away."""
    column = ProgrammeText.phase_id if isinstance(thing, Phase) else ProgrammeText.track_id
    known = {
        (row.block, row.language): row for row in db.session.scalars(sa.select(ProgrammeText).where(column == thing.id))
    }
    for block, bodies in texts.items():
        for language, body in bodies.items():
            _write_text(thing, block, language, body.strip(), known.get((block, language)))
    db.session.flush()
    searching.changed("phase" if isinstance(thing, Phase) else "track", [thing.id])


def _write_text(thing: Phase | Track, block: TextBlock, language: str, body: str, row: ProgrammeText | None) -> None:
    if row is not None and not body:
        db.session.delete(row)
    elif row is not None:
        row.body = body
    elif body:
        _add_text(thing, block, language, body)


def _add_text(thing: Phase | Track, block: TextBlock, language: str, body: str) -> None:
    """Add a text, or write it over the one that somebody else has just added."""
    row = ProgrammeText(block=block, language=language, body=body)
    if isinstance(thing, Phase):
        row.phase_id = thing.id
    else:
        row.track_id = thing.id
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        column = ProgrammeText.phase_id if isinstance(thing, Phase) else ProgrammeText.track_id
        taken = db.session.scalar(
            sa.select(ProgrammeText).where(
                column == thing.id, ProgrammeText.block == block, ProgrammeText.language == language
            )
        )
        if taken is None:
            raise
        taken.body = body
