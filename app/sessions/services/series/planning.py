"""Planning a series: one session per day, numbered, in one act; people get one notice for all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.languages import fold
from app.core.naming import Names, check_names
from app.core.permissions import require
from app.moments.timing import Timing
from app.sessions import queries, telling
from app.sessions.models import LearningSession, Track
from app.sessions.services.scheduling.planning import Plan, add_session
from app.sessions.services.tracks import lock_track

LEAST, MOST = 2, 52
"""A series of one is a session; weekly, 52 are a year."""

LONGEST_TITLE = 396
"""Room for a number behind it within the 400 letters of a name."""


class SeriesLength(RuleBroken):
    """Too few sessions to be a series, or too many to be meant."""


def check_length(number: int, field: str = "number") -> None:
    """Raise `SeriesLength` unless there are 2 to 52 sessions."""
    if not LEAST <= number <= MOST:
        raise SeriesLength(_l("A series has 2 to 52 sessions. Choose a number in between."), field=field)


def numbered(names: Names, number: int) -> dict[str, str]:
    """Return names with a number behind each: "Roofs 3"."""
    return {code: f"{text.strip()[:LONGEST_TITLE]} {number}" for code, text in names.items() if text.strip()}


def numbered_from(track: Track, names: Names) -> int:
    """Return the number the first session of a new series gets: one more than the highest that its track has under the
    same title."""
    titles = {fold(text) for text in names.values() if text.strip()}
    taken = [0]
    for name in queries.names_in_track(track):
        found = re.fullmatch(r"(.+) ([0-9]{1,4})", fold(name))
        if found and found[1] in titles:
            taken.append(int(found[2]))
    return max(taken) + 1


def plan_series(
    actor: Actor, track: Track, *, names: Names, timings: Sequence[Timing], plan: Plan, now: datetime
) -> list[LearningSession]:
    """Plan a session at each of these times, the title numbered, and tell the members of the track once.

    All or none. Raises `SeriesLength`, `NeedsName`, `BadLink`, `BadAgenda` and the errors of `moments.timing`: an hour
    that does not exist on one day, or comes twice without saying which, is refused (R-08).
    """
    require(actor, "sessions.plan_session", track)
    check_names(names)
    check_length(len(timings))
    lock_track(track)
    series_id = uuid4()
    plan = replace(plan, series_id=series_id)
    first = numbered_from(track, names)
    sessions = [
        add_session(actor, track, names=numbered(names, number), timing=timing, plan=plan, now=now)
        for number, timing in enumerate(timings, first)
    ]
    facts = {"series": str(series_id), "sessions": len(sessions)}
    audit.record(actor, "sessions.series.planned", "track", track.id, facts, now=now)
    telling.series.tell_planned(actor, track, sessions, now=now)
    return sessions
