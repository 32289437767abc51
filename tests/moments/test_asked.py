"""What is asked of mails that ask people until some hour: as often for many as for few."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from app.core.notices import Notice
from app.core.outbox import MailState, OutboxMail
from app.core.outbox.wanting import ask
from app.decisions import services as decisions
from app.decisions import telling
from app.decisions.models import Stage
from app.extensions import db
from app.polls import services as polls
from app.polls.telling import CLOSING_MOVED, OPENED
from tests.conftest import START
from tests.make.decisions import in_days, make_circle, open_decision
from tests.make.polls import make_poll, make_round

LATER = START + timedelta(hours=1)


def questions_for(kind: str) -> int:
    """Return how many statements it takes to ask which mails of a kind are still wanted."""
    for notice in db.session.scalars(sa.select(Notice).where(Notice.kind == kind)).all():
        mail = OutboxMail(
            id=uuid4(), dedupe_key=notice.key, kind=kind, person_id=notice.person_id, recipient="a@example.org",
            language="en", state=MailState.PENDING, not_before=LATER, message_id=f"<{uuid4()}@x>", created_at=LATER,
        )  # fmt: skip
        db.session.add(mail)
        db.session.flush()
        notice.mail_id = mail.id
    db.session.commit()
    ids = list(db.session.scalars(sa.select(Notice.mail_id).where(Notice.kind == kind)))
    db.session.expire_all()
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_more) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    found = ask(ids, LATER)
    event.remove(db.engine, "before_cursor_execute", note)
    assert all(one.wanted for one in found.values())
    return len(seen)


def opened(size: int) -> int:
    round_ = make_round(size)
    make_poll(round_.group, round_.people[0])
    return questions_for(OPENED)


def moved(size: int) -> int:
    round_ = make_round(size)
    poll = make_poll(round_.group, round_.people[0])
    polls.move_closing(round_.lead(), poll, in_days(10), now=LATER)
    return questions_for(CLOSING_MOVED)


def prolonged(size: int) -> int:
    circle = make_circle(size)
    decision, _at = open_decision(circle, Stage.CLARIFICATION)
    decisions.prolong_window(circle.lead(LATER), decision, in_days(12, START), now=LATER)
    return questions_for(telling.PROLONGED)


@pytest.mark.parametrize("asking", [opened, moved, prolonged])
def test_what_is_still_wanted_is_asked_for_all_at_once(app, now, asking):
    assert asking(24) < 35
