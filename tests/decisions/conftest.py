"""A group of three organisations that speak, and the instant at which voices are asked for."""

from __future__ import annotations

import pytest

from app.decisions.models import Decision
from tests.conftest import START
from tests.make.decisions import ENOUGH, Circle, make_circle, open_decision

VOICES_FROM = START + 2 * ENOUGH
"""When the window of objections of `decision` opened; it closes seven days later."""

CLOSED_AT = VOICES_FROM + ENOUGH


@pytest.fixture
def circle(app, now) -> Circle:
    return make_circle()


@pytest.fixture
def decision(circle) -> Decision:
    """Open for voices, with a quorum of two of three organisations."""
    return open_decision(circle)[0]
