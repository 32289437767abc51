"""Who may do what, role by role, in a group and in a track."""

from __future__ import annotations

import pytest

from app.core.actors import VISITOR
from app.core.registries import actor_at
from app.datepolls import policy
from app.workinggroups.models import GroupState
from tests.conftest import START
from tests.make.people import make_member, make_secretary

READS, ASKS, ANSWERS, LEADS, NAMES = (
    policy.can_read,
    lambda actor, poll: policy.can_ask(actor, poll.owner),
    policy.can_answer,
    policy.can_lead,
    policy.can_see_names,
)


@pytest.mark.parametrize(
    ("who", "in_group", "in_track"),
    [
        ("visitor", (0, 0, 0, 0, 0), (0, 0, 0, 0, 0)),
        ("outsider", (0, 0, 0, 0, 0), (0, 0, 0, 0, 0)),
        ("observer", (1, 0, 0, 0, 1), (0, 0, 0, 0, 0)),
        ("member", (1, 0, 1, 0, 1), (1, 0, 1, 0, 0)),
        ("leader", (1, 1, 1, 1, 1), (1, 1, 1, 1, 1)),
        ("secretariat", (1, 1, 0, 1, 1), (1, 1, 0, 1, 1)),
    ],
)
def test_each_role_may_what_the_table_says(group, track, poll, track_poll, *, who, in_group, in_track):
    for circle, one, expected in ((group, poll, in_group), (track, track_poll, in_track)):
        person = {
            "outsider": make_member(),
            "observer": group.observer,
            "member": circle.people[0],
            "leader": circle.leader,
            "secretariat": make_secretary(),
        }.get(who)
        actor = actor_at(person.id, START) if person is not None else VISITOR
        assert tuple(int(may(actor, one)) for may in (READS, ASKS, ANSWERS, LEADS, NAMES)) == expected


def test_where_no_meeting_is_planned_no_hour_is_looked_for(group, track):
    states = {state: (policy.writes(group.owner), policy.meets(group.owner)) for state in set_each(group)}
    assert states[GroupState.CLOSED] == (False, False)
    assert states[GroupState.SUSPENDED] == (True, False)
    assert states[GroupState.ACTIVE] == (True, True)
    assert (policy.writes(track.owner), policy.meets(track.owner)) == (True, True)


def set_each(group):
    for state in GroupState:
        group.owner.state = state
        yield state
