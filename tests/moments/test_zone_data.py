"""New zone data move what is not over (DESIGN idea 1). Morocco: release 2025b expected one hour of summer time around
Ramadan for ever; since 2026.6 the clocks stay on UTC from 20 September 2026."""

from __future__ import annotations

from datetime import UTC, date, datetime
from importlib.metadata import version

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core.actors import VISITOR, Actor, ActorKind, job
from app.core.audit import AuditLine
from app.core.errors import NotAllowed
from app.extensions import db
from app.moments.events import moment_changed
from app.moments.models import Moment
from app.moments.queries import list_changes
from app.moments.timing import Timing
from app.moments.zone_data import Moved, recompute
from tests.make.moments import hours, make_moment

HOUSE = job("moments.recompute")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def stored_with_2025b(timing: Timing, starts_at: str, until: str) -> Moment:
    """A moment as a house wrote it whose zone data were 2025b: the walls of `timing`, the instants of then."""
    moment = make_moment(timing)
    moment.starts_at, moment.until = utc(starts_at), utc(until)
    db.session.flush()
    return moment


@pytest.fixture
def in_january(app: Flask) -> Moment:
    """16 January 2027, 18:00–20:00 in Casablanca: 17:00 UTC under 2025b, 18:00 UTC under 2026.6."""
    return stored_with_2025b(
        hours("2027-01-16 18:00", "2027-01-16 20:00", "Africa/Casablanca"), "2027-01-16 17:00", "2027-01-16 19:00"
    )


def test_the_moved_moment_is_listed_with_its_old_and_new_instant(in_january: Moment, now: datetime) -> None:
    (moved,) = recompute(HOUSE, now=now, apply=False)
    assert moved == Moved(
        in_january.id,
        "session",
        in_january.subject_id,
        "Africa/Casablanca",
        datetime.fromisoformat("2027-01-16 18:00"),
        utc("2027-01-16 17:00"),
        utc("2027-01-16 19:00"),
        utc("2027-01-16 18:00"),
        utc("2027-01-16 20:00"),
    )


def test_a_dry_run_changes_nothing(in_january: Moment, now: datetime) -> None:
    recompute(HOUSE, now=now, apply=False)
    db.session.expire_all()
    assert (in_january.starts_at, in_january.sequence) == (utc("2027-01-16 17:00"), 0)
    assert list_changes(in_january) == []


def test_applied_the_hour_on_the_wall_stays_and_the_instant_follows(in_january: Moment, now: datetime) -> None:
    heard: list[Moment] = []

    def listener(moment: Moment, **_said: object) -> None:
        heard.append(moment)

    with moment_changed.connected_to(listener):
        recompute(HOUSE, now=now, apply=True)
    db.session.expire_all()
    assert in_january.wall_start == datetime.fromisoformat("2027-01-16 18:00")
    assert (in_january.starts_at, in_january.until) == (utc("2027-01-16 18:00"), utc("2027-01-16 20:00"))
    assert in_january.sequence == 1
    (change,) = list_changes(in_january)
    assert change.reason == f"zone data {version('tzdata')}"
    assert change.old["starts_at"] == "2027-01-16T17:00:00+00:00"
    assert change.new["starts_at"] == "2027-01-16T18:00:00+00:00"
    assert heard == [in_january]
    line = db.session.scalars(sa.select(AuditLine)).one()
    assert (line.code, line.subject_id) == ("moments.moment.recomputed", in_january.subject_id)


def test_a_second_run_finds_nothing(in_january: Moment, now: datetime) -> None:
    recompute(HOUSE, now=now, apply=True)
    assert recompute(HOUSE, now=now, apply=True) == []


def test_ramadan_did_not_move_and_neither_did_other_places(app: Flask, now: datetime) -> None:
    make_moment(hours("2027-02-20 18:00", "2027-02-20 20:00", "Africa/Casablanca"))
    make_moment()
    make_moment(Timing.year_only(2027))
    assert recompute(HOUSE, now=now, apply=True) == []


def test_what_is_over_stays_as_it_was(app: Flask, now: datetime) -> None:
    stored_with_2025b(
        hours("2026-10-10 18:00", "2026-10-10 20:00", "Africa/Casablanca"), "2026-10-10 17:00", "2026-10-10 19:00"
    )
    assert recompute(HOUSE, now=now, apply=True) == []


