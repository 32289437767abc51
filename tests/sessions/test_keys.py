from app.core import registries
from app.sessions.keys import facilitators_key, track_key
from app.sessions.services import join_track, leave_track
from tests.make.people import make_person
from tests.make.sessions import make_facilitator, make_membership, make_track


def test_participants_hold_the_key_of_their_track_and_facilitators_two(app, now):
    track, other = make_track(), make_track()
    member, leader, both = make_person(), make_person(), make_person()
    make_membership(track, member)
    make_facilitator(track, leader)
    make_facilitator(track, both)
    make_membership(other, both)
    keys = registries.audience_keys([member.id, leader.id, both.id], now)
    assert keys[member.id] == {track_key(track.id)}
    assert keys[leader.id] == {track_key(track.id), facilitators_key(track.id)}
    assert keys[both.id] == {track_key(track.id), facilitators_key(track.id), track_key(other.id)}


def test_holders_are_the_inverse_of_keys(app, now):
    track = make_track()
    member, leader, gone = make_person(), make_person(), make_person()
    make_membership(track, member)
    make_facilitator(track, leader)
    make_membership(track, gone).left_at = now
    make_facilitator(track, gone).ended_at = now
    assert registries.audience_holders(track_key(track.id), now) == {member.id, leader.id}
    assert registries.audience_holders(facilitators_key(track.id), now) == {leader.id}
    assert gone.id not in registries.audience_keys([gone.id], now)


def test_a_key_comes_with_joining_and_goes_with_leaving(cast, act, now):
    join_track(act(cast.member), cast.track, now=now)
    assert act(cast.member).holds(track_key(cast.track.id))
    leave_track(act(cast.member), cast.track, now=now)
    assert not act(cast.member).holds(track_key(cast.track.id))


def test_many_people_cost_as_many_queries_as_one(app, now, count_queries):
    track = make_track()
    people = [make_person() for _ in range(40)]
    for person in people:
        make_membership(track, person)
    with count_queries() as one:
        registries.audience_keys([people[0].id], now)
    with count_queries() as forty:
        registries.audience_keys([person.id for person in people], now)
    assert len(one) == len(forty)
