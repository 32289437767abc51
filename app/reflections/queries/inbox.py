"""The inbox of a track: its newest texts with what waits there, and what waits for an author.

Nobody finds the state of their own text here, not even a facilitator: reports about it are for the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.paging import Page, fetch_page
from app.extensions import db
from app.originals.models import Translation
from app.originals.queries import LIST_SIZE
from app.reflections.models import AbuseReport, ConsentRequest, Reflection, Withholding
from app.reflections.queries.reading import for_lists, led_by, openable


class Show(StrEnum):
    """What of the inbox is shown."""

    ALL = ""
    NEW = "new"
    ASKED = "asked"
    HELD = "held"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class InboxCounts:
    """How many texts each view of the inbox has."""

    new: int
    asked: int
    held: int
    reported: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits beside one text: an open question to its author, a withholding in force, undecided reports."""

    request: ConsentRequest | None = None
    withholding: Withholding | None = None
    reports: int = 0


def _asked() -> sa.ColumnElement[bool]:
    return sa.exists().where(ConsentRequest.reflection_id == Reflection.id, ConsentRequest.answered_at.is_(None))


def _reported() -> sa.ColumnElement[bool]:
    return sa.exists().where(AbuseReport.reflection_id == Reflection.id, AbuseReport.decided_at.is_(None))


def _untouched() -> sa.ColumnElement[bool]:
    """Nobody has asked, held or answered yet."""
    answers = Reflection.__table__.alias()
    return sa.not_(
        sa.or_(
            sa.exists().where(ConsentRequest.reflection_id == Reflection.id),
            sa.exists().where(Withholding.reflection_id == Reflection.id),
            sa.exists().where(answers.c.answers_id == Reflection.id),
        )
    )


def _is(view: Show) -> sa.ColumnElement[bool]:
    return {
        Show.ALL: sa.true,
        Show.NEW: _untouched,
        Show.ASKED: _asked,
        Show.HELD: lambda: Reflection.withheld_at.is_not(None),
        Show.REPORTED: _reported,
    }[view]()


def _in_inbox(actor: Actor, track_id: UUID) -> sa.ColumnElement[bool]:
    return sa.and_(
        Reflection.track_id == track_id,
        openable(actor),
        led_by(actor),
        Reflection.withdrawn_at.is_(None),
        Reflection.author_id.is_distinct_from(actor.person_id),
    )


def list_inbox(
    actor: Actor, *, track_id: UUID, view: Show, cursor: str = "", size: int = LIST_SIZE
) -> Page[Reflection]:
    """Return one page of the texts of a track for those who lead it, the newest first."""
    statement = for_lists(sa.select(Reflection).where(_in_inbox(actor, track_id), _is(view)))
    return fetch_page(
        statement, key=Reflection.written_at, row_id=Reflection.id, cursor=cursor, newest_first=True, size=size
    )


def count_inbox(actor: Actor, *, track_id: UUID) -> InboxCounts:
    """Return how many texts wait in each view, in one query."""
    counts = [
        sa.func.coalesce(sa.func.sum(sa.case((_is(view), 1), else_=0)), 0)
        for view in (Show.NEW, Show.ASKED, Show.HELD, Show.REPORTED)
    ]
    row = db.session.execute(sa.select(*counts).select_from(Reflection).where(_in_inbox(actor, track_id))).one()
    return InboxCounts(*(int(number) for number in row))


def waiting_of(reflections: Sequence[Reflection]) -> dict[UUID, Waiting]:
    """Return what waits beside many texts, in three queries. For those who lead: the caller has listed the texts."""
    wanted = [reflection.id for reflection in reflections]
    if not wanted:
        return {}
    requests = sa.select(ConsentRequest).where(
        ConsentRequest.reflection_id.in_(wanted), ConsentRequest.answered_at.is_(None)
    )
    withholdings = sa.select(Withholding).where(Withholding.reflection_id.in_(wanted), Withholding.lifted_at.is_(None))
    reports = (
        sa.select(AbuseReport.reflection_id, sa.func.count())
        .where(AbuseReport.reflection_id.in_(wanted), AbuseReport.decided_at.is_(None))
        .group_by(AbuseReport.reflection_id)
    )
    asked = {row.reflection_id: row for row in db.session.scalars(requests)}
    held = {row.reflection_id: row for row in db.session.scalars(withholdings)}
    reported = {reflection_id: int(count) for reflection_id, count in db.session.execute(reports)}
    return {id_: Waiting(asked.get(id_), held.get(id_), reported.get(id_, 0)) for id_ in wanted}


def find_open_request(reflection: Reflection) -> ConsentRequest | None:
    """Return the question to the author that is not answered yet."""
    return db.session.scalar(
        sa.select(ConsentRequest).where(
            ConsentRequest.reflection_id == reflection.id, ConsentRequest.answered_at.is_(None)
        )
    )


