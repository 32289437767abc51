"""A group and a track with three people each, and a date poll in both that closes in a week."""

from __future__ import annotations

import pytest

from app.datepolls.models import DatePoll
from tests.make.datepolls import Asked, make_asked_group, make_asked_track, make_date_poll


@pytest.fixture
def group(app, now) -> Asked:
    return make_asked_group()


@pytest.fixture
def track(app, now) -> Asked:
    return make_asked_track()


@pytest.fixture
def poll(group) -> DatePoll:
    return make_date_poll(group.owner, group.leader)


@pytest.fixture
def track_poll(track) -> DatePoll:
    return make_date_poll(track.owner, track.leader)
