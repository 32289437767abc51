"""Occurrences and the steps that follow them: R-07, R-09, R-10."""

from datetime import date, datetime, timedelta

import pytest

from app.advocacy import events, services
from app.advocacy.models import Anchor, Occurrence, OccurrenceKind, Step, StepCode
from app.advocacy.services import Dated, Written, WrittenStep
from app.core.actors import VISITOR
from app.core.audit import AuditLine
from app.core.errors import NotAllowed, RuleBroken
from app.extensions import db
from app.moments.models import Certainty, Modality, Precision, Status
from app.moments.queries import list_changes
from app.moments.services import NotHeldYet, StatusCannotFollow
from app.moments.timing import HourDoesNotExist, Timing
from tests.make.advocacy import make_mode, make_occurrence, make_rule, make_step

ZURICH = "Europe/Zurich"
SESSION = Written(OccurrenceKind.SESSION, number=96)
MARCH = Dated(Timing.days(date(2027, 3, 8), date(2027, 3, 26), ZURICH), source="un.example/96")
MAY = Dated(Timing.days(date(2027, 5, 10), date(2027, 5, 28), ZURICH), source="un.example/96-moved")


@pytest.fixture
def occurrence(cast) -> Occurrence:
    return services.add_occurrence(cast.keeper, cast.space, SESSION, MARCH, now=cast.now)


@pytest.fixture
def step(occurrence) -> Step:
    (step,) = steps(occurrence)
    return step


def steps(occurrence):
    return list(db.session.scalars(db.select(Step).where(Step.occurrence_id == occurrence.id).order_by(Step.id)))


def day_of(step):
    return step.moment.wall_start.date()


def confirm(cast, step, day=date(2027, 2, 12), hour=23, **more):
    timing = Timing.minutes(datetime(day.year, day.month, day.day, hour, 59), None, ZURICH, is_deadline=True)
    values = {"timing": timing, "source": "un.example/note", "now": cast.now} | more
    return services.confirm_step(cast.keeper, step, **values)


# an occurrence is written down


def test_a_new_session_has_the_steps_its_rules_foresee(cast, occurrence, step):
    assert day_of(step) == date(2027, 2, 8)
    assert step.moment.certainty is Certainty.ESTIMATED
    assert step.moment.zone == ZURICH
    assert (step.rule, step.code, step.days) == (cast.rule, StepCode.PARALLEL_REPORT, -28)
    assert step.source == "example.org"
    assert occurrence.moment.status is Status.CONFIRMED
    assert occurrence.confirmed_by == cast.keeper_person.id


def test_a_rule_that_no_longer_holds_makes_no_step(cast):
    make_rule(cast.space, -14, valid_until=date(2019, 12, 31))
    make_rule(cast.space, -14, occurrence_kind=OccurrenceKind.CALL)
    occurrence = services.add_occurrence(cast.keeper, cast.space, SESSION, MARCH, now=cast.now)
    assert [day_of(step) for step in steps(occurrence)] == [date(2027, 2, 8)]


def test_a_date_that_was_seen_names_its_source(cast):
    with pytest.raises(services.SourceMissing):
        services.add_occurrence(cast.keeper, cast.space, SESSION, Dated(MARCH.timing), now=cast.now)


def test_an_expected_date_needs_none_and_stays_planned(cast):
    dated = Dated(Timing.month(2027, 3, ZURICH), Certainty.TYPICAL)
    occurrence = services.add_occurrence(cast.keeper, cast.space, SESSION, dated, now=cast.now)
    (step,) = steps(occurrence)
    assert occurrence.moment.status is Status.PLANNED
    assert occurrence.certainty is Certainty.TYPICAL
    assert step.moment.precision is Precision.WINDOW


