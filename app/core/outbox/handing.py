"""The last look: a short transaction between the last line of a mail and its dot.

The dot leaves only if this worker still holds the mail, its time is not over and somebody still wants it, as things
stand now, and if the row says so (`handoff`). From then on nobody sends this mail again by accident.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from app.core.outbox.claiming import LEASE
from app.core.outbox.journal import Claimed
from app.core.outbox.models import MAIL, MailState
from app.core.outbox.recording import Outcome, record, record_taken
from app.core.outbox.wanting import Look
from app.extensions import db


def hand_over(
    claimed: Claimed,
    now: datetime,
    *,
    told: frozenset[UUID] = frozenset(),
    before: Iterable[Outcome] = (),
    lease: timedelta = LEASE,
    look: Look | None = None,
) -> bool:
    """Return whether the dot may leave, and let the row say so; else what became of the mail stands in it: a mail that
    tells (`told`, notices) what is no longer so is due again, to be written anew. `before` are the mails that were just
    taken: they become `sent` in the same transaction. `look` is what was asked when the mail was written: it stands
    unless somebody wrote since."""
    look = look or Look([claimed.mail_id])
    with look.watch.own_writing() as has_changed:
        record_taken(before)
        held = _stand_before_dot(claimed, now, lease)
        end = None
        if held is not None and held.expires_at is not None and held.expires_at <= now:
            end = MailState.EXPIRED
        elif held is not None:
            end = look.end_of(claimed.mail_id, told, now, has_changed=has_changed)
        if end is not None:
            record(Outcome(claimed, end, now))
    db.session.commit()
    return held is not None and end is None


_STAND_BEFORE_DOT = (
    sa.update(MAIL)
    .where(
        MAIL.c.id == sa.bindparam("mail"),
        MAIL.c.lease_token == sa.bindparam("token"),
        MAIL.c.state == MailState.LEASED,
        MAIL.c.lease_until > sa.bindparam("now"),
    )
    .values(state=MailState.HANDOFF, handed_at=sa.bindparam("now"), lease_until=sa.bindparam("until"))
    .returning(MAIL.c.expires_at)
)
"""Made once: it is said for every mail."""


def _stand_before_dot(claimed: Claimed, now: datetime, lease: timedelta) -> sa.Row[tuple[datetime | None]] | None:
    """Let the row of a mail that is still this worker's say that only the dot is missing; return when it expires."""
    said = {"mail": claimed.mail_id, "token": claimed.token, "now": now, "until": now + lease}
    return db.session.execute(_STAND_BEFORE_DOT, said).one_or_none()
