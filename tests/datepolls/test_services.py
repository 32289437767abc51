"""Asking, answering, choosing and laying down: each rule, and what is left behind."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core.errors import NotAllowed, RuleBroken
from app.core.naming import NeedsName
from app.core.registries import actor_at
from app.datepolls import queries, services
from app.datepolls.hours import hour_of, hours_of, still_there
from app.datepolls.models import DatePoll, DatePollAnswer
from app.datepolls.services import AlreadyChosen, BadHour, Closed, HourIsPast, LaidDown, MeetsNoMore
from app.datepolls.services.answering import SaysNothing
from app.datepolls.services.asking import ClosesTooLate, Wall
from app.extensions import db
from app.moments.local import in_zone
from app.moments.models import Status
from app.moments.timing import HourDoesNotExist, HourOccursTwice
from app.people.models import Person
from app.sessions import services as sessions
from app.sessions.services import Plan
from app.workinggroups import services as groups
from app.workinggroups.models import GroupMeeting, GroupState
from tests.conftest import START
from tests.make.datepolls import IF_NEED, NO, YES, make_date_poll, plan_of, said_of, say
from tests.make.decisions import in_days
from tests.make.moments import wall
from tests.make.people import make_secretary

TITLE = {"en": "A first meeting"}
LATER = START + timedelta(days=7, seconds=1)
"""After the close."""


def how_many_answers() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(DatePollAnswer)) or 0


def said_in_order(poll, person):
    said = queries.said_by(poll, person.id)
    return [said[option.id] for option in poll.options]


def choose(actor, poll, place: int = 0, *, now=START, **plan):
    return services.choose(actor, poll, poll.options[place], names=TITLE, plan=Plan(**plan), now=now)


def test_who_leads_asks_and_the_secretariat_too(group, track):
    for circle in (group, track):
        poll = make_date_poll(circle.owner, circle.leader)
        assert poll.owner is circle.owner
        assert poll.is_open(START)
        assert not poll.is_open(LATER)
        assert (poll.zone, poll.lasts, len(poll.options)) == ("Africa/Nairobi", 90, 3)
        make_date_poll(circle.owner, make_secretary())
        with pytest.raises(NotAllowed):
            make_date_poll(circle.owner, circle.people[0])


def test_the_closing_is_a_window_for_those_inside_alone(poll, track_poll, group, track):
    assert poll.moment.audience == f"group:{group.owner.id}"
    assert track_poll.moment.audience == f"track:{track.owner.id}"
    assert (poll.moment.subject_kind, poll.moment.subject_id) == ("date_poll", poll.id)


@pytest.mark.parametrize(
    ("plan", "error", "field"),
    [
        ({"names": {"en": " ", "fr": ""}}, NeedsName, "name_en"),
        ({"hours": ("2026-12-05 17:00",)}, RuleBroken, "hours"),
        ({"hours": tuple(f"2026-12-{day:02} 17:00" for day in range(5, 18))}, RuleBroken, "hours"),
        ({"hours": ("2026-12-05 17:00", "2026-11-21 11:59")}, BadHour, "hours"),
        ({"hours": ("2026-12-05 17:00", "2026-12-05 17:00")}, BadHour, "hours"),
        ({"lasts": 91}, RuleBroken, "lasts"),
        ({"closing": in_days(-1)}, ClosesTooLate, "day"),
        ({"closing": in_days(20)}, ClosesTooLate, "day"),
        ({"notes": {"en": "x" * 2001}}, RuleBroken, "note_en"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_its_field(group, plan, error, field):
    with pytest.raises(error) as refused:
        make_date_poll(group.owner, group.leader, **plan)
    assert refused.value.field == field


def test_a_group_that_meets_no_more_is_not_asked_and_answers_no_more(group, poll):
    group.owner.state = GroupState.CLOSED
    with pytest.raises(MeetsNoMore):
        make_date_poll(group.owner, group.leader)
    with pytest.raises(MeetsNoMore):
        say(group.actor(0), poll, YES, YES, NO)
    with pytest.raises(MeetsNoMore):
        choose(group.lead(), poll)


CAIRO = "Africa/Cairo"
"""Clocks go forward there at midnight before Friday 30 April 2027, and back at midnight after Thursday 28 October."""


def test_an_hour_that_does_not_exist_is_refused_and_one_that_comes_twice_is_asked_about(group):
    far = {"zone": CAIRO, "closing": in_days(100, zone=CAIRO)}
    with pytest.raises(HourDoesNotExist):
        make_date_poll(group.owner, group.leader, hours=("2027-04-30 00:30", "2027-05-01 17:00"), **far)
    with pytest.raises(HourOccursTwice):
        make_date_poll(group.owner, group.leader, hours=("2027-10-28 23:30", "2027-11-05 17:00"), **far)
    walls = [Wall(wall("2027-10-28 23:30"), is_second=True), Wall(wall("2027-11-05 17:00"))]
    first, _second = hours_of(make_date_poll(group.owner, group.leader, walls=walls, **far)).values()
    assert in_zone(first.starts_at, "UTC").isoformat() == "2027-10-28T21:30:00+00:00"


@pytest.mark.parametrize(
    ("zone", "before", "after"),
    [
        (CAIRO, "2027-04-28 17:00", "2027-05-02 17:00"),
        ("America/Santiago", "2027-04-02 17:00", "2027-04-09 17:00"),
        ("Africa/Casablanca", "2027-02-05 17:00", "2027-02-12 17:00"),
    ],
)
def test_hours_over_a_clock_change_keep_their_wall_and_their_length(group, zone, before, after):
    """In Casablanca clocks go back for Ramadan as long as the zone data in use say so."""
    poll = make_date_poll(group.owner, group.leader, hours=(before, after), zone=zone, closing=in_days(30), lasts=120)
    first, second = hours_of(poll).values()
    assert first.wall_start.time() == second.wall_start.time()
    assert first.until - first.starts_at == second.until - second.starts_at == timedelta(minutes=120)
    offsets = [in_zone(hour.starts_at, zone).utcoffset() for hour in (first, second)]
    apart = second.wall_start - first.wall_start - (second.starts_at - first.starts_at)
    assert apart == offsets[1] - offsets[0]
    assert zone == "Africa/Casablanca" or abs(apart) == timedelta(hours=1)


def test_an_hour_that_lies_over_a_clock_change_lasts_as_long_as_the_others(group):
    poll = make_date_poll(
        group.owner,
        group.leader,
        hours=("2027-10-28 22:00", "2027-11-05 17:00"),
        zone=CAIRO,
        closing=in_days(30),
        lasts=180,
    )
    over, _plain = hours_of(poll).values()
    assert over.until - over.starts_at == timedelta(hours=3)
    assert over.wall_end == wall("2027-10-29 00:00")


def test_an_hour_that_new_zone_data_took_away_is_still_shown_and_cannot_be_planned(group):
    poll = make_date_poll(group.owner, group.leader, zone=CAIRO)
    poll.options[0].wall_start = wall("2027-04-30 00:30")
    assert hour_of(poll, poll.options[0]).wall_start == wall("2027-04-30 01:30")
    with pytest.raises(HourDoesNotExist):
        still_there(poll, poll.options[0])


def test_whoever_takes_part_answers_and_changes_it(group, track, poll, track_poll):
    for circle, one in ((group, poll), (track, track_poll)):
        say(circle.actor(0), one, YES, NO, IF_NEED)
        say(circle.actor(0), one, NO, NO, YES)
        say(circle.lead(), one, YES, YES, YES)
        assert said_in_order(one, circle.people[0]) == [NO, NO, YES]
        assert queries.count_answered([one]) == {one.id: 2}
    assert how_many_answers() == 12


def test_who_observes_or_only_oversees_has_no_voice(group, track, poll, track_poll):
    for person, one in ((group.observer, poll), (make_secretary(), poll), (group.people[0], track_poll)):
        with pytest.raises(NotAllowed):
            say(actor_at(person.id, START), one, YES, YES, YES)


def test_an_answer_says_something_of_each_hour_to_come_and_of_no_other(group, poll):
    with pytest.raises(SaysNothing):
        services.answer(group.actor(0), poll, {poll.options[0].id: YES}, now=START)
    say(group.actor(0), poll, YES, YES, YES)
    services.move_closing(group.lead(), poll, in_days(15), now=START)
    after_the_first = START + timedelta(days=14, hours=6)
    services.answer(group.actor(0), poll, said_of(poll, NO, NO, NO), now=after_the_first)
    assert said_in_order(poll, group.people[0]) == [YES, NO, NO]


def test_after_the_close_no_answer_is_taken_until_it_is_prolonged(group, poll):
    with pytest.raises(Closed):
        say(group.actor(0), poll, YES, YES, YES, now=LATER)
    services.move_closing(group.lead(LATER), poll, in_days(10), now=LATER)
    say(group.actor(0), poll, YES, YES, YES, now=LATER)
    with pytest.raises(ClosesTooLate):
        services.move_closing(group.lead(LATER), poll, in_days(17), now=LATER)
    with pytest.raises(NotAllowed):
        services.move_closing(group.actor(0, LATER), poll, in_days(9), now=LATER)
    assert services.move_closing(group.lead(LATER), poll, in_days(10), now=LATER) is poll


def test_a_chosen_hour_becomes_a_meeting_of_the_group_once(group, poll):
    say(group.actor(0), poll, YES, NO, NO)
    meeting = choose(group.lead(), poll, 1, status=Status.CONFIRMED)
    assert isinstance(meeting, GroupMeeting)
    assert meeting.moment.starts_at == hour_of(poll, poll.options[1]).starts_at
    assert (meeting.moment.wall_end, meeting.moment.status) == (wall("2026-12-06 18:30"), Status.CONFIRMED)
    assert (poll.gathering_id, poll.chosen_place, poll.moment.status) == (meeting.id, 1, Status.HELD)
    with pytest.raises(AlreadyChosen):
        choose(group.lead(), poll, 0)
    with pytest.raises(AlreadyChosen):
        say(group.actor(0), poll, YES, YES, YES)
    with pytest.raises(AlreadyChosen):
        services.lay_down(group.lead(), poll, "Why not.", "en", now=START)
    assert len(db.session.scalars(sa.select(GroupMeeting)).all()) == 1
    assert how_many_answers() == 3


def test_a_chosen_hour_becomes_a_session_of_the_track_after_the_close_too(track, track_poll):
    session = choose(track.lead(LATER), track_poll, 2, now=LATER)
    assert (session.track_id, session.moment.status) == (track.owner.id, Status.PLANNED)
    assert session.moment.audience == track.owner.audience
    with pytest.raises(NotAllowed):
        choose(track.actor(0, LATER), track_poll, 0, now=LATER)


def test_an_hour_that_has_begun_is_not_chosen(group, poll):
    begun = START + timedelta(days=14, hours=6)
    with pytest.raises(HourIsPast):
        choose(group.lead(begun), poll, 0, now=begun)
    assert choose(group.lead(begun), poll, 1, now=begun).id == poll.gathering_id


def test_what_planning_refuses_leaves_the_poll_undecided(group, poll):
    with pytest.raises(NeedsName), db.session.begin_nested():
        services.choose(group.lead(), poll, poll.options[0], names={"en": ""}, plan=Plan(), now=START)
    db.session.refresh(poll)
    assert poll.is_undecided


def test_a_poll_that_is_laid_down_forgets_its_answers_and_says_why(group, poll):
    say(group.actor(0), poll, YES, NO, NO)
    for because in (" ", "x" * 1001):
        with pytest.raises(RuleBroken) as refused:
            services.lay_down(group.lead(), poll, because, "en", now=START)
        assert refused.value.field == "because"
    services.lay_down(group.lead(), poll, "Nous nous verrons au forum.", "fr", now=START)
    assert (poll.laid_down_because, poll.laid_down_language) == ("Nous nous verrons au forum.", "fr")
    assert (how_many_answers(), poll.moment.status) == (0, Status.CANCELLED)
    with pytest.raises(LaidDown):
        choose(group.lead(), poll)
    with pytest.raises(LaidDown):
        services.move_closing(group.lead(), poll, in_days(9), now=START)


def test_who_leaves_takes_answers_to_what_is_open_along(group, track, poll, track_poll):
    settled = make_date_poll(group.owner, group.leader)
    for one in (poll, settled):
        say(group.actor(0), one, YES, NO, NO)
        say(group.actor(1), one, YES, NO, NO)
    choose(group.lead(), settled)
    say(track.actor(0), track_poll, YES, NO, NO)
    say(track.lead(), track_poll, YES, NO, NO)
    groups.leave_group(group.actor(0), group.owner, now=START)
    sessions.leave_track(track.actor(0), track.owner, now=START)
    counted = queries.count_answered([poll, settled, track_poll])
    assert counted == {poll.id: 1, settled.id: 2, track_poll.id: 1}


def test_the_best_hour_is_the_one_that_suits_most_then_the_one_that_is_refused_least(group, poll):
    from app.datepolls.showing.hours import best_first, hours_shown

    say(group.actor(0), poll, YES, YES, NO)
    say(group.actor(1), poll, NO, IF_NEED, YES)
    say(group.actor(2), poll, YES, YES, YES)
    shown = best_first(hours_shown(group.lead(), poll, START))
    assert [one.option.place for one in shown] == [1, 0, 2]
    assert [(one.figure.yes, one.figure.if_need, one.figure.no) for one in shown] == [(2, 1, 0), (2, 0, 1), (2, 0, 1)]


def test_the_titles_of_a_poll_are_read_in_the_language_of_the_reader(group):
    poll = make_date_poll(
        group.owner,
        group.leader,
        names={"es": "Primera reunión", "fr": "Première réunion", "en": ""},
        notes={"es": "Traigan mate.", "fr": " "},
    )
    assert [str(queries.titles_of([poll], language)[poll.id]) for language in ("es", "fr", "ar")] == [
        "Primera reunión", "Première réunion", "Première réunion",
    ]  # fmt: skip
    assert [(note.language, note.body) for note in poll.notes] == [("es", "Traigan mate.")]


def test_nothing_of_it_names_who_answered_in_the_audit(group, poll):
    from app.core.audit import AuditLine

    say(group.actor(0), poll, YES, NO, NO)
    lines = db.session.scalars(sa.select(AuditLine).where(AuditLine.subject_id == poll.id)).all()
    assert [line.code for line in lines] == ["datepolls.date_poll.asked"]
    assert db.session.get_one(Person, group.leader.id).id == lines[0].actor_id


def test_a_plan_reckons_its_hours(group):
    assert [f"{hour.starts_at:%H:%M}" for hour in plan_of().hours()] == ["14:00", "14:00", "06:00"]
    assert db.session.scalars(sa.select(DatePoll)).all() == []
