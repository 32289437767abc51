"""Column types mean the same on both databases."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, StatementError

from app.core.audit import AuditLine
from app.core.notices import Notice
from app.core.outbox import MailState, OutboxMail
from app.extensions import db


def make_line(at: datetime) -> AuditLine:
    line = AuditLine(at=at, actor_kind="job", code="t", subject_kind="t", subject_id=uuid4())
    db.session.add(line)
    return line


def test_an_instant_comes_back_aware_and_in_utc_to_the_microsecond(app):
    at = datetime(2026, 11, 21, 12, 30, 15, 123456, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    line = make_line(at)
    db.session.flush()
    db.session.expire(line)
    assert line.at == at
    assert line.at.tzinfo is UTC


def test_a_naive_instant_is_refused(app):
    make_line(datetime(2026, 11, 21))
    with pytest.raises(StatementError, match="an instant needs a zone"):
        db.session.flush()


def test_instants_sort_as_time_passes_whatever_their_zone(app):
    late = make_line(datetime(2026, 1, 1, 1, tzinfo=timezone(timedelta(hours=-8))))
    early = make_line(datetime(2026, 1, 1, 8, tzinfo=UTC))
    db.session.flush()
    assert db.session.scalars(sa.select(AuditLine).order_by(AuditLine.at)).all() == [early, late]


def test_a_state_nobody_knows_is_refused_by_the_database(app):
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(
            sa.text(
                "INSERT INTO outbox_mail (id, dedupe_key, kind, recipient, language, not_before, state, attempts, "
                "message_id, audience, parameters, last_error, created_at) VALUES (:id, 'k', 'k', 'r', 'en', "
                "'2026-01-01', 'lost', 0, 'm', 'public', '{}', '', '2026-01-01')"
            ),
            {"id": uuid4().hex},
        )


def test_a_foreign_key_holds(app):
    db.session.add(Notice(key="k", kind="k", person_id=uuid4(), created_at=datetime.now(UTC), mail_id=uuid4()))  # noqa: TID251
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.flush()
    db.session.rollback()


def test_mail_states_leave_room_for_the_crash_protocol():
    assert {state.value for state in MailState} >= {"pending", "leased", "handoff", "sent", "presumed_sent", "failed"}
    assert OutboxMail.__table__.c.lease_token is not None
