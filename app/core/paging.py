"""Keyset pagination: a page starts after the last row of the one before, so that new rows never shift it."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

import sqlalchemy as sa

from app.core.errors import NotFound
from app.extensions import db

Row = TypeVar("Row")

PAGE_SIZE = 50
LONGEST_CURSOR = 2_000


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """`rows` of this page and the cursor of the next one ("" on the last page)."""

    rows: Sequence[Row]
    next_cursor: str = ""


def encode_cursor(value: datetime | str, row_id: UUID) -> str:
    text = value.isoformat() if isinstance(value, datetime) else value
    return base64.urlsafe_b64encode(json.dumps([text, str(row_id)]).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, *, as_instant: bool) -> tuple[datetime | str, UUID]:
    """Read a cursor from an address; a cursor that was not ours is an address that does not exist."""
    if len(cursor) > LONGEST_CURSOR:
        raise NotFound
    try:
        text, row_id = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        value = datetime.fromisoformat(text).astimezone(UTC) if as_instant else str(text)
        if "\x00" in str(text).encode().decode() or (as_instant and datetime.fromisoformat(text).tzinfo is None):
            raise NotFound
        return value, UUID(row_id)
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError, binascii.Error) as error:
        raise NotFound from error


def fetch_page(
    statement: sa.Select[Any],
    *,
    key: Any,
    row_id: Any,
    cursor: str = "",
    newest_first: bool = False,
    size: int = PAGE_SIZE,
) -> Page[Any]:
    """Return one page of a statement of one entity, ordered by (`key`, `row_id`)."""
    if cursor:
        as_instant = isinstance(key.type, sa.DateTime) or getattr(key.type, "impl", None).__class__ is sa.DateTime
        value, last_id = decode_cursor(cursor, as_instant=as_instant)
        here, last = sa.tuple_(key, row_id), sa.tuple_(sa.literal(value, key.type), sa.literal(last_id, row_id.type))
        statement = statement.where(here < last if newest_first else here > last)
    ordering = (key.desc(), row_id.desc()) if newest_first else (key, row_id)
    found = db.session.execute(statement.add_columns(key, row_id).order_by(*ordering).limit(size + 1)).all()
    rows = [entity for entity, _key, _row_id in found[:size]]
    if len(found) <= size:
        return Page(rows)
    _entity, last_key, last_row_id = found[size - 1]
    return Page(rows, encode_cursor(last_key or "", last_row_id))


def each_page(fetch: Callable[[str], Page[Row]]) -> Iterator[Sequence[Row]]:
    """Yield the rows of one page after the other, `fetch(cursor)` for each: a file of many thousand rows is read as a
    reader turns the pages, and costs the memory of one."""
    page = fetch("")
    yield page.rows
    while page.next_cursor:
        page = fetch(page.next_cursor)
        yield page.rows