def get_open_request(reflection: Reflection) -> ConsentRequest:
    """Return the open question to the author of a reflection already seen; raises `NotFound`."""
    if (found := find_open_request(reflection)) is None:
        raise NotFound
    return found


def find_withholding(reflection: Reflection) -> Withholding | None:
    """Return the withholding in force."""
    return db.session.scalar(
        sa.select(Withholding).where(Withholding.reflection_id == reflection.id, Withholding.lifted_at.is_(None))
    )


def get_withholding(reflection: Reflection) -> Withholding:
    """Return the withholding in force of a reflection already seen; raises `NotFound`."""
    if (found := find_withholding(reflection)) is None:
        raise NotFound
    return found


def latest_withholding(reflection: Reflection) -> Withholding:
    """Return the withholding in force, else the one lifted last, for the author, who reads how it ended; raises
    `NotFound` where the text was never kept from its readers."""
    latest = sa.select(Withholding).where(Withholding.reflection_id == reflection.id)
    found = find_withholding(reflection) or db.session.scalar(latest.order_by(Withholding.at.desc()).limit(1))
    if found is None:
        raise NotFound
    return found


def was_withheld(reflection: Reflection) -> bool:
    """Return whether the text was ever kept from its readers."""
    ever = sa.exists().where(Withholding.reflection_id == reflection.id)
    return bool(db.session.scalar(sa.select(ever)))


def list_reports(reflection: Reflection) -> Sequence[AbuseReport]:
    """Return what people say about a text and nobody has decided yet, the oldest first; who they are stays out."""
    return db.session.scalars(
        sa.select(AbuseReport)
        .where(AbuseReport.reflection_id == reflection.id, AbuseReport.decided_at.is_(None))
        .order_by(AbuseReport.reported_at, AbuseReport.id)
    ).all()


def reports_behind(withholding: Withholding) -> Sequence[AbuseReport]:
    """Return what was said about a text that was hidden for it, the oldest first; who said it stays out. Reports are
    decided in the instant of hiding; what a person said who is erased is gone."""
    return db.session.scalars(
        sa.select(AbuseReport)
        .where(
            AbuseReport.reflection_id == withholding.reflection_id,
            AbuseReport.decided_at == withholding.at,
            AbuseReport.words != "",
        )
        .order_by(AbuseReport.reported_at, AbuseReport.id)
    ).all()


def find_own_report(actor: Actor, reflection: Reflection) -> AbuseReport | None:
    """Return what the actor reported about this text."""
    if actor.person_id is None:
        return None
    return db.session.scalar(
        sa.select(AbuseReport).where(
            AbuseReport.reflection_id == reflection.id, AbuseReport.reporter_id == actor.person_id
        )
    )


def is_about_older_words(report: AbuseReport, reflection: Reflection) -> bool:
    """Whether a report was decided before the newest version was written, so that there is something new to say."""
    return report.decided_at is not None and reflection.versions[-1].written_at > report.decided_at


@dataclass(frozen=True, slots=True)
class WaitingForMe:
    """What waits for an author: questions about readers, texts kept from readers, translations to review."""

    requests: Sequence[ConsentRequest]
    withheld: Sequence[Reflection]
    translations: Sequence[Translation]


def waiting_for_me(actor: Actor, *, limit: int) -> WaitingForMe:
    """Return what waits for the actor's yes or no, in three queries; at most `limit` of each."""
    mine = sa.and_(
        Reflection.author_id == actor.person_id, Reflection.erased_at.is_(None), Reflection.withdrawn_at.is_(None)
    )
    requests = (
        sa.select(ConsentRequest)
        .join(Reflection, Reflection.id == ConsentRequest.reflection_id)
        .where(mine, ConsentRequest.answered_at.is_(None))
        .order_by(ConsentRequest.asked_at.desc())
    )
    withheld = for_lists(sa.select(Reflection).where(mine, Reflection.withheld_at.is_not(None)))
    translations = (
        sa.select(Translation)
        .join(Reflection, Reflection.id == Translation.original_id)
        .where(
            mine,
            Translation.reviewed_at.is_(None),
            Translation.of_version == Reflection.version,
            Translation.translator_id.is_distinct_from(actor.person_id),
        )
        .order_by(Translation.written_at.desc())
    )
    return WaitingForMe(
        db.session.scalars(requests.limit(limit)).all(),
        db.session.scalars(withheld.order_by(Reflection.withheld_at.desc()).limit(limit)).unique().all(),
        db.session.scalars(translations.options(joinedload(Translation.original)).limit(limit)).all(),
    )
