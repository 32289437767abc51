"""Series on the pages: every date is looked at before it is made, one bad day is asked about, nothing is half-done."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from app.core.actors import job
from app.core.notices import Notice
from app.extensions import db
from app.moments.models import Status
from app.moments.repeating import weeks_of
from app.sessions import queries, services
from app.sessions.models import LearningSession
from app.sessions.services.scheduling.planning import Plan
from tests.architecture.test_routes import check_page
from tests.make.moments import hours, wall
from tests.make.sessions import make_session

WEEKLY = {
    "name_en": "Roofs",
    "day": "2027-04-17",
    "start": "17:00",
    "end": "19:00",
    "zone": "Africa/Nairobi",
    "every": "1",
    "number": "3",
    "spoken_in": ["es"],
    "agenda-0-minutes": "17:20",
    "agenda-0-title": "Opening",
}
NEW = "/tracks/climate-justice/sessions/new"


@pytest.fixture
def weekly(cast, now):
    """Four Saturdays at 17:00 in Nairobi."""
    timings = weeks_of(hours("2027-04-17 17:00", "2027-04-17 19:00"), every_weeks=1, number=4)
    sessions = services.plan_series(
        job("test"), cast.track, names={"en": "Roofs"}, timings=timings, plan=Plan(), now=now
    )
    db.session.execute(sa.delete(Notice))
    return sessions


def planned(cast):
    wanted = sa.select(LearningSession).where(
        LearningSession.track_id == cast.track.id, LearningSession.id != cast.session.id
    )
    return list(db.session.scalars(wanted.order_by(LearningSession.number)))


def starts(cast):
    return [session.moment.wall_start for session in planned(cast)]


# Planning


def test_a_series_is_looked_at_on_everybodys_clock_before_it_is_planned(cast, browse):
    cast.facilitator.zone = "Africa/Cairo"
    page = browse(cast.facilitator)
    page.open(NEW)
    page.send(has="zone", **WEEKLY)
    assert page.status == 200
    assert planned(cast) == []
    for said in (
        "Look at the dates 3 sessions",
        "Clocks change: in Cairo it is 16:00 before Saturday 1 May, and 17:00 from then on.",
        "Saturday is a day of the weekend in Nairobi and Cairo.",
        "Roofs 3 Saturday 1 May 2027 kind for all 2 places 17:00–19:00 17:00–19:00 was 16:00",
        "Nothing is planned yet.",
    ):
        assert said in page.text
    page.send(has="zone")
    assert (page.status, page.path) == (200, "/tracks/climate-justice")
    assert "3 sessions are planned. Everybody who joined the track is told, once for all of them." in page.text
    assert starts(cast) == [wall("2027-04-17 17:00"), wall("2027-04-24 17:00"), wall("2027-05-01 17:00")]
    assert [item.minutes_after_start for item in planned(cast)[1].agenda] == [20]
    assert list(db.session.scalars(sa.select(Notice.person_id))) == [cast.participant.id]


def test_until_a_day_every_two_weeks(cast, browse):
    page = browse(cast.facilitator)
    page.open(NEW)
    page.send(has="zone", **WEEKLY | {"every": "2", "number": "", "last_day": "2027-05-15"})
    page.send(has="zone")
    assert starts(cast) == [wall("2027-04-17 17:00"), wall("2027-05-01 17:00"), wall("2027-05-15 17:00")]


def test_dates_that_became_others_are_looked_at_again(cast, browse):
    page = browse(cast.facilitator)
    page.open(NEW)
    page.send(has="zone", **WEEKLY)
    page.send(has="zone", number="4")
    assert "These are not the dates you looked at before." in page.text
    assert planned(cast) == []
    page.send(has="zone", button=("again", "y"))
    assert planned(cast) == []
    page.send(has="zone")
    assert len(planned(cast)) == 4


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"number": "10000"}, "A series has 2 to 52 sessions."),
        ({"number": "0"}, "A series has 2 to 52 sessions."),
        ({"number": "-1"}, "A series has 2 to 52 sessions."),
        ({"number": "1"}, "A series has 2 to 52 sessions."),
        ({"number": "many"}, "Write how many sessions as a number: 12."),
        ({"number": ""}, "Say how many sessions there are, or until which day: one of the two."),
        ({"last_day": "2027-05-15"}, "Say how many sessions there are, or until which day: one of the two."),
        ({"number": "", "last_day": "2030-05-15"}, "A series has 2 to 52 sessions."),
        ({"number": "", "last_day": "2026-05-15"}, "A series has 2 to 52 sessions."),
        ({"number": "", "last_day": "soon"}, "Write the day as year, month and day"),
        ({"every": ""}, "Say how often the session takes place, or empty the fields below."),
        ({"name_en": ""}, "Write a name in at least one language"),
    ],
)
def test_a_series_that_cannot_be_is_refused_with_the_way_out(cast, browse, wrong, said):
    page = browse(cast.facilitator)
    page.open(NEW)
    page.send(has="zone", **WEEKLY | wrong)
    assert page.status == 422
    assert said in page.text
    assert "Look at the dates" not in page.text
    assert planned(cast) == []


def test_a_day_without_that_hour_is_asked_about_and_may_be_left_out(cast, browse):
    page = browse(cast.facilitator)
    page.open(NEW)
    night = {"day": "2027-03-21", "start": "02:30", "end": "04:30", "zone": "Europe/Zurich", "agenda-0-minutes": "5"}
    page.send(has="zone", **WEEKLY | night)
    assert "02:30 does not exist in Zurich on Sunday 28 March 2027" in page.text
    check_page(page.answer.text, "en", "the dates of a series")
    page.send(has="zone")
    assert page.status == 422
    assert "Answer the question at each day that has one" in page.text
    assert planned(cast) == []
    answer = page.page.select_one("input[type=radio][value=beyond]")["name"]
    sent = page._defaults(page.form(has="zone"))
    sent.add(answer, "beyond")
    page._show(page.client.post(NEW, data=sent, follow_redirects=True))
    assert starts(cast)[1] == wall("2027-03-28 03:30")


def test_a_day_left_out_leaves_no_gap_in_the_numbers(cast, browse):
    page = browse(cast.facilitator)
    page.open(NEW)
    twice = {"day": "2027-10-24", "start": "02:30", "end": "04:30", "zone": "Europe/Zurich", "agenda-0-minutes": "5"}
    page.send(has="zone", **WEEKLY | twice)
    assert "02:30 comes twice in Zurich on Sunday 31 October 2027" in page.text
    answer = page.page.select_one("input[type=radio][value=left_out]")["name"]
    sent = page._defaults(page.form(has="zone"))
    sent.add(answer, "left_out")
    page._show(page.client.post(NEW, data=sent, follow_redirects=True))
    assert "2 sessions are planned." in page.text
    assert starts(cast) == [wall("2027-10-24 02:30"), wall("2027-11-07 02:30")]
    assert "Roofs 2" in page.text


def test_expected_days_may_be_a_series_too(cast, browse):
    page = browse(cast.facilitator)
    page.open(NEW)
    page.send(has="zone", **WEEKLY | {"is_hour_open": "y", "start": "", "end": "", "agenda-0-minutes": "20"})
    assert "Saturday 24 April 2027" in page.text
    page.send(has="zone")
    assert {session.moment.precision.value for session in planned(cast)} == {"day"}


def test_an_hour_in_the_agenda_needs_an_hour_of_the_session(cast, browse):
    page = browse(cast.facilitator)
    page.open(NEW)
    page.send(has="zone", **WEEKLY | {"every": "", "number": "", "is_hour_open": "y", "start": "", "end": ""})
    assert page.status == 422
    assert "The hour of this session is open: write the minutes after its start." in page.text


# Moving


def test_this_one_and_those_after_it_move_together_after_a_look(cast, weekly, browse):
    address = f"/sessions/{weekly[1].id}"
    page = browse(cast.facilitator)
    page.open(f"{address}/move")
    assert "This one and those after it 3 sessions change" in page.text
    page.send(has="scope", scope="following", start="16:00", end="18:00", reason="Elections")
    assert "Look at the dates 3 sessions move" in page.text
    assert "Roofs 4 Saturday 8 May 2027" in page.text
    assert starts(cast)[1] == wall("2027-04-24 17:00")
    page.send(has="scope")
    assert page.path == address
    assert "3 sessions have another time. Everybody who joined the track is told, once for all of them." in page.text
    assert [start.hour for start in starts(cast)] == [17, 16, 16, 16]
    told = list(db.session.scalars(sa.select(Notice.kind).where(Notice.person_id == cast.participant.id)))
    assert told == ["sessions.series_moved"]


def test_what_somebody_else_moved_meanwhile_is_looked_at_again(cast, weekly, browse):
    first, second = browse(cast.facilitator), browse(cast.secretary)
    first.open(f"/sessions/{weekly[0].id}/move")
    first.send(has="scope", scope="all", start="16:00", end="18:00", reason="Elections")
    second.open(f"/sessions/{weekly[2].id}/move")
    second.send(has="scope", day="2027-05-02", reason="Strike")
    first.send(has="scope")
    assert "These are not the dates you looked at before." in first.text
    assert "Sunday 2 May 2027" in first.text
    first.send(has="scope")
    assert "4 sessions have another time." in first.text


def test_of_two_who_move_one_session_the_second_sees_both_times(cast, browse):
    address = f"/sessions/{cast.session.id}"
    first, second = browse(cast.facilitator), browse(cast.secretary)
    first.open(f"{address}/move")
    second.open(f"{address}/move")
    first.send(has="reason", day="2027-02-14", start="16:00", reason="Strike")
    second.send(has="reason", day="2027-02-20", reason="Rain")
    assert second.status == 422
    for said in (
        "Somebody changed this session since you opened this page.",
        "Day There now 2027-02-14 You wrote 2027-02-20",
        "Begins at There now 16:00 You wrote 17:00",
    ):
        assert said in second.text
    second.send(has="reason")
    assert second.path == address
    assert db.session.get_one(LearningSession, cast.session.id).moment.wall_start == wall("2027-02-20 17:00")


def test_a_move_of_the_whole_series_names_its_mistakes(cast, weekly, browse):
    page = browse(cast.facilitator)
    page.open(f"/sessions/{weekly[0].id}/move")
    page.send(has="scope", scope="all", start="16:00", end="18:00", reason="")
    assert page.status == 422
    assert "Write why: everybody who joined is told." in page.text
    page.send(has="scope", scope="all", start="17:00", end="19:00", reason="x")
    page.send(has="scope")
    assert "This is the time the sessions already have." in page.text


def test_a_lone_session_is_not_asked_how_far_it_goes(cast, browse):
    page = browse(cast.facilitator)
    for part in ("move", "clock", "cancel", "edit"):
        page.open(f"/sessions/{cast.session.id}/{part}")
        assert "Which sessions?" not in page.text


# Other clocks


def test_a_series_goes_by_other_clocks_and_keeps_its_moments(cast, weekly, browse):
    page = browse(cast.facilitator)
    page.open(f"/sessions/{weekly[0].id}/clock")
    page.send(has="keeps", zone="Africa/Cairo")
    assert "Clocks change: in Cairo it is 16:00 before Saturday 1 May, and 17:00 from then on." in page.text
    assert "Nobody’s hour changes now, so nobody is told." in page.text
    page.send(has="keeps")
    assert "4 sessions go by other clocks." in page.text
    assert [start.hour for start in starts(cast)] == [16, 16, 17, 17]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Notice)) == 0


def test_a_series_that_keeps_its_hour_on_the_wall_says_why(cast, weekly, browse):
    page = browse(cast.facilitator)
    page.open(f"/sessions/{weekly[0].id}/clock")
    page.send(has="keeps", zone="Africa/Cairo", keeps="wall")
    assert page.status == 422
    assert "Write why: everybody who joined is told." in page.text
    page.send(has="keeps", reason="New team")
    assert "Everybody who joined the track is told of the new moments." in page.text
    page.send(has="keeps")
    assert "4 sessions have another time." in page.text
    assert [start.hour for start in starts(cast)] == [17, 17, 17, 17]
    page.open(f"/sessions/{weekly[0].id}/clock")
    page.send(has="keeps", zone="")
    assert page.status == 422


# Changing and calling off


def test_what_is_changed_here_goes_to_the_others(cast, weekly, browse):
    page = browse(cast.facilitator)
    page.open(f"/sessions/{weekly[0].id}/edit")
    page.send(has="scope", scope="all", spoken_in=["fr"], name_en="First roofs")
    assert "4 sessions are changed." in page.text
    assert [[row.language for row in session.languages] for session in planned(cast)] == [["fr"]] * 4


def test_of_two_who_change_a_series_the_second_sees_both(cast, weekly, browse):
    first, second = browse(cast.facilitator), browse(cast.secretary)
    second.open(f"/sessions/{weekly[0].id}/edit")
    first.open(f"/sessions/{weekly[2].id}/edit")
    first.send(has="scope", spoken_in=["ar"])
    second.send(has="scope", scope="all", spoken_in=["fr"])
    assert second.status == 422
    assert "Somebody changed other sessions of this series since you opened this page." in second.text
    assert "Roofs 3 · Languages spoken There now Arabic You wrote French" in second.text
    second.send(has="scope")
    assert "4 sessions are changed." in second.text


def test_the_rest_of_a_series_is_called_off(cast, weekly, browse):
    page = browse(cast.facilitator)
    page.open(f"/sessions/{weekly[2].id}/cancel")
    assert "This one and those after it 2 sessions change" in page.text
    page.send(has="scope", scope="following", reason="No interpreters")
    assert "2 sessions are cancelled." in page.text
    assert [session.moment.status for session in planned(cast)][2:] == [Status.CANCELLED] * 2
    page.open(f"/sessions/{weekly[0].id}/cancel")
    assert "2 sessions of this series are held, have begun or are cancelled: they stay as they are." in page.text


# Copying


def test_a_session_is_copied_on_another_day(cast, weekly, browse):
    page = browse(cast.facilitator)
    page.open(f"/sessions/{weekly[0].id}")
    assert page.page.select_one(f"a[href='/sessions/{weekly[0].id}/copy']")
    page.open(f"/sessions/{weekly[0].id}/copy")
    options = [option.get_text() for option in page.form(has="track").select("[name=track] option")]
    assert options == ["Climate justice"]
    page.send(has="track", day="")
    assert page.status == 422
    page.send(has="track", day="2027-06-05", name_en="Roofs again")
    assert "The session is copied and planned. Everybody who joined the track is told." in page.text
    assert starts(cast)[-1] == wall("2027-06-05 17:00")
    assert planned(cast)[-1].series_id is None


def test_only_who_leads_a_session_opens_its_pages(cast, weekly, browse, unknown_id):
    for person, status in ((cast.participant, 403), (cast.other_facilitator, 403), (cast.secretary, 200)):
        page = browse(person)
        for part in ("copy", "clock"):
            page.open(f"/sessions/{weekly[0].id}/{part}")
            assert page.status == status
            page.open(f"/sessions/{unknown_id}/{part}")
            assert page.status == 404


def test_the_secretariat_copies_a_track_and_a_phase(cast, weekly, browse):
    page = browse(cast.secretary)
    page.open("/tracks/climate-justice/copy")
    assert "It was Saturday 13 February 2027." in page.text
    assert page.page.find(attrs={"name": "name_en"})["value"] == "Climate justice (copy)"
    assert "(optional)" not in page.page.find("label", attrs={"for": "first_day"}).get_text()
    page.send(has="pieces", first_day="")
    assert "Choose the day of the first session, or leave the sessions out." in page.text
    page.send(has="pieces", first_day="2028-02-14")
    assert page.path == "/tracks/climate-justice-copy"
    assert "The track is copied. It is a draft" in page.text
    assert "Mind the day of the week: the first session is on Monday, not on Saturday." in page.text
    slug = cast.track.phase.slug
    page.open(f"/phases/{slug}/copy")
    page.send(has="pieces", year_from="2028", year_to="2027", first_day="2028-02-12")
    assert page.status == 422
    page.send(has="pieces", year_to="2029", name_en="Next phase")
    assert "The phase is copied." in page.text
    assert len(queries.list_phases()) == 2


def test_only_the_secretariat_copies_tracks_and_phases(cast, browse):
    for person in (cast.facilitator, cast.participant):
        page = browse(person)
        for address in ("/tracks/climate-justice/copy", f"/phases/{cast.track.phase.slug}/copy"):
            page.open(address)
            assert page.status == 403
    page = browse(cast.secretary)
    page.open("/tracks/no-such-track/copy")
    assert page.status == 404


# Flat


def test_a_year_of_sessions_asks_the_track_page_as_many_questions_as_five(cast, browse, count_queries, now):
    page = browse(cast.facilitator)

    def asked():
        page.open("/tracks/climate-justice")
        with count_queries() as statements:
            page.open("/tracks/climate-justice")
        return len(statements)

    for week in range(5):
        make_session(cast.track, wall_start=wall("2027-04-17 17:00").replace(day=1 + week), number=100 + week)
    few = asked()
    for week in range(47):
        make_session(cast.track, wall_start=wall("2028-01-01 17:00").replace(month=1 + week % 12), number=200 + week)
    assert asked() == few