def test_a_date_that_is_not_sure_stays_unsure_with_a_source_until_it_is_seen(cast):
    """R-09: a place where something was read does not make it sure."""
    dated = Dated(Timing.month(2027, 3, ZURICH), Certainty.UNSURE, source="somebody’s letter")
    occurrence = services.add_occurrence(cast.keeper, cast.space, SESSION, dated, now=cast.now)
    assert (occurrence.certainty, occurrence.source) == (Certainty.UNSURE, "somebody’s letter")
    services.move_occurrence(cast.keeper, occurrence, MARCH, reason="Published", now=cast.now)
    assert occurrence.certainty is Certainty.VERIFIED


def test_of_a_year_alone_no_step_is_expected(cast):
    dated = Dated(Timing.year_only(2027, ZURICH), Certainty.TYPICAL)
    assert steps(services.add_occurrence(cast.keeper, cast.space, SESSION, dated, now=cast.now)) == []


def test_a_number_is_given_once_in_a_space(cast, occurrence):
    with pytest.raises(services.NumberTaken) as refused:
        services.add_occurrence(cast.keeper, cast.space, SESSION, MAY, now=cast.now)
    assert (refused.value.field, refused.value.rule) == ("number", "R-10")


def test_goals_and_states_are_those_of_the_occurrence(cast, occurrence):
    """R-07: not of its space, which reviews others each year."""
    written = Written(
        OccurrenceKind.SESSION,
        number=96,
        label={"en": "Session of the examples"},
        themes={"en": "Land"},
        goals=frozenset({6, 11}),
        goals_certainty=Certainty.TYPICAL,
        states=frozenset({"KE", "EG"}),
        city="  Geneva ",
        country="CH",
        modality=Modality.HYBRID,
    )
    services.change_occurrence(cast.keeper, occurrence, written, now=cast.now)
    db.session.expire_all()
    assert [row.goal for row in occurrence.goals] == [6, 11]
    assert occurrence.certainty_of("goals") is Certainty.TYPICAL
    assert [row.country for row in occurrence.states] == ["EG", "KE"]
    assert (occurrence.city, occurrence.country) == ("Geneva", "CH")
    assert occurrence.moment.modality is Modality.HYBRID
    fewer = Written(OccurrenceKind.SESSION, number=96, goals=frozenset({11}), states=frozenset({"EG"}))
    services.change_occurrence(cast.keeper, occurrence, fewer, now=cast.now)
    db.session.expire_all()
    assert [row.goal for row in occurrence.goals] == [11]
    assert [row.country for row in occurrence.states] == ["EG"]


def test_states_are_to_be_checked_until_somebody_has_seen_them_where_the_date_is_published(cast, occurrence):
    def states():
        db.session.expire_all()
        return [(row.country, row.certainty, row.source) for row in occurrence.states]

    written = Written(OccurrenceKind.SESSION, number=96, states=frozenset({"EG"}))
    services.change_occurrence(cast.keeper, occurrence, written, now=cast.now)
    assert states() == [("EG", Certainty.UNSURE, "")]
    seen = Written(OccurrenceKind.SESSION, number=96, states=frozenset({"EG", "KE"}), are_states_seen=True)
    services.change_occurrence(cast.keeper, occurrence, seen, now=cast.now)
    assert states() == [("EG", Certainty.UNSURE, ""), ("KE", Certainty.VERIFIED, occurrence.source)]
    assert occurrence.source
    guessed = Dated(Timing.month(2028, 5, ZURICH), Certainty.TYPICAL)
    without_source = Written(OccurrenceKind.SESSION, number=99, states=frozenset({"PE"}), are_states_seen=True)
    made = services.add_occurrence(cast.keeper, cast.space, without_source, guessed, now=cast.now)
    assert [row.certainty for row in made.states] == [Certainty.UNSURE]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"goals": frozenset({18})}, "goals"),
        ({"states": frozenset({"XQ"})}, "states"),
        ({"country": "Kenya"}, "country"),
        ({"number": 0}, "number"),
    ],
)
def test_what_does_not_exist_is_refused_where_it_was_written(cast, more, field):
    written = Written(OccurrenceKind.SESSION, **more)
    with pytest.raises(RuleBroken) as refused:
        services.add_occurrence(cast.keeper, cast.space, written, MARCH, now=cast.now)
    assert refused.value.field == field


