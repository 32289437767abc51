from datetime import date, timedelta
from threading import Thread

import pytest
import sqlalchemy as sa

from app.core.actors import VISITOR
from app.core.errors import NotAllowed
from app.core.registries import actor_at
from app.extensions import db
from app.people.models import AffiliationKind, AffiliationState
from app.sessions import events, queries, services
from app.sessions.models import TrackMembership
from app.sessions.services.membership import ChooseOrganisation, NotEligible, TrackIsClosed
from tests.make.people import make_affiliation, make_organisation, make_person
from tests.make.sessions import make_track


def places(track):
    return db.session.scalar(
        sa.select(sa.func.count()).select_from(TrackMembership).where(TrackMembership.track_id == track.id)
    )


def test_r_03_a_friend_joins_a_track_that_is_open_to_friends(cast, act, now):
    membership = services.join_track(act(cast.friend), cast.track, now=now)
    assert membership.person_id == cast.friend.id
    assert membership.organisation_id is not None
    assert membership.joined_at == now


def test_joining_twice_is_one_place_and_the_same_answer(cast, act, now):
    heard = []

    def hear(sender, **more):
        heard.append(sender)

    with events.track_joined.connected_to(hear):
        first = services.join_track(act(cast.member), cast.track, now=now)
        again = services.join_track(act(cast.member), cast.track, now=now)
    assert first.id == again.id
    assert heard == [first]


def test_a_member_of_a_closed_track_stays_and_nobody_new_comes_in(cast, act, now):
    cast.track.is_open = False
    assert services.join_track(act(cast.participant), cast.track, now=now).person_id == cast.participant.id
    with pytest.raises(TrackIsClosed):
        services.join_track(act(cast.member), cast.track, now=now)


def test_r_03_who_is_not_eligible_is_told_why_and_the_way_out(cast, act, now):
    cast.track.eligible = ["member", "ally"]
    pending = make_person()
    make_affiliation(pending, make_organisation(), state=AffiliationState.PENDING)
    over = make_person()
    make_affiliation(over, make_organisation(), until_on=date(2025, 1, 1))
    for person, word in (
        (cast.outsider, "no current affiliation"),
        (over, "ended on 1 January 2025: ask for a new one in your account"),
        (pending, "waiting to be confirmed"),
        (cast.friend, "your affiliation is another one"),
    ):
        with pytest.raises(NotEligible) as refused:
            services.join_track(act(person), cast.track, now=now)
        assert word in str(refused.value.message)
        assert "open to Members and Allies" in str(refused.value.message)
        assert refused.value.rule == "R-03"
    assert places(cast.track) == 1


def test_somebody_with_several_organisations_says_for_which(cast, act, now):
    second = make_organisation("Second Union")
    make_affiliation(cast.member, second, kind=AffiliationKind.ALLY)
    foreign = make_organisation("Not mine")
    for wrong in (None, foreign.id):
        with pytest.raises(ChooseOrganisation) as asked:
            services.join_track(act(cast.member), cast.track, organisation_id=wrong, now=now)
        assert asked.value.field == "organisation"
    joined = services.join_track(act(cast.member), cast.track, organisation_id=second.id, now=now)
    assert joined.organisation_id == second.id


def test_an_affiliation_that_the_track_does_not_let_in_is_no_choice(cast, act, now):
    cast.track.eligible = ["member"]
    make_affiliation(cast.member, make_organisation(), kind=AffiliationKind.FRIEND)
    assert len(queries.list_join_options(act(cast.member), cast.track, now.date())) == 1
    assert services.join_track(act(cast.member), cast.track, now=now).organisation_id is not None


def test_somebody_may_join_for_themselves_alone(cast, act, now):
    alone = make_person()
    make_affiliation(alone, None, kind=AffiliationKind.FRIEND)
    assert services.join_track(act(alone), cast.track, now=now).organisation_id is None
    both = make_person()
    make_affiliation(both, None, kind=AffiliationKind.FRIEND)
    make_affiliation(both, make_organisation())
    with pytest.raises(ChooseOrganisation):
        services.join_track(act(both), cast.track, now=now)
    assert services.join_track(act(both), cast.track, alone=True, now=now).organisation_id is None


def test_leaving_keeps_the_past_and_lets_people_come_back(cast, act, now):
    heard = []

    def hear(sender, **more):
        heard.append(sender)

    with events.track_left.connected_to(hear):
        assert services.leave_track(act(cast.participant), cast.track, now=now)
        assert not services.leave_track(act(cast.participant), cast.track, now=now)
    assert len(heard) == 1
    assert queries.find_membership(cast.track, cast.participant.id) is None
    services.join_track(act(cast.participant), cast.track, now=now + timedelta(hours=1))
    assert places(cast.track) == 2


def test_a_visitor_has_no_place_to_ask_for(cast, now):
    with pytest.raises(NotAllowed):
        services.join_track(VISITOR, cast.track, now=now)
    with pytest.raises(NotAllowed):
        services.leave_track(VISITOR, cast.track, now=now)


def test_two_clicks_at_the_same_instant_are_one_place(own_app, now):
    with own_app.app_context():
        track, person = make_track(), make_person()
        make_affiliation(person, make_organisation())
        db.session.commit()
        track_id, person_id = track.id, person.id
    errors = []

    def join() -> None:
        with own_app.app_context():
            try:
                services.join_track(actor_at(person_id, now), db.session.get_one(type(track), track_id), now=now)
                db.session.commit()
            except Exception as error:
                errors.append(error)

    threads = [Thread(target=join) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with own_app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(TrackMembership)) == 1


def test_a_place_that_was_taken_a_moment_ago_is_the_answer(cast, act, now, monkeypatch):
    """What the second of two clicks meets once the first has committed."""
    real, asked = queries.find_membership, []

    def not_yet(*given):
        asked.append(given)
        return None if len(asked) == 1 else real(*given)

    monkeypatch.setattr(queries, "find_membership", not_yet)
    again = services.join_track(act(cast.participant), cast.track, now=now)
    assert again.id == real(cast.track, cast.participant.id).id


def test_leaving_at_the_same_instant_is_leaving_once(cast, act, now, monkeypatch):
    row = queries.find_membership(cast.track, cast.participant.id)
    row.left_at = now
    db.session.flush()
    monkeypatch.setattr(queries, "find_membership", lambda *_given: row)
    assert not services.leave_track(act(cast.participant), cast.track, now=now)