def test_what_is_under_way_by_either_reading_is_recomputed(app: Flask, now: datetime) -> None:
    """At 09:00 UTC a session of 08:00–09:30 in Casablanca is over by the old data and under way by the new."""
    stored_with_2025b(
        hours("2026-11-21 08:00", "2026-11-21 09:30", "Africa/Casablanca"), "2026-11-21 07:00", "2026-11-21 08:30"
    )
    assert len(recompute(HOUSE, now=now, apply=True)) == 1


def test_days_without_hour_move_with_their_midnights(app: Flask, now: datetime) -> None:
    day = stored_with_2025b(
        Timing.days(date(2027, 1, 16), zone="Africa/Casablanca"), "2027-01-15 23:00", "2027-01-16 22:59:59.999999"
    )
    recompute(HOUSE, now=now, apply=True)
    assert (day.starts_at, day.until) == (utc("2027-01-16 00:00"), utc("2027-01-16 23:59:59.999999"))


def test_an_hour_that_new_data_skip_is_moved_behind_the_gap_and_marked(app: Flask, now: datetime) -> None:
    moment = make_moment(hours("2027-03-28 03:30", "2027-03-28 05:00", "Europe/Zurich"))
    moment.wall_start = datetime.fromisoformat("2027-03-28 02:30")  # as if there had been no clock change before
    moment.starts_at = utc("2027-03-28 00:30")
    db.session.flush()
    (moved,) = recompute(HOUSE, now=now, apply=True)
    assert not moved.hour_exists
    assert moved.starts_at == moment.starts_at == utc("2027-03-28 01:30")
    assert moment.wall_start == datetime.fromisoformat("2027-03-28 02:30")


def test_a_day_that_new_data_skip_is_marked_too(app: Flask, now: datetime) -> None:
    moment = make_moment(Timing.days(date(2026, 12, 30), zone="UTC"))
    moment.zone, moment.wall_start, moment.wall_end = "Pacific/Apia", *[datetime.fromisoformat("2011-12-30")] * 2
    db.session.flush()
    (moved,) = recompute(HOUSE, now=datetime(2011, 12, 29, tzinfo=UTC), apply=True)
    assert not moved.hour_exists


def test_more_moments_than_one_batch_are_all_seen(
    app: Flask, now: datetime, monkeypatch: pytest.MonkeyPatch, in_january: Moment
) -> None:
    monkeypatch.setattr("app.moments.queries.BATCH", 2)
    for _ in range(4):
        stored_with_2025b(
            hours("2027-01-16 18:00", "2027-01-16 20:00", "Africa/Casablanca"), "2027-01-16 17:00", "2027-01-16 19:00"
        )
    assert len(recompute(HOUSE, now=now, apply=True)) == 5


def test_the_house_and_the_secretariat_may_recompute_and_nobody_else(app: Flask, now: datetime) -> None:
    recompute(Actor(ActorKind.PERSON, None, frozenset({"public", "network", "secretariat"})), now=now, apply=False)
    for actor in (VISITOR, Actor(ActorKind.PERSON, None, frozenset({"public", "network"}))):
        with pytest.raises(NotAllowed):
            recompute(actor, now=now, apply=False)


def test_the_command_says_in_words_what_would_move_and_then_moves_it(app: Flask, in_january: Moment, clock) -> None:  # type: ignore[no-untyped-def]
    runner = app.test_cli_runner()
    tried = runner.invoke(args=["moments", "recompute", "--dry-run"])
    assert tried.exit_code == 0
    assert tried.output.splitlines() == [
        f"session {in_january.subject_id}: Saturday 16 January 2027 18:00 in Casablanca "
        "was 2027-01-16 17:00 UTC, is now 2027-01-16 18:00 UTC",
        f"1 moment would move with zone data {version('tzdata')}.",
    ]
    done = runner.invoke(args=["moments", "recompute"])
    assert done.output.splitlines()[-1] == f"1 moment moved with zone data {version('tzdata')}."
    again = runner.invoke(args=["moments", "recompute"])
    assert again.output == f"No moment moved with zone data {version('tzdata')}.\n"


def test_the_command_says_which_hour_has_to_be_chosen_anew(app: Flask, now: datetime) -> None:
    moment = make_moment(hours("2027-03-28 03:30", "2027-03-28 05:00", "Europe/Zurich"))
    moment.wall_start, moment.starts_at = datetime.fromisoformat("2027-03-28 02:30"), utc("2027-03-28 00:30")
    db.session.flush()
    output = app.test_cli_runner().invoke(args=["moments", "recompute", "--dry-run"]).output
    assert "(this hour is skipped there now: choose another one)" in output
