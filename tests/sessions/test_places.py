"""Places of a track: taken once, freed once, never too many, and the waiting list that moves up by itself."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import sqlalchemy as sa

from app.core import registries
from app.core.notices import Notice
from app.core.registries import actor_at
from app.extensions import db
from app.people.models import AffiliationKind
from app.sessions import queries, services, telling
from app.sessions.models import Application, ApplicationState, Intake, Track, TrackMembership
from app.sessions.services.membership import Left
from tests.conftest import START
from tests.make.people import make_affiliation, make_member, make_organisation, make_person
from tests.make.sessions import make_membership, make_track

SEATS = 10
AT_ONCE = 40


@pytest.fixture
def small(cast):
    """A track with two places, one of them taken by the participant."""
    cast.track.intake.capacity = 2
    db.session.flush()
    return cast.track


def states(track) -> list[tuple[str, str]]:
    rows = sa.select(Application).where(Application.track_id == track.id).order_by(Application.asked_at)
    return [(row.person.name, row.state.value) for row in db.session.scalars(rows)]


def count_open(track) -> int:
    return queries.count_members([track.id])[track.id]


def told(kind: str) -> set:
    return set(db.session.scalars(sa.select(Notice.person_id).where(Notice.kind == kind)))


def join(act, track, person, now):
    return services.join_track(act(person), track, now=now)


def test_who_comes_after_the_last_place_waits_in_the_order_of_asking(cast, small, act, now):
    assert isinstance(join(act, small, cast.member, now), TrackMembership)
    first = join(act, small, cast.friend, now + timedelta(minutes=1))
    second = join(act, small, cast.other_facilitator, now + timedelta(minutes=2))
    assert [first.state, second.state] == [ApplicationState.WAITING] * 2
    assert [queries.position_of(first), queries.position_of(second)] == [1, 2]
    assert join(act, small, cast.friend, now + timedelta(minutes=3)).id == first.id
    assert (small.intake.taken, count_open(small)) == (2, 2)
    assert queries.count_queues([small.id])[small.id].waiting == 2


def test_leaving_lets_the_first_who_waits_move_up_and_tells_them(cast, small, act, now):
    join(act, small, cast.member, now)
    join(act, small, cast.friend, now)
    assert services.leave_track(act(cast.participant), small, now=now) is Left.PLACE
    assert queries.find_membership(small, cast.friend.id)
    assert (small.intake.taken, states(small)) == (2, [("Jo Example", "accepted")])
    assert told(telling.places.MOVED_UP) == {cast.friend.id}


def test_r_03_who_is_not_let_in_any_more_is_passed_over_and_keeps_waiting(cast, small, act, now):
    join(act, small, cast.member, now)
    join(act, small, cast.friend, now)
    join(act, small, cast.other_facilitator, now + timedelta(minutes=1))
    small.eligible = ["member"]
    services.leave_track(act(cast.participant), small, now=now + timedelta(hours=1))
    assert states(small) == [("Jo Example", "waiting"), ("Rosa Ejemplo", "accepted")]
    small.eligible = ["member", "friend"]
    services.leave_track(act(cast.member), small, now=now + timedelta(hours=2))
    assert states(small)[0] == ("Jo Example", "accepted")


def test_nobody_passes_those_who_wait(cast, small, act, now):
    join(act, small, cast.member, now)
    join(act, small, cast.friend, now)
    small.eligible = ["member"]
    services.leave_track(act(cast.participant), small, now=now)
    small.eligible = ["member", "friend"]  # a place is free and the one who waits may take it now
    late = join(act, small, cast.other_facilitator, now + timedelta(hours=1))
    assert isinstance(late, Application)
    assert queries.find_membership(small, cast.friend.id)


def test_an_application_is_taken_back_and_may_be_made_again(cast, small, act, now):
    join(act, small, cast.member, now)
    first = join(act, small, cast.friend, now)
    assert services.leave_track(act(cast.friend), small, now=now) is Left.APPLICATION
    assert not services.leave_track(act(cast.friend), small, now=now)
    assert first.state is ApplicationState.WITHDRAWN
    assert join(act, small, cast.friend, now + timedelta(hours=1)).id != first.id


def test_who_waits_takes_part_for_the_organisation_they_have_then(cast, small, act, now):
    join(act, small, cast.member, now)
    waiting = join(act, small, cast.friend, now)
    old, new = waiting.organisation_id, make_organisation("New Union")
    from app.people.models import Affiliation

    row = db.session.scalars(sa.select(Affiliation).where(Affiliation.person_id == cast.friend.id)).one()
    row.until_on = now.date()
    make_affiliation(cast.friend, new, kind=AffiliationKind.ALLY, from_on=now.date() + timedelta(days=1))
    services.leave_track(act(cast.participant), small, now=now + timedelta(days=2))
    moved = queries.find_membership(small, cast.friend.id)
    assert (old == new.id, moved.organisation_id) == (False, new.id)


def test_merging_two_who_hold_a_place_frees_one_for_who_waits(cast, small, act, now, clock):
    join(act, small, cast.member, now)
    join(act, small, cast.friend, now)
    registries.merge_person(cast.member.id, cast.participant.id, START)
    db.session.expire_all()
    assert (small.intake.taken, count_open(small)) == (2, 2)
    assert queries.find_membership(small, cast.friend.id)
    assert not queries.find_membership(small, cast.participant.id)


def test_merging_keeps_the_older_of_two_applications_and_none_beside_a_place(cast, small, act, now, clock):
    join(act, small, cast.member, now)
    early = join(act, small, cast.friend, now)
    late = join(act, small, cast.other_facilitator, now + timedelta(hours=1))
    late.decided_by = cast.friend.id
    registries.merge_person(cast.other_facilitator.id, cast.friend.id, START)
    db.session.expire_all()
    assert (early.state, early.person_id) == (ApplicationState.WAITING, cast.other_facilitator.id)
    assert (late.state, late.decided_by) == (ApplicationState.WITHDRAWN, cast.other_facilitator.id)
    registries.merge_person(cast.member.id, cast.other_facilitator.id, START)
    db.session.expire_all()
    assert early.state is ApplicationState.WITHDRAWN
    assert small.intake.taken == 2


def test_erasing_a_person_frees_the_place_and_forgets_the_answers(cast, small, act, now):
    join(act, small, cast.member, now)
    join(act, small, cast.friend, now)
    registries.erase_person(cast.participant.id, now)
    db.session.expire_all()
    assert queries.find_membership(small, cast.friend.id)
    other = join(act, small, cast.other_facilitator, now)
    other.reason = "words"
    registries.erase_person(cast.other_facilitator.id, now)
    db.session.expire_all()
    assert (other.state, other.reason, other.answers) == (ApplicationState.WITHDRAWN, "", [])


def test_what_somebody_asked_for_is_theirs_to_have(cast, small, act, now):
    join(act, small, cast.member, now)
    join(act, small, cast.friend, now)
    [row] = registries.export_person(cast.friend.id)["sessions"]["applications"]
    assert (row["track"], row["state"], row["answers"]) == (small.slug, "waiting", [])


def _crowd(own_app, number: int, capacity: int) -> tuple:
    with own_app.app_context():
        track = make_track()
        track.intake.capacity = capacity
        organisation = make_organisation()
        people = [make_person() for _ in range(number)]
        for person in people:
            make_affiliation(person, organisation)
        db.session.commit()
        return track.id, [person.id for person in people]


def _together(own_app, works) -> list:
    barrier = Barrier(len(works))

    def run(work):
        with own_app.app_context():
            barrier.wait()
            try:
                work()
                db.session.commit()
            except Exception as error:
                db.session.rollback()
                return error
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(works)) as pool:
        return [error for error in pool.map(run, works) if error]


def _joins(track_id, person_id):
    return lambda: services.join_track(actor_at(person_id, START), db.session.get_one(Track, track_id), now=START)


def _leaves(track_id, person_id):
    return lambda: services.leave_track(actor_at(person_id, START), db.session.get_one(Track, track_id), now=START)


def _numbers(track_id) -> tuple[int, int, int]:
    """Places taken by the counter, places held, people who wait."""
    held = sa.select(sa.func.count()).where(TrackMembership.track_id == track_id, TrackMembership.left_at.is_(None))
    waiting = sa.select(sa.func.count()).where(
        Application.track_id == track_id, Application.state == ApplicationState.WAITING
    )
    taken = sa.select(Intake.taken).where(Intake.track_id == track_id)
    return tuple(db.session.scalar(wanted) for wanted in (taken, held, waiting))


def test_forty_at_once_on_ten_places_are_ten_and_thirty_who_wait(own_app):
    track_id, people = _crowd(own_app, AT_ONCE, SEATS)
    assert _together(own_app, [_joins(track_id, person) for person in people]) == []
    with own_app.app_context():
        assert _numbers(track_id) == (SEATS, SEATS, AT_ONCE - SEATS)


def test_who_leaves_and_who_joins_at_once_leave_no_place_empty_beside_somebody_who_waits(own_app):
    track_id, people = _crowd(own_app, 2 * SEATS, SEATS)
    with own_app.app_context():
        for person in people[:SEATS]:
            _joins(track_id, person)()
        db.session.commit()
    works = [_leaves(track_id, person) for person in people[:5]] + [_joins(track_id, p) for p in people[SEATS:]]
    assert _together(own_app, works) == []
    with own_app.app_context():
        assert _numbers(track_id) == (SEATS, SEATS, 5)


def test_places_of_unlimited_tracks_are_counted_too(cast, act, now):
    join(act, cast.track, cast.member, now)
    make_membership(cast.track, make_member())
    assert cast.track.intake.taken == 3
    services.leave_track(act(cast.member), cast.track, now=now)
    assert cast.track.intake.taken == 2
