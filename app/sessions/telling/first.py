"""Who is still to hear that something is planned. Words are written when a mail leaves, and say when it is by then:
whomever the first mail has not been made for yet need not be told besides that the time is another, or is certain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from app.core import notices
from app.core.types import Facts
from app.people.helping import key_of
from app.sessions.models import Gathering
from app.sessions.queries.series import series_of
from app.sessions.telling.before import series_fact

PLANNED = "sessions.session_planned"
SERIES_PLANNED = "sessions.series_planned"

Telling = tuple[list[UUID], str, Facts]
"""To whom something is told, by which key and with which parameters (`people.helping.with_helpers`)."""


def but_who_hears_first(tellings: Iterable[Telling], gatherings: Sequence[Gathering]) -> Iterator[Telling]:
    """Yield what is told of changes of some gatherings, without those for whom the first mail about every one of them
    has not been made yet; that mail leaves in time for what it says now."""
    tellings = list(tellings)
    first = {(reader, key): _first_keys(gatherings, reader, facts) for told, key, facts in tellings for reader in told}
    waiting = notices.renew(
        set[str]().union(*first.values()),
        expires_at=max(gathering.moment.until for gathering in gatherings),
        happens_at=min(gathering.moment.starts_at for gathering in gatherings),
    )
    for told, key, facts in tellings:
        yield [reader for reader in told if not first[reader, key] <= waiting], key, facts


def _first_keys(gatherings: Iterable[Gathering], reader_id: UUID, facts: Facts) -> set[str]:
    """Return the keys of the notices that told a reader, for the same person, that these are planned."""
    return {key_of(*_first(gathering), facts | {"person": str(reader_id)}) for gathering in gatherings}


def _first(gathering: Gathering) -> tuple[str, str]:
    """Return by which kind and key it is told that a gathering is planned: alone, or with its series, which is planned
    in one instant."""
    series_id = series_of(gathering)
    if series_id is None:
        return PLANNED, str(gathering.id)
    return SERIES_PLANNED, series_fact(series_id, gathering.created_at)
