"""Who is still to hear that something is planned. Words are written when a mail leaves, and say when it is by then:
whomever the first mail has not been made for yet need not be told besides that the time is another; nor that it is
certain, where that mail says what is not (of a series it does not)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from app.core import notices
from app.core.types import Facts
from app.extensions import db
from app.people.helping import key_of
from app.sessions.heard import who_read_an_hour
from app.sessions.models import AttendanceIntention, Gathering
from app.sessions.queries.series import series_of
from app.sessions.telling.before import series_fact

PLANNED = "sessions.session_planned"
SERIES_PLANNED = "sessions.series_planned"

Telling = tuple[list[UUID], str, Facts]
"""To whom something is told, by which key and with which parameters (`people.helping.with_helpers`)."""


def but_who_hears_first(
    tellings: Iterable[Telling], gatherings: Sequence[Gathering], now: datetime
) -> Iterator[Telling]:
    """Yield what is told of changes of a gathering, or of several of one series, without those for whom the first mail
    about them has not been made yet and who know no hour otherwise; that mail leaves in time for what it says now."""
    tellings = list(tellings)
    know = _who_know_an_hour(gatherings, {reader for told, _key, _facts in tellings for reader in told})
    first = {
        (reader, key): key_of(*_first(gatherings[0]), facts | {"person": str(reader)})
        for told, key, facts in tellings
        for reader in told
        if reader not in know
    }
    waiting = notices.renew(
        set(first.values()),
        now=now,
        expires_at=max(gathering.moment.until for gathering in gatherings),
        happens_at=min(gathering.moment.starts_at for gathering in gatherings),
    )
    for told, key, facts in tellings:
        yield [reader for reader in told if first.get((reader, key)) not in waiting], key, facts


def _who_know_an_hour(gatherings: Sequence[Gathering], person_ids: Collection[UUID]) -> set[UUID]:
    """Return who has said whether they come, or read an hour in another mail: they must hear that it is another."""
    answered = sa.select(AttendanceIntention.person_id).where(
        AttendanceIntention.gathering_id.in_([gathering.id for gathering in gatherings])
    )
    return set(db.session.scalars(answered)) | who_read_an_hour(gatherings, person_ids)


def _first(gathering: Gathering) -> tuple[str, str]:
    """Return by which kind and key it is told that a gathering is planned: alone, or with its series, which is planned
    in one instant."""
    series_id = series_of(gathering)
    if series_id is None:
        return PLANNED, str(gathering.id)
    return SERIES_PLANNED, series_fact(series_id, gathering.created_at)
