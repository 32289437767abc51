"""The sun strip of a session: a row for each place that follows the track, and the reader's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.actors import Actor
from app.core.context import page_language
from app.moments import words
from app.moments.kindness import HourThere, Kindness
from app.moments.local import in_zone
from app.moments.models import Moment, Precision
from app.moments.strip import Axis, Drawing, draw
from app.moments.zones import place_of, reader_zone
from app.sessions import policy
from app.sessions.models import LearningSession, Track
from app.sessions.queries.zones import count_by_zone, list_ramadan_zones, list_zones
from app.sessions.shares import share_out
from app.sessions.showing.elsewhere import hours_there, west_to_east, zones_of
from app.sessions.showing.kindness import Beads, beads_of, sentences_of


@dataclass(frozen=True, slots=True)
class StripRow:
    """One place. `day` is "" unless it is another day there than on the axis; `people` is None where a number would
    point at somebody (R-31); `notes` stand under the word."""

    place: str
    hour: str
    day: str
    level: str
    word: str
    notes: list[str]
    people: int | None
    is_readers: bool
    drawing: Drawing


@dataclass(frozen=True, slots=True)
class SunStrip:
    """The whole picture: `sentences` say it first; `place` is where the day of the axis is lived. `has_sunset`: the
    fast of Ramadan is broken somewhere during the session. `is_exact`: its numbers of people are for those who lead the
    track, and not for paper."""

    sentences: list[str]
    axis: Axis
    place: str
    is_readers: bool
    rows: list[StripRow]
    has_sunset: bool
    is_exact: bool = False

    @property
    def has_people(self) -> bool:
        return any(row.people is not None for row in self.rows)

    @property
    def has_rest(self) -> bool:
        return any(row.drawing.rest for row in self.rows)


def with_hour(sessions: Iterable[LearningSession]) -> list[LearningSession]:
    """Return the sessions that take place at a known hour."""
    return [s for s in sessions if policy.takes_place(s) and s.moment.precision is Precision.MINUTE]


def zones_with_readers(track: Track, session: LearningSession) -> list[str]:
    """Return the places of a session and the reader's own, from west to east; a reader's zone without a place on the
    earth (UTC) stands last."""
    own = reader_zone()
    zones = zones_of(track, session, also=own)
    return zones if own is None or own in zones else [*zones, own]


def beads_of_sessions(track: Track, sessions: Iterable[LearningSession]) -> dict[UUID, Beads]:
    """Return for how many places each session with an hour is kind; two queries, however many sessions there are."""
    places, ramadan = list_zones(track), list_ramadan_zones(track)
    found = {}
    for session in with_hour(sessions):
        zones = west_to_east({*places, *(zone for zone in (session.moment.zone, reader_zone()) if zone)})
        if (beads := beads_of(hours_there(session, zones, ramadan))) is not None:
            found[session.id] = beads
    return found


def strip_of(actor: Actor, session: LearningSession, siblings: Sequence[LearningSession]) -> SunStrip | None:
    """Return the strip of a session with an hour, None without; `siblings` are all sessions of its track."""
    counted = with_hour(siblings)
    if session not in counted:
        return None
    moment, ramadan = session.moment, list_ramadan_zones(session.track)
    zones = zones_with_readers(session.track, session)
    hours = hours_there(session, zones, ramadan)
    turns, before = _hard_turns(counted, zones, ramadan), _before(session, counted)
    notes = {there.zone: _notes(there, before, turns[there.zone], len(counted)) for there in hours}
    is_exact = policy.can_lead_track(actor, session.track)
    people = dict(share_out(count_by_zone(session.track), exact=is_exact).shown)
    return draw_strip(moment, hours, notes=notes, people=people, is_exact=is_exact)


def draw_strip(
    moment: Moment,
    hours: Sequence[HourThere],
    *,
    notes: Mapping[str, list[str]] | None = None,
    people: Mapping[str, int] | None = None,
    is_exact: bool = False,
) -> SunStrip:
    """Return a moment with an hour over the reader's day, one row for each of `hours`; `notes` and `people` by zone."""
    axis = Axis.around(moment.starts_at, reader_zone() or moment.zone or "UTC")
    rows = [
        StripRow(
            place=place_of(there.zone),
            hour=words.hour(there.start),
            day=words.day_of_year(there.start.date(), page_language()) if there.start.date() != axis.day else "",
            level=there.kindness.level,
            word=there.kindness.word,
            notes=(notes or {}).get(there.zone, []),
            people=(people or {}).get(there.zone),
            is_readers=there.zone == reader_zone(),
            drawing=draw(there.zone, moment.starts_at, moment.until, axis),
        )
        for there in hours
    ]
    return SunStrip(
        sentences=sentences_of(hours),
        axis=axis,
        place=place_of(axis.zone),
        is_readers=axis.zone == reader_zone(),
        rows=rows,
        has_sunset=any(there.kindness is Kindness.SUNSET for there in hours),
        is_exact=is_exact,
    )


def _hard_turns(sessions: Sequence[LearningSession], zones: Sequence[str], ramadan: set[str]) -> Counter[str]:
    """Return in how many sessions of the track the hour is not kind at each place: the turns it has had and will."""
    return Counter(
        there.zone for session in sessions for there in hours_there(session, zones, ramadan) if there.kindness.is_hard
    )


def _before(session: LearningSession, sessions: Sequence[LearningSession]) -> LearningSession | None:
    """Return the session before, where it was meant for the same hour: on the clock of its place, or in UTC."""
    place = sessions.index(session)
    if place == 0:
        return None
    then, now = sessions[place - 1].moment, session.moment
    same_wall = then.zone == now.zone and then.wall_start and now.wall_start
    is_alike = then.starts_at.time() == now.starts_at.time() or (
        same_wall and then.wall_start.time() == now.wall_start.time()  # type: ignore[union-attr] # asked just above
    )
    return sessions[place - 1] if is_alike else None


def _notes(there: HourThere, before: LearningSession | None, turns: int, total: int) -> list[str]:
    said = []
    if there.zone == reader_zone():
        # I18N: in a list of places, under the hour of the reader's own place
        said.append(_("your hour"))
    if there.breaks_fast_at is not None:
        # I18N: in a list of places, in Ramadan: when the sun sets there
        said.append(_("sunset %(hour)s", hour=words.hour(there.breaks_fast_at)))
    if before is not None and (was := in_zone(before.moment.starts_at, there.zone)).time() != there.start.time():
        said.append(_hour_before(was))
    if turns and total > 1:
        # I18N: in a list of places: in how many sessions of the track, of those whose hour is known, it is early, late
        # or night there; %(turns)s is a number
        said.append(
            ngettext(
                "in the whole track: hard\u00a0%(turns)s\u00a0of\u00a0%(num)s\u00a0time",
                "in the whole track: hard\u00a0%(turns)s\u00a0of\u00a0%(num)s\u00a0times",
                total,
                turns=turns,
            )
        )
    return said


def _hour_before(was: datetime) -> str:
    day = words.date_without_year(was.date(), page_language())
    # I18N: in a list of places: the clocks there change; the hour of the session before: "15:00 on 6 February"
    return str(_("%(hour)s on %(day)s", hour=words.hour(was), day=day))
