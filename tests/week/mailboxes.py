"""What the mails of the simulated week say, and the figures of the week."""

from __future__ import annotations

import email
import email.policy
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.core.notices import Notice
from app.core.outbox import MailState, OutboxMail
from app.core.topics import topic_of
from app.extensions import db
from app.people.models import Person
from tests.week.faults import Left, Told, faults_of

LEFT = (MailState.SENT, MailState.PRESUMED_SENT)
ON_ITS_WAY = timedelta(hours=1)
"""So long a mail that is due may wait at the end of the week."""


def print_mailbox(person: Person) -> None:
    print(f"\n{'=' * 100}\n{person.name}, {person.zone}, reads {person.page_language}")
    wanted = sa.select(OutboxMail).where(OutboxMail.person_id == person.id, OutboxMail.state.in_(LEFT))
    for mail in db.session.scalars(wanted.order_by(OutboxMail.sent_at)):
        print("-" * 100)
        assert mail.sent_at is not None
        print(f"{mail.sent_at.astimezone(ZoneInfo(person.zone)):%A %d %B %H:%M} there   [{mail.kind}]")
        if mail.rendered:
            words = email.message_from_bytes(mail.rendered, policy=email.policy.default)
            print(f"Subject: {words['Subject']}\n\n{words.get_content()}")


def mails_that_left() -> Iterator[Left]:
    """Yield every mail that left, with what it told."""
    zones = dict(db.session.execute(sa.select(Person.id, Person.zone)).tuples().all())
    notices: dict[UUID | None, list[Notice]] = defaultdict(list)
    for notice in db.session.scalars(sa.select(Notice).where(Notice.mail_id.is_not(None), Notice.dropped_at.is_(None))):
        notices[notice.mail_id].append(notice)
    wanted = sa.select(OutboxMail).where(OutboxMail.state.in_(LEFT), OutboxMail.person_id.is_not(None))
    for mail in db.session.scalars(wanted.order_by(OutboxMail.sent_at, OutboxMail.id)):
        assert mail.sent_at is not None
        assert mail.person_id is not None
        told = notices[mail.id]
        topics = [topic_of(notice.kind) for notice in told]
        yield Left(
            at=mail.sent_at,
            person_id=mail.person_id,
            zone=zones[mail.person_id] or "UTC",
            kind=mail.kind,
            told=tuple(Told(_says(notice), notice.happens_at, notice.expires_at) for notice in told),
            is_optional=all(topic is not None and topic.is_optional for topic in topics),
            is_digest=mail.dedupe_key.startswith("digest:"),
        )


def _says(notice: Notice) -> str:
    return f"{notice.kind} {json.dumps(notice.parameters, sort_keys=True)}"


def standing(now: datetime) -> list[str]:
    """Return what should have left by the end of the week, and did not."""
    due = sa.select(OutboxMail.kind, OutboxMail.state).where(
        sa.or_(
            OutboxMail.state.in_((MailState.FAILED, MailState.HANDOFF, MailState.LEASED)),
            sa.and_(OutboxMail.state == MailState.PENDING, OutboxMail.not_before < now - ON_ITS_WAY),
        )
    )
    return [f"{kind} is {state} at the end" for kind, state in db.session.execute(due)]


def count_faults(now: datetime) -> int:
    """Print the figures of the week, and return how many things happened that must not."""
    by_state = Counter(db.session.scalars(sa.select(OutboxMail.state)))
    dropped = Counter(db.session.scalars(sa.select(Notice.dropped_because).where(Notice.dropped_at.is_not(None))))
    print(f"\nMails: { ({str(state): count for state, count in by_state.items()}) }; notices dropped: {dict(dropped)}")
    kinds = Counter(db.session.scalars(sa.select(Notice.kind)))
    print("Notices by kind: " + ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))
    mails = list(mails_that_left())
    per_person = Counter(mail.person_id for mail in mails).values()
    print(f"Mails to {len(per_person)} people: least {min(per_person)}, most {max(per_person)}, all {len(mails)}")
    faults = [*faults_of(mails), *standing(now)]
    for words in faults[:20]:
        print(f"MUST NOT BE: {words}")
    print(f"What must not be: {len(faults)}.")
    return len(faults)
