"""Plans of reminders in the example house: of a track, a group and a space."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from flask import Flask

from app.examples import make_examples
from app.extensions import db
from app.reminders.kinds import Kind, Scope
from app.reminders.models import OwnPlan


def test_a_track_a_group_and_a_space_chose_when_they_remind(app: Flask, now: datetime) -> None:
    make_examples(app.extensions["maloca"].model_copy(update={"example_password": "three words here"}), now=now)
    plans = list(db.session.scalars(sa.select(OwnPlan)))
    assert {plan.scope: plan.kind for plan in plans} == {
        Scope.TRACK: Kind.SESSION,
        Scope.GROUP: Kind.REVIEW,
        Scope.SPACE: Kind.TEXT,
    }
    assert all(plan.rules and plan.changed_at < now for plan in plans)
