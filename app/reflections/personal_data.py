"""What reflections hold about a person: handed out whole, moved to another row of the same person, erased."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import clock
from app.core.registries import Holding, actor_at
from app.extensions import db
from app.originals.exporting import exported
from app.reflections.models import (
    AbuseReport,
    ConsentRequest,
    Draft,
    Reflection,
    Voice,
    Withholding,
)
from app.reflections.queries import ShownQuote, quotes_of
from app.reflections.readers import readers_of

HOLDINGS = {
    "reflections": Holding(_l("Reflections and answers, in all their versions")),
    "reports": Holding(_l("Reports of texts"), stays=True),
    "drafts": Holding(_l("Drafts")),
    "questions_asked": Holding(_l("Questions to authors before publishing"), stays=True),
}


def export_person(person_id: UUID) -> dict[str, Any]:
    """Return what a person wrote, reported and was told about their texts, withdrawn texts included, in the
    words of the tables. Words of others are in it only as far as the person may still read them: what is taken to
    another place must not outlive what its author took back."""
    person = actor_at(person_id, clock.now())
    written = db.session.scalars(
        sa.select(Reflection).where(Reflection.author_id == person_id).order_by(Reflection.written_at)
    ).all()
    withholdings, quotes = _withholdings_of(written), quotes_of(person, written)
    return {
        "reflections": [_exported(row, withholdings[row.id], quotes.get(row.id, ())) for row in written],
        "reports": [
            {"reflection": str(row.reflection_id), "words": row.words, "reported_at": row.reported_at.isoformat()}
            for row in db.session.scalars(sa.select(AbuseReport).where(AbuseReport.reporter_id == person_id))
        ],
        "drafts": [
            {"track": row.track.slug, "taken_at": row.taken_at.isoformat(), "body": row.body}
            for row in db.session.scalars(sa.select(Draft).where(Draft.author_id == person_id))
        ],
        "questions_asked": [
            {"reflection": str(row.reflection_id), "words": row.words, "asked_at": row.asked_at.isoformat()}
            for row in db.session.scalars(sa.select(ConsentRequest).where(ConsentRequest.asked_by == person_id))
        ],
    }


def _withholdings_of(written: Sequence[Reflection]) -> dict[UUID, list[Withholding]]:
    found: dict[UUID, list[Withholding]] = defaultdict(list)
    wanted = [reflection.id for reflection in written]
    for row in db.session.scalars(sa.select(Withholding).where(Withholding.reflection_id.in_(wanted))):
        found[row.reflection_id].append(row)
    return found


def _exported(
    reflection: Reflection, withholdings: Sequence[Withholding], quotes: Sequence[ShownQuote]
) -> dict[str, Any]:
    return exported(reflection) | {
        "track": reflection.track.slug,
        "session": reflection.session_id and str(reflection.session_id),
        "answers": reflection.answers_id and str(reflection.answers_id),
        "readers": readers_of(reflection.audience).value,
        "pseudonym": reflection.pseudonym,
        "voice": _voice(reflection.voice),
        "quotes": [_quote(one) for one in quotes],
        "kept_from_readers": [
            {
                "ground": row.ground.value,
                "reason": row.reason,
                "at": row.at.isoformat(),
                "appeal": row.appeal,
                "answer": row.appeal_answer,
            }
            for row in withholdings
        ],
    }


def _quote(one: ShownQuote) -> dict[str, Any]:
    """The words only where a page would show them."""
    about = {"reflection": str(one.quote.quoted_id)}
    return about | {"words": one.quote.words} if one.quoted else about


def _voice(voice: Voice | None) -> dict[str, Any] | None:
    """The recording is heard at its address as long as the reflection is there."""
    if voice is None:
        return None
    address = f"/reflections/{voice.reflection_id}/voice"
    return {"file": voice.file.name, "size": voice.file.size, "seconds": voice.seconds, "address": address}


def merge_person(kept_id: UUID, gone_id: UUID, _now: datetime) -> None:
    """Move drafts, reports and decisions of one person to another; where both report a text, the kept one's stays. The
    texts themselves move with all originals."""
    reported = sa.select(AbuseReport.reflection_id).where(AbuseReport.reporter_id == kept_id)
    gone_reports = AbuseReport.reporter_id == gone_id
    _run(sa.delete(AbuseReport).where(gone_reports, AbuseReport.reflection_id.in_(reported)))
    for table, column in (
        (Draft, "author_id"),
        (Draft, "taken_by"),
        (ConsentRequest, "asked_by"),
        (AbuseReport, "reporter_id"),
        (AbuseReport, "decided_by"),
        (Withholding, "by_id"),
        (Withholding, "appeal_answered_by"),
        (Withholding, "lifted_by"),
    ):
        _run(sa.update(table).where(getattr(table, column) == gone_id).values({column: kept_id}))


def erase_person(person_id: UUID, _now: datetime) -> None:
    """Take drafts away; reports that nobody has decided stay, by nobody. Decisions keep the number of a person without
    a name. The person's texts become shells with all originals (R-01)."""
    _run(sa.delete(Draft).where(Draft.author_id == person_id))
    by_me = AbuseReport.reporter_id == person_id
    _run(sa.update(AbuseReport).where(by_me, AbuseReport.decided_at.is_not(None)).values(words=""))
    _run(sa.update(AbuseReport).where(by_me).values(reporter_id=None))
    _run(sa.update(ConsentRequest).where(ConsentRequest.asked_by == person_id).values(words=""))


def _run(statement: sa.Update | sa.Delete) -> None:
    db.session.execute(statement, execution_options={"synchronize_session": "fetch"})
