"""What can be found of the programme: phases and tracks by names and texts, gatherings by names and the lines of
their agendas. Names tell by themselves when they change; here is told what else changes, and who reads it."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import contains_eager, lazyload

from app.core import searching
from app.core.actors import PUBLIC
from app.core.languages import UNKNOWN_LANGUAGE
from app.core.names import spellings_of
from app.core.searching import Document, Searchable
from app.extensions import db
from app.moments.events import moment_changed
from app.moments.models import Moment
from app.sessions import events, hosts
from app.sessions.hosts import Host
from app.sessions.models import AgendaItem, Gathering, LearningSession, Phase, ProgrammeText, Track


def documents_of_phases(ids: list[UUID]) -> list[Document]:
    rows = db.session.execute(sa.select(Phase.id, Phase.year_from).where(Phase.id.in_(ids))).all()
    names, texts = spellings_of("phase", ids), _texts(ProgrammeText.phase_id, ids)
    return [
        Document(
            kind="phase",
            object_id=phase_id,
            audience=PUBLIC,
            dated_at=_year(year),
            language=language,
            title=title,
            text=text,
        )
        for phase_id, year in rows
        for language, title, text in _said(names[phase_id], texts[phase_id])
    ]


def documents_of_tracks(ids: list[UUID]) -> list[Document]:
    wanted = sa.select(Track.id, Track.audience, Track.phase_id, Phase.year_from).join(
        Phase, Phase.id == Track.phase_id
    )
    rows = db.session.execute(wanted.where(Track.id.in_(ids))).all()
    names, texts = spellings_of("track", ids), _texts(ProgrammeText.track_id, ids)
    return [
        Document(
            kind="track",
            object_id=row.id,
            audience=row.audience,
            dated_at=_year(row.year_from),
            part_of=("phase", row.phase_id),
            language=language,
            title=title,
            text=text,
        )
        for row in rows
        for language, title, text in _said(names[row.id], texts[row.id])
    ]


def documents_of_gatherings(host: Host, ids: list[UUID]) -> list[Document]:
    """A gathering is found by whoever sees its moment; the newest are those that take place last."""
    rows = db.session.scalars(
        sa.select(host.model)
        .join(Moment, Moment.id == host.model.moment_id)
        .options(contains_eager(host.model.moment), lazyload("*"))
        .where(host.model.id.in_(ids))
    ).all()
    names, agendas = spellings_of(host.kind, ids), _agendas(ids)
    return [
        Document(
            kind=host.kind,
            object_id=row.id,
            audience=row.moment.audience,
            dated_at=row.moment.starts_at,
            part_of=host.part_of(row),
            language=language,
            title=title,
            text=text,
        )
        for row in rows
        for language, title, text in _said(names[row.id], agendas[row.id])
    ]


def _said(names: dict[str, list[str]], texts: dict[str, list[str]]) -> list[tuple[str, str, str]]:
    """Language, names and texts of one thing, for each language that has any."""
    return [
        (language, "\n".join(names.get(language, [])), "\n\n".join(texts.get(language, [])))
        for language in dict.fromkeys([*names, *texts])
    ]


def _texts(column: Any, ids: list[UUID]) -> dict[UUID, dict[str, list[str]]]:
    found: dict[UUID, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = db.session.execute(
        sa.select(column, ProgrammeText.language, ProgrammeText.body)
        .where(column.in_(ids))
        .order_by(ProgrammeText.block, ProgrammeText.language)
    )
    for thing_id, language, body in rows:
        found[thing_id][language].append(body)
    return found


def _agendas(ids: list[UUID]) -> dict[UUID, dict[str, list[str]]]:
    """What is on the agenda, as one line, without the names of who does it. Agendas do not say their language."""
    lines: dict[UUID, list[str]] = defaultdict(list)
    rows = db.session.execute(
        sa.select(AgendaItem.gathering_id, AgendaItem.title)
        .where(AgendaItem.gathering_id.in_(ids))
        .order_by(AgendaItem.gathering_id, AgendaItem.position)
    )
    for gathering_id, title in rows:
        lines[gathering_id].append(title)
    return {
        gathering_id: {UNKNOWN_LANGUAGE: [" · ".join(lines[gathering_id])]} if lines[gathering_id] else {}
        for gathering_id in ids
    }


def _year(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=UTC)


def _on_readers(track: Track, **_more: Any) -> None:
    """A track that is published, or taken back, takes its sessions along."""
    searching.changed("track", [track.id])
    sessions = sa.select(LearningSession.id).where(LearningSession.track_id == track.id)
    searching.changed("session", db.session.scalars(sessions))


def _on_gathering(gathering: Gathering, **_more: Any) -> None:
    searching.changed(gathering.kind, [gathering.id])


def _on_moment(moment: Moment, **_more: Any) -> None:
    if moment.subject_kind in hosts.kinds() and moment.subject_id is not None:
        searching.changed(moment.subject_kind, [moment.subject_id])


def register_kind(host: Host) -> None:
    """Let gatherings of one kind be found."""
    searching.register(
        Searchable(
            kind=host.kind,
            one=host.words.one,
            many=host.words.many,
            documents=partial(documents_of_gatherings, host),
            list_ids=searching.pages_of(host.model.id),
            order=host.order,
        )
    )


def register() -> None:
    for kind, one, many, documents, column, order in (
        # I18N: kinds of things that a search finds, one and several
        ("track", _l("Track"), _l("Tracks"), documents_of_tracks, Track.id, 10),
        ("phase", _l("Phase"), _l("Phases"), documents_of_phases, Phase.id, 40),
    ):
        searching.register(
            Searchable(
                kind=kind, one=one, many=many, documents=documents, list_ids=searching.pages_of(column), order=order
            )
        )
    for event in (events.track_published, events.track_unpublished):
        event.connect(_on_readers)
    for event in (events.session_planned, events.session_changed):
        event.connect(_on_gathering)
    moment_changed.connect(_on_moment)
