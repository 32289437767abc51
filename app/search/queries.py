"""Finding. Who reads decides what is found, in the same statement: what one cannot see is in no list and no count."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core import paging, searching
from app.core.actors import Actor
from app.core.audiences import visible_to
from app.core.languages import UNKNOWN_LANGUAGE
from app.core.paging import Page
from app.extensions import db
from app.search.asking import Asked, beginnings, matches, read_query
from app.search.models import SearchEntry

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Find:
    """One thing that was found, and the languages in which it says what was asked, the best first."""

    kind: str
    object_id: UUID
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finds:
    """A page of what was found. `asked` says what was looked for in the end; `counts` how many things of each kind
    there are, whatever kind is shown; `languages` in which languages they are."""

    asked: Asked
    page: Page[Find]
    counts: dict[str, int] = field(default_factory=dict)
    languages: tuple[str, ...] = ()


def find(actor: Actor, typed: str, *, kind: str = "", language: str = "", cursor: str = "") -> Finds:
    """Return what the actor may read that holds every word typed: in its name first, then the newest. Where nothing
    does, words that begin so. Raises `asking.NoWords`, `NotFound` for a cursor that is none of ours."""
    asked = read_query(typed)
    counts = _counts(actor, asked)
    if not counts:
        asked = beginnings(typed)
        counts = _counts(actor, asked)
    if not counts:
        return Finds(asked, Page([]))
    page = _page(actor, asked, kind=kind, language=language, cursor=cursor)
    return Finds(asked, page, counts, _languages(actor, asked))


def _found(actor: Actor, asked: Asked) -> list[sa.ColumnElement[bool]]:
    return [
        matches(asked),
        visible_to(actor, SearchEntry.audience, SearchEntry.author_id),
        SearchEntry.kind.in_(list(searching.kinds())),
    ]


def _counts(actor: Actor, asked: Asked) -> dict[str, int]:
    things = sa.func.count(sa.distinct(SearchEntry.object_id))
    rows = db.session.execute(
        sa.select(SearchEntry.kind, things).where(*_found(actor, asked)).group_by(SearchEntry.kind)
    )
    found = {kind: number for kind, number in rows}  # noqa: C416 - rows are no pairs to the type checker
    return {kind: found[kind] for kind in searching.kinds() if kind in found}


def _languages(actor: Actor, asked: Asked) -> tuple[str, ...]:
    wanted = sa.select(SearchEntry.language).where(*_found(actor, asked), SearchEntry.language != UNKNOWN_LANGUAGE)
    return tuple(db.session.scalars(wanted.distinct().order_by(SearchEntry.language)))


def _page(actor: Actor, asked: Asked, *, kind: str, language: str, cursor: str) -> Page[Find]:
    """One page by place, then newest. The place is "0" for a name that holds every word, else "1"; it and the instant
    make one text that sorts backwards, so that a page begins after the last find of the one before."""
    conditions = _found(actor, asked)
    if kind:
        conditions.append(SearchEntry.kind == kind)
    if language:
        conditions.append(SearchEntry.language == language)
    is_named: Any = sa.func.max(sa.case((matches(asked, in_title=True), 1), else_=0)).label("is_named")
    dated_at = sa.func.max(SearchEntry.dated_at).label("dated_at")
    things = sa.select(SearchEntry.kind, SearchEntry.object_id, is_named, dated_at).where(*conditions)
    found = things.group_by(SearchEntry.kind, SearchEntry.object_id).subquery()
    wanted = sa.select(found).order_by(found.c.is_named.desc(), found.c.dated_at.desc(), found.c.object_id.desc())
    if cursor:
        place, instant, last_id = _read_cursor(cursor)
        here = sa.tuple_(found.c.is_named, found.c.dated_at, found.c.object_id)
        last = sa.tuple_(
            sa.literal(place), sa.literal(instant, SearchEntry.dated_at.type), sa.literal(last_id, sa.Uuid())
        )
        wanted = wanted.where(here < last)
    rows = db.session.execute(wanted.limit(PAGE_SIZE + 1)).all()
    languages = _languages_found(conditions, asked, [row.object_id for row in rows[:PAGE_SIZE]])
    finds = [Find(row.kind, row.object_id, languages[row.kind, row.object_id]) for row in rows[:PAGE_SIZE]]
    return Page(finds, _write_cursor(rows[PAGE_SIZE - 1]) if len(rows) > PAGE_SIZE else "")


def _languages_found(
    conditions: list[sa.ColumnElement[bool]], asked: Asked, ids: list[UUID]
) -> dict[tuple[str, UUID], tuple[str, ...]]:
    in_title = sa.case((matches(asked, in_title=True), 0), else_=1)
    rows = db.session.execute(
        sa.select(SearchEntry.kind, SearchEntry.object_id, SearchEntry.language)
        .where(*conditions, SearchEntry.object_id.in_(ids))
        .order_by(in_title, SearchEntry.id)
    )
    found: dict[tuple[str, UUID], tuple[str, ...]] = {}
    for kind, object_id, language in rows:
        found[kind, object_id] = (*found.get((kind, object_id), ()), language)
    return found


def _write_cursor(row: Any) -> str:
    return f"{row.is_named}{paging.encode_cursor(row.dated_at, row.object_id)}"


def _read_cursor(cursor: str) -> tuple[int, datetime, UUID]:
    instant, last_id = paging.decode_cursor(cursor[1:], as_instant=True)
    assert isinstance(instant, datetime)  # noqa: S101 - asked for as an instant
    return int(cursor[0] == "1"), instant.astimezone(UTC), last_id