def test_another_kind_brings_its_own_steps(cast, occurrence, step):
    make_rule(cast.space, -59, occurrence_kind=OccurrenceKind.PRE_SESSION, step=StepCode.LIST_OF_ISSUES)
    services.change_occurrence(cast.keeper, occurrence, Written(OccurrenceKind.PRE_SESSION, number=96), now=cast.now)
    assert step.moment.status is Status.CANCELLED
    assert {found.code for found in steps(occurrence)} == {StepCode.PARALLEL_REPORT, StepCode.LIST_OF_ISSUES}


def test_only_who_keeps_dates_may(cast, occurrence, step):
    for actor in (VISITOR, cast.outsider, cast.acting(cast.member_person)):
        with pytest.raises(NotAllowed):
            services.add_occurrence(actor, cast.space, SESSION, MARCH, now=cast.now)
        with pytest.raises(NotAllowed):
            services.move_occurrence(actor, occurrence, MAY, reason="so", now=cast.now)
        with pytest.raises(NotAllowed):
            services.confirm_step(actor, step, timing=MARCH.timing, source="x", now=cast.now)
        with pytest.raises(NotAllowed):
            services.plan_steps(actor, occurrence, now=cast.now)


# steps are planned


def test_planning_twice_changes_nothing(cast, occurrence, step):
    found = services.plan_steps(cast.secretary, occurrence, now=cast.now)
    assert (found.made, found.moved, found.stayed) == ([], [], [])
    assert steps(occurrence) == [step]


def test_a_changed_rule_moves_what_it_had_foreseen(cast, occurrence, step):
    cast.rule.offset_min = cast.rule.offset_max = -21
    services.plan_steps(cast.keeper, occurrence, now=cast.now)
    assert (day_of(step), step.days) == (date(2027, 2, 15), -21)


def test_a_step_read_in_the_note_of_the_body_stands_for_the_rule(cast):
    occurrence = make_occurrence(cast.space)
    make_step(occurrence, date(2027, 2, 9), certainty=Certainty.VERIFIED)
    assert services.plan_steps(cast.keeper, occurrence, now=cast.now).made == []


def test_what_has_been_held_gets_no_estimates(cast):
    occurrence = make_occurrence(cast.space, date(2023, 10, 9), status=Status.HELD)
    assert services.plan_steps(cast.keeper, occurrence, now=cast.now).made == []


def test_a_mode_of_the_rule_is_the_mode_of_the_step(cast):
    mode = make_mode(cast.space)
    rule = make_rule(cast.space, -10, step=StepCode.REGISTRATION, mode=mode)
    occurrence = make_occurrence(cast.space)
    services.plan_steps(cast.keeper, occurrence, now=cast.now)
    assert {step.mode_id for step in steps(occurrence) if step.rule_id == rule.id} == {mode.id}


# the date moves


def test_undone_estimates_follow_and_keep_what_they_were(cast, occurrence, step):
    """R-09: an estimate follows its anchor."""
    change, followed = services.move_occurrence(cast.keeper, occurrence, MAY, reason="No money", now=cast.now)
    assert day_of(step) == date(2027, 4, 12)
    assert [moved for moved, _change in followed.moved] == [step]
    (old,) = list_changes(step.moment)
    assert (old.old["wall_start"], old.reason) == ("2027-02-08T00:00:00", "No money")
    assert (occurrence.number, change.old["wall_start"]) == (96, "2027-03-08T00:00:00")


