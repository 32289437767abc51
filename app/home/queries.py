"""Reading what mixes several packages: mails that did not arrive, beside the people they were for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.audiences import visible_to
from app.core.outbox import MailState, OutboxMail
from app.core.paging import Page, fetch_page
from app.extensions import db
from app.people.models import Person

REMEMBERED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class FailedMail:
    """A mail that did not arrive; `person` is None where it went to an address alone."""

    mail: OutboxMail
    person: Person | None


def _failed(actor: Actor, now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        OutboxMail.state == MailState.FAILED,
        OutboxMail.created_at > now - REMEMBERED,
        visible_to(actor, OutboxMail.audience),
    )


def count_failed_mails(actor: Actor, *, now: datetime) -> int:
    """Return how many mails of the last 30 days this reader may know of did not arrive."""
    return db.session.scalar(sa.select(sa.func.count(OutboxMail.id)).where(*_failed(actor, now))) or 0


def list_failed_mails(actor: Actor, *, now: datetime, cursor: str = "") -> Page[FailedMail]:
    """Return one page of them, newest first, with the people they were for."""
    page = fetch_page(
        sa.select(OutboxMail).where(*_failed(actor, now)),
        key=OutboxMail.created_at,
        row_id=OutboxMail.id,
        cursor=cursor,
        newest_first=True,
    )
    wanted = {mail.person_id for mail in page.rows if mail.person_id is not None}
    people = {row.id: row for row in db.session.scalars(sa.select(Person).where(Person.id.in_(wanted)))}
    rows = [FailedMail(mail, people.get(mail.person_id) if mail.person_id else None) for mail in page.rows]
    return Page(rows, page.next_cursor)
