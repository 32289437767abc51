"""Questions about moments cost the same for ten rows and for a thousand."""

from __future__ import annotations

from datetime import datetime

from flask import Flask

from app.extensions import db
from app.moments.queries import list_changes_of
from app.moments.services import change_moment
from tests.make.moments import HOUSE, hours, make_moment


def test_ten_histories_and_a_thousand_take_one_query(app: Flask, now: datetime, count_queries) -> None:  # type: ignore[no-untyped-def]
    def moved() -> object:
        moment = make_moment()
        change_moment(HOUSE, moment, timing=hours("2027-02-20 17:00", "2027-02-20 19:00"), now=now)
        return moment.id

    ids = [moved() for _ in range(1000)]
    for wanted in (ids[:10], ids):
        db.session.expire_all()
        with count_queries() as counted:
            found = list_changes_of(wanted)  # type: ignore[arg-type]
        assert len(counted) == 1
        assert all(len(changes) == 1 for changes in found.values())