def test_confirmed_and_done_steps_stay(cast, occurrence, step):
    """R-09: what a person confirmed or did is no estimate."""
    make_rule(cast.space, -7, step=StepCode.REGISTRATION)
    services.plan_steps(cast.keeper, occurrence, now=cast.now)
    (other,) = (found for found in steps(occurrence) if found is not step)
    confirm(cast, step)
    services.mark_step_done(cast.keeper, other, now=cast.now)
    _change, followed = services.move_occurrence(cast.keeper, occurrence, MAY, reason="No money", now=cast.now)
    assert followed.stayed == [step]
    assert followed.moved == []
    assert (day_of(step), day_of(other)) == (date(2027, 2, 12), date(2027, 3, 1))


def test_a_move_says_why_and_goes_somewhere(cast, occurrence):
    with pytest.raises(services.ReasonMissing):
        services.move_occurrence(cast.keeper, occurrence, MAY, reason=" ", now=cast.now)
    with pytest.raises(services.SameDate):
        services.move_occurrence(cast.keeper, occurrence, MARCH, reason="again", now=cast.now)


def test_a_move_across_the_end_of_a_rule_calls_its_step_off_and_makes_that_of_the_next(cast, occurrence, step):
    cast.rule.valid_until = date(2027, 3, 31)
    make_rule(cast.space, -21, valid_from=date(2027, 4, 1))
    services.move_occurrence(cast.keeper, occurrence, MAY, reason="No money", now=cast.now)
    assert step.moment.status is Status.CANCELLED
    assert [day_of(found) for found in steps(occurrence) if found is not step] == [date(2027, 4, 19)]


def test_a_postponed_session_keeps_its_number_and_waits_for_its_date(cast, occurrence, step):
    """R-10: whatever happens to its date, it stays the same session."""
    services.postpone_occurrence(cast.keeper, occurrence, reason="No money", now=cast.now)
    assert (occurrence.number, occurrence.moment.status) == (96, Status.POSTPONED)
    assert step.moment.status is Status.POSTPONED
    assert services.postpone_occurrence(cast.keeper, occurrence, reason="Still", now=cast.now)[0] is None
    services.move_occurrence(cast.keeper, occurrence, MAY, reason="A new date", now=cast.now)
    assert occurrence.moment.status is Status.CONFIRMED
    assert (step.moment.status, day_of(step)) == (Status.PLANNED, date(2027, 4, 12))


def test_postponed_to_a_month_makes_windows_of_days(cast, occurrence, step):
    dated = Dated(Timing.month(2027, 5, ZURICH), Certainty.TYPICAL)
    services.postpone_occurrence(cast.keeper, occurrence, reason="No money", dated=dated, now=cast.now)
    assert occurrence.moment.status is Status.PLANNED
    assert (step.moment.precision, day_of(step)) == (Precision.WINDOW, date(2027, 4, 3))


def test_a_cancelled_session_calls_its_undone_steps_off_and_plans_them_again(cast, occurrence, step):
    dropped = services.add_step(
        cast.keeper, occurrence, WrittenStep(StepCode.REGISTRATION, MARCH.timing, Certainty.TYPICAL), now=cast.now
    )
    confirmed = services.add_step(
        cast.keeper, occurrence, WrittenStep(StepCode.NOMINATION, MARCH.timing, Certainty.VERIFIED, "u"), now=cast.now
    )
    services.drop_step(cast.keeper, dropped, reason="None this year", now=cast.now - timedelta(hours=1))
    services.cancel_occurrence(cast.keeper, occurrence, reason="No money", now=cast.now)
    assert services.cancel_occurrence(cast.keeper, occurrence, reason="No money", now=cast.now)[0] is None
    assert {found.moment.status for found in steps(occurrence)} == {Status.CANCELLED}
    services.plan_again(cast.keeper, occurrence, reason="Money came", now=cast.now + timedelta(hours=1))
    assert step.moment.status is Status.PLANNED
    assert confirmed.moment.status is Status.CONFIRMED
    assert dropped.moment.status is Status.CANCELLED


def test_planning_again_what_takes_place_changes_nothing(cast, occurrence):
    assert services.plan_again(cast.keeper, occurrence, reason="so", now=cast.now) is None


