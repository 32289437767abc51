"""Notices: what somebody should learn. One row per person and fact, written in the transaction of the fact itself.

When a notice leaves, alone or with others, is nobody's business here: its kind belongs to a topic, and the outbox asks
the person's rhythm. Whoever tells says only what cannot be known from the kind: see `tell_many`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.actors import SECRETARIAT
from app.core.database import change_rows, has_key, insert_for
from app.core.topics import Topic
from app.core.topics import register as register_topic
from app.core.types import Facts, JSONFacts, UTCDateTime
from app.extensions import Model, db

__all__ = ["Notice", "Topic", "key_of", "left_among", "register_topic", "renew", "take_over", "tell", "tell_many"]


class Notice(Model):
    __tablename__ = "notice"
    __table_args__ = (
        sa.Index(
            "ix_notice_unaddressed",
            "leaves_at",
            postgresql_where=sa.text("mail_id IS NULL AND dropped_at IS NULL"),
            sqlite_where=sa.text("mail_id IS NULL AND dropped_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    key: Mapped[str] = mapped_column(sa.String(200), unique=True)
    kind: Mapped[str] = mapped_column(sa.String(60))
    person_id: Mapped[UUID] = mapped_column(index=True)
    parameters: Mapped[Facts] = mapped_column(JSONFacts, default=dict)
    audience: Mapped[str] = mapped_column(sa.String(80), default=SECRETARIAT)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    not_before: Mapped[datetime | None] = mapped_column(UTCDateTime)
    happens_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    is_urgent: Mapped[bool] = mapped_column(default=False)
    leaves_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    together: Mapped[str] = mapped_column(sa.String(80), default="")
    mail_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("outbox_mail.id"), index=True)
    dropped_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    dropped_because: Mapped[str] = mapped_column(sa.String(30), default="")


def tell_many(
    person_ids: Iterable[UUID],
    kind: str,
    key: str,
    parameters: Facts,
    *,
    now: datetime,
    audience: str = SECRETARIAT,
    expires_at: datetime | None = None,
    not_before: datetime | None = None,
    happens_at: datetime | None = None,
    is_urgent: bool = False,
) -> None:
    """Leave a notice for each of many persons, in one statement. The same `key` twice is one notice per person.
    `parameters` are identifiers and codes only (`person` is added): words and secrets are made at sending.

    Nothing is sent before `not_before` nor after `expires_at`. `happens_at` is the instant by which somebody must know
    to act on it – of a session moved from tomorrow to May, tomorrow: what happens soon does not wait for a digest.
    `is_urgent`: this one does not wait, though others of its kind may."""
    rows = [
        {
            "id": uuid4(),
            "key": key_of(kind, key, person_id),
            "kind": kind,
            "person_id": person_id,
            "parameters": parameters | {"person": str(person_id)},
            "audience": audience,
            "created_at": now,
            "expires_at": expires_at,
            "not_before": not_before,
            "happens_at": happens_at,
            "is_urgent": is_urgent,
        }
        for person_id in person_ids
    ]
    if rows:
        db.session.execute(insert_for(Notice).on_conflict_do_nothing(index_elements=["key"]), rows)


def tell(
    person_id: UUID,
    kind: str,
    key: str,
    parameters: Facts,
    *,
    now: datetime,
    audience: str = SECRETARIAT,
    expires_at: datetime | None = None,
    not_before: datetime | None = None,
    happens_at: datetime | None = None,
    is_urgent: bool = False,
) -> None:
    """Leave a notice for one person: see `tell_many`."""
    tell_many(
        [person_id],
        kind,
        key,
        parameters,
        now=now,
        audience=audience,
        expires_at=expires_at,
        not_before=not_before,
        happens_at=happens_at,
        is_urgent=is_urgent,
    )


def left_among(keys: Iterable[str]) -> set[str]:
    """Return those of some keys (`key_of`) for which a notice was left, told or waiting."""
    return set(db.session.scalars(sa.select(Notice.key).where(has_key(Notice.key, frozenset(keys)))))


def take_over(
    kinds: Collection[str], old: str, new: str, person_ids: Collection[UUID], *, expires_at: datetime
) -> None:
    """Let what was left for some persons by the key `old` count as left by the key `new`, and leave until `expires_at`:
    for them the fact is what it was. Whoever was left something by the new key already keeps both."""
    keys = {key_of(kind, old, person): key_of(kind, new, person) for kind in kinds for person in person_ids}
    there = left_among(keys.values())
    free = frozenset(key for key, later in keys.items() if later not in there)
    renamed = sa.func.replace(Notice.key, f":{old}:", f":{new}:")
    change_rows(sa.update(Notice).where(has_key(Notice.key, free)).values(key=renamed, expires_at=expires_at))


def renew(keys: Collection[str], *, now: datetime, expires_at: datetime, happens_at: datetime) -> set[str]:
    """Let those of some notices that no mail has been made for tell what is known since `now`, until `expires_at` at
    least; where it happens sooner than it did they leave in time for `happens_at`. Return their keys: their mails are
    written after this transaction, and say what then is so."""
    new = sa.update(Notice).where(
        has_key(Notice.key, frozenset(keys)), Notice.mail_id.is_(None), Notice.dropped_at.is_(None)
    )
    comes_sooner = Notice.happens_at > happens_at
    values = {
        "expires_at": sa.case((Notice.expires_at < expires_at, expires_at), else_=Notice.expires_at),
        "happens_at": sa.case((comes_sooner, happens_at), else_=Notice.happens_at),
        "leaves_at": sa.case((comes_sooner, None), else_=Notice.leaves_at),
        "together": sa.case((comes_sooner, ""), else_=Notice.together),
        "created_at": now,
    }
    changed = db.session.execute(
        new.values(values).returning(Notice.key), execution_options={"synchronize_session": "fetch"}
    )
    return set(changed.scalars())


def key_of(kind: str, key: str, person_id: UUID) -> str:
    """Return the key of the one notice of a fact for a person."""
    return f"{kind}:{key}:{person_id}"
