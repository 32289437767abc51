from datetime import timedelta

import pytest

from app.core.actors import VISITOR
from app.core.errors import NotAllowed, NotFound
from app.extensions import db
from app.moments.models import Status
from app.people.queries import Meant
from app.sessions import queries
from app.sessions.keys import track_key
from app.sessions.models import ProgrammeText, TextBlock
from app.sessions.queries.team import find_people
from app.sessions.showing.roster import roster_shown
from app.sessions.showing.warp import warp_of
from tests.make.moments import wall
from tests.make.people import make_account, make_affiliation, make_organisation, make_person
from tests.make.sessions import (
    make_attendance,
    make_facilitator,
    make_membership,
    make_phase,
    make_session,
    make_track,
)


def draft(**overrides):
    track = make_track(published_at=None, **overrides)
    track.audience = track_key(track.id)
    db.session.flush()
    return track


def test_a_draft_is_seen_by_those_inside_and_the_secretariat_alone(cast, act):
    track = draft()
    session = make_session(track)
    make_membership(track, cast.participant)
    make_facilitator(track, cast.facilitator)
    for person in (cast.participant, cast.facilitator, cast.secretary):
        assert queries.get_visible_track(act(person), track.slug) is track
        assert queries.get_visible_session(act(person), session.id) is session
        assert track in queries.list_visible_tracks(act(person))
    for actor in (VISITOR, act(cast.member), act(cast.outsider), act(cast.other_facilitator)):
        with pytest.raises(NotFound):
            queries.get_visible_track(actor, track.slug)
        with pytest.raises(NotFound):
            queries.get_visible_session(actor, session.id)
        assert track not in queries.list_visible_tracks(actor)
        assert queries.list_sessions(actor, track) == []


def test_the_unknown_is_not_found(app, unknown_id):
    with pytest.raises(NotFound):
        queries.get_visible_track(VISITOR, "nothing")
    with pytest.raises(NotFound):
        queries.get_visible_session(VISITOR, unknown_id)
    with pytest.raises(NotFound):
        queries.get_phase("nothing")
    with pytest.raises(NotFound):
        queries.get_facilitator(make_track(), unknown_id)


def test_tracks_stand_newest_phase_first_and_in_the_order_of_their_phase(app):
    old, new = make_phase(year_from=2021, year_to=2022), make_phase()
    first, second = make_track(phase=new, position=0), make_track(phase=new, position=1)
    past = make_track(phase=old)
    assert queries.list_visible_tracks(VISITOR) == [first, second, past]
    assert queries.list_visible_tracks(VISITOR, phase_id=old.id) == [past]
    assert queries.list_phases() == [new, old]


def test_my_tracks_are_those_i_take_part_in_and_those_i_lead(cast, act):
    assert queries.list_my_tracks(act(cast.participant)) == [cast.track]
    assert queries.list_my_tracks(act(cast.facilitator)) == []
    assert queries.list_my_facilitated(act(cast.facilitator)) == [cast.track]
    assert queries.list_my_facilitated(VISITOR) == queries.list_my_tracks(VISITOR) == []


def test_next_sessions_are_those_that_are_not_over_soonest_first(cast, act, now):
    over = make_session(cast.track, wall_start=wall("2026-11-14 17:00"))
    running = make_session(cast.other_track, wall_start=wall("2026-11-21 11:30"))
    make_session(cast.track, wall_start=wall("2027-01-01 10:00"), status=Status.CANCELLED)
    make_session(cast.track, wall_start=wall("2027-01-02 10:00"), status=Status.POSTPONED)
    assert queries.list_next_sessions(VISITOR, now=now) == [running, cast.session]
    assert queries.list_next_sessions(VISITOR, now=now, limit=1) == [running]
    assert queries.list_next_sessions(act(cast.participant), now=now, mine=True) == [cast.session]
    assert queries.list_next_sessions(act(cast.other_facilitator), now=now, mine=True) == [running]
    assert queries.list_next_sessions(act(cast.member), now=now, mine=True) == []
    assert over not in queries.list_next_sessions(VISITOR, now=now)


def test_a_summary_counts_what_takes_place(cast, now):
    make_session(cast.track, wall_start=wall("2026-11-14 17:00"))
    make_session(cast.track, wall_start=wall("2027-01-01 10:00"), status=Status.CANCELLED)
    summary = queries.summaries(VISITOR, [cast.track, cast.other_track], now=now)
    mine, other = summary[cast.track.id], summary[cast.other_track.id]
    assert (mine.total, mine.held, mine.next_session, mine.is_over) == (2, 1, cast.session, False)
    assert (other.total, other.held, other.next_session, other.is_over) == (0, 0, None, False)
    late = queries.summaries(VISITOR, [cast.track], now=now + timedelta(days=365))[cast.track.id]
    assert late.is_over


