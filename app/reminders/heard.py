"""Who has read the hour of a gathering from here: it stands in every reminder, and in what tells of changed clocks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

import sqlalchemy as sa

from app.core.notices import Notice
from app.extensions import db
from app.moments.queries import list_changes_of
from app.reminders.telling import GATHERING
from app.reminders.telling_clocks import CLOCKS
from app.sessions.models import Gathering


def who_read_the_hour(gatherings: Sequence[Gathering], person_ids: Collection[UUID]) -> set[UUID]:
    """Return those of some people for whom a mail was made, since these are planned, that says an hour of one of them,
    whomever it is for."""
    moments = [gathering.moment_id for gathering in gatherings]
    by_law = [change.at.isoformat() for changes in list_changes_of(moments).values() for change in changes]
    wanted = sa.select(Notice.person_id, Notice.parameters).where(
        Notice.person_id.in_(list(person_ids)),
        Notice.kind.in_((GATHERING, CLOCKS)),
        Notice.created_at >= min(gathering.created_at for gathering in gatherings),
        Notice.mail_id.is_not(None),
        Notice.dropped_at.is_(None),
    )
    said = {str(moment) for moment in moments} | set(by_law)
    return {
        person_id
        for person_id, facts in db.session.execute(wanted)
        if facts.get("moment") in said or facts.get("at") in said
    }
