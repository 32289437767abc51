"""Which notices of mails are still to be told: asked for many mails at once when they are written, and again before a
dot leaves if anybody wrote to the database meanwhile (`core.changes`), or some seconds went by.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from app.core import registries
from app.core.changes import Watch
from app.core.notices import Notice
from app.core.outbox.models import MailState
from app.core.remembering import remembering
from app.extensions import db

EXPIRED = "expired"
NOT_WANTED = "not_wanted"
"""Why a mail was not sent after all: what it was about is over, or holds no more."""

STANDS = timedelta(seconds=5)
"""So long an answer stands where nobody wrote anything: what is wanted also depends on the hour."""


@dataclass(slots=True)
class Asked:
    """The notices of one mail, the oldest first. `wanted` are still to be told; `why_not` is why the last of the others
    is not. `broken`: it could not be asked."""

    notices: list[Notice] = field(default_factory=list)
    wanted: list[Notice] = field(default_factory=list)
    why_not: str = ""
    broken: Exception | None = None


def ask(mail_ids: Sequence[UUID], now: datetime) -> dict[UUID, Asked]:
    """Return what is still to be told, for many mails in few questions."""
    found: dict[UUID, Asked] = defaultdict(Asked)
    of_mails = sa.select(Notice).where(Notice.mail_id.in_(mail_ids)).order_by(Notice.created_at)
    notices = db.session.scalars(of_mails).all()
    with remembering():
        registries.meet({row.person_id for row in notices if registries.is_asked(row.kind)}, now)
        stopped = registries.unwanted(list(notices)) if notices else {}
        for notice in notices:
            if notice.mail_id is not None:
                _sort(notice, found[notice.mail_id], stopped, now)
    return found


def _sort(notice: Notice, asked: Asked, stopped: dict[UUID, str], now: datetime) -> None:
    asked.notices.append(notice)
    try:
        if notice.id in stopped:
            asked.why_not = stopped[notice.id]
        elif notice.expires_at is not None and notice.expires_at <= now:
            asked.why_not = EXPIRED
        elif not registries.still_wanted(notice.kind, notice, now):
            asked.why_not = NOT_WANTED
        else:
            asked.wanted.append(notice)
    except Exception as broken:  # a mail of which it cannot be asked takes no others along
        asked.broken = broken


@dataclass(frozen=True, slots=True)
class _Left:
    """What was left to tell of a mail, until when; `is_all`: it has no notices, its writer decided."""

    wanted: frozenset[UUID]
    until: datetime | None
    is_all: bool


class Look:
    """A look at the mails of a batch, which is taken again when somebody wrote since."""

    def __init__(self, mail_ids: Iterable[UUID]) -> None:
        self._rest = list(mail_ids)
        self._left: dict[UUID, _Left] = {}
        self._at: datetime | None = None
        self.watch = Watch()

    def take(self, now: datetime) -> dict[UUID, Asked]:
        """Ask of all mails that are left, in a transaction of its own or in its caller's."""
        self.watch.begin()
        self._at, found = now, ask(self._rest, now)
        self._left = {mail_id: _left_of(found[mail_id]) for mail_id in self._rest if found[mail_id].broken is None}
        return found

    def leave(self, mail_ids: Iterable[UUID]) -> None:
        """Go on with these mails alone."""
        kept = set(mail_ids)
        self._rest = [mail_id for mail_id in self._rest if mail_id in kept]

    def end_of(self, mail_id: UUID, told: frozenset[UUID], now: datetime, *, has_changed: bool) -> MailState | None:
        """Return what becomes of a mail that was written and says what is no longer so: cancelled where nothing is left
        of it, else due again, to be written anew. None where all it tells still holds."""
        left = self._left.get(mail_id)
        is_over = left is not None and left.until is not None and left.until <= now
        if left is None or has_changed or is_over or self._at is None or now - self._at > STANDS:
            broken = self.take(now)[mail_id].broken
            if broken is not None:
                raise broken
            left = self._left[mail_id]
        self._rest.remove(mail_id)
        if left.is_all or (left.wanted and told <= left.wanted):
            return None
        return MailState.PENDING if left.wanted else MailState.CANCELLED


def _left_of(asked: Asked) -> _Left:
    ends = [notice.expires_at for notice in asked.wanted if notice.expires_at is not None]
    return _Left(frozenset(notice.id for notice in asked.wanted), min(ends, default=None), not asked.notices)
