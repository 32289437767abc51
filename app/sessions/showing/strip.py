"""The sun strip of a gathering: a row for each place it is followed from, and the reader's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from flask_babel import gettext as _

from app.core.actors import Actor
from app.core.context import page_language
from app.moments import words
from app.moments.kindness import HourThere, Kindness
from app.moments.local import in_zone
from app.moments.models import Moment, Precision
from app.moments.strip import Axis, Drawing, draw
from app.moments.zones import place_of, reader_zone
from app.sessions import policy
from app.sessions.hosts import words_of
from app.sessions.models import Gathering, LearningSession, Track
from app.sessions.queries.zones import Clocks, clocks_of, clocks_of_track, count_by_zone
from app.sessions.shares import share_out
from app.sessions.showing.elsewhere import hours_there, west_to_east, zones_of
from app.sessions.showing.kindness import Beads, beads_of, elsewhere_in_words, night_of, sentences_of
from app.sessions.wording import SESSIONS, Wording

G = TypeVar("G", bound=Gathering)


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
    """The whole picture: `sentences` say it first; `place` is where the day of the axis is lived; `what` is the
    word of the legend. `has_sunset`: the fast of Ramadan is broken somewhere meanwhile, and `sunset` says so.
    `is_exact`: its numbers of people are for those who lead, and not for paper."""

    sentences: list[str]
    axis: Axis
    place: str
    is_readers: bool
    rows: list[StripRow]
    what: Any
    sunset: Any
    has_sunset: bool
    is_exact: bool = False

    @property
    def has_people(self) -> bool:
        return any(row.people is not None for row in self.rows)

    @property
    def has_rest(self) -> bool:
        return any(row.drawing.rest for row in self.rows)


def with_hour(gatherings: Iterable[G]) -> list[G]:
    """Return those that take place at a known hour."""
    return [row for row in gatherings if policy.takes_place(row) and row.moment.precision is Precision.MINUTE]


def zones_with_readers(clocks: Clocks, gathering: Gathering) -> list[str]:
    """Return the places of a gathering and the reader's own, from west to east; a reader's zone without a place on the
    earth (UTC) stands last."""
    own = reader_zone()
    zones = zones_of(clocks, gathering, also=own)
    return zones if own is None or own in zones else [*zones, own]


def beads_of_sessions(track: Track, sessions: Iterable[LearningSession]) -> dict[UUID, Beads]:
    """Return for how many places each session with an hour is kind; two queries, however many sessions there are."""
    clocks = clocks_of_track(track)
    found = {}
    for session in with_hour(sessions):
        zones = west_to_east({*clocks.zones, *(zone for zone in (session.moment.zone, reader_zone()) if zone)})
        if (beads := beads_of(hours_there(session, zones, clocks.ramadan))) is not None:
            found[session.id] = beads
    return found


def strip_of(actor: Actor, gathering: Gathering, siblings: Sequence[Gathering]) -> SunStrip | None:
    """Return the strip of a gathering with an hour, None without; `siblings` are all of the same owner."""
    counted = with_hour(siblings)
    if gathering not in counted:
        return None
    moment, clocks = gathering.moment, clocks_of(gathering)
    zones = zones_with_readers(clocks, gathering)
    hours = hours_there(gathering, zones, clocks.ramadan)
    turns, before = hard_turns(counted, zones, clocks.ramadan), _before(gathering, counted)
    in_words = partial(words_of(gathering).hard_turns, len(counted))
    notes = {
        there.zone: _notes(there, before, turns[there.zone] if len(counted) > 1 else 0, in_words) for there in hours
    }
    is_exact = policy.can_lead_session(actor, gathering)
    counts = count_by_zone(gathering)
    people = dict(share_out(counts, exact=is_exact).shown)
    strip = draw_strip(moment, hours, notes=notes, people=people, is_exact=is_exact, words_for=words_of(gathering))
    further = [elsewhere_in_words()] if any(zone and zone not in zones for zone in counts) else []
    return replace(strip, sentences=strip.sentences + further)


def with_night(sentence: Any, gathering: Gathering) -> str:
    """Return a sentence that is said after a gathering got its hour or was confirmed, and where that hour is night."""
    return " ".join(filter(None, (str(sentence), night_in(gathering))))


def night_in(gathering: Gathering) -> str:
    """Return in one sentence where the hour of a gathering falls in the night; "" where it does nowhere."""
    if not with_hour([gathering]):
        return ""
    clocks = clocks_of(gathering)
    return night_of(hours_there(gathering, zones_with_readers(clocks, gathering), clocks.ramadan))


def draw_strip(
    moment: Moment,
    hours: Sequence[HourThere],
    *,
    notes: Mapping[str, list[str]] | None = None,
    people: Mapping[str, int] | None = None,
    is_exact: bool = False,
    words_for: Wording = SESSIONS,
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
        sentences=sentences_of(hours, words_for),
        axis=axis,
        place=place_of(axis.zone),
        is_readers=axis.zone == reader_zone(),
        rows=rows,
        what=words_for.in_legend,
        sunset=words_for.sunset_there,
        has_sunset=any(there.kindness is Kindness.SUNSET for there in hours),
        is_exact=is_exact,
    )


def hard_turns(gatherings: Sequence[Gathering], zones: Sequence[str], ramadan: Collection[str]) -> Counter[str]:
    """Return in how many of the gatherings the hour is not kind at each place: the turns it has had and will."""
    return Counter(
        there.zone for row in gatherings for there in hours_there(row, zones, ramadan) if there.kindness.is_hard
    )


def _before(gathering: Gathering, siblings: Sequence[Gathering]) -> Gathering | None:
    """Return the one before, where it was meant for the same hour: on the clock of its place, or in UTC."""
    place = siblings.index(gathering)
    if place == 0:
        return None
    then, now = siblings[place - 1].moment, gathering.moment
    same_wall = then.zone == now.zone and then.wall_start and now.wall_start
    is_alike = then.starts_at.time() == now.starts_at.time() or (
        same_wall and then.wall_start.time() == now.wall_start.time()  # type: ignore[union-attr] # asked just above
    )
    return siblings[place - 1] if is_alike else None


def _notes(there: HourThere, before: Gathering | None, turns: int, in_words: Callable[[int], str]) -> list[str]:
    said = []
    if there.zone == reader_zone():
        # I18N: in a list of places, under the hour of the reader's own place
        said.append(_("your hour"))
    if there.breaks_fast_at is not None:
        # I18N: in a list of places, in Ramadan: when the sun sets there
        said.append(_("sunset %(hour)s", hour=words.hour(there.breaks_fast_at)))
    if before is not None and (was := in_zone(before.moment.starts_at, there.zone)).time() != there.start.time():
        said.append(_hour_before(was))
    if turns:
        said.append(in_words(turns))
    return said


def _hour_before(was: datetime) -> str:
    day = words.date_without_year(was.date(), page_language())
    # I18N: in a list of places: the clocks there change; the hour of the session before: "15:00 on 6 February"
    return str(_("%(hour)s on %(day)s", hour=words.hour(was), day=day))