def test_an_expected_session_is_confirmed_and_its_steps_become_days(cast):
    dated = Dated(Timing.month(2027, 3, ZURICH), Certainty.TYPICAL)
    occurrence = services.add_occurrence(cast.keeper, cast.space, SESSION, dated, now=cast.now)
    with pytest.raises(services.DayUnknown):
        services.confirm_occurrence(cast.keeper, occurrence, timing=dated.timing, source="u", now=cast.now)
    services.confirm_occurrence(cast.keeper, occurrence, timing=MARCH.timing, source="u", now=cast.now)
    (step,) = steps(occurrence)
    assert (occurrence.moment.status, occurrence.certainty) == (Status.CONFIRMED, Certainty.VERIFIED)
    assert (step.moment.precision, day_of(step)) == (Precision.DAY, date(2027, 2, 8))
    assert services.confirm_occurrence(cast.keeper, occurrence, timing=MARCH.timing, source="u", now=cast.now) is None


def test_what_is_cancelled_is_not_confirmed(cast, occurrence):
    services.cancel_occurrence(cast.keeper, occurrence, reason="No money", now=cast.now)
    with pytest.raises(services.NotNow):
        services.confirm_occurrence(cast.keeper, occurrence, timing=MARCH.timing, source="u", now=cast.now)


def test_held_is_said_afterwards_and_taken_back(cast, occurrence):
    with pytest.raises(NotHeldYet):
        services.mark_held(cast.keeper, occurrence, now=cast.now)
    later = datetime(2027, 4, 1, tzinfo=cast.now.tzinfo)
    services.mark_held(cast.keeper, occurrence, now=later)
    assert services.mark_held(cast.keeper, occurrence, now=later) is None
    with pytest.raises(StatusCannotFollow):
        services.cancel_occurrence(cast.keeper, occurrence, reason="so", now=later)
    services.plan_again(cast.keeper, occurrence, reason="A slip", now=later)
    assert occurrence.moment.status is Status.CONFIRMED


# a step is confirmed


def test_a_confirmed_date_takes_the_place_of_the_estimate_which_stays_in_the_history(cast, occurrence, step):
    """R-09: confirming replaces the date and keeps what it was."""
    heard = []

    def listen(sender, change, **_more):
        heard.append((sender, change))

    with events.step_confirmed.connected_to(listen):
        change = confirm(cast, step)
    assert heard == [(step, change)]
    assert step.moment.status is Status.CONFIRMED
    assert (step.certainty, step.moment.certainty) == (Certainty.VERIFIED, Certainty.VERIFIED)
    assert (step.source, step.confirmed_by, step.checked_by) == ("un.example/note", *[cast.keeper_person.id] * 2)
    assert change.old["certainty"] == "estimated"
    assert change.old["wall_start"] == "2027-02-08T00:00:00"
    assert confirm(cast, step) is None


def test_a_date_may_be_confirmed_without_its_hour(cast, step):
    confirm(cast, step, timing=Timing.days(date(2027, 2, 12), zone=ZURICH))
    assert step.moment.precision is Precision.DAY


def test_an_hour_that_does_not_exist_is_refused_and_one_that_comes_twice_is_the_earlier(cast, step):
    """R-08: a deadline is an instant on the clock of the body."""
    gap = Timing.minutes(datetime(2027, 3, 28, 2, 30), None, ZURICH, is_deadline=True)
    with pytest.raises(HourDoesNotExist):
        confirm(cast, step, timing=gap)
    twice = Timing.minutes(datetime(2027, 10, 31, 2, 30), None, ZURICH, is_deadline=True)
    confirm(cast, step, timing=twice)
    assert step.moment.starts_at == datetime(2027, 10, 31, 0, 30, tzinfo=cast.now.tzinfo)


def test_a_confirmation_names_a_day_and_where_it_was_read(cast, step):
    with pytest.raises(services.NotExact):
        confirm(cast, step, timing=Timing.month(2027, 2, ZURICH))
    with pytest.raises(services.SourceMissing):
        confirm(cast, step, source="  ")


