"""Reading the contact form's subjects and the messages that came."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.audiences import visible_to
from app.core.errors import NotFound
from app.core.languages import chain
from app.core.names import NAMELESS, Name
from app.core.paging import Page, fetch_page
from app.extensions import db
from app.house.models import ContactMessage, ContactSubject


def list_subjects() -> Sequence[ContactSubject]:
    """Return the subjects that are offered, in their order."""
    return (
        db.session.scalars(
            sa.select(ContactSubject).where(ContactSubject.removed_at.is_(None)).order_by(ContactSubject.position)
        )
        .unique()
        .all()
    )


def get_subject(subject_id: UUID) -> ContactSubject:
    """Return a subject that is offered; raises `NotFound`."""
    subject = db.session.get(ContactSubject, subject_id)
    if subject is None or subject.removed_at is not None:
        raise NotFound
    return subject


def label_of(subject: ContactSubject, language: str) -> Name:
    """Return a subject in the reader's language, with the fallback of names."""
    found = chain(language, set(subject.labels))
    return Name(subject.labels[found], found, is_fallback=found != language) if found else NAMELESS


def list_messages(actor: Actor, *, cursor: str = "") -> Page[ContactMessage]:
    """Return one page of the messages that came to this reader, newest first."""
    return fetch_page(
        sa.select(ContactMessage).where(visible_to(actor, ContactMessage.audience)),
        key=ContactMessage.sent_at,
        row_id=ContactMessage.id,
        cursor=cursor,
        newest_first=True,
    )


def count_unanswered(actor: Actor) -> int:
    """Return how many messages came to this reader and are not answered."""
    waiting = (visible_to(actor, ContactMessage.audience), ContactMessage.answered_at.is_(None))
    return db.session.scalar(sa.select(sa.func.count(ContactMessage.id)).where(*waiting)) or 0


def get_visible_message(actor: Actor, message_id: UUID) -> ContactMessage:
    """Return a message that came to this reader; raises `NotFound` for every other."""
    found = db.session.scalar(
        sa.select(ContactMessage).where(ContactMessage.id == message_id, visible_to(actor, ContactMessage.audience))
    )
    if found is None:
        raise NotFound
    return found
