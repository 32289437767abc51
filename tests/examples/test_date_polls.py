"""Date polls of the example house: one to answer in the track, one that became a meeting of the group."""

from __future__ import annotations

from datetime import datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from app.datepolls import queries
from app.datepolls.models import DatePoll
from app.examples import make_examples
from app.extensions import db


@pytest.fixture(autouse=True)
def _made(app: Flask, now: datetime) -> None:
    make_examples(app.extensions["maloca"].model_copy(update={"example_password": "three words here"}), now=now)


def test_one_hour_is_looked_for_and_one_was_found(now: datetime) -> None:
    found = {poll.track is not None: poll for poll in db.session.scalars(sa.select(DatePoll)).unique()}
    assert all(poll.is_example for poll in found.values())
    open_one, chosen = found[True], found[False]
    assert open_one.is_open(now)
    assert chosen.gathering.moment.starts_at > now
    assert queries.count_answered(found.values()) == {open_one.id: 5, chosen.id: 4}