def test_a_date_in_the_past_is_noted_on_purpose(cast, step):
    passed = Timing.days(date(2026, 11, 20), zone=ZURICH)
    with pytest.raises(services.DateInThePast) as refused:
        confirm(cast, step, timing=passed)
    assert refused.value.field == "is_afterwards"
    confirm(cast, step, timing=passed, is_afterwards=True)
    assert step.moment.status is Status.CONFIRMED


def test_today_has_not_passed_before_it_ends_at_the_seat(cast, step):
    """R-08: a day without an hour ends where the body sits."""
    confirm(cast, step, timing=Timing.days(cast.now.date(), zone=ZURICH))
    assert step.moment.status is Status.CONFIRMED


def test_a_confirmation_is_taken_back_to_the_estimate(cast, occurrence, step):
    confirm(cast, step)
    services.move_occurrence(cast.keeper, occurrence, MAY, reason="No money", now=cast.now)
    with pytest.raises(services.ReasonMissing):
        services.unconfirm_step(cast.keeper, step, reason="", now=cast.now)
    services.unconfirm_step(cast.keeper, step, reason="That was another year", now=cast.now)
    assert (step.moment.certainty, day_of(step)) == (Certainty.ESTIMATED, date(2027, 4, 12))
    assert (step.confirmed_at, step.source) == (None, "example.org")
    assert services.unconfirm_step(cast.keeper, step, reason="again", now=cast.now) is None


def test_without_a_rule_there_is_no_estimate_to_go_back_to(cast, occurrence):
    written = WrittenStep(StepCode.REGISTRATION, Timing.days(date(2027, 1, 8), zone=ZURICH), Certainty.VERIFIED, "u")
    step = services.add_step(cast.keeper, occurrence, written, now=cast.now)
    with pytest.raises(services.NothingToReckonFrom):
        services.unconfirm_step(cast.keeper, step, reason="so", now=cast.now)


def test_an_offset_of_its_own_holds_for_this_occurrence_alone(cast, occurrence, step):
    services.set_own_days(cast.keeper, step, -21, reason="The note says three weeks", now=cast.now)
    assert day_of(step) == date(2027, 2, 15)
    services.move_occurrence(cast.keeper, occurrence, MAY, reason="No money", now=cast.now)
    assert day_of(step) == date(2027, 4, 19)
    services.set_own_days(cast.keeper, step, None, reason="A slip", now=cast.now)
    assert (day_of(step), step.days) == (date(2027, 4, 12), -28)


def test_an_offset_is_for_estimates_and_within_reason(cast, occurrence, step):
    with pytest.raises(RuleBroken, match="1000"):
        services.set_own_days(cast.keeper, step, 1001, reason="so", now=cast.now)
    confirm(cast, step)
    with pytest.raises(services.IsConfirmed):
        services.set_own_days(cast.keeper, step, -21, reason="so", now=cast.now)
    guess = WrittenStep(StepCode.REGISTRATION, MARCH.timing, Certainty.ESTIMATED)
    by_hand = services.add_step(cast.keeper, occurrence, guess, now=cast.now)
    with pytest.raises(services.NothingToReckonFrom):
        services.set_own_days(cast.keeper, by_hand, None, reason="so", now=cast.now)


# done, dropped, opened again, added by hand


def test_a_done_step_stays_and_catches_up_when_it_is_opened_again(cast, occurrence, step):
    services.mark_step_done(cast.keeper, step, now=cast.now)
    services.mark_step_done(cast.secretary, step, now=cast.now)
    assert step.done_by == cast.keeper_person.id
    services.move_occurrence(cast.keeper, occurrence, MAY, reason="No money", now=cast.now)
    assert day_of(step) == date(2027, 2, 8)
    services.reopen_step(cast.keeper, step, now=cast.now)
    assert (step.done_at, day_of(step)) == (None, date(2027, 4, 12))


