"""Writers of the index who meet: on a database of its own, where commits are real."""

from __future__ import annotations

from functools import partial

import sqlalchemy as sa

from app.core.actors import VISITOR
from app.core.names import set_name
from app.extensions import db
from app.search import jobs, queries
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
