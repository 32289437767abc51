from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from app.core.actors import Actor, ActorKind
from app.extensions import db
from app.moments.events import moment_changed
from app.moments.models import Certainty, Modality, Moment, MomentChange, Precision, Status
from app.moments.queries import list_changes, list_changes_of
from app.moments.services import (
    MAY_BECOME,
    ChangedMeanwhile,
    NotHeldYet,
    StatusCannotFollow,
    change_moment,
    set_audience,
)
from app.moments.timing import HourOccursTwice, Timing
from tests.make.moments import hours, make_moment, wall

SOMEBODY = Actor(ActorKind.PERSON, uuid4())
LATER = hours("2027-02-20 17:00", "2027-02-20 19:00")


def test_a_moment_keeps_what_was_typed_and_what_follows_from_it(app: Flask, now: datetime) -> None:
    moment = make_moment(modality=Modality.ONLINE)
    db.session.expire_all()
    assert (moment.wall_start, moment.wall_end) == (wall("2027-02-13 17:00"), wall("2027-02-13 19:00"))
    assert (moment.precision, moment.zone) == (Precision.MINUTE, "Africa/Nairobi")
    assert moment.starts_at == datetime(2027, 2, 13, 14, 0, tzinfo=UTC)
    assert moment.until == datetime(2027, 2, 13, 16, 0, tzinfo=UTC)
    assert (moment.sequence, moment.uid, moment.changed_at) == (0, str(moment.id), now)


def test_an_imported_event_keeps_its_uid_and_no_two_moments_share_one(app: Flask) -> None:
    assert make_moment(uid="event-7@sister.example").uid == "event-7@sister.example"
    with pytest.raises(IntegrityError), db.session.begin_nested():
        make_moment(uid="event-7@sister.example")


def test_a_session_at_an_hour_that_occurs_twice_is_not_made_before_it_is_said_which(app: Flask) -> None:
    with pytest.raises(HourOccursTwice):
        make_moment(hours("2026-10-25 02:30", "2026-10-25 04:00", "Europe/Zurich"))
    second = make_moment(hours("2026-10-25 02:30", "2026-10-25 04:00", "Europe/Zurich", is_second_start=True))
    db.session.expire_all()
    assert second.is_second_start
    assert not second.is_second_end
    assert second.starts_at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_saying_which_of_two_hours_is_forgotten_where_the_hour_occurs_once(app: Flask) -> None:
    assert not make_moment(
        hours("2027-02-13 17:00", "2027-02-13 19:00", is_second_start=True, is_second_end=True)
    ).is_second_start


def test_moving_keeps_the_uid_lets_sequence_grow_and_remembers_old_and_new(app: Flask, now: datetime) -> None:
    moment = make_moment()
    uid = moment.uid
    change = change_moment(SOMEBODY, moment, timing=LATER, reason="The hall was taken.", now=now + timedelta(hours=1))
    assert change is not None
    db.session.expire_all()
    assert (moment.uid, moment.sequence) == (uid, 1)
    assert moment.changed_at == now + timedelta(hours=1)
    assert moment.starts_at == datetime(2027, 2, 20, 14, 0, tzinfo=UTC)
    assert (change.actor_kind, change.actor_id, change.reason) == ("person", SOMEBODY.person_id, "The hall was taken.")
    assert change.sequence == 1
    assert change.old["wall_start"] == "2027-02-13T17:00:00"
    assert change.new["wall_start"] == "2027-02-20T17:00:00"
    assert change.new["starts_at"] == "2027-02-20T14:00:00+00:00"


def test_nothing_is_written_when_nothing_changed(app: Flask, now: datetime) -> None:
    moment = make_moment(modality=Modality.ONLINE)
    same = hours("2027-02-13 17:00", "2027-02-13 19:00")
    assert change_moment(SOMEBODY, moment, now=now + timedelta(hours=1)) is None
    assert (
        change_moment(
            SOMEBODY,
            moment,
            timing=same,
            status=Status.CONFIRMED,
            certainty=Certainty.VERIFIED,
            modality=Modality.ONLINE,
            reason="I looked at it.",
            now=now + timedelta(hours=1),
        )
        is None
    )
    assert (moment.sequence, moment.changed_at) == (0, now)
    assert list_changes(moment) == []


def test_an_estimated_day_becomes_a_confirmed_hour_and_the_old_one_stays_in_the_history(
    app: Flask, now: datetime
) -> None:
    """R-09, story A6: the rule said 11 September, the official note says the 14th at 23:59."""
    moment = make_moment(
        Timing.days(date(2023, 9, 11), zone="Europe/Zurich"), status=Status.PLANNED, certainty=Certainty.ESTIMATED
    )
    change_moment(
        SOMEBODY,
        moment,
        timing=hours("2023-09-14 23:59", zone="Europe/Zurich", is_deadline=True),
        status=Status.CONFIRMED,
        certainty=Certainty.VERIFIED,
        now=now,
    )
    (change,) = list_changes(moment)
    assert (change.old["precision"], change.new["precision"]) == ("day", "minute")
    assert (change.old["certainty"], change.new["certainty"]) == ("estimated", "verified")
    assert moment.until == datetime(2023, 9, 14, 21, 59, tzinfo=UTC)


