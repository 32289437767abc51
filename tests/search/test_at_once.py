"""Writers of the index who meet: on a database of its own, where commits are real."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from threading import Thread
from uuid import UUID

import sqlalchemy as sa

from app.core import searching
from app.core.actors import VISITOR
from app.core.names import set_name
from app.extensions import db
from app.search import jobs, queries, services
from app.search.models import SearchEntry
from tests.conftest import START
from tests.make.sessions import make_track
from tests.people.test_races import at_once


def test_two_workers_and_somebody_who_writes_make_one_row_each(own_app):
    with own_app.app_context():
        tracks = [make_track(f"River {number}").id for number in range(30)]
        db.session.info.clear()  # as in a house that had no search when these were written
        db.session.commit()
        fill = partial(jobs.fill, START)
        rename = partial(set_name, "track", tracks[7], "en", "Mountain")
        at_once(own_app, fill, fill, rename)
        db.session.rollback()
        rows = db.session.execute(sa.select(SearchEntry.object_id).where(SearchEntry.kind == "track")).scalars().all()
        assert sorted(rows) == sorted(tracks)
        assert queries.find(VISITOR, "river").counts == {"track": 29}
        assert queries.find(VISITOR, "mountain").counts == {"track": 1}


def test_what_is_written_while_a_worker_looks_for_strays_is_none(own_app):
    def write() -> None:
        with own_app.app_context():
            make_track("River")
            db.session.commit()

    writer = Thread(target=write)
    tracks = searching.kinds()["track"]

    def list_ids(after: UUID | None, limit: int) -> list[UUID]:
        listed = tracks.list_ids(after, limit)
        writer.start()
        writer.join(0.5)  # either done by now, and then lost, or waiting for its turn
        return listed

    with own_app.app_context():
        services.fill_next_page(replace(tracks, list_ids=list_ids), now=START)
        db.session.commit()
        writer.join()
        assert queries.find(VISITOR, "river").counts == {"track": 1}
