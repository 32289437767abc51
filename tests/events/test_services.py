"""Events written by hand, and those that come with a calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from app.core.actors import NETWORK, PUBLIC, job
from app.core.errors import NotAllowed, RuleBroken
from app.core.registries import cards
from app.events import queries, services
from app.events.models import EVENT, Event, EventSource, EventState
from app.events.services import Brought, Planned
from app.extensions import db
from app.moments.models import Moment, Status
from app.moments.queries import list_changes
from app.moments.timing import Timing
from app.workinggroups.keys import group_key
from tests.events.conftest import Cast
from tests.make.events import make_event
from tests.make.moments import hours

PLANNED = Planned(
    title="Forum of inhabitants",
    language="en",
    timing=hours("2026-12-05 15:00", "2026-12-05 17:00"),
    readers=NETWORK,
    organiser="Example Forum",
    address="https://forum.example.org/2026",
)
BROUGHT = Brought(
    title="Assembly",
    language="es",
    timing=hours("2026-12-05 15:00"),
    status=Status.CONFIRMED,
    uid="assembly@calendar.example.org",
    origin="assembly@calendar.example.org",
)


def bring(cast: Cast, now: datetime, brought: Brought = BROUGHT, **said: Any) -> Event:
    values = {"group_id": cast.group.id, "organisation_id": None, "audience": NETWORK, "source_name": "Forum"} | said
    return services.bring_event(job("test"), brought, now=now, **values)


def test_a_coordinator_puts_an_event_into_the_agenda_of_the_group(cast: Cast, now: datetime) -> None:
    actor = cast.actor(cast.coordinator)
    event = services.write_event(actor, cast.group, replace(PLANNED, readers="group"), now=now)
    assert event.moment.audience == group_key(cast.group.id)
    assert (event.moment.subject_kind, event.moment.subject_id) == (EVENT, event.id)
    assert cards([(EVENT, event.id)], cast.actor(cast.member))[event.id].title == "Forum of inhabitants"
    assert cards([(EVENT, event.id)], cast.actor(cast.reader)) == {}


def test_for_the_whole_network_only_the_secretariat_writes(cast: Cast, now: datetime) -> None:
    event = services.write_event(cast.actor(cast.secretary), None, PLANNED, now=now)
    assert event.moment.audience == NETWORK
    for person in (cast.coordinator, cast.member, cast.reader):
        with pytest.raises(NotAllowed):
            services.write_event(cast.actor(person), None, PLANNED, now=now)
    with pytest.raises(NotAllowed):
        services.write_event(cast.actor(cast.member), cast.group, PLANNED, now=now)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "\u200b\u2060\u202e"}, "title"),
        ({"address": "javascript:alert(1)"}, "address"),
        ({"address": "https://a:b@example.org/"}, "address"),
        ({"readers": "group"}, "readers"),
        ({"readers": "secretariat"}, "readers"),
        ({"language": "none at all"}, "language"),
    ],
)
def test_what_is_missing_or_wrong_is_said_at_its_field(
    cast: Cast, now: datetime, wrong: dict[str, str], field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        services.write_event(cast.actor(cast.secretary), None, replace(PLANNED, **wrong), now=now)
    assert refused.value.field == field


def test_another_time_is_a_move_that_calendars_follow(cast: Cast, now: datetime) -> None:
    actor = cast.actor(cast.coordinator)
    event = services.write_event(actor, cast.group, PLANNED, now=now)
    services.change_event(actor, event, replace(PLANNED, title="Forum"), now=now)
    assert (event.title, event.moment.sequence) == ("Forum", 0)
    moved = replace(PLANNED, timing=hours("2026-12-12 15:00", "2026-12-12 17:00"), readers=PUBLIC)
    services.change_event(actor, event, moved, now=now)
    assert (event.moment.sequence, len(list_changes(event.moment))) == (1, 1)
    db.session.refresh(event.moment)
    assert event.moment.audience == PUBLIC


def test_what_is_cancelled_stays_and_may_take_place_after_all(cast: Cast, now: datetime) -> None:
    actor = cast.actor(cast.coordinator)
    event = services.write_event(actor, cast.group, PLANNED, now=now)
    services.cancel_event(actor, event, reason="No room", now=now)
    assert event.moment.status is Status.CANCELLED
    assert event.id in cards([(EVENT, event.id)], cast.actor(cast.reader))
    services.confirm_event(actor, event, now=now)
    assert event.moment.status is Status.CONFIRMED


def test_what_is_removed_leaves_nothing(cast: Cast, now: datetime) -> None:
    event = services.write_event(cast.actor(cast.secretary), None, PLANNED, now=now)
    moment_id = event.moment_id
    with pytest.raises(NotAllowed):
        services.remove_event(cast.actor(cast.coordinator), event, now=now)
    services.remove_event(cast.actor(cast.secretary), event, now=now)
    assert db.session.get(Moment, moment_id) is None
    assert db.session.scalar(sa.select(sa.func.count(Event.id))) == 0


def test_nobody_here_changes_what_came_with_a_calendar(cast: Cast, now: datetime) -> None:
    event = bring(cast, now)
    for act in (services.change_event, services.cancel_event, services.confirm_event, services.remove_event):
        with pytest.raises(NotAllowed):
            act(cast.actor(cast.secretary), event, **_said(act), now=now)


def _said(act: Any) -> dict[str, Any]:
    return {"planned": PLANNED} if act is services.change_event else {"reason": ""} if "cancel" in act.__name__ else {}


def test_an_imported_event_keeps_its_uid_unless_somebody_here_has_it(cast: Cast, now: datetime) -> None:
    first, second = bring(cast, now), bring(cast, now)
    assert first.moment.uid == BROUGHT.uid
    assert second.moment.uid != BROUGHT.uid
    assert bring(cast, now, replace(BROUGHT, uid="x" * 300)).moment.uid != "x" * 300


def test_the_same_event_from_two_calendars_stands_once_in_a_list(cast: Cast, now: datetime) -> None:
    """R-30. Each reader sees the first of those they may see; the page of each is there for whoever kept its link."""
    inside = bring(cast, now, audience=group_key(cast.group.id))
    open_to_all = bring(cast, now + timedelta(seconds=1))
    other = bring(cast, now, replace(BROUGHT, uid="other", origin="other"))
    asked = [(EVENT, event.id) for event in (inside, open_to_all, other)]
    assert set(cards(asked, cast.actor(cast.member))) == {inside.id, other.id}
    assert set(cards(asked, cast.actor(cast.reader))) == {open_to_all.id, other.id}
    assert set(cards(asked[1:], cast.actor(cast.member))) == {open_to_all.id, other.id}
    assert queries.get_visible_event(cast.actor(cast.member), open_to_all.id) is open_to_all
    services.withdraw_event(job("test"), inside, now=now)
    assert set(cards(asked, cast.actor(cast.member))) == {open_to_all.id, other.id}


@pytest.mark.parametrize(
    "other",
    [{"title": "Another"}, {"address": "https://other.example.net/"}, {"status": Status.CANCELLED},
     {"timing": hours("2027-01-05 10:00", "2027-01-05 12:00")}],
)  # fmt: skip
def test_an_event_that_says_something_else_hides_none_with_its_uid(
    cast: Cast, now: datetime, other: dict[str, Any]
) -> None:
    """A UID is no secret: whoever knows it could put another event before the genuine one."""
    events = [bring(cast, now, replace(BROUGHT, **other)), bring(cast, now + timedelta(seconds=1))]
    assert len(cards([(EVENT, event.id) for event in events], cast.actor(cast.reader))) == 2


def test_what_is_withdrawn_is_nowhere_and_may_come_back(cast: Cast, now: datetime) -> None:
    event = bring(cast, now)
    services.withdraw_event(job("test"), event, now=now)
    assert event.state is EventState.WITHDRAWN
    assert event.moment.status is Status.CONFIRMED
    assert cards([(EVENT, event.id)], cast.actor(cast.secretary)) == {}
    services.change_imported(job("test"), event, BROUGHT, audience=PUBLIC, source_name="Forum", now=now)
    assert event.id in cards([(EVENT, event.id)], cast.actor(None))


def test_days_without_hours_are_kept_as_days(cast: Cast, now: datetime) -> None:
    timing = Timing.days(datetime(2026, 12, 5).date(), datetime(2026, 12, 7).date(), "Africa/Nairobi")
    event = services.write_event(cast.actor(cast.secretary), None, replace(PLANNED, timing=timing), now=now)
    assert (event.moment.starts_at.isoformat(), event.source) == ("2026-12-04T21:00:00+00:00", EventSource.HAND)


def test_the_coming_events_of_an_organisation_leave_out_what_is_over_cancelled_or_unseen(
    cast: Cast, now: datetime
) -> None:
    own = {"organisation_id": cast.organisation.id}
    shown = make_event("Shown", **own)
    make_event("Over", timing=hours("2026-11-01 10:00", "2026-11-01 12:00"), **own)
    make_event("Off", status=Status.CANCELLED, **own)
    make_event("Unseen", audience=group_key(cast.group.id), **own)
    found = queries.list_coming_of_organisation(cast.actor(cast.reader), cast.organisation.id, now=now, limit=9)
    assert list(found) == [shown]
