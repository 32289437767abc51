"""From notices to mails: when each leaves and with which others, at which address, in which language.

Two steps, each a short transaction. A new notice is given its slot by the person's rhythm (`registries.pace`). At that
hour a mail is made of it, or of all that wait for the same slot: until a mail leaves, more can join it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

import sqlalchemy as sa

from app.core import registries
from app.core.actors import SECRETARIAT
from app.core.database import insert_for
from app.core.notices import Notice
from app.core.outbox.models import MailState, OutboxMail
from app.core.types import Facts
from app.extensions import db

BATCH = 200
MOST_ROUNDS = 100
"""So many batches at a tick: an announcement to thousands leaves with it, and other jobs get their turn."""
LOOK_AHEAD = timedelta(hours=12)
"""So long before it may leave a notice is given its slot: what would fall into a night and be too late after it leaves
the evening before."""
DIGEST = "digest"
"""Kind of a mail that was made of several notices."""

_UNADDRESSED = (Notice.mail_id.is_(None), Notice.dropped_at.is_(None))


def address_notices(now: datetime) -> int:
    """Give new notices their slots, and make mails of those whose hour has come. The notice of a person without an
    address, or about what they do not want, is marked dropped. Returns how many notices were looked at."""
    return _in_rounds(_give_slots, now) + _in_rounds(_make_mails, now)


def _in_rounds(step: Callable[[datetime], int], now: datetime) -> int:
    """Repeat a step until it found less than a whole batch."""
    looked_at = 0
    for _round in range(MOST_ROUNDS):
        found = step(now)
        looked_at += found
        if found < BATCH:
            break
    return looked_at


def _give_slots(now: datetime) -> int:
    soon = sa.or_(Notice.not_before.is_(None), Notice.not_before <= now + LOOK_AHEAD)
    new = _locked(sa.select(Notice).where(*_UNADDRESSED, Notice.leaves_at.is_(None), soon).order_by(Notice.created_at))
    slots = registries.pace(list(new), now) if new else {}
    for notice in new:
        slot = slots[notice.id]
        if slot.suppressed:
            notice.dropped_at, notice.dropped_because = now, slot.suppressed
        else:
            notice.leaves_at, notice.together = slot.not_before, slot.together
    db.session.commit()
    return len(new)


def _make_mails(now: datetime) -> int:
    due = _locked(sa.select(Notice).where(*_UNADDRESSED, Notice.leaves_at <= now).order_by(Notice.leaves_at, Notice.id))
    contacts = registries.contacts([notice.person_id for notice in due]) if due else {}
    asleep = registries.quiet(list(due), now) if due else {}
    for notice in due:
        if notice.person_id not in contacts:
            notice.dropped_at, notice.dropped_because = now, "no_address"
        elif notice.id in asleep:  # its hour passed without a worker: it is given another one
            notice.leaves_at, notice.together = None, ""
    reached = [notice for notice in due if notice.person_id in contacts and notice.id not in asleep]
    _address_alone([notice for notice in reached if not notice.together], contacts, now)
    for together in dict.fromkeys(notice.together for notice in reached if notice.together):
        _address_together(together, contacts, now)
    db.session.commit()
    return len(due)


def _locked(statement: sa.Select[Notice]) -> Sequence[Notice]:
    return db.session.scalars(statement.limit(BATCH).with_for_update(skip_locked=True)).all()


def _address_alone(notices: list[Notice], contacts: dict[UUID, registries.Contact], now: datetime) -> None:
    mails = {notice.id: _mail(notice.key, [notice], contacts[notice.person_id], now) for notice in notices}
    db.session.add_all(mails.values())
    db.session.flush()
    for notice in notices:
        notice.mail_id = mails[notice.id].id


def _address_together(together: str, contacts: dict[UUID, registries.Contact], now: datetime) -> None:
    """Put all that wait for one slot into one mail. Where that mail left a moment ago, by another worker, they are
    given another slot at the next round."""
    waiting = _locked(sa.select(Notice).where(*_UNADDRESSED, Notice.together == together).order_by(Notice.created_at))
    if not waiting:
        return
    made = _mail(together, waiting, contacts[waiting[0].person_id], now)
    values = {column.name: getattr(made, column.name) for column in OutboxMail.__table__.columns}
    values = {name: value for name, value in values.items() if value is not None}
    db.session.execute(insert_for(OutboxMail).values(values).on_conflict_do_nothing(index_elements=["dedupe_key"]))
    mail = db.session.scalar(
        sa.select(OutboxMail)
        .where(OutboxMail.dedupe_key == together, OutboxMail.state == MailState.PENDING, OutboxMail.attempts == 0)
        .with_for_update()
    )
    if mail is not None and mail.id != made.id:
        _join(mail, made)
    for notice in waiting:
        if mail is None:
            notice.leaves_at, notice.together = None, ""
        else:
            notice.mail_id = mail.id


def _join(mail: OutboxMail, more: OutboxMail) -> None:
    """Let a mail that waits hold what another would have said: it is worth sending as long as one of both is."""
    mail.kind, mail.parameters = DIGEST, {}
    both = (mail.expires_at, more.expires_at)
    mail.expires_at = None if None in both else max(end for end in both if end is not None)
    if mail.audience != more.audience:
        mail.audience = SECRETARIAT


def _mail(key: str, notices: Sequence[Notice], contact: registries.Contact, now: datetime) -> OutboxMail:
    """Return the mail of one notice or of several. It is worth sending as long as one of them is."""
    first, ends = notices[0], [notice.expires_at for notice in notices]
    is_one, audiences = len(notices) == 1, {notice.audience for notice in notices}
    return OutboxMail(
        id=uuid4(),
        dedupe_key=key,
        kind=first.kind if is_one else DIGEST,
        person_id=first.person_id,
        recipient=contact.email,
        language=contact.language,
        not_before=now,
        expires_at=None if None in ends else max(end for end in ends if end is not None),
        state=MailState.PENDING,
        attempts=0,
        message_id=f"<{uuid5(NAMESPACE_URL, key)}@maloca>",
        audience=first.audience if len(audiences) == 1 else SECRETARIAT,
        parameters=first.parameters if is_one else {},
        last_error="",
        created_at=now,
    )


def mail_to_address(
    address: str,
    *,
    language: str,
    kind: str,
    key: str,
    parameters: Facts,
    now: datetime,
    person_id: UUID | None = None,
    expires_at: datetime | None = None,
) -> None:
    """Leave a mail to an address that is no account's any more: the last word to somebody who is erased in this
    transaction. Without a person the address is forgotten with the words of the mail.
    The same `key` twice breaks the constraint of the outbox: the caller makes it unlike others."""
    unique = f"{kind}:{key}"
    mail = OutboxMail(
        dedupe_key=unique,
        kind=kind,
        person_id=person_id,
        recipient=address,
        language=language,
        not_before=now,
        expires_at=expires_at,
        message_id=f"<{uuid5(NAMESPACE_URL, unique)}@maloca>",
        parameters=parameters,
        created_at=now,
    )
    db.session.add(mail)
    db.session.flush()
