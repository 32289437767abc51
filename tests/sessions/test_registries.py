"""What the house knows of the programme without knowing it: cards, personal data, navigation."""

import sqlalchemy as sa

from app.core import navigation, registries
from app.core.actors import VISITOR
from app.extensions import db
from app.sessions import keys, queries
from app.sessions.keys import track_key
from app.sessions.models import Attendance, TrackFacilitator, TrackMembership
from tests.make.people import make_organisation, make_person
from tests.make.sessions import make_attendance, make_facilitator, make_membership, make_session, make_track


def test_cards_are_given_of_what_the_actor_sees(cast, act):
    draft = make_track("Draft", published_at=None)
    draft.audience = track_key(draft.id)
    hidden = make_session(draft)
    closed = make_track("Closed", is_open=False)
    things = [
        ("phase", cast.track.phase_id),
        ("track", cast.track.id),
        ("track", draft.id),
        ("track", closed.id),
        ("session", cast.session.id),
        ("session", hidden.id),
    ]
    cards = registries.cards(things, VISITOR)
    assert set(cards) == {cast.track.phase_id, cast.track.id, closed.id, cast.session.id}
    assert cards[cast.track.phase_id].href == f"/phases/{cast.track.phase.slug}"
    assert (cards[cast.track.id].title, cards[cast.track.id].href) == ("Climate justice", "/tracks/climate-justice")
    assert (cards[cast.track.id].state, cards[closed.id].state) == ("open", "closed")
    assert cards[cast.session.id].href == f"/sessions/{cast.session.id}"
    assert (cards[cast.session.id].state, cards[cast.session.id].language) == ("confirmed", "en")
    inside = registries.cards(things, act(cast.secretary))
    assert inside[draft.id].state == "draft"
    assert hidden.id in inside


def test_my_data_names_places_service_and_attendance(cast):
    union = make_organisation()
    make_attendance(cast.session, cast.facilitator, union)
    make_membership(cast.other_track, cast.facilitator)
    data = registries.export_person(cast.facilitator.id)["sessions"]
    assert [row["track"] for row in data["memberships"]] == ["land-rights"]
    assert [row["track"] for row in data["facilitation"]] == ["climate-justice"]
    assert data["facilitation"][0]["ended_at"] is None
    assert data["attendance"] == [
        {
            "session": str(cast.session.id),
            "track": "climate-justice",
            "attended_on": "2027-02-13",
            "attended_for": str(union.id),
        }
    ]


def test_merging_two_rows_of_one_person_keeps_each_place_once(cast, now):
    kept, gone = make_person(), make_person()
    second = make_session(cast.track, number=9)
    make_membership(cast.track, kept)
    make_membership(cast.track, gone)
    make_membership(cast.other_track, gone)
    make_facilitator(cast.track, kept)
    make_facilitator(cast.track, gone)
    make_attendance(cast.session, kept)
    make_attendance(cast.session, gone)
    make_attendance(second, gone).marked_by = gone.id
    registries.merge_person(kept.id, gone.id, now)
    for table, many in ((TrackMembership, 2), (TrackFacilitator, 1), (Attendance, 2)):
        count = sa.select(sa.func.count()).select_from(table)
        assert db.session.scalar(count.where(table.person_id == kept.id)) == many
        assert db.session.scalar(count.where(table.person_id == gone.id)) == 0
    assert db.session.scalar(sa.select(sa.func.count()).where(Attendance.marked_by == kept.id)) == 1


def test_merging_keeps_the_mark_that_stands_over_the_one_taken_back(cast, now):
    kept, gone = make_person(), make_person()
    second = make_session(cast.track, number=9)
    make_attendance(cast.session, kept).unmarked_at = now
    make_attendance(cast.session, gone)
    make_attendance(second, kept)
    make_attendance(second, gone).unmarked_at = now
    assert len(registries.export_person(kept.id)["sessions"]["attendance"]) == 1
    registries.merge_person(kept.id, gone.id, now)
    assert queries.count_attendance([cast.session.id, second.id]) == {cast.session.id: (1, 0), second.id: (1, 0)}


def test_erasing_a_person_ends_what_is_open_and_keeps_the_counts(cast, now):
    make_attendance(cast.session, cast.facilitator)
    make_membership(cast.track, cast.facilitator)
    registries.erase_person(cast.facilitator.id, now)
    assert keys.keys_of([cast.facilitator.id], now) == {}
    assert queries.count_attendance([cast.session.id]) == {cast.session.id: (1, 0)}


def test_tracks_stand_on_the_roof(app):
    assert "sessions.list_tracks" in [entry.endpoint for entry in navigation.roof(VISITOR)]


def test_every_registry_of_personal_data_knows_the_programme(app):
    spoken = registries.packages_with_personal_data()
    assert all("sessions" in spoken[what] for what in ("export", "merge", "erase"))
