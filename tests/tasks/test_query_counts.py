"""A page asks the database as often for many tasks as for few."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest

from app.extensions import db
from app.moments.timing import Timing
from app.people.models import Person
from app.tasks.models import TaskState
from tests.journeys.reader import Reader
from tests.make.outcomes import make_outcome
from tests.make.people import make_member, make_organisation
from tests.make.tasks import make_task
from tests.make.workinggroups import make_place
from tests.tasks.conftest import Cast

BASE = "/groups/land-group"


def fill(cast: Cast, number: int) -> None:
    """Add so many tasks of each kind, each with an owner, an organisation, a date and an outcome of their own."""
    for n in range(number):
        owner, organisation = make_member(f"Person {n}"), make_organisation()
        make_place(cast.group, owner)
        outcome = make_outcome(cast.session, f"Promise {n}")
        make_outcome(cast.session, f"Not taken up {n}")
        facts: dict[str, Any] = {"organisation_id": organisation.id}
        due = Timing.days(date(2026, 12, 1 + n))
        make_task(cast.group, f"theirs {n}", owner=owner, outcome_id=outcome.id, by=due, **facts)
        make_task(cast.group, f"mine {n}", owner=cast.member, by=due, **facts)
        make_task(cast.group, f"back {n}", given_back_by=owner.id, given_back_words="No time", **facts)
        make_task(cast.group, f"done {n}", owner=owner, state=TaskState.DONE, **facts)


@pytest.mark.parametrize(
    "path",
    [
        BASE,
        f"{BASE}/tasks",
        f"{BASE}/tasks?state=all",
        f"{BASE}/tasks.csv",
        f"{BASE}/tasks/new",
        f"{BASE}/tasks/from-track",
        f"{BASE}/year",
        "/tracks/land-rights/outcomes",
        "/overview",
    ],
)
def test_many_cost_what_few_cost(
    cast: Cast,
    browse: Callable[[Person | None], Reader],
    count_queries: Callable[[], AbstractContextManager[list[str]]],
    path: str,
) -> None:
    fill(cast, 2)
    client = browse(cast.member).client
    client.get(path)
    with count_queries() as few:
        assert client.get(path).status_code == 200
    fill(cast, 9)
    db.session.commit()
    with count_queries() as many:
        assert client.get(path).status_code == 200
    assert 0 < len(many) <= len(few), "\n".join(sorted(set(many) - set(few)))
