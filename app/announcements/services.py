"""Writing to everybody of a track, once, and taking it back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.announcements import telling
from app.announcements.models import Announcement
from app.core import audit, searching
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.languages import check_tag, one_line
from app.core.permissions import require
from app.extensions import db
from app.sessions.keys import track_key
from app.sessions.models import Track
from app.sessions.queries import is_session_of

LONGEST_SUBJECT = 150
LONGEST_BODY = 5_000


class BadWords(RuleBroken):
    """No words, or too many."""


class NotPublished(RuleBroken):
    """A draft has nobody to tell."""


def check_subject(subject: str) -> str:
    """Return a subject on one line; raises `BadWords`."""
    subject = one_line(subject)
    if not subject:
        raise BadWords(_l("Write what it is about: people read this line first."), field="subject")
    if len(subject) > LONGEST_SUBJECT:
        raise BadWords(
            _l("The subject is too long. Keep it under %(most)s letters.", most=LONGEST_SUBJECT), field="subject"
        )
    return subject


def check_body(body: str) -> str:
    """Return the words as they were typed, blanks around them apart; raises `BadWords`."""
    body = body.strip()
    if not body:
        raise BadWords(_l("Write what people of the track should know."), field="body")
    if len(body) > LONGEST_BODY:
        raise BadWords(
            _l("This is too long for a mail. Keep it under %(most)s letters, or add a material.", most=LONGEST_BODY),
            field="body",
        )
    return body


def announce(
    actor: Actor,
    track: Track,
    *,
    subject: str,
    body: str,
    language: str,
    session_id: UUID | None = None,
    now: datetime,
) -> Announcement:
    """Write to the participants and facilitators of a published track: one notice each, in the author's language,
    never translated in its place (R-01). It stays readable on the track's page.

    Raises `BadWords` at `subject` or `body`, `RuleBroken` at `language` or `session`, `NotPublished`.
    """
    require(actor, "announcements.announce", track)
    subject, body, tag = check_subject(subject), check_body(body), check_tag(language)
    if track.published_at is None:
        raise NotPublished(_l("This track is a draft: nobody takes part yet. Publish it first."))
    if session_id is not None and not is_session_of(actor, track, session_id):
        raise RuleBroken(_l("This session is not one of this track. Choose one of the list, or none."), field="session")
    announcement = Announcement(
        track_id=track.id,
        session_id=session_id,
        audience=track_key(track.id),
        author_id=actor.person_id,
        subject=subject,
        body=body,
        language=tag,
        sent_at=now,
    )
    db.session.add(announcement)
    db.session.flush()
    searching.changed("announcement", [announcement.id])
    audit.record(actor, "announcements.announcement.sent", "track", track.id, _facts(announcement), now=now)
    telling.tell(actor, announcement, now=now)
    return announcement


def remove_announcement(actor: Actor, announcement: Announcement, *, now: datetime) -> Announcement:
    """Take an announcement from the track's page; mails that have not left yet do not leave. Twice is once."""
    require(actor, "announcements.remove", announcement)
    removing = sa.update(Announcement).where(Announcement.id == announcement.id, Announcement.removed_at.is_(None))
    if change_rows(removing.values(removed_at=now)) == 1:
        searching.changed("announcement", [announcement.id])
        audit.record(
            actor,
            "announcements.announcement.removed",
            "track",
            announcement.track_id,
            _facts(announcement),
            now=now,
        )
    return announcement


def _facts(announcement: Announcement) -> dict[str, str]:
    return {"announcement": str(announcement.id), "language": announcement.language}
