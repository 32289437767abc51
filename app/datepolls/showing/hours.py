"""The hours of a date poll for one reader: on their own clock first, on everybody's, how kind, who said what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.core.actors import Actor
from app.datepolls import queries
from app.datepolls.counting import Figure, figure_of, rank
from app.datepolls.hours import Hour, hours_of
from app.datepolls.models import DatePoll, DatePollOption, Says
from app.datepolls.policy import Owner, can_ask, can_see_names
from app.moments.kindness import HourThere, hour_there
from app.moments.local import in_zone
from app.moments.zones import reader_zone
from app.sessions.showing.elsewhere import HourElsewhere, rows_of, west_to_east
from app.sessions.showing.kindness import Beads, beads_of


@dataclass(frozen=True, slots=True)
class Kind:
    """How kind an hour is where the reader is: the sign and its word."""

    level: str
    word: str


@dataclass(frozen=True, slots=True)
class Look:
    """An hour over the places: `own` where the reader's place is known, then every place in a line, then the beads.
    `people` by level of kindness are for those who lead; empty for the others."""

    own: Kind | None
    places: list[HourElsewhere]
    beads: Beads | None
    people: dict[str, int]


@dataclass(frozen=True, slots=True)
class Lives:
    """What hours are looked at with: the places to show, who keeps Ramadan where, and, for those who lead, how many
    people live by each zone."""

    zones: Sequence[str]
    ramadan: Collection[str]
    people: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class HourShown:
    """One hour of a poll: what was said of it, by whom where the reader may know, and by the reader."""

    option: DatePollOption
    hour: Hour
    look: Look
    figure: Figure
    names: dict[Says, list[str]]
    mine: Says | None
    is_past: bool
    is_chosen: bool

    @property
    def words(self) -> str:
        """On the reader's clock: "Saturday 13 February 2027, 17:00–18:30 in Nairobi"."""
        return self.hour.shown().words


def lives_of(actor: Actor, owner: Owner, anchor: str, now: datetime) -> Lives:
    """Return the places an hour is looked at, from west to east: those of the people, the hour's own, the reader's."""
    clocks = queries.clocks_of(owner)
    zones = west_to_east({*clocks.zones, anchor, *filter(None, (reader_zone(),))})
    return Lives(zones, clocks.ramadan, queries.count_by_zone(owner, now) if can_ask(actor, owner) else {})


def look_at(hour: Hour, lives: Lives) -> Look:
    """Return an hour over these places."""
    own = reader_zone()
    there = [_there(hour, zone, lives) for zone in lives.zones]
    own_day = in_zone(hour.starts_at, own or hour.zone).date()
    mine = _there(hour, own, lives).kindness if own else None
    people: Counter[str] = Counter()
    for zone, number in lives.people.items():
        people[_there(hour, zone, lives).kindness.level] += number
    return Look(
        own=Kind(mine.level, mine.word) if mine is not None else None,
        places=rows_of(there, own_day),
        beads=beads_of(there),
        people=dict(people),
    )


def _there(hour: Hour, zone: str, lives: Lives) -> HourThere:
    return hour_there(zone, hour.starts_at, hour.until, keeps_ramadan=zone in lives.ramadan)


def hours_shown(actor: Actor, poll: DatePoll, now: datetime) -> list[HourShown]:
    """Return the hours of a poll in the order of time; as many queries for twelve of them as for two."""
    said, lives = queries.said_of(poll), lives_of(actor, poll.owner, poll.zone, now)
    by_name = can_see_names(actor, poll)
    return [
        HourShown(
            option=option,
            hour=hour,
            look=look_at(hour, lives),
            figure=figure_of(says for _name, says in said[option.id].values()),
            names=_names(said[option.id].values()) if by_name else {},
            mine=_own(said[option.id], actor.person_id),
            is_past=hour.starts_at <= now,
            is_chosen=poll.chosen_place == option.place,
        )
        for option, hour in hours_of(poll).items()
    ]


def _names(said: Iterable[tuple[str, Says]]) -> dict[Says, list[str]]:
    found: dict[Says, list[str]] = {says: [] for says in Says}
    for name, says in said:
        found[says].append(name)
    return found


def _own(said: dict[UUID, tuple[str, Says]], person_id: UUID | None) -> Says | None:
    return said[person_id][1] if person_id is not None and person_id in said else None


def best_first(hours: Iterable[HourShown]) -> list[HourShown]:
    """Return hours as a result lists them: the chosen one, then the best of those to come, then those that are past."""
    return sorted(hours, key=lambda one: (not one.is_chosen, one.is_past, rank(one.figure, one.hour.starts_at)))
