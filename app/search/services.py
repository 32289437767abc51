"""Writing the index: what things say now takes the place of what they said. No right is asked for: whoever changed the
thing had it, and the rows hold its audience."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from app.core import searching
from app.core.database import change_rows, take_turns
from app.core.searching import Document, Searchable
from app.extensions import db
from app.search.models import SearchEntry, SearchProgress
from app.search.reading import VERSION, words_of

PAGE = 25
"""Things read and written in one step of filling: about a second at most, so that nobody waits for the lock."""

AT_ONCE = 500
"""Things read at once where very many changed: databases take only so many values in one question."""

FILLING = "search.fill"
"""The turn that workers who fill the index take, and who begins it anew."""


def rewrite(kind: str, ids: Iterable[UUID]) -> None:
    """Bring the rows of some things up to what they say now; of those that are gone, or that nobody should find, no row
    remains. One at a time per kind: what two transactions read and write at once would not agree."""
    wanted = sorted(set(ids))
    db.session.flush()  # whatever waits for a row waits before the turn, never within it
    take_turns(turn_of(kind))
    for start in range(0, len(wanted), AT_ONCE):
        _rewrite(kind, wanted[start : start + AT_ONCE])


def turn_of(kind: str) -> str:
    """Return the turn that writers of one kind's rows take."""
    return f"search.{kind}"


def _rewrite(kind: str, wanted: list[UUID]) -> None:
    documents = searching.kinds()[kind].documents(wanted)
    rows = db.session.scalars(sa.select(SearchEntry).where(SearchEntry.kind == kind, SearchEntry.object_id.in_(wanted)))
    known = {(row.object_id, row.language): row for row in rows}
    for document in documents:
        _write(document, known.pop((document.object_id, document.language), None))
    for row in known.values():
        db.session.delete(row)
    db.session.flush()


def _write(document: Document, row: SearchEntry | None) -> None:
    if row is None:
        row = SearchEntry(kind=document.kind, object_id=document.object_id, language=document.language)
        db.session.add(row)
    title = words_of(document.title, document.language)
    row.title_words = title
    row.words = words_of(f"{document.title}\n{document.text}", document.language) if document.text else title
    row.audience, row.author_id, row.dated_at = document.audience, document.author_id, document.dated_at


def begin_anew() -> None:
    """Forget how far the index is written. Its rows stay and are found meanwhile."""
    take_turns(FILLING)
    db.session.execute(sa.delete(SearchProgress))


def fill_next_page(searchable: Searchable, *, now: datetime) -> int:
    """Write one more page of a kind into the index; returns how many things it held, 0 when nothing is left to do.

    A kind that is new, or whose words are read by newer rules, begins at its first thing. Rows of things that are
    no longer there go. Both turns are taken before things are listed: one written in between would look like a stray.
    """
    take_turns(FILLING)
    take_turns(turn_of(searchable.kind))
    progress = db.session.get(SearchProgress, searchable.kind, populate_existing=True)
    if progress is None:
        progress = SearchProgress(kind=searchable.kind, version=VERSION)
        db.session.add(progress)
    elif progress.version != VERSION:
        progress.version, progress.after_id, progress.done_at = VERSION, None, None
    if progress.done_at is not None:
        return 0
    ids = searchable.list_ids(progress.after_id, PAGE)
    _drop_strays(searchable.kind, progress.after_id, ids)
    if ids:
        rewrite(searchable.kind, ids)
        progress.after_id = ids[-1]
    else:
        progress.done_at = now
    db.session.flush()
    return len(ids)


def _drop_strays(kind: str, after_id: UUID | None, ids: list[UUID]) -> None:
    """Take away rows of things that are gone: those that stand between the things of this page, or after the last."""
    strays = sa.delete(SearchEntry).where(SearchEntry.kind == kind, SearchEntry.object_id.not_in(ids))
    if after_id is not None:
        strays = strays.where(SearchEntry.object_id > after_id)
    if ids:
        strays = strays.where(SearchEntry.object_id <= ids[-1])
    change_rows(strays)
