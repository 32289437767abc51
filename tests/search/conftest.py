"""A house whose index is written, and somebody who asks it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from app.core.actors import VISITOR, Actor
from app.extensions import db
from app.search import jobs, queries, services
from tests.conftest import START


@pytest.fixture
def write_index(app) -> Callable[[], None]:
    """Write everything there is into the index: what tests make by hand told nobody."""

    def write() -> None:
        db.session.flush()
        services.begin_anew()
        jobs.fill(START)

    return write


@pytest.fixture
def found(write_index) -> Callable[..., list[UUID]]:
    """Return what somebody finds, in its order, in an index that is written first."""

    def find(typed: str, actor: Actor = VISITOR, **narrowed: Any) -> list[UUID]:
        write_index()
        return [one.object_id for one in queries.find(actor, typed, **narrowed).page.rows]

    return find