def test_each_kind_of_change_can_be_made_by_itself(app: Flask, now: datetime) -> None:
    moment = make_moment()
    for number, given in enumerate(
        (
            {"status": Status.POSTPONED},
            {"certainty": Certainty.UNSURE},
            {"modality": Modality.HYBRID},
            {"timing": LATER},
        ),
        start=1,
    ):
        change = change_moment(SOMEBODY, moment, now=now, **given)  # type: ignore[arg-type]
        assert change is not None
        assert moment.sequence == change.sequence == number


@pytest.mark.parametrize("old", Status)
@pytest.mark.parametrize("new", Status)
def test_a_status_becomes_what_can_follow_it_and_nothing_else(
    app: Flask, now: datetime, old: Status, new: Status
) -> None:
    moment = make_moment(hours("2026-02-13 17:00", "2026-02-13 19:00"), status=old)
    if new is old:
        assert change_moment(SOMEBODY, moment, status=new, now=now) is None
    elif new in MAY_BECOME[old]:
        assert change_moment(SOMEBODY, moment, status=new, now=now) is not None
        assert moment.status is new
    else:
        with pytest.raises(StatusCannotFollow) as refused:
            change_moment(SOMEBODY, moment, status=new, now=now)
        assert (refused.value.field, refused.value.rule) == ("status", "R-10")
        assert str(refused.value.message)


def test_what_was_cancelled_may_be_planned_again_and_what_was_held_stays_held() -> None:
    assert Status.PLANNED in MAY_BECOME[Status.CANCELLED]
    assert MAY_BECOME[Status.HELD] == {Status.CONFIRMED}


def test_what_has_not_begun_cannot_have_been_held(app: Flask, now: datetime) -> None:
    with pytest.raises(NotHeldYet):
        make_moment(status=Status.HELD)
    with pytest.raises(NotHeldYet):
        change_moment(SOMEBODY, make_moment(), status=Status.HELD, now=now)
    held = make_moment(hours("2026-11-20 17:00", "2026-11-20 19:00"), status=Status.HELD)
    with pytest.raises(NotHeldYet):
        change_moment(SOMEBODY, held, timing=LATER, now=now)


def test_of_two_editors_the_second_hears_of_the_first(app: Flask, now: datetime) -> None:
    moment = make_moment()
    db.session.execute(
        sa.update(Moment).where(Moment.id == moment.id).values(sequence=1),
        execution_options={"synchronize_session": False},
    )
    with pytest.raises(ChangedMeanwhile):
        change_moment(SOMEBODY, moment, timing=LATER, now=now)


def test_a_change_is_announced_once_with_its_values(app: Flask, now: datetime) -> None:
    heard: list[Any] = []

    def listener(moment: Moment, **said: Any) -> None:
        heard.append((moment.sequence, said))

    moment = make_moment()
    with moment_changed.connected_to(listener):
        change = change_moment(SOMEBODY, moment, timing=LATER, now=now)
        change_moment(SOMEBODY, moment, timing=LATER, now=now)
    assert heard == [(1, {"change": change, "actor": SOMEBODY, "now": now})]


def test_the_audience_lives_on_the_moment_and_is_changed_for_many_at_once(app: Flask) -> None:
    first, second, other = make_moment(audience="a"), make_moment(audience="a"), make_moment(audience="a")
    set_audience([first.id, second.id], "track:1")
    assert (first.audience, second.audience, other.audience) == ("track:1", "track:1", "a")
    assert first.sequence == 0


def test_histories_come_latest_first_for_one_and_for_many(app: Flask, now: datetime) -> None:
    moment, quiet = make_moment(), make_moment()
    for timing in (LATER, hours("2027-02-21 17:00", "2027-02-21 19:00")):
        change_moment(SOMEBODY, moment, timing=timing, now=now)
    assert [change.sequence for change in list_changes(moment)] == [2, 1]
    found = list_changes_of([moment.id, quiet.id])
    assert [change.sequence for change in found[moment.id]] == [2, 1]
    assert found[quiet.id] == []
    assert list_changes_of([]) == {}


def test_a_long_reason_is_kept_as_far_as_there_is_room(app: Flask, now: datetime) -> None:
    change = change_moment(SOMEBODY, make_moment(), timing=LATER, reason="é" * 900, now=now)
    assert change is not None
    assert len(change.reason) == 500


def test_a_moment_takes_its_history_along_when_it_goes(app: Flask, now: datetime) -> None:
    moment = make_moment()
    change_moment(SOMEBODY, moment, timing=LATER, now=now)
    db.session.delete(moment)
    db.session.flush()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(MomentChange)) == 0
