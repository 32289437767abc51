"""What the mails of the simulated week say, and what must not be among them."""

from __future__ import annotations

import email
import email.policy
from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.core.notices import Notice
from app.core.outbox import MailState, OutboxMail
from app.extensions import db
from app.people.models import Person
from tests.week.people import Cast

QUIET_FROM, QUIET_UNTIL = 21, 8


def _local(instant: datetime, person: Person) -> datetime:
    return instant.astimezone(ZoneInfo(person.zone))


def _mails_of(person: Person) -> list[OutboxMail]:
    sent = (MailState.SENT, MailState.PRESUMED_SENT)
    return list(
        db.session.scalars(
            sa.select(OutboxMail)
            .where(OutboxMail.person_id == person.id, OutboxMail.state.in_(sent))
            .order_by(OutboxMail.sent_at)
        )
    )


def print_mailbox(person: Person) -> None:
    print(f"\n{'=' * 100}\n{person.name}, {person.zone}, reads {person.page_language}")
    for mail in _mails_of(person):
        print("-" * 100)
        assert mail.sent_at is not None
        print(f"{_local(mail.sent_at, person):%A %d %B %H:%M} there   [{mail.kind}]")
        if mail.rendered:
            words = email.message_from_bytes(mail.rendered, policy=email.policy.default)
            print(f"Subject: {words['Subject']}\n\n{words.get_content()}")


def count_faults(cast: Cast) -> int:
    """Print the figures of the week, and return how many things happened that must not."""
    by_state = Counter(db.session.scalars(sa.select(OutboxMail.state)))
    dropped = Counter(db.session.scalars(sa.select(Notice.dropped_because).where(Notice.dropped_at.is_not(None))))
    print(f"\nMails: { ({str(state): count for state, count in by_state.items()}) }; notices dropped: {dict(dropped)}")
    kinds = Counter(db.session.scalars(sa.select(Notice.kind)))
    print("Notices by kind: " + ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))
    per_person = [len(_mails_of(person)) for person in cast.people]
    print(f"Mails per person: least {min(per_person)}, most {max(per_person)}, all {sum(per_person)}")
    at_night, twice_a_day = _at_night(cast), _digests_twice(cast)
    print(f"Within quiet hours: {at_night}. Digests twice on one day: {twice_a_day}.")
    failed = by_state[MailState.FAILED]
    return twice_a_day + failed


def _at_night(cast: Cast) -> Counter[str]:
    found: Counter[str] = Counter()
    for person in cast.people:
        for mail in _mails_of(person):
            assert mail.sent_at is not None
            hour = _local(mail.sent_at, person).hour
            if hour >= QUIET_FROM or hour < QUIET_UNTIL:
                found[mail.kind] += 1
    return found


def _digests_twice(cast: Cast) -> int:
    twice = 0
    for person in cast.people:
        days = Counter(
            _local(mail.sent_at, person).date() for mail in _mails_of(person) if mail.sent_at and "digest" in mail.kind
        )
        twice += sum(count - 1 for count in days.values() if count > 1)
    return twice
