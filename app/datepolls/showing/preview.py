"""Before anything is asked: each hour on everybody's clock, for whom it is night, and how many hard turns each place
has had."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.core.actors import Actor
from app.datepolls import queries
from app.datepolls.circles import circle_of
from app.datepolls.forms import AskForm
from app.datepolls.hours import Hour
from app.datepolls.policy import Owner
from app.datepolls.showing.hours import Look, lives_of, look_at
from app.moments.zones import place_of
from app.sessions.showing.dates import dates_shown
from app.sessions.showing.kindness import elsewhere_in_words


@dataclass(frozen=True, slots=True)
class Preview:
    """`turns` by the name of a place, in words; `elsewhere` says where not everybody's place is shown."""

    hours: list[tuple[Hour, Look]]
    clock_changes: list[str]
    weekends: list[str]
    turns: list[tuple[str, Any]]
    elsewhere: str


def preview_of(actor: Actor, owner: Owner, form: AskForm, *, now: datetime) -> Preview | None:
    """Return what is looked at before it is asked; None while the hours cannot be."""
    if form.dates is None:
        return None
    hours = sorted((hour for *_row, hour in form.typed), key=lambda hour: hour.starts_at)
    lives = lives_of(actor, owner, str(form.zone.data), now)
    dates = dates_shown(queries.clocks_of(owner), form.dates, [""] * len(form.dates))
    hard = queries.hard_turns_of(actor, owner, lives.zones, now=now)
    in_words = circle_of(owner).words.hard_turns
    return Preview(
        hours=[(hour, look_at(hour, lives)) for hour in hours],
        clock_changes=dates.clock_changes,
        weekends=dates.weekends,
        turns=[
            (place_of(zone), in_words(hard.among, hard.turns[zone])) for zone in lives.zones if hard.turns.get(zone)
        ],
        elsewhere=elsewhere_in_words() if any(zone not in lives.zones for zone in lives.people) else "",
    )
