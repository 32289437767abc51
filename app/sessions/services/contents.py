"""What an edited gathering says, as one value: two who edit it at once find out by it before either is lost."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from flask_babel import lazy_gettext as _l

from app.core.names import all_names
from app.sessions.hosts import host_of
from app.sessions.models import Gathering

SERIES_CHANGED_MEANWHILE = _l(
    "Somebody changed other sessions of this series since you opened this page. Compare what is there now with what "
    "you wrote, then save."
)


def contents_of(gathering: Gathering) -> tuple[object, ...]:
    """Return link, languages and agenda: what lies in the gathering's own rows."""
    return (
        gathering.join_link,
        [(row.language, row.mode.value) for row in gathering.languages],
        [(row.minutes_after_start, row.title, row.who) for row in gathering.agenda],
    )


def digest_of(gathering: Gathering) -> str:
    """Return a hash of everything its form is filled from: names, languages, agenda, link, modality."""
    names = sorted((language, row.text) for language, row in all_names(gathering.kind, gathering.id).items())
    modality = gathering.moment.modality.value if gathering.moment.modality else ""
    return hashlib.sha256(json.dumps([names, modality, *contents_of(gathering)]).encode()).hexdigest()


def shared_digests_of(sessions: Iterable[Gathering]) -> str:
    """Return, by number, a short hash of what the sessions of a series may share: "3:1f2e…,4:…"."""
    return ",".join(f"{_number(gathering)}:{_shared_digest(gathering)}" for gathering in sessions)


def _number(gathering: Gathering) -> int:
    return host_of(gathering).number(gathering)


def _shared_digest(gathering: Gathering) -> str:
    modality = gathering.moment.modality.value if gathering.moment.modality else ""
    return hashlib.sha256(json.dumps([modality, *contents_of(gathering)]).encode()).hexdigest()[:16]


def changed_since(sessions: Iterable[Gathering], digests: str) -> list[Gathering]:
    """Return the sessions that say something else now than when `shared_digests_of` was written."""
    known = dict(part.split(":", 1) for part in digests.split(",") if ":" in part)
    return [
        gathering
        for gathering in sessions
        if known.get(str(_number(gathering)), digest := _shared_digest(gathering)) != digest
    ]


def time_digest_of(gathering: Gathering) -> str:
    """Return a hash of the time of a gathering as it was typed: of two who move it, the second hears of the first."""
    moment = gathering.moment
    walls = [wall.isoformat() if wall else "" for wall in (moment.wall_start, moment.wall_end)]
    which = [moment.is_second_start, moment.is_second_end]
    said = [moment.precision.value, *walls, moment.zone, *which]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
