"""The jobs that run at the first start of a house with examples write to nobody."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from flask import Flask

from app.core.notices import Notice
from app.examples import make_examples
from app.extensions import db
from app.sessions.jobs import tell_hour_changes


def test_no_example_person_is_told_of_clocks_that_change(app: Flask) -> None:
    now = datetime(2026, 10, 22, 9, tzinfo=UTC)  # clocks change in Europe three days later
    make_examples(app.extensions["maloca"].model_copy(update={"example_password": "three words here"}), now=now)
    db.session.commit()
    assert tell_hour_changes(now) >= 1, "no session is near: the test says nothing"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Notice)) == 0
