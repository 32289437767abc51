"""Reading the log: what became of each mail and of each notice that became none. Never anybody's words.

Who may not read a thing (a confidential case) does not read that a mail was sent about it either.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.audiences import visible_to
from app.core.errors import NotFound
from app.core.languages import fold
from app.core.notices import Notice
from app.core.outbox import MailState, OutboxMail, suppressed
from app.core.paging import Page, fetch_page
from app.core.registries import Card
from app.core.topics import find_topic
from app.core.types import Facts
from app.extensions import db
from app.mailings.about import cards_of
from app.people.models import Person

Told = tuple[str, Facts]
"""The kind of a notice, and its parameters."""


class LogState(StrEnum):
    """What somebody looks for; each is one or several states of the outbox."""

    SENT = "sent"
    FAILED = "failed"
    PRESUMED_SENT = "presumed_sent"
    LEAVING = "leaving"
    NOT_SENT = "not_sent"


STATES = {
    LogState.SENT: (MailState.SENT,),
    LogState.FAILED: (MailState.FAILED,),
    LogState.PRESUMED_SENT: (MailState.PRESUMED_SENT,),
    LogState.LEAVING: (MailState.PENDING, MailState.LEASED, MailState.HANDOFF),
    LogState.NOT_SENT: (MailState.CANCELLED, MailState.EXPIRED),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """What is looked for: a state, the code of a topic, part of a name or address; "" is everything."""

    state: LogState | None = None
    topic: str = ""
    person: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A mail or a notice, for whom, the kinds of its notices and the things they are about, as far as its reader sees
    them; `again` says that it was sent again since, `is_refused` that nothing is sent to its address."""

    row: Any
    person: Person | None
    kinds: tuple[str, ...]
    things: tuple[Card, ...]
    again: bool = False
    is_refused: bool = False


def list_mails(actor: Actor, wanted: Filter, *, cursor: str = "") -> Page[Line]:
    """Return one page of mails, newest first."""
    statement = sa.select(OutboxMail).where(visible_to(actor, OutboxMail.audience), *_mail_filters(actor, wanted))
    page = fetch_page(
        statement, key=OutboxMail.created_at, row_id=OutboxMail.id, cursor=cursor, newest_first=True, size=30
    )
    told, repeated = _told_by(actor, [row.id for row in page.rows]), _repeated(page.rows)
    refused = suppressed(row.recipient for row in page.rows if row.recipient)
    lines = [
        replace(line, again=line.row.dedupe_key in repeated, is_refused=line.row.recipient in refused)
        for line in _lines(actor, page.rows, told)
    ]
    return Page(lines, page.next_cursor)


def list_waiting(actor: Actor, wanted: Filter, *, cursor: str = "") -> Page[Line]:
    """Return one page of notices that have their hour and no mail yet, soonest first."""
    waiting = (Notice.mail_id.is_(None), Notice.dropped_at.is_(None), Notice.leaves_at.is_not(None))
    statement = sa.select(Notice).where(visible_to(actor, Notice.audience), *waiting, *_notice_filters(wanted))
    page = fetch_page(statement, key=Notice.leaves_at, row_id=Notice.id, cursor=cursor, size=30)
    return Page(_lines(actor, page.rows, {}), page.next_cursor)


def list_dropped(actor: Actor, wanted: Filter, *, cursor: str = "") -> Page[Line]:
    """Return one page of notices that became no mail, newest first."""
    statement = sa.select(Notice).where(
        visible_to(actor, Notice.audience), Notice.dropped_at.is_not(None), *_notice_filters(wanted)
    )
    page = fetch_page(statement, key=Notice.created_at, row_id=Notice.id, cursor=cursor, newest_first=True, size=30)
    return Page(_lines(actor, page.rows, {}), page.next_cursor)


def get_mail(actor: Actor, mail_id: UUID) -> OutboxMail:
    """Return a mail the actor may know of; `NotFound` for any other."""
    mail = db.session.scalar(
        sa.select(OutboxMail).where(OutboxMail.id == mail_id, visible_to(actor, OutboxMail.audience))
    )
    if mail is None:
        raise NotFound
    return mail


def _mail_filters(actor: Actor, wanted: Filter) -> list[sa.ColumnElement[bool]]:
    filters: list[sa.ColumnElement[bool]] = []
    if wanted.state is not None:
        filters.append(OutboxMail.state.in_(STATES[wanted.state]))
    if wanted.since is not None:
        filters.append(OutboxMail.created_at >= wanted.since)
    if topic := find_topic(wanted.topic):
        told = sa.select(Notice.mail_id).where(Notice.kind.in_(topic.kinds), Notice.mail_id.is_not(None))
        seen = told.where(visible_to(actor, Notice.audience))
        filters.append(sa.or_(OutboxMail.kind.in_(topic.kinds), OutboxMail.id.in_(seen)))
    if wanted.person:
        by_address = OutboxMail.recipient.contains(wanted.person.casefold(), autoescape=True)
        filters.append(sa.or_(OutboxMail.person_id.in_(_named(wanted.person)), by_address))
    return filters


def _notice_filters(wanted: Filter) -> list[sa.ColumnElement[bool]]:
    filters: list[sa.ColumnElement[bool]] = []
    if wanted.since is not None:
        filters.append(Notice.created_at >= wanted.since)
    if topic := find_topic(wanted.topic):
        filters.append(Notice.kind.in_(topic.kinds))
    if wanted.person:
        filters.append(Notice.person_id.in_(_named(wanted.person)))
    return filters


def _named(text: str) -> sa.Select[Any]:
    return sa.select(Person.id).where(Person.name_fold.contains(fold(text), autoescape=True))


def _lines(actor: Actor, rows: Any, told: dict[UUID, list[Told]]) -> list[Line]:
    """Return the lines of mails, which tell what is `told` by them, or of notices, which tell themselves."""
    ids = {row.person_id for row in rows if row.person_id is not None}
    people = {row.id: row for row in db.session.scalars(sa.select(Person).where(Person.id.in_(ids)))}
    said = [(row, told.get(row.id) or [(row.kind, row.parameters)]) for row in rows]
    cards = iter(cards_of([parameters for _row, facts in said for _kind, parameters in facts], actor))
    return [
        Line(
            row,
            people.get(row.person_id),
            tuple(dict.fromkeys(kind for kind, _parameters in facts)),
            tuple(dict.fromkeys(card for card in islice(cards, len(facts)) if card is not None)),
        )
        for row, facts in said
    ]


def _told_by(actor: Actor, mail_ids: list[UUID]) -> dict[UUID, list[Told]]:
    """Return what each mail tells, as far as the actor may know of it: a mail of many may hold a word of a case."""
    found: dict[UUID, list[Told]] = defaultdict(list)
    told = sa.select(Notice.mail_id, Notice.kind, Notice.parameters)
    seen = told.where(Notice.mail_id.in_(mail_ids), visible_to(actor, Notice.audience))
    for mail_id, kind, parameters in db.session.execute(seen.order_by(Notice.created_at, Notice.id)):
        if mail_id is not None:
            found[mail_id].append((kind, parameters))
    return found


def key_of_again(mail: OutboxMail) -> str:
    """Return the key of the mail that repeats another: there is at most one."""
    return f"again:{mail.id}"


def _repeated(mails: Any) -> set[str]:
    keys = {key_of_again(mail): mail.dedupe_key for mail in mails}
    there = db.session.scalars(sa.select(OutboxMail.dedupe_key).where(OutboxMail.dedupe_key.in_(keys)))
    return {keys[key] for key in there}
