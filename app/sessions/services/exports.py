"""Who took which list of people out of the house: written for each file, as a named exception to "GET does not
write"."""

from __future__ import annotations

from datetime import datetime

from app.core import audit
from app.core.actors import Actor
from app.core.permissions import require
from app.sessions.models import Track
from app.sessions.queries.roster import Wanted


def record_roster_export(actor: Actor, track: Track, wanted: Wanted, *, persons: int, now: datetime) -> None:
    """Write the audit line of one roster that left as a file: how many people, narrowed by what. A name that was
    searched for is not kept, only that one was."""
    require(actor, "sessions.read_roster", track)
    facts = {
        "format": "csv",
        "persons": persons,
        "region": str(wanted.region_id) if wanted.region_id else "not_known" if wanted.region_id is False else "",
        "prefers": wanted.prefers,
        "knows": wanted.knows,
        "need": wanted.need.value if wanted.need else "",
        "by_name": bool(wanted.name),
    }
    kept = {name: value for name, value in facts.items() if value not in ("", False)}
    audit.record(actor, "sessions.roster.exported", "track", track.id, kept, now=now)