def test_members_are_counted_by_region_and_language(app, act, cast):
    track = make_track()
    union = make_organisation(region="SSA")
    for number in range(6):
        make_membership(track, make_person(preferred_language="fr"), union if number else None)
    roster = queries.roster_of(track)
    assert (roster.persons, roster.organisations) == (6, 1)
    assert roster.by_region == {union.region_id: 5, None: 1}
    assert roster.by_language == {"fr": 6}
    assert queries.language_needs(track) == [("fr", 6)]
    assert queries.count_members([track.id, cast.track.id]) == {track.id: 6, cast.track.id: 1}


def test_r_31_a_small_group_is_not_counted_out_on_a_public_page(app, act, cast):
    track = make_track()
    for code, many in (("LAC", 7), ("SSA", 6), ("MENA", 2)):
        union = make_organisation(region=code)
        for _ in range(many):
            make_membership(track, make_person(preferred_language={"LAC": "es", "SSA": "fr"}.get(code, "")), union)
    shown = roster_shown(VISITOR, track)
    assert (shown.persons, [count for _name, count in shown.regions], shown.has_other_regions) == (15, [7], True)
    exact = roster_shown(act(cast.secretary), track)
    assert [count for _name, count in exact.regions] == [7, 6, 2]
    few = roster_shown(VISITOR, cast.track)
    assert (few.has_people, few.persons) == (True, None)
    assert not roster_shown(VISITOR, make_track()).has_people


def test_texts_fall_back_to_another_language_and_say_so(cast):
    db.session.add(ProgrammeText(track_id=cast.track.id, block=TextBlock.PURPOSE, language="es", body="Aprender"))
    db.session.flush()
    text = queries.texts_of(cast.track, "fr")[TextBlock.PURPOSE]
    assert (text.language, text.is_fallback, str(text.html).strip()) == ("es", True, '<p dir="auto">Aprender</p>')


def test_people_are_found_by_address_or_name_for_whoever_may_appoint(cast, act):
    rosa = make_person("Luz Ejemplo")
    make_account(rosa, "luz@example.org")
    rosa_maria = make_person("Luz María Ejemplo")
    make_person("Gone", erased_at=rosa.created_at)
    secretary = act(cast.secretary)

    def find(written):
        return find_people(secretary, cast.track, written)

    assert find("Luz@Example.org") == Meant([rosa], is_exact=True)
    assert find("unknown@example.org") == Meant([])
    assert find("luz") == Meant([rosa, rosa_maria])
    assert find("luz ejemplo") == Meant([rosa], is_exact=True)
    assert find("luz maria") == Meant([rosa_maria])
    assert find("gone") == find(" ") == Meant([])
    with pytest.raises(NotAllowed):
        find_people(act(cast.facilitator), cast.track, "luz")


def test_attendance_is_counted_per_session(cast):
    union = make_organisation()
    make_attendance(cast.session, cast.participant, union)
    make_attendance(cast.session, cast.member)
    assert queries.count_attendance([cast.session.id]) == {cast.session.id: (2, 1)}


def test_lists_cost_the_same_for_10_and_for_1000(app, now, act, cast, count_queries):
    track, actor = make_track(), act(cast.facilitator)
    slug, phase = track.slug, track.phase

    def read():
        db.session.expunge_all()
        track = queries.get_visible_track(actor, slug)
        with count_queries() as statements:
            sessions = queries.list_sessions(actor, track)
            warp_of(actor, track, sessions, now)
            queries.summaries(actor, queries.list_visible_tracks(actor), now=now)
            queries.list_next_sessions(actor, now=now, limit=1000)
            roster_shown(actor, track)
            queries.list_facilitators(track)
        return statements

    union = make_organisation()
    for _ in range(6):  # from five on, groups are named with their numbers
        make_membership(track, make_person(languages=("es",)), union)
        make_session(track)
        make_facilitator(track, make_person(languages=("es",)))
    few = read()
    for _ in range(40):
        make_membership(track, make_person(languages=("es",)), make_organisation())
        make_session(track)
        make_facilitator(track, make_person(languages=("es",)))
        make_session(make_track(phase=phase))
    assert len(read()) == len(few)


def test_join_options_are_the_affiliations_of_today_that_the_track_lets_in(cast, act, now):
    union = make_organisation()
    make_affiliation(cast.member, union)
    options = queries.list_join_options(act(cast.member), cast.track, now.date())
    assert len(options) == 2
    assert union.id in {option.organisation_id for option in options}
    assert queries.list_join_options(VISITOR, cast.track, now.date()) == []
    assert queries.find_membership(cast.track, None) is None
