"""Whether people come: asked before a session, counted for those who lead it, asked anew when it moves."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from app.core import registries
from app.core.errors import NotAllowed
from app.core.registries import actor_at
from app.core.remembering import remembering
from app.extensions import db
from app.moments.models import Status
from app.moments.services import change_moment
from app.sessions import queries, services
from app.sessions.models import AttendanceIntention
from app.sessions.services.attendance import BegunAlready, NotTakingPlace
from tests.make.moments import HOUSE, hours
from tests.make.people import make_person
from tests.make.sessions import make_membership, make_session

STARTS = datetime(2027, 2, 13, 14, tzinfo=UTC)


def say(cast, comes, person=None, *, now, session=None):
    actor = actor_at((person or cast.participant).id, now)
    return services.say_coming(actor, session or cast.session, comes=comes, now=now)


def test_the_last_word_counts_and_is_one_row(cast, now):
    say(cast, True, now=now)
    say(cast, True, now=now)
    say(cast, False, now=now)
    assert db.session.scalars(sa.select(AttendanceIntention.comes)).all() == [False]
    assert queries.who_cannot(cast.session) == {cast.participant.id}


def test_mails_of_one_batch_ask_once_of_who_has_said_nothing(cast, now, count_queries):
    nobody = uuid4()
    assert queries.find_intention(cast.session, nobody) is None
    with remembering(), count_queries() as statements:
        assert [queries.find_intention(cast.session, nobody) for _part in range(3)] == [None] * 3
    assert len(statements) == 1


def test_those_who_lead_know_how_many_come_and_in_which_languages(cast, now):
    before = queries.count_intentions(cast.session)
    arab = make_person("Example Arab", preferred_language="ar")
    make_membership(cast.track, arab)
    say(cast, True, arab, now=now)
    say(cast, False, now=now)
    counted = queries.count_intentions(cast.session)
    assert (before.come, before.cannot) == (0, 0)
    assert (counted.come, counted.cannot, counted.silent) == (1, 1, before.silent - 1)
    assert counted.languages == {"ar": 1}


def test_who_left_is_not_counted(cast, now):
    guest = make_person()
    membership = make_membership(cast.track, guest)
    say(cast, True, guest, now=now)
    membership.left_at = now
    db.session.flush()
    assert queries.count_intentions(cast.session).come == 0


def test_a_word_is_for_the_hour_it_was_said_for(cast, now):
    say(cast, False, now=now)
    change_moment(HOUSE, cast.session.moment, timing=hours("2027-02-20 17:00", "2027-02-20 19:00"), now=now)
    assert queries.who_cannot(cast.session) == set()
    assert queries.count_intentions(cast.session).cannot == 0
    say(cast, True, now=now)
    assert queries.count_intentions(cast.session).come == 1


def test_nobody_is_asked_once_it_begins_or_where_nothing_takes_place(cast, now):
    with pytest.raises(BegunAlready):
        say(cast, True, now=STARTS - timedelta(minutes=30))
    cancelled = make_session(cast.track, number=7, status=Status.CANCELLED)
    with pytest.raises(NotTakingPlace):
        say(cast, True, session=cancelled, now=now)


def test_only_who_takes_part_is_asked(cast, now):
    for person in (cast.outsider, cast.friend):
        with pytest.raises(NotAllowed):
            say(cast, True, person, now=now)


def test_a_participant_answers_with_one_touch_and_changes_their_mind(cast, browse):
    page = browse(cast.participant)
    page.open(f"/sessions/{cast.session.id}")
    assert "Will you be there?" in page.text
    page.send(action="/coming", answer="yes")
    assert "Kept: you come." in page.text
    assert "You said that you come." in page.text
    page.send(action="/coming", answer="no")
    assert "You said that you cannot come." in page.text


def test_an_answer_to_the_earlier_hour_is_asked_for_again(cast, browse, now):
    say(cast, True, now=now)
    change_moment(HOUSE, cast.session.moment, timing=hours("2027-02-20 17:00", "2027-02-20 19:00"), now=now)
    page = browse(cast.participant)
    page.open(f"/sessions/{cast.session.id}")
    assert "You answered for the earlier time." in page.text


def test_the_numbers_on_the_desk_are_whole_sentences_with_blanks_between(cast, browse, now):
    say(cast, False, now=now)
    make_membership(cast.track, make_person())
    db.session.commit()
    leader = browse(cast.facilitator)
    desk = " ".join(leader.open(f"/sessions/{cast.session.id}").find("main").get_text().split())
    assert re.search(r"0 people come\. 1 cannot come\. \d+ ha", desk)


def test_who_leads_reads_the_numbers_and_others_do_not(cast, browse, now):
    say(cast, True, now=now)
    leader, member = browse(cast.facilitator), browse(cast.participant)
    for page in (leader, member):
        page.open(f"/sessions/{cast.session.id}")
    assert "1 person comes." in leader.text
    assert "1 person comes." not in member.text


def test_nobody_answers_for_what_they_do_not_take_part_in(cast, browse):
    page = browse(cast.outsider)
    answer = page.client.post(f"/sessions/{cast.session.id}/coming", data={"answer": "yes"})
    assert answer.status_code == 403


def test_an_answer_that_is_none_is_refused(cast, browse):
    page = browse(cast.participant)
    page.open(f"/sessions/{cast.session.id}")
    page.send(action="/coming", answer="perhaps")
    assert page.status == 422
    assert db.session.scalar(sa.select(sa.func.count()).select_from(AttendanceIntention)) == 0


def test_my_data_holds_it_merging_keeps_one_and_erasing_takes_it(cast, now):
    kept, gone = make_person(), make_person()
    for person in (kept, gone):
        make_membership(cast.track, person)
        say(cast, person is kept, person, now=now)
    assert registries.export_person(kept.id)["sessions"]["attendance_intentions"][0]["comes"] is True
    registries.merge_person(kept.id, gone.id, now)
    assert db.session.scalars(sa.select(AttendanceIntention.comes)).all() == [True]
    registries.erase_person(kept.id, now)
    assert db.session.scalars(sa.select(AttendanceIntention.comes)).all() == []
