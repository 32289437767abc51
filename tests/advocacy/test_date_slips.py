"""What slips from the hands of those who keep dates, and how it is mended."""

from datetime import date

import pytest

from app.advocacy import services
from app.advocacy.models import Anchor, OccurrenceKind, Step, StepCode
from app.advocacy.queries import calendar
from app.advocacy.queries.calendar import Wanted
from app.advocacy.queries.rechecking import list_due
from app.advocacy.services import Dated, Written
from app.advocacy.services.rules import RuleFacts, change_rule
from app.advocacy.services.spaces import Sure
from app.extensions import db
from app.moments.models import Certainty, Status
from app.moments.timing import Timing
from tests.make.people import sign_in

ZURICH = "Europe/Zurich"
MARCH = Dated(Timing.days(date(2027, 3, 8), date(2027, 3, 26), ZURICH), source="un.example/96")


@pytest.fixture
def occurrence(cast):
    made = services.add_occurrence(cast.keeper, cast.space, Written(OccurrenceKind.SESSION, 96), MARCH, now=cast.now)
    db.session.commit()
    return made


@pytest.fixture
def step(occurrence) -> Step:
    return db.session.scalars(db.select(Step).where(Step.occurrence_id == occurrence.id)).one()


@pytest.fixture
def client(cast, app):
    return sign_in(app.test_client(), cast.keeper_person)


def post(client, path, **said):
    token = client.get(path).text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    return client.post(path, data={"csrf_token": token} | said)


def write_rule(cast, **said):
    facts = {
        "step": StepCode.PARALLEL_REPORT,
        "kind": OccurrenceKind.SESSION,
        "anchor": Anchor.START,
        "sure": Sure(certainty=Certainty.TYPICAL),
        "first": -28,
        "last": -28,
    } | said
    change_rule(cast.secretary, cast.rule, RuleFacts(**facts), now=cast.now)
    db.session.flush()


def test_a_rule_that_was_ended_by_mistake_brings_its_deadlines_back(cast, step):
    write_rule(cast, valid_until=date(2026, 12, 31))
    assert step.moment.status is Status.CANCELLED
    write_rule(cast)
    assert (step.moment.status, step.moment.wall_start.date()) == (Status.PLANNED, date(2027, 2, 8))


def test_what_was_dropped_by_hand_stays_dropped_when_its_rule_is_written_anew(cast, step):
    services.drop_step(cast.keeper, step, reason="not at this session", now=cast.now)
    write_rule(cast, first=-14, last=-14)
    assert step.moment.status is Status.CANCELLED


def test_deadlines_leave_with_a_rule_that_is_for_other_dates(cast, step):
    write_rule(cast, kind=OccurrenceKind.CONFERENCE)
    assert step.moment.status is Status.CANCELLED


def test_a_step_without_a_rule_that_holds_is_not_said_to_be_open_again(cast, step):
    write_rule(cast, valid_until=date(2026, 12, 31))
    with pytest.raises(services.NothingToReckonFrom) as refused:
        services.reopen_step(cast.keeper, step, now=cast.now)
    assert "Add a deadline or stage by hand" in str(refused.value.message)


def test_a_confirmation_without_a_rule_that_holds_is_not_taken_back(cast, step):
    """It would be crossed out instead."""
    day = Timing.days(date(2027, 2, 10), zone=ZURICH)
    services.confirm_step(cast.keeper, step, timing=day, source="a letter", now=cast.now)
    write_rule(cast, valid_until=date(2026, 12, 31))
    with pytest.raises(services.NothingToReckonFrom):
        services.unconfirm_step(cast.keeper, step, reason="a slip", now=cast.now)
    assert step.moment.status is Status.CONFIRMED


def test_a_deadline_decades_away_is_a_slip_in_the_year(cast, client, occurrence, step):
    here = f"/advocacy/occurrences/{occurrence.id}/steps"
    answer = post(client, f"{here}/{step.id}/confirm", day="2072-02-10", source="a letter")
    assert (answer.status_code, "more than ten years" in answer.text) == (422, True)
    said = {"by_year": "2072", "code": "adoption", "certainty": "unsure"}
    answer = post(client, f"{here}/new", **said)
    assert (answer.status_code, "more than ten years" in answer.text) == (422, True)


def test_nothing_lasts_for_decades(client, occurrence):
    said = {"what": "moved", "by_year": "2027", "by_month": "5", "by_day": "3", "reason": "so", "source": "a letter"}
    said |= {"end_day": "14", "end_month": "5", "end_year": "2072", "certainty": "verified"}
    answer = post(client, f"/advocacy/occurrences/{occurrence.id}/move", **said)
    assert (answer.status_code, "longer than five years" in answer.text) == (422, True)


def test_what_was_put_off_is_still_to_come_once_its_old_day_has_passed(cast, occurrence, step):
    """R-10: nobody calls it past, nobody is told that its deadline closes next, and it is to be looked at again."""
    later = cast.now.replace(year=2028)
    assert calendar.list_next_deadlines(Wanted(), now=cast.now, size=1) == [step]
    services.postpone_occurrence(cast.keeper, occurrence, reason="No money", now=cast.now)
    db.session.flush()
    assert calendar.list_next_deadlines(Wanted(), now=cast.now, size=1) == []
    assert calendar.page_of_sessions(Wanted(), now=later).rows == [occurrence]
    assert calendar.page_of_past(Wanted(), now=later).rows == []
    assert occurrence.id in {due.thing_id for due in list_due(later)}


NOTHING_TO_SEE = "\u200b\u2060\u3164"


def test_a_source_that_nobody_sees_is_none(cast, client, occurrence, step):
    for words in (" ", NOTHING_TO_SEE):
        with pytest.raises(services.SourceMissing):
            services.confirm_step(cast.keeper, step, timing=MARCH.timing, source=words, now=cast.now)
        with pytest.raises(services.ReasonMissing):
            services.cancel_occurrence(cast.keeper, occurrence, reason=words, now=cast.now)
        with pytest.raises(services.SourceMissing):
            Sure(certainty=Certainty.VERIFIED, source=words).checked()
    services.cancel_occurrence(cast.keeper, occurrence, reason="No money", source=NOTHING_TO_SEE, now=cast.now)
    db.session.commit()
    page = client.get(f"/advocacy/occurrences/{occurrence.id}").text
    assert "Said by <bdi>Huda Example</bdi>" in page


@pytest.mark.parametrize("act", ["confirm", "days", "drop"])
def test_whoever_changes_a_date_of_what_was_put_off_reads_that_it_was(occurrence, step, client, act):
    path = f"/advocacy/occurrences/{occurrence.id}/steps/{step.id}/{act}"
    assert "Postponed" not in client.get(path).text
    occurrence.moment.status = Status.POSTPONED
    db.session.commit()
    text = client.get(path).text
    assert "Postponed" in text
    assert "before: <time" in text
    assert "Postponed" in client.get(f"/advocacy/occurrences/{occurrence.id}/cancel").text
