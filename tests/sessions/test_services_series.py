"""Several sessions in one act: all or none, one notice, and what has been is never touched."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask_babel import force_locale

from app.core import mails
from app.core.actors import job
from app.core.audit import AuditLine
from app.core.errors import NotAllowed
from app.core.names import all_names
from app.core.naming import NeedsName
from app.core.notices import Notice
from app.core.registries import Contact, still_wanted
from app.extensions import db
from app.moments.models import Modality, MomentChange, Status
from app.moments.repeating import weeks_of
from app.moments.services import ChangedMeanwhile
from app.moments.timing import HourDoesNotExist, Timing, resolve
from app.sessions import queries, services, telling
from app.sessions.models import LanguageMode, LearningSession
from app.sessions.services import Scope, series
from app.sessions.services.contents import shared_digests_of
from app.sessions.services.scheduling import AgendaLine, BadAgenda, NotNow, ReasonMissing, SameTime
from app.sessions.services.scheduling.planning import Plan
from app.sessions.services.series import SeriesLength
from tests.make.moments import hours, wall
from tests.make.outbox import hand_over_all
from tests.make.sessions import make_attendance, make_session, make_track

HOUSE = job("test")
FIRST = hours("2027-04-17 17:00", "2027-04-17 19:00")
PLAN = Plan(
    languages=[("es", LanguageMode.SPOKEN), ("ar", LanguageMode.INTERPRETED)],
    agenda=[AgendaLine(0, "Opening"), AgendaLine(20, "Groups", "all")],
    join_link="https://meet.example.org/a",
)


def a_series(track, now, *, number=4, actor=HOUSE, first=FIRST, title="Roofs", plan=PLAN):
    timings = weeks_of(first, every_weeks=1, number=number)
    return services.plan_series(actor, track, names={"en": title, "fr": ""}, timings=timings, plan=plan, now=now)


def titles(sessions):
    return [all_names("session", session.id)["en"].text for session in sessions]


def notices(kind=None):
    wanted = sa.select(Notice).order_by(Notice.created_at)
    return list(db.session.scalars(wanted.where(Notice.kind == kind) if kind else wanted))


def written(notice, language="en"):
    with force_locale(language):
        return mails.write(notice.kind, notice.parameters, Contact("x@example.org", language, "Fatou"))


def starts(sessions):
    return [session.moment.wall_start for session in sessions]


def sequences(sessions):
    return [session.moment.sequence for session in sessions]


# Planning


def test_a_series_is_rows_numbered_like_the_sessions_of_the_track(cast, act, now):
    sessions = a_series(cast.track, now, actor=act(cast.facilitator))
    assert titles(sessions) == ["Roofs 1", "Roofs 2", "Roofs 3", "Roofs 4"]
    assert [session.number for session in sessions] == [2, 3, 4, 5]
    assert len({session.series_id for session in sessions}) == 1
    assert len({session.moment_id for session in sessions}) == 4
    for session in sessions:
        assert [row.language for row in session.languages] == ["es", "ar"]
        assert [item.title for item in session.agenda] == ["Opening", "Groups"]
        assert session.join_link == PLAN.join_link
    again = a_series(cast.track, now, number=2, title="roofs", first=hours("2027-06-05 17:00", "2027-06-05 19:00"))
    assert titles(again) == ["roofs 5", "roofs 6"]
    assert titles(a_series(cast.other_track, now, number=2)) == ["Roofs 1", "Roofs 2"]


def test_people_get_one_notice_for_a_series_with_every_date_at_their_own_hour(cast, act, now):
    a_series(cast.track, now, number=3, actor=act(cast.facilitator))
    told = notices()
    assert [(notice.kind, notice.person_id) for notice in told] == [("sessions.series_planned", cast.participant.id)]
    words = written(told[0])
    assert words.subject == "Climate justice: 3 new sessions from Saturday 17 April 2027"
    assert "Roofs 2: Saturday 24 April 2027, 14:00–16:00 in Dakar (17:00 in Nairobi, 14:00 UTC)" in words.text
    assert "\u2068Roofs 2\u2069: " in written(told[0], "ar").text, "a Latin title must not turn a line of Arabic round"
    assert "meet.example.org" not in words.text
    assert told[0].expires_at == datetime(2027, 5, 1, 16, tzinfo=UTC)


def test_nobody_is_told_of_a_series_of_a_draft_or_of_the_past(cast, now):
    draft = make_track("Draft", published_at=None)
    a_series(draft, now)
    a_series(cast.track, now, first=hours("2020-02-01 17:00", "2020-02-01 19:00"))
    assert notices() == []


@pytest.mark.parametrize("number", [0, 1, 53, 10_000])
def test_a_series_has_two_to_fifty_two_sessions(cast, now, number):
    with pytest.raises(SeriesLength) as refused:
        a_series(cast.track, now, number=number)
    assert "2 to 52" in str(refused.value.message)
    assert refused.value.field == "number"


def test_one_bad_day_undoes_the_whole_series(cast, now):
    before = db.session.scalar(sa.select(sa.func.count()).select_from(LearningSession))
    night = hours("2027-03-21 02:30", "2027-03-21 04:30", "Europe/Zurich")
    with pytest.raises(HourDoesNotExist), db.session.begin_nested():
        a_series(cast.track, now, first=night)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(LearningSession)) == before
    assert notices() == []


def test_a_series_needs_a_title_and_somebody_who_leads_the_track(cast, act, now):
    with pytest.raises(NeedsName):
        a_series(cast.track, now, title=" ")
    for person in (cast.other_facilitator, cast.participant, cast.outsider):
        with pytest.raises(NotAllowed):
            a_series(cast.track, now, actor=act(person))


def test_a_title_as_long_as_may_be_keeps_room_for_its_number(cast, now):
    assert all(len(title) <= 400 for title in titles(a_series(cast.track, now, title="a" * 400)))


def test_a_weekly_series_follows_the_clocks_of_its_place(cast, now):
    zurich = hours("2027-10-30 17:00", "2027-10-30 19:00", "Europe/Zurich")
    sessions = a_series(cast.track, now, number=2, first=zurich)
    assert [session.moment.starts_at.hour for session in sessions] == [15, 16]


# How far a change goes


def test_what_is_held_has_begun_or_is_cancelled_is_out_of_reach(cast, now):
    first, second, third, fourth = a_series(cast.track, now)
    services.cancel_session(HOUSE, second, reason="Rain", now=now)
    make_attendance(fourth, cast.participant)
    later = first.moment.starts_at + timedelta(minutes=1)
    reach = queries.reach_of(third, later)
    assert (reach.all, reach.left_alone, reach.is_several) == ([third], 3, False)
    assert queries.reach_of(first, now).all == [first, third]
    assert queries.reach_of(third, now).following == [third]
    assert queries.reach_of(second, now).all == [second]
    assert queries.reach_of(cast.session, now).all == [cast.session]
    assert series.sessions_in(first, Scope.FOLLOWING, now) == [first, third]
    assert series.sessions_in(first, Scope.ONE, now) == [first]


# Changing what is shared


def change(session, scope, now, **overrides):
    values = {
        "names": {"en": "Walls"},
        "languages": [("es", LanguageMode.SPOKEN), ("ar", LanguageMode.INTERPRETED)],
        "agenda": [AgendaLine(0, "Opening"), AgendaLine(20, "Groups", "all")],
        "join_link": "https://meet.example.org/a",
        "modality": Modality.ONLINE,
    } | overrides
    return services.change_series(HOUSE, session, scope=scope, now=now, **values)


def test_only_what_became_different_is_carried_to_the_others_and_titles_never(cast, now):
    first, second, third, fourth = a_series(cast.track, now)
    change(third, Scope.ONE, now, agenda=[AgendaLine(5, "Songs")])
    changed = change(second, Scope.FOLLOWING, now, join_link="https://meet.example.org/b", modality=Modality.HYBRID)
    db.session.expire_all()
    assert changed == [second, third, fourth]
    assert [session.join_link[-1] for session in (first, second, third, fourth)] == ["a", "b", "b", "b"]
    assert [item.title for item in third.agenda] == ["Songs"]
    assert [session.moment.modality.value for session in (first, second)] == ["online", "hybrid"]
    assert sequences([first, second, third, fourth]) == [0, 1, 1, 1]
    assert titles([second, third]) == ["Walls", "Walls"]
    assert titles([fourth]) == ["Roofs 4"]
    assert notices(telling.series.MOVED) == []


def test_languages_and_agenda_go_to_all(cast, now):
    sessions = a_series(cast.track, now)
    change(sessions[2], Scope.ALL, now, languages=[("fr", LanguageMode.SPOKEN)], agenda=[AgendaLine(10, "Songs")])
    db.session.expire_all()
    assert [[row.language for row in session.languages] for session in sessions] == [["fr"]] * 4
    assert [[item.title for item in session.agenda] for session in sessions] == [["Songs"]] * 4


def test_a_title_alone_reaches_no_other_session(cast, now):
    sessions = a_series(cast.track, now)
    assert change(sessions[0], Scope.ALL, now) == [sessions[0]]


def test_an_agenda_that_does_not_fit_one_of_them_is_refused_by_name(cast, now):
    sessions = a_series(cast.track, now)
    services.move_session(HOUSE, sessions[3], timing=hours("2027-05-08 17:00", "2027-05-08 18:00"), reason="x", now=now)
    with pytest.raises(BadAgenda) as refused:
        change(sessions[0], Scope.ALL, now, agenda=[AgendaLine(90, "Late")])
    assert "session 5 of the track, which lasts 60 minutes" in str(refused.value.message)


def test_of_two_who_change_a_series_the_second_hears_of_the_first(cast, now):
    sessions = a_series(cast.track, now)
    digests = shared_digests_of(sessions)
    change(sessions[3], Scope.ONE, now, agenda=[AgendaLine(5, "Songs")])
    with pytest.raises(ChangedMeanwhile):
        change(sessions[0], Scope.ALL, now, agenda=[AgendaLine(5, "Games")], series_from=digests)


# Moving


def move(session, scope, timing, now, reason="Elections"):
    timings = series.moved_alike(session, timing, series.sessions_in(session, scope, now))
    return services.move_series(HOUSE, session, scope=scope, timings=timings, reason=reason, now=now)


def test_this_and_the_following_move_by_as_many_days_and_get_the_new_hour(cast, now):
    sessions = a_series(cast.track, now)
    hand_over_all(now)
    changes = move(sessions[1], Scope.FOLLOWING, hours("2027-04-25 16:00", "2027-04-25 17:30"), now)
    assert len(changes) == 3
    assert starts(sessions) == [
        wall("2027-04-17 17:00"),
        wall("2027-04-25 16:00"),
        wall("2027-05-02 16:00"),
        wall("2027-05-09 16:00"),
    ]
    assert sequences(sessions) == [0, 1, 1, 1]
    assert {change.reason for change in changes} == {"Elections"}
    told = notices(telling.series.MOVED)
    assert [notice.person_id for notice in told].count(cast.participant.id) == 1
    words = written(told[0])
    assert words.subject == "Climate justice: 3 sessions have another time"
    assert "Roofs 3: Sunday 2 May 2027, " in words.text
    assert "Why: Elections" in words.text
    assert "Roofs 1" not in words.text


def test_each_keeps_its_own_hour_where_only_the_day_moves(cast, now):
    first, second = a_series(cast.track, now, number=2)
    services.move_session(HOUSE, second, timing=hours("2027-04-24 18:00", "2027-04-24 20:00"), reason="x", now=now)
    move(first, Scope.ALL, hours("2027-04-18 17:00", "2027-04-18 19:00"), now)
    assert starts([first, second]) == [wall("2027-04-18 17:00"), wall("2027-04-25 18:00")]


def test_expected_sessions_get_their_hour_together_and_lose_it_together(cast, now):
    days = Timing.days(FIRST.wall_start.date(), zone="Africa/Nairobi")
    first, second = a_series(cast.track, now, number=2, first=days, plan=Plan())
    move(first, Scope.ALL, FIRST, now)
    assert starts([first, second]) == [wall("2027-04-17 17:00"), wall("2027-04-24 17:00")]
    move(first, Scope.ALL, days, now)
    assert {session.moment.precision.value for session in (first, second)} == {"day"}


def test_a_move_needs_a_reason_and_another_time_and_sessions_that_can_move(cast, now):
    first, second = a_series(cast.track, now, number=2)
    with pytest.raises(ReasonMissing):
        move(first, Scope.ALL, hours("2027-04-18 17:00", "2027-04-18 19:00"), now, reason=" ")
    with pytest.raises(SameTime):
        move(first, Scope.ALL, FIRST, now)
    with pytest.raises(ChangedMeanwhile):
        timings = {second.id: FIRST}
        services.move_series(HOUSE, first, scope=Scope.ONE, timings=timings, reason="x", now=now)


def test_of_two_moves_only_the_last_is_told_and_not_to_who_has_left(cast, act, now):
    first, second, third = a_series(cast.track, now, number=3)
    hand_over_all(now)
    move(first, Scope.ALL, hours("2027-04-18 17:00", "2027-04-18 19:00"), now)
    notice = next(row for row in notices(telling.series.MOVED) if row.person_id == cast.participant.id)
    later = now + timedelta(hours=1)
    services.move_session(HOUSE, second, timing=hours("2027-04-30 17:00", "2027-04-30 19:00"), reason="x", now=later)
    services.cancel_session(HOUSE, third, reason="x", now=later)
    assert still_wanted(notice.kind, notice, later)
    told = telling.series.told_of(notice.kind, notice.parameters, later)
    assert [one.session.id for one in told] == [first.id]
    move(first, Scope.ALL, hours("2027-04-19 17:00", "2027-04-19 19:00"), later)
    assert not still_wanted(notice.kind, notice, later)
    newest = [
        row for row in notices(telling.series.MOVED) if row.person_id == cast.participant.id and row is not notice
    ]
    assert still_wanted(newest[0].kind, newest[0], later)
    services.leave_track(act(cast.participant), cast.track, now=later)
    assert not still_wanted(newest[0].kind, newest[0], later)


# Another place whose clock counts


def test_a_series_on_other_clocks_keeps_the_instants_that_were_announced(cast, now):
    sessions = a_series(cast.track, now, number=3)
    instants = [(session.moment.starts_at, session.moment.until) for session in sessions]
    timings = series.elsewhere(sessions, "Africa/Cairo", keeps_instants=True)
    services.move_series(HOUSE, sessions[0], scope=Scope.ALL, timings=timings, now=now)
    assert [(session.moment.starts_at, session.moment.until) for session in sessions] == instants
    assert starts(sessions) == [wall("2027-04-17 16:00"), wall("2027-04-24 16:00"), wall("2027-05-01 17:00")]
    assert sequences(sessions) == [1, 1, 1]
    assert notices(telling.series.MOVED) == []


def test_a_series_that_keeps_its_hours_on_the_wall_is_told_with_the_new_instants(cast, now):
    sessions = a_series(cast.track, now, number=2)
    hand_over_all(now)
    timings = series.elsewhere(sessions, "Africa/Cairo", keeps_instants=False)
    with pytest.raises(ReasonMissing):
        services.move_series(HOUSE, sessions[0], scope=Scope.ALL, timings=timings, now=now)
    services.move_series(HOUSE, sessions[0], scope=Scope.ALL, timings=timings, reason="New team", now=now)
    assert starts(sessions) == [wall("2027-04-17 17:00"), wall("2027-04-24 17:00")]
    assert [resolve(Timing.of(session.moment))[0].hour for session in sessions] == [15, 15]
    told = next(row for row in notices(telling.series.MOVED) if row.person_id == cast.participant.id)
    lines = written(told).text.splitlines()
    [line] = [line for line in lines if "17 April 2027, 15:00–17:00 in Dakar (17:00 in Cairo, 15:00 UTC)" in line]
    assert lines[lines.index(line) + 1].startswith("Before: Saturday 17 April 2027, 14:00–16:00 in Dakar")


def test_one_session_on_other_clocks_is_told_as_one(cast, now):
    timings = series.elsewhere([cast.session], "Africa/Cairo", keeps_instants=False)
    services.move_series(HOUSE, cast.session, scope=Scope.ONE, timings=timings, reason="New team", now=now)
    assert {notice.kind for notice in notices()} == {"sessions.session_moved"}


# Calling off


def test_the_rest_of_a_series_is_called_off_with_one_reason_and_one_notice(cast, now):
    sessions = a_series(cast.track, now)
    gone = services.cancel_series(HOUSE, sessions[2], scope=Scope.FOLLOWING, reason="No interpreters", now=now)
    assert gone == sessions[2:]
    assert [session.moment.status for session in sessions] == [Status.PLANNED] * 2 + [Status.CANCELLED] * 2
    told = [notice for notice in notices(telling.series.CANCELLED) if notice.person_id == cast.participant.id]
    assert len(told) == 1
    words = written(told[0])
    assert words.subject == "Climate justice: 2 sessions cancelled"
    assert "Why: No interpreters" in words.text
    services.reopen_session(HOUSE, sessions[2], now=now)
    assert [one.session.id for one in telling.series.told_of(told[0].kind, told[0].parameters, now)] == [sessions[3].id]
    lines = db.session.scalars(sa.select(AuditLine.code).where(AuditLine.code.like("sessions.series.%")))
    assert set(lines) == {"sessions.series.planned", "sessions.series.cancelled"}


def test_one_alone_is_called_off_as_one_and_never_twice(cast, now):
    services.cancel_series(HOUSE, cast.session, scope=Scope.ALL, reason="Rain", now=now)
    assert {notice.kind for notice in notices()} == {"sessions.session_cancelled"}
    with pytest.raises(NotNow):
        services.cancel_series(HOUSE, cast.session, scope=Scope.ALL, reason="Rain", now=now)
    with pytest.raises(ReasonMissing):
        services.cancel_series(HOUSE, make_session(cast.track, number=9), scope=Scope.ALL, reason="", now=now)


def test_only_who_leads_the_track_changes_its_series(cast, act, now):
    sessions = a_series(cast.track, now, number=2)
    for person in (cast.other_facilitator, cast.participant):
        actor = act(person)
        with pytest.raises(NotAllowed):
            services.cancel_series(actor, sessions[0], scope=Scope.ALL, reason="x", now=now)
        with pytest.raises(NotAllowed):
            services.move_series(actor, sessions[0], scope=Scope.ALL, timings={}, reason="x", now=now)
        with pytest.raises(NotAllowed):
            services.change_series(
                actor, sessions[0], scope=Scope.ALL, names={}, languages=[], agenda=[], join_link="", now=now
            )
    assert db.session.scalar(sa.select(sa.func.count()).select_from(MomentChange)) == 0
