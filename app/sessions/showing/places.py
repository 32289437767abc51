"""Places in words: "3 places left", "full · 4 on the waiting list", "opens on 13 February". Never a negative number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.context import page_language
from app.moments import words
from app.moments.local import in_zone
from app.moments.models import Moment
from app.moments.zones import reader_zone
from app.sessions import policy, queries
from app.sessions.models import Intake, Track
from app.sessions.policy import Door
from app.sessions.queries import Queue

SAME_SEASON = timedelta(days=200)


def places_of(tracks: Sequence[Track], now: datetime) -> dict[UUID, str]:
    """Return the words of each track, in one query; "" for a track that takes nobody."""
    queues = queries.count_queues([track.id for track in tracks])
    return {track.id: places_words(track, queues[track.id], now) for track in tracks}


def places_left(intake: Intake) -> int | None:
    """Return how many places are free; None where as many find one as come."""
    return None if intake.capacity is None else max(0, intake.capacity - intake.taken)


def places_words(track: Track, queue: Queue, now: datetime) -> str:
    door, window = policy.door_of(track, now), track.intake.moment
    if door is Door.CLOSED:
        return ""
    if door is Door.OPENS and window is not None:
        # I18N: state of a track in a list: on which day applications open
        return str(_("opens on %(day)s", day=_day(window, window.starts_at, now)))
    said = [free_words(track.intake, queue)]
    if window is not None and window.wall_end is not None:
        # I18N: after the places of a track: the last day: "3 places left · applications until 30 January"
        said.append(str(_("applications until %(day)s", day=_day(window, window.until, now))))
    return "\u00a0· ".join(said)


def free_words(intake: Intake, queue: Queue) -> str:
    """Return how many places are free, or that all are taken and how many wait."""
    left = places_left(intake)
    if left is None:
        # I18N: state of a track: joining is possible
        return str(_("open to join"))
    if left:
        return str(ngettext("%(num)s place left", "%(num)s places left", left))
    # I18N: state of a track: every place is taken
    full = str(_("full"))
    if not queue.waiting:
        return full
    waiting = ngettext("%(num)s on the waiting list", "%(num)s on the waiting list", queue.waiting)
    return f"{full}\u00a0· {waiting}"


def _day(window: Moment, instant: datetime, now: datetime) -> str:
    """Return a day on the reader's clock."""
    day = in_zone(instant, reader_zone() or window.zone).date()
    is_near = abs(instant - now) < SAME_SEASON
    return (words.date_without_year if is_near else words.date_of)(day, page_language())
