"""Copies: the pieces that were chosen, and never what belongs to people."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.core.actors import job
from app.core.errors import NotAllowed
from app.core.names import all_names
from app.core.naming import NeedsName
from app.core.notices import Notice
from app.extensions import db
from app.moments.models import Certainty, Precision, Status
from app.moments.repeating import weeks_of
from app.moments.timing import HourDoesNotExist, Timing
from app.sessions import events, queries, services
from app.sessions.keys import track_key
from app.sessions.models import (
    Attendance,
    Intake,
    IntakeQuestion,
    LanguageMode,
    LearningSession,
    Phase,
    QuestionKind,
    TextBlock,
    Track,
    TrackMembership,
)
from app.sessions.queries.phases import all_texts
from app.sessions.services.copying import PHASE_PIECES, SESSION_PIECES, TRACK_PIECES, Piece, first_day_of
from app.sessions.services.copying.tracks import NeedsDay
from app.sessions.services.scheduling import AgendaLine, BadAgenda
from app.sessions.services.scheduling.planning import Plan
from app.sessions.services.texts import write_texts
from tests.make.moments import hours, wall
from tests.make.people import make_account, make_person
from tests.make.sessions import make_attendance, make_facilitator, make_session, make_track

HOUSE = job("test")
FIRST = hours("2027-04-24 17:00", "2027-04-24 19:00")
IN_JUNE = hours("2027-06-05 18:00", "2027-06-05 20:00")
PLAN = Plan(
    languages=[("es", LanguageMode.SPOKEN), ("ar", LanguageMode.INTERPRETED)],
    agenda=[AgendaLine(0, "Opening"), AgendaLine(90, "Groups", "all")],
    join_link="https://meet.example.org/a",
)


@pytest.fixture
def heard():
    """What is announced of copies: (kind, source, chosen)."""
    found = []

    def note_session(copy, *, source, chosen, actor, now):
        found.append(("session", source, chosen))

    def note_track(copy, *, source, chosen, actor, now):
        found.append(("track", source, chosen))

    with events.session_copied.connected_to(note_session), events.track_copied.connected_to(note_track):
        yield found


@pytest.fixture
def source(cast, now):
    """A session with everything, of a track that has been led and attended."""
    timings = weeks_of(FIRST, every_weeks=1, number=2)
    sessions = services.plan_series(
        HOUSE, cast.track, names={"en": "Heat", "fr": "Chaleur"}, timings=timings, plan=PLAN, now=now
    )
    make_attendance(sessions[0], cast.participant)
    services.cancel_session(HOUSE, cast.session, reason="Strike", now=now)
    cast.track.intake.capacity, cast.track.intake.needs_approval, cast.track.intake.taken = 30, True, 12
    db.session.add_all(
        [
            IntakeQuestion(track_id=cast.track.id, position=0, kind=QuestionKind.LINE, prompts={"en": "Why?"}),
            IntakeQuestion(
                track_id=cast.track.id, position=1, kind=QuestionKind.LINE, prompts={"en": "Old"}, removed_at=now
            ),
        ]
    )
    write_texts(cast.track, {TextBlock.PURPOSE: {"en": "To learn."}})
    db.session.execute(sa.delete(Notice))
    return sessions[0]


def copy_it(source, track, now, chosen=SESSION_PIECES, actor=HOUSE, timing=IN_JUNE):  # noqa: PLR0917 - a test's own
    return services.copy_session(
        actor, source, track=track, names={"en": "Heat again"}, timing=timing, chosen=chosen, now=now
    )


# A session


def test_a_session_is_copied_into_another_track_on_another_day(cast, source, now, heard):
    copy = copy_it(source, cast.other_track, now)
    assert (copy.track_id, copy.number, copy.series_id) == (cast.other_track.id, 1, None)
    assert copy.moment.wall_start == wall("2027-06-05 18:00")
    assert copy.moment.uid != source.moment.uid
    assert copy.moment.audience == cast.other_track.audience
    assert (copy.moment.status, copy.moment.certainty) == (Status.PLANNED, Certainty.VERIFIED)
    assert [(row.language, row.mode.value) for row in copy.languages] == [("es", "spoken"), ("ar", "interpreted")]
    assert [(item.minutes_after_start, item.title, item.who) for item in copy.agenda] == [
        (0, "Opening", ""),
        (90, "Groups", "all"),
    ]
    assert copy.join_link == "https://meet.example.org/a"
    assert all_names("session", copy.id)["en"].text == "Heat again"
    assert heard == [("session", source, frozenset({"agendas", "languages", "materials", "join_links"}))]
    assert db.session.scalar(sa.select(sa.func.count()).where(Attendance.gathering_id == copy.id)) == 0
    assert set(db.session.scalars(sa.select(Notice.kind))) == {"sessions.session_planned"}


def test_a_session_is_copied_with_nothing_but_its_title(cast, source, now, heard):
    copy = copy_it(source, cast.track, now, chosen=["tracks", "no such piece"])
    assert (copy.languages, copy.agenda, copy.join_link) == ([], [], "")
    assert heard[0][2] == frozenset()


def test_a_copy_has_a_title_and_room_for_its_agenda(cast, source, now):
    with pytest.raises(NeedsName):
        services.copy_session(HOUSE, source, track=cast.track, names={"en": ""}, timing=IN_JUNE, chosen=(), now=now)
    with pytest.raises(BadAgenda):
        copy_it(source, cast.track, now, timing=hours("2027-06-05 18:00", "2027-06-05 19:00"))


def test_who_copies_a_session_leads_it_and_the_track_it_goes_to(cast, source, act, now):
    facilitator = act(cast.facilitator)
    assert copy_it(source, cast.track, now, actor=facilitator).track_id == cast.track.id
    with pytest.raises(NotAllowed):
        copy_it(source, cast.other_track, now, actor=facilitator)
    for person in (cast.other_facilitator, cast.participant):
        with pytest.raises(NotAllowed):
            copy_it(source, cast.other_track, now, actor=act(person))
    make_facilitator(cast.other_track, cast.facilitator)
    assert copy_it(source, cast.other_track, now, actor=act(cast.facilitator)).track_id == cast.other_track.id


# A track


def copy_track(cast, now, chosen=TRACK_PIECES, first_day=date(2028, 2, 5), actor=HOUSE):
    return services.copy_track(
        actor,
        cast.track,
        phase=cast.track.phase,
        names={"en": "Climate justice"},
        chosen=chosen,
        first_day=first_day,
        now=now,
    )


def test_a_track_is_copied_as_a_draft_with_its_sessions_on_new_days(cast, source, now, heard):
    copy = copy_track(cast, now)
    assert (copy.slug, copy.published_at, copy.is_open) == ("climate-justice-2", None, False)
    assert copy.audience == track_key(copy.id)
    assert copy.eligible == cast.track.eligible
    assert (copy.intake.capacity, copy.intake.needs_approval, copy.intake.taken) == (30, True, 0)
    assert [question.prompts for question in queries.list_questions(copy)] == [{"en": "Why?"}]
    assert all_texts(copy)[TextBlock.PURPOSE] == {"en": "To learn."}
    assert [row.person_id for row in queries.list_facilitators(copy)] == [cast.facilitator.id]
    sessions = queries.list_sessions(HOUSE, copy)
    assert [session.moment.wall_start for session in sessions] == [wall("2028-02-05 17:00"), wall("2028-02-12 17:00")]
    assert [all_names("session", session.id)["fr"].text for session in sessions] == ["Chaleur 1", "Chaleur 2"]
    assert {session.moment.audience for session in sessions} == {track_key(copy.id)}
    assert len({session.series_id for session in sessions}) == 1
    assert sessions[0].series_id not in (None, source.series_id)
    assert [kind for kind, _source, _chosen in heard] == ["session", "session", "track"]
    assert heard[-1][1:] == (cast.track, frozenset(piece.value for piece in TRACK_PIECES))
    members = sa.select(sa.func.count()).where(TrackMembership.track_id == copy.id)
    assert db.session.scalar(members) == 0
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Notice)) == 0


def test_what_is_not_chosen_is_not_copied(cast, source, now):
    copy = copy_track(cast, now, chosen=[Piece.SESSIONS])
    assert (copy.intake.capacity, copy.intake.needs_approval) == (None, False)
    assert queries.list_questions(copy) == []
    assert all_texts(copy) == {}
    assert queries.list_facilitators(copy) == []
    assert [(s.join_link, s.agenda, s.languages) for s in queries.list_sessions(HOUSE, copy)] == [("", [], [])] * 2
    bare = copy_track(cast, now, chosen=[], first_day=None)
    assert queries.list_sessions(HOUSE, bare) == []


def test_sessions_need_the_day_of_the_first_one(cast, source, now):
    with pytest.raises(NeedsDay) as refused:
        copy_track(cast, now, first_day=None)
    assert refused.value.field == "first_day"
    assert first_day_of(HOUSE, [cast.track]) == date(2027, 4, 24)
    assert first_day_of(HOUSE, [cast.other_track]) is None
    bare = services.copy_track(
        HOUSE, cast.other_track, phase=cast.track.phase, names={"en": "x"}, chosen=TRACK_PIECES, now=now
    )
    assert queries.list_sessions(HOUSE, bare) == []


def test_an_hour_that_does_not_exist_on_its_new_day_is_refused(cast, now):
    make_session(cast.track, wall_start=wall("2027-02-06 02:30"), zone="Europe/Zurich", number=8)
    with pytest.raises(HourDoesNotExist):
        copy_track(cast, now, first_day=date(2027, 3, 28))


def test_a_month_stays_a_month(cast, now):
    track = make_track("Expected")
    services.plan_session(HOUSE, track, names={"en": "x"}, timing=Timing.month(2027, 9), now=now)
    copy = services.copy_track(
        HOUSE, track, phase=track.phase, names={"en": "y"}, chosen=["sessions"], first_day=date(2028, 9, 1), now=now
    )
    moment = queries.list_sessions(HOUSE, copy)[0].moment
    assert (moment.precision, moment.wall_start) == (Precision.MONTH, wall("2028-09-01 00:00"))


def test_who_cannot_be_appointed_any_more_is_left_out_of_the_team(cast, source, now):
    unproven, erased = make_person(), make_person(erased_at=now)
    make_account(unproven, verified_at=None)
    make_facilitator(cast.track, unproven)
    make_facilitator(cast.track, erased)
    copy = copy_track(cast, now)
    assert [row.person_id for row in queries.list_facilitators(copy)] == [cast.facilitator.id]


def test_only_who_runs_the_programme_copies_tracks_and_phases(cast, source, act, now):
    assert copy_track(cast, now, actor=act(cast.secretary)).phase_id == cast.track.phase_id
    for person in (cast.facilitator, cast.participant, cast.outsider):
        with pytest.raises(NotAllowed):
            copy_track(cast, now, actor=act(person))
        with pytest.raises(NotAllowed):
            copy_phase(cast, now, actor=act(person))


def test_nothing_half_done_is_left_of_a_copy_that_fails(cast, source, now):
    make_session(cast.track, wall_start=wall("2027-05-08 02:30"), zone="Europe/Zurich", number=8)
    before = [db.session.scalar(sa.select(sa.func.count()).select_from(t)) for t in (Track, LearningSession, Intake)]
    gap = date(2027, 3, 28) - timedelta(days=14)
    with pytest.raises(HourDoesNotExist), db.session.begin_nested():
        copy_track(cast, now, first_day=gap)
    after = [db.session.scalar(sa.select(sa.func.count()).select_from(t)) for t in (Track, LearningSession, Intake)]
    assert after == before


# A phase


def copy_phase(cast, now, chosen=PHASE_PIECES, first_day=date(2028, 2, 5), actor=HOUSE):
    return services.copy_phase(
        actor,
        cast.track.phase,
        names={"en": "Next phase"},
        year_from=2028,
        year_to=2029,
        chosen=chosen,
        first_day=first_day,
        now=now,
    )


def test_a_phase_is_copied_with_its_tracks_and_all_sessions_go_by_as_many_days(cast, source, now, heard):
    services.plan_session(
        HOUSE, cast.other_track, names={"en": "Land"}, timing=hours("2027-04-20 10:00", "2027-04-20 11:00"), now=now
    )
    write_texts(cast.track.phase, {TextBlock.AIMS: {"en": "Aims."}})
    copy = copy_phase(cast, now)
    assert (copy.year_from, copy.year_to) == (2028, 2029)
    assert copy.owner_organisation_id == cast.track.phase.owner_organisation_id
    assert [region.code for region in copy.regions] == [region.code for region in cast.track.phase.regions]
    assert all_texts(copy)[TextBlock.AIMS] == {"en": "Aims."}
    tracks = queries.list_visible_tracks(HOUSE, phase_id=copy.id)
    assert sorted(all_names("track", track.id)["en"].text for track in tracks) == ["Climate justice", "Land rights"]
    assert all(track.published_at is None for track in tracks)
    days = sorted(session.moment.wall_start for track in tracks for session in queries.list_sessions(HOUSE, track))
    assert days == [wall("2028-02-05 10:00"), wall("2028-02-09 17:00"), wall("2028-02-16 17:00")]
    assert [kind for kind, _source, _chosen in heard].count("track") == 2


def test_a_phase_is_copied_without_its_tracks(cast, source, now):
    copy = copy_phase(cast, now, chosen=[], first_day=None)
    assert queries.list_visible_tracks(HOUSE, phase_id=copy.id) == []
    assert (copy.regions, all_texts(copy)) == ([], {})
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Phase)) == 2
