"""What the kernel holds about a person: notices, mails, files they brought and the marks of forms they sent. The audit
keeps its lines: they name people by identifiers alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.acts import SpentAct
from app.core.database import change_rows
from app.core.files import StoredFile
from app.core.house import HouseSetting
from app.core.notices import Notice
from app.core.outbox import MailState, OutboxMail, lift
from app.core.registries import Holding
from app.core.registries import register as register_package
from app.core.submissions import Submission
from app.extensions import db

HOLDINGS = {
    "mails": Holding(_l("Mails: when, about what, to which address")),
    "acts": Holding(_l("What was done with links of mails: when and what kind, for 90 days")),
    "files": Holding(_l("Files brought: name, size, day"), stays=True),
}

NOT_YET_SENT = (MailState.PENDING, MailState.LEASED)


def export_person(person_id: UUID) -> dict[str, Any]:
    """Return what was mailed to a person (when, about what, to which address), and the files a person brought; the
    things they belong to say what became of them."""
    mails = db.session.scalars(
        sa.select(OutboxMail).where(OutboxMail.person_id == person_id).order_by(OutboxMail.created_at)
    )
    files = db.session.scalars(
        sa.select(StoredFile).where(StoredFile.brought_by == person_id).order_by(StoredFile.brought_at, StoredFile.id)
    )
    spent = db.session.scalars(sa.select(SpentAct).where(SpentAct.person_id == person_id).order_by(SpentAct.at))
    return {
        "acts": [{"kind": row.kind, "choice": row.choice, "at": row.at.isoformat()} for row in spent],
        "files": [
            {"name": row.name, "type": row.media_type, "size": row.size, "brought_at": row.brought_at.isoformat()}
            for row in files
        ],
        "mails": [
            {
                "kind": mail.kind,
                "recipient": mail.recipient,
                "state": mail.state.value,
                "made": mail.created_at.isoformat(),
                "sent": mail.sent_at.isoformat() if mail.sent_at else None,
            }
            for mail in mails
        ],
    }


def merge_person(kept_id: UUID, gone_id: UUID, _now: datetime) -> None:
    """Let the one person's notices, mails, files, sent forms and settings of the house be the other's."""
    _take_back_mails(gone_id)
    _hand_over_notices(kept_id, gone_id)
    for table in (Notice, OutboxMail, SpentAct, Submission):
        db.session.execute(sa.update(table).where(table.person_id == gone_id).values(person_id=kept_id))
    db.session.execute(sa.update(StoredFile).where(StoredFile.brought_by == gone_id).values(brought_by=kept_id))
    db.session.execute(sa.update(HouseSetting).where(HouseSetting.changed_by == gone_id).values(changed_by=kept_id))


def _take_back_mails(person_id: UUID) -> None:
    """Undo mails that nobody has tried to send: what they tell of waits for the mail of the day of who is kept."""
    untried = (
        sa.select(OutboxMail.id)
        .join(Notice, Notice.mail_id == OutboxMail.id)
        .where(OutboxMail.person_id == person_id, OutboxMail.state == MailState.PENDING, OutboxMail.attempts == 0)
    )
    ids = set(db.session.scalars(untried.with_for_update(of=OutboxMail)))
    change_rows(sa.update(Notice).where(Notice.mail_id.in_(ids)).values(mail_id=None))
    change_rows(sa.delete(OutboxMail).where(OutboxMail.id.in_(ids)))


def _hand_over_notices(kept_id: UUID, gone_id: UUID) -> None:
    """Let what waits be told to who is kept, in their rhythm; what they were told as well is told once. What could not
    be told to them is told now; what became known again since (`notices.renew`) is told besides."""
    unaddressed = (Notice.mail_id.is_(None), Notice.dropped_at.is_(None))
    for notice in db.session.scalars(sa.select(Notice).where(Notice.person_id == gone_id, *unaddressed)):
        key = notice.key.removesuffix(str(gone_id)) + str(kept_id)
        theirs = db.session.scalar(sa.select(Notice).where(Notice.key == key))
        if theirs is not None and theirs.dropped_at is not None:
            db.session.delete(theirs)
            db.session.flush()
        elif theirs is not None and theirs.created_at < notice.created_at and theirs.mail_id is not None:
            key = f"{notice.key}:{kept_id}"
        elif theirs is not None:
            db.session.delete(notice)
            continue
        notice.key, notice.person_id = key, kept_id
        notice.parameters = notice.parameters | {"person": str(kept_id)}
        notice.leaves_at, notice.together = None, ""
    db.session.flush()


def erase_person(person_id: UUID, now: datetime) -> None:
    """Forget the address and the words of every mail to a person; what is not yet sent is not sent. Files stay as long
    as the things they belong to, without who brought them."""
    db.session.execute(sa.delete(SpentAct).where(SpentAct.person_id == person_id))
    db.session.execute(sa.update(Submission).where(Submission.person_id == person_id).values(leads_to=""))
    waiting = (OutboxMail.person_id == person_id, OutboxMail.state.in_(NOT_YET_SENT))
    db.session.execute(sa.update(OutboxMail).where(*waiting).values(state=MailState.CANCELLED, lease_token=None))
    for address in db.session.scalars(sa.select(OutboxMail.recipient).where(waiting[0]).distinct()).all():
        lift(address)
    mails = sa.update(OutboxMail).where(OutboxMail.person_id == person_id)
    db.session.execute(mails.values(recipient="", rendered=None, parameters={}))
    notices = sa.update(Notice).where(Notice.person_id == person_id)
    unsent = notices.where(Notice.mail_id.is_(None), Notice.dropped_at.is_(None))
    db.session.execute(unsent.values(dropped_at=now, dropped_because="erased"))
    db.session.execute(notices.values(parameters={}))
    db.session.execute(sa.update(StoredFile).where(StoredFile.brought_by == person_id).values(brought_by=None))


def register() -> None:
    register_package(
        "core",
        export_person=export_person,
        merge_person=merge_person,
        erase_person=erase_person,
        holdings=HOLDINGS,
    )
