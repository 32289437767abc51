"""A group of three people who answer for three organisations in two regions, and a poll that closes in a week."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.polls.models import Poll
from tests.make.polls import CLOSES_AT, Round, make_poll, make_round

LAST_SECOND = CLOSES_AT - timedelta(seconds=1)
TOO_LATE = CLOSES_AT + timedelta(seconds=1)


@pytest.fixture
def round_(app, now) -> Round:
    return make_round()


@pytest.fixture
def poll(round_) -> Poll:
    """Started by the first person; shows names after the close."""
    return make_poll(round_.group, round_.people[0])
