"""The torture is worth what its reckoning sees: it is shown what must not be, and says so."""

from collections import Counter

import pytest

from app.core.outbox.models import MailState
from app.sessions.telling.sessions import CANCELLED, MOVED, PLANNED
from tests.torture.reckoning import REMINDED, Row, judge, unread


def row(kind, state=MailState.SENT, error=""):
    return Row(kind, "roofs", "amina", f"<{kind}>", state, "amina@example.org", error)


def judged(*rows, owed=None, taken=None, refused=()):
    facts = Counter((one.kind, one.session, one.person) for one in rows)
    if taken is None:
        taken = [one.message_id for one in rows if one.state is MailState.SENT]
    return judge(list(rows), facts if owed is None else owed, Counter(taken), Counter(refused))


def test_what_was_answered_and_arrived_once_is_well():
    found = judged(row(PLANNED), row(MOVED))
    assert (found.is_clean, found.mails) == (True, 2)


def test_what_was_answered_and_is_not_in_the_house_is_lost():
    found = judged(owed=Counter([(PLANNED, "roofs", "amina")]))
    assert found.lost == ["('sessions.session_planned', 'roofs', 'amina'): no notice"]


def test_a_form_that_was_sent_again_and_acted_twice_is_wrong():
    found = judged(row(MOVED), row(MOVED), owed=Counter([(MOVED, "roofs", "amina")]))
    assert len(found.wrong) == 1


@pytest.mark.parametrize("state", [MailState.SENT, MailState.PENDING, MailState.CANCELLED, MailState.EXPIRED, None])
def test_a_mail_that_did_not_arrive_and_is_shown_to_nobody_is_lost(state):
    assert len(judged(row(PLANNED, state), taken=[]).lost) == 1


def test_a_mail_that_came_twice_is_seen():
    assert judged(row(PLANNED), taken=["<sessions.session_planned>"] * 2).twice == ["<sessions.session_planned>"]


def test_a_mail_that_a_cancellation_overtook_may_stay_away():
    found = judged(row(PLANNED, MailState.CANCELLED), row(MOVED, MailState.CANCELLED), row(CANCELLED))
    assert (found.is_clean, found.replaced, found.mails) == (True, 2, 1)


def test_nobody_hears_of_a_move_alone_when_they_were_never_told_of_the_session():
    assert len(judged(row(PLANNED, MailState.CANCELLED), row(MOVED)).lost) == 1


def test_nothing_replaces_the_last_word():
    assert len(judged(row(PLANNED), row(MOVED, MailState.CANCELLED)).lost) == 1


def owed_of(*kinds):
    return Counter((kind, "roofs", "amina") for kind in kinds)


def test_a_reminder_of_what_stands_is_owed_once():
    assert judged(row(PLANNED), row(REMINDED), owed=owed_of(PLANNED, REMINDED)).is_clean
    assert len(judged(row(PLANNED), owed=owed_of(PLANNED, REMINDED)).lost) == 1
    assert len(judged(row(PLANNED), row(REMINDED), row(REMINDED), owed=owed_of(PLANNED, REMINDED)).wrong) == 1


def test_a_reminder_that_has_not_left_says_no_longer_what_is_told_since():
    owed = owed_of(PLANNED, REMINDED, MOVED)
    late = judged(row(PLANNED), row(REMINDED, MailState.CANCELLED), row(MOVED), owed=owed)
    early = judged(row(PLANNED), row(MOVED), row(REMINDED, MailState.CANCELLED), owed=owed)
    assert (late.is_clean, late.replaced, len(early.lost)) == (True, 1, 1)


def test_nobody_is_reminded_of_what_is_cancelled_and_who_was_before_is_not_wrong():
    owed = owed_of(PLANNED, CANCELLED)
    assert judged(row(PLANNED), row(REMINDED), row(CANCELLED), owed=owed).is_clean
    assert len(judged(row(PLANNED), row(CANCELLED), row(REMINDED), owed=owed).wrong) == 1


def test_a_mail_that_was_taken_and_is_called_failed_or_withdrawn_is_wrong():
    failed = judged(row(PLANNED, MailState.FAILED), taken=["<sessions.session_planned>"], refused=["amina@example.org"])
    withdrawn = judged(row(PLANNED, MailState.CANCELLED), row(CANCELLED), taken=["<sessions.session_planned>"])
    assert len(failed.wrong) == 1
    assert any("taken, and the row says cancelled" in words for words in withdrawn.wrong)


def test_a_mail_is_called_failed_only_where_the_server_refused_it_or_five_workers_died_over_it():
    assert judged(row(PLANNED, MailState.FAILED), refused=["amina@example.org"]).is_clean
    assert judged(row(PLANNED, MailState.FAILED, "abandoned")).is_clean
    assert len(judged(row(PLANNED, MailState.FAILED)).wrong) == 1


def test_a_move_need_not_be_told_besides_to_whom_the_first_mail_says_it():
    owed = owed_of(PLANNED, MOVED)
    assert judged(row(PLANNED), owed=owed).is_clean
    assert len(judged(row(REMINDED), owed=owed_of(REMINDED, MOVED)).lost) == 1


def never_read(said, *rows):
    return list(unread(rows, {"roofs": "Sunday, 17:00"}, {f"<{kind}>": words for kind, words in said.items()}))


def test_who_never_read_when_it_takes_place_was_not_told():
    assert never_read({PLANNED: "On Sunday, 17:00 in Nairobi"}, row(PLANNED)) == []
    assert len(never_read({PLANNED: "On Saturday, 17:00"}, row(PLANNED))) == 1
    moved = row(PLANNED), row(MOVED)
    assert never_read({PLANNED: "On Saturday", MOVED: "On Sunday, 17:00. Before: Saturday"}, *moved) == []
    assert len(never_read({PLANNED: "On Saturday", MOVED: "On Monday. Before: Saturday"}, *moved)) == 1
    withdrawn = row(PLANNED), row(MOVED, MailState.CANCELLED)
    assert len(never_read({PLANNED: "On Saturday"}, *withdrawn)) == 1


def test_who_did_not_get_a_mail_that_is_shown_as_such_may_not_have_read_it():
    assert never_read({PLANNED: "On Saturday"}, row(PLANNED), row(MOVED, MailState.FAILED)) == []
    assert never_read({PLANNED: "On Saturday"}, row(PLANNED), row(MOVED, MailState.PRESUMED_SENT)) == []