def test_a_dropped_step_is_not_made_again(cast, occurrence, step):
    with pytest.raises(services.ReasonMissing):
        services.drop_step(cast.keeper, step, reason="", now=cast.now)
    services.drop_step(cast.keeper, step, reason="None this year", now=cast.now)
    assert services.drop_step(cast.keeper, step, reason="again", now=cast.now) is None
    services.plan_steps(cast.keeper, occurrence, now=cast.now)
    assert steps(occurrence) == [step]
    with pytest.raises(services.NotTakingPlace):
        services.mark_step_done(cast.keeper, step, now=cast.now)
    with pytest.raises(services.NotTakingPlace):
        confirm(cast, step)
    services.reopen_step(cast.keeper, step, now=cast.now)
    assert step.moment.status is Status.PLANNED


def test_a_dropped_date_that_was_sure_is_sure_when_it_comes_back(cast, occurrence, step):
    confirm(cast, step)
    services.drop_step(cast.keeper, step, reason="A slip", now=cast.now)
    services.reopen_step(cast.keeper, step, now=cast.now)
    assert step.moment.status is Status.CONFIRMED


def test_steps_of_what_is_cancelled_come_back_with_it_alone(cast, occurrence, step):
    services.cancel_occurrence(cast.keeper, occurrence, reason="No money", now=cast.now)
    with pytest.raises(services.NotTakingPlace):
        services.reopen_step(cast.keeper, step, now=cast.now)
    with pytest.raises(services.NotTakingPlace):
        guess = WrittenStep(StepCode.REGISTRATION, MARCH.timing, Certainty.TYPICAL)
        services.add_step(cast.keeper, occurrence, guess, now=cast.now)


def test_a_step_by_hand_has_any_precision_and_a_sure_one_a_day(cast, occurrence):
    around = WrittenStep(
        StepCode.PRESENTATION, Timing.month(2027, 4, ZURICH), Certainty.TYPICAL, label={"en": "In the plenary"}
    )
    step = services.add_step(cast.keeper, occurrence, around, now=cast.now)
    assert (step.moment.precision, step.label) == (Precision.MONTH, {"en": "In the plenary"})
    assert step.moment.status is Status.PLANNED
    with pytest.raises(services.NotExact):
        sure = WrittenStep(StepCode.PRESENTATION, Timing.month(2027, 4, ZURICH), Certainty.VERIFIED, "u")
        services.add_step(cast.keeper, occurrence, sure, now=cast.now)


def test_a_step_by_hand_stays_when_its_occurrence_moves(cast, occurrence):
    guess = WrittenStep(StepCode.REGISTRATION, Timing.days(date(2027, 1, 8), zone=ZURICH), Certainty.ESTIMATED)
    step = services.add_step(cast.keeper, occurrence, guess, now=cast.now)
    _change, followed = services.move_occurrence(cast.keeper, occurrence, MAY, reason="No money", now=cast.now)
    assert step in followed.stayed
    assert day_of(step) == date(2027, 1, 8)


def test_a_step_after_the_end_follows_the_end(cast):
    make_rule(cast.space, 14, anchor=Anchor.END, step=StepCode.OBSERVATIONS_PUBLISHED)
    occurrence = services.add_occurrence(cast.keeper, cast.space, SESSION, MARCH, now=cast.now)
    days = {step.code: day_of(step) for step in steps(occurrence)}
    assert days[StepCode.OBSERVATIONS_PUBLISHED] == date(2027, 4, 9)


def test_who_did_what_stands_in_the_audit(cast, occurrence, step):
    confirm(cast, step)
    services.move_occurrence(cast.keeper, occurrence, MAY, reason="No money", now=cast.now)
    codes = set(db.session.scalars(db.select(AuditLine.code).where(AuditLine.code.startswith("advocacy."))))
    assert codes == {"advocacy.occurrence.added", "advocacy.step.confirmed", "advocacy.occurrence.moved"}
