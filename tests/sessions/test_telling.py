"""Who is told what, in whose language and at whose hour."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask_babel import force_locale

from app.core import jobs, mails, outbox
from app.core.actors import job
from app.core.notices import Notice
from app.core.outbox import MailState, OutboxMail
from app.core.registries import Contact, still_wanted
from app.extensions import db
from app.moments.models import Status
from app.moments.timing import Timing
from app.sessions import services, telling
from tests.make.acts import without_links
from tests.make.moments import hours
from tests.make.outbox import hand_over_all
from tests.make.people import make_account, make_person
from tests.make.sessions import make_facilitator, make_membership

HOUSE = job("test")
AT_18 = hours("2027-03-06 18:00", "2027-03-06 20:00")
AT_20 = hours("2027-03-06 20:00", "2027-03-06 22:00")


def notices(kind=None):
    wanted = sa.select(Notice).order_by(Notice.created_at)
    return list(db.session.scalars(wanted.where(Notice.kind == kind) if kind else wanted))


def written(notice, language="en"):
    with force_locale(language):
        return mails.write(notice.kind, notice.parameters, Contact("x@example.org", language, "Fatou"))


def move(cast, timing, now, reason="Elections in two countries"):
    return services.move_session(HOUSE, cast.session, timing=timing, reason=reason, now=now)


def test_one_notice_per_person_and_fact_facilitators_included(cast, now):
    both = make_person()
    make_membership(cast.track, both)
    make_facilitator(cast.track, both)
    move(cast, AT_18, now)
    told = [notice.person_id for notice in notices()]
    assert sorted(told, key=str) == sorted({cast.participant.id, cast.facilitator.id, both.id}, key=str)


def test_the_mail_about_a_move_says_the_hour_of_who_reads_it(cast, now):
    move(cast, AT_18, now)
    notice = next(row for row in notices() if row.person_id == cast.participant.id)
    words = written(notice)
    assert words.subject == "Moved to Saturday 6 March 2027: Who pays for the heat?"
    assert words.date == cast.session.moment.starts_at, "a mail about many things begins with what is nearest"
    assert without_links(words.text) == (
        "The session Who pays for the heat? of the track Climate justice has another time:\n\n"
        "Saturday 6 March 2027, 15:00–17:00 in Dakar (18:00 in Nairobi, 15:00 UTC)\n\n"
        "Before: Saturday 13 February 2027, 14:00–16:00 in Dakar\n\n"
        "Why: Elections in two countries\n\n"
        "Answer from here, without signing in:\n"
        "I come: http://127.0.0.1:8000/act/…\n"
        "I cannot come: http://127.0.0.1:8000/act/…\n\n"
        f"Everything about it: http://127.0.0.1:8000/sessions/{cast.session.id}"
    )


def to_participant(cast, kind):
    [told] = [row for row in notices(kind) if row.person_id == cast.participant.id]
    return told


def test_a_first_hour_is_told_as_set_and_says_what_was_expected(cast, now):
    timing = Timing.days(date(2027, 4, 3))
    session = services.plan_session(HOUSE, cast.track, names={"en": "New one"}, timing=timing, now=now)
    hand_over_all(now)
    services.move_session(HOUSE, session, timing=hours("2027-04-04 18:00", "2027-04-04 20:00"), now=now)
    words = written(to_participant(cast, telling.sessions.MOVED))
    assert words.subject == "The hour is set: New one"
    assert words.text.startswith("Climate justice: day and hour of “New one” are set:\n\nSunday 4 April 2027")
    assert "Before: around Saturday 3 April 2027" in words.text


def test_who_takes_part_hears_that_a_session_is_confirmed_in_one_notice_with_what_they_never_heard(cast, act, now):
    cast.session.moment.status = Status.PLANNED
    services.confirm_session(act(cast.facilitator), cast.session, now=now)
    [confirmed] = notices()
    assert confirmed.person_id == cast.participant.id, "who confirms it knows"
    words = written(confirmed)
    assert (words.subject, "Before" in words.text) == ("Confirmed: Who pays for the heat?", False)
    later = now + timedelta(minutes=1)
    move(cast, AT_18, later)
    assert not wanted(confirmed, later), "the move tells of both"
    assert wanted(to_participant(cast, telling.sessions.MOVED), later)


def test_a_move_that_was_never_heard_of_is_told_with_what_follows_it(cast, now):
    cast.session.moment.status = Status.PLANNED
    move(cast, AT_18, now)
    first = to_participant(cast, telling.sessions.MOVED)
    services.confirm_session(HOUSE, cast.session, now=now + timedelta(minutes=1))
    confirmed = to_participant(cast, telling.sessions.CONFIRMED)
    assert (wanted(first, now), wanted(confirmed, now)) == (False, True)
    text = written(confirmed).text
    assert "Before: Saturday 13 February 2027, 14:00–16:00 in Dakar" in text
    assert "Why: Elections in two countries" in text
    services.cancel_session(HOUSE, cast.session, reason="x", now=now + timedelta(minutes=2))
    assert not wanted(confirmed, now)
    off = written(to_participant(cast, telling.sessions.CANCELLED))
    assert "It was planned for: Saturday 13 February 2027, 14:00–16:00 in Dakar" in off.text


def test_what_moved_and_came_back_before_anybody_heard_is_not_told(cast, now):
    timing = Timing.of(cast.session.moment)
    move(cast, AT_18, now)
    move(cast, timing, now + timedelta(minutes=1))
    assert not any(wanted(notice, now) for notice in notices(telling.sessions.MOVED))


def test_a_reader_at_the_sessions_own_place_gets_one_hour_and_utc(cast, now):
    cast.participant.zone = "Africa/Nairobi"
    move(cast, AT_18, now)
    notice = next(row for row in notices() if row.person_id == cast.participant.id)
    assert "18:00–20:00 in Nairobi (15:00 UTC)" in written(notice).text


def test_mails_about_a_new_a_cancelled_and_a_reopened_session(cast, now):
    session = services.plan_session(
        HOUSE, cast.track, names={"en": "New one"}, timing=Timing.days(date(2027, 4, 3)), now=now
    )
    new = written(notices(telling.sessions.PLANNED)[0])
    assert new.subject == "Climate justice: a new session"
    assert "around Saturday 3 April 2027" in new.text
    services.cancel_session(HOUSE, session, reason="No interpreters", now=now)
    gone = written(notices(telling.sessions.CANCELLED)[0])
    assert gone.subject == "Cancelled: New one"
    assert "Why: No interpreters" in gone.text
    services.reopen_session(HOUSE, session, now=now)
    again = written(notices(telling.sessions.REOPENED)[0])
    assert again.subject == "Planned again: New one"
    assert "This date is planned and not confirmed yet." in again.text


def test_no_mail_carries_the_join_link(cast, now):
    cast.session.join_link = "https://meet.example.org/secret"
    move(cast, AT_18, now)
    services.cancel_session(HOUSE, cast.session, reason="x", now=now)
    for notice in notices():
        assert "secret" not in written(notice).text + str(notice.parameters)


def test_a_mail_about_a_session_that_is_gone_is_not_written(cast, now, unknown_id):
    move(cast, AT_18, now)
    notice = notices()[0]
    assert mails.write(notice.kind, notice.parameters | {"session": str(unknown_id)}, Contact("x", "en", "x")) is None


def wanted(notice, now):
    return still_wanted(notice.kind, notice, now)


def test_what_is_over_is_not_told(cast, now):
    move(cast, AT_18, now)
    notice = notices()[0]
    assert wanted(notice, now)
    assert not wanted(notice, cast.session.moment.until + timedelta(seconds=1))


def test_who_has_left_is_not_told(cast, act, now):
    move(cast, AT_18, now)
    notice = next(row for row in notices() if row.person_id == cast.participant.id)
    services.leave_track(act(cast.participant), cast.track, now=now)
    assert not wanted(notice, now)


def test_of_two_moves_in_a_row_only_the_last_is_told(cast, now):
    first = move(cast, AT_18, now)
    second = move(cast, AT_20, now)
    facts = {notice.parameters["fact"]: wanted(notice, now) for notice in notices(telling.sessions.MOVED)}
    assert facts == {str(first.id): False, str(second.id): True}


def test_a_move_or_a_new_session_that_was_cancelled_since_is_not_told(cast, now):
    move(cast, AT_18, now)
    services.cancel_session(HOUSE, cast.session, reason="x", now=now)
    assert not any(wanted(notice, now) for notice in notices(telling.sessions.MOVED))
    assert all(wanted(notice, now) for notice in notices(telling.sessions.CANCELLED))
    services.reopen_session(HOUSE, cast.session, now=now)
    assert not any(wanted(notice, now) for notice in notices(telling.sessions.CANCELLED))
    assert all(wanted(notice, now) for notice in notices(telling.sessions.MOVED))


def test_a_notice_about_a_session_that_is_gone_is_not_wanted(cast, now, unknown_id):
    move(cast, AT_18, now)
    notice = notices()[0]
    notice.parameters = notice.parameters | {"session": str(unknown_id)}
    assert not wanted(notice, now)


def test_the_worker_makes_one_mail_of_each_notice_in_the_morning(cast, house, now):
    outside = make_person()
    make_account(outside)
    move(cast, AT_18, now)
    db.session.commit()
    address = next(job for job in jobs.registered() if job.name == "core.address_notices")
    assert jobs.run(house, address) == 2
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OutboxMail)) == 0, "the session is weeks away"
    outbox.address_notices(now + timedelta(days=1))
    made = list(db.session.scalars(sa.select(OutboxMail)))
    assert {mail.person_id for mail in made} == {cast.participant.id, cast.facilitator.id}
    assert {mail.state for mail in made} == {MailState.PENDING}


@pytest.mark.parametrize("kind", telling.sessions.KINDS)
def test_every_kind_of_notice_has_a_writer(app, kind):
    assert kind in mails.kinds()


def test_what_comes_earlier_says_by_how_many_days_first_of_all(cast, now):
    move(cast, hours("2027-02-10 17:00", "2027-02-10 19:00"), now)
    words = written(to_participant(cast, telling.sessions.MOVED))
    assert words.subject == "3 days earlier: Who pays for the heat?"
    assert "Before: Saturday 13 February 2027, 14:00–16:00 in Dakar\nIt is now 3 days earlier.\n" in words.text


def test_another_hour_of_the_same_day_is_another_time(cast, now):
    move(cast, hours("2027-02-13 20:00", "2027-02-13 22:00"), now)
    assert written(to_participant(cast, telling.sessions.MOVED)).subject == "Another time: Who pays for the heat?"


def test_who_was_told_of_a_date_to_come_hears_that_it_moved_to_what_is_over(cast, now):
    """Typed with the wrong year, or held already: they would come to the old hour."""
    until = cast.session.moment.until
    move(cast, hours("2026-03-06 18:00", "2026-03-06 20:00"), now)
    notice = to_participant(cast, telling.sessions.MOVED)
    assert wanted(notice, now)
    words = written(notice)
    assert words.subject == "Moved to Friday 6 March 2026: Who pays for the heat?"
    assert "Before: Saturday 13 February 2027" in words.text
    assert "I come" not in words.text
    assert not wanted(notice, until + timedelta(seconds=1))


def test_nobody_hears_that_what_was_over_moved_to_what_is_over(cast, now):
    later = cast.session.moment.until + timedelta(days=1)
    move(cast, hours("2027-02-12 18:00", "2027-02-12 20:00"), later)
    assert notices() == []
