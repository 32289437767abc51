"""Words about sessions and tracks."""

from datetime import date, timedelta

import pytest

from app.core.actors import VISITOR, job
from app.extensions import db
from app.moments.models import Precision, Status
from app.moments.timing import Timing
from app.people import labels
from app.sessions import queries, services, standing
from app.sessions.models import AgendaItem
from app.sessions.showing.joining import joining_of
from app.sessions.showing.meeting import agenda_of, lasts, link_opens
from app.sessions.showing.summaries import summary_line
from app.sessions.showing.warp import days_until, warp_of
from tests.make.moments import wall
from tests.make.people import make_affiliation, make_organisation, make_person
from tests.make.sessions import make_attendance, make_session, make_track

HOUSE = job("test")


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ("2026-11-21 11:00", "under way"),
        ("2026-11-21 23:00", "today"),
        ("2026-11-22 00:30", "tomorrow"),
        ("2026-11-23 00:30", "in 2 days"),
    ],
)
def test_days_are_counted_on_a_calendar_and_not_in_hours(app, now, start, said):
    assert days_until(make_session(wall_start=wall(start)), now) == said


@pytest.mark.parametrize(("hours", "said"), [(2, "2 hours"), (1.5, "1 hour and 30 minutes"), (0.75, "45 minutes")])
def test_how_long_a_session_lasts(app, hours, said):
    assert lasts(make_session(hours=hours)) == said


def test_what_has_no_hour_lasts_nobody_knows_how_long(cast, now):
    session = services.plan_session(HOUSE, cast.track, names={"en": "x"}, timing=Timing.days(date(2027, 4, 3)), now=now)
    assert lasts(session) == ""
    lines = warp_of(VISITOR, cast.track, [session], now)
    assert lines[0].facts == ["Expected: the facilitators are still choosing the hour"]
    assert lines[0].state == "expected"


def test_a_line_of_an_agenda_beyond_every_calendar_has_no_hour(app):
    session = make_session()
    session.agenda = [
        AgendaItem(position=place, minutes_after_start=minutes, title="Late", who="")
        for place, minutes in enumerate((15, 5 * 10**9, 10**20))
    ]
    with app.test_request_context("/"), db.session.no_autoflush:
        hours = [line.hour for line in agenda_of(session)]
        db.session.expunge_all()
    assert hours[0]
    assert hours[1:] == ["", ""]


def test_a_link_that_will_never_be_there_is_not_promised(app, now):
    assert link_opens(VISITOR, make_session(status=Status.CANCELLED), now) == ""
    assert link_opens(VISITOR, make_session(wall_start=wall("2022-02-05 17:00")), now) == ""


def summary_of(track, now):
    return summary_line(queries.summaries(VISITOR, [track], now=now)[track.id], now)


def test_a_track_says_in_one_line_how_far_it_is(app, now):
    track = make_track()
    assert summary_of(track, now) == "No session planned yet"
    make_session(track, wall_start=wall("2026-11-14 17:00"))
    make_session(track, wall_start=wall("2027-02-13 17:00"))
    assert summary_of(track, now) == "1 of 2 sessions held\u00a0· next 13 February"
    later = now - timedelta(days=400)
    assert summary_of(track, later) == "2 sessions\u00a0· next 14 November 2026"
    assert summary_of(track, now + timedelta(days=400)) == "2 sessions\u00a0· held 2026–2027"


def test_a_month_is_said_as_a_month(app, now):
    track = make_track()
    services.plan_session(HOUSE, track, names={"en": "x"}, timing=Timing.month(2027, 3), now=now)
    assert summary_of(track, now) == "1 session\u00a0· next in March 2027"
    services.plan_session(HOUSE, track, names={"en": "y"}, timing=Timing.days(date(2026, 12, 24)), now=now)
    assert summary_of(track, now) == "2 sessions\u00a0· next 24 December"


def test_held_sessions_say_who_came_unless_it_would_point_at_somebody(cast, act, now):
    session = make_session(cast.track, wall_start=wall("2026-11-14 17:00"), number=8)
    union = make_organisation()
    make_attendance(session, cast.participant, union)

    def facts(actor):
        return warp_of(actor, cast.track, [session], now)[0].facts

    assert facts(VISITOR) == ["Held"]
    assert facts(act(cast.facilitator)) == ["Held", "1 person from 1 organisation"]
    for _ in range(4):
        make_attendance(session, make_person(), union)
    assert facts(VISITOR) == ["Held", "5 people from 1 organisation"]
    assert session.moment.precision is Precision.MINUTE


def test_somebody_affiliated_alone_chooses_themselves(app, cast, act, now):
    make_affiliation(cast.member, None)
    with app.test_request_context("/"):
        joining = joining_of(act(cast.member), cast.track, now=now)
    assert joining.state == "free"
    assert ("alone", "For myself alone") in [(c.value, c.label) for c in joining.form.organisation.choices]


def test_without_a_person_nothing_is_pending(cast, now):
    assert "no current affiliation" in str(standing.why_not_yet(VISITOR, cast.track, now.date()))
    assert str(labels.kinds_in_words([])) == ""
