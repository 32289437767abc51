"""A short series of the second example track that reaches into Ramadan: at one place of the track the sun sets during
one of its sessions, and the page of that session says so."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app.core.actors import Actor
from app.examples.open_track import HOUR, LASTS, ZONE
from app.moments.kindness import is_ramadan
from app.moments.models import Status
from app.moments.repeating import weeks_of
from app.moments.timing import Timing
from app.sessions import services as sessions
from app.sessions.models import LanguageMode, LearningSession, Track
from app.sessions.services.scheduling.planning import Plan

EVERY_WEEKS, NUMBER = 2, 2
"""The last of them falls into Ramadan."""

KEPT_AT = ("Asia/Beirut",)
"""Where Huda lives, who leads the track from there: the sun sets at about half past five in winter."""

LANGUAGES = (("fr", LanguageMode.SPOKEN), ("es", LanguageMode.INTERPRETED), ("ar", LanguageMode.INTERPRETED))

NAMES = {
    "en": "Maps on the table",
    "fr": "Cartes sur table",
    "es": "Mapas sobre la mesa",
    "pt": "Mapas na mesa",
    "ar": "خرائط على الطاولة",
}

_A_YEAR = 56
"""Weeks: within so many there is a Ramadan, from whichever day one looks."""


def saturday_in_ramadan(earliest: date) -> date:
    """Return the first of the same weekdays from `earliest` on that falls into Ramadan; `earliest` itself where the
    calendar does not reach (after 2077)."""
    weeks = (earliest + timedelta(weeks=week) for week in range(_A_YEAR))
    return next((day for day in weeks if is_ramadan(day)), earliest)


def plan_into_ramadan(actor: Actor, track: Track, first: date, *, now: datetime) -> list[LearningSession]:
    """Plan the series some weeks after the `first` session of the track, and say where Ramadan is kept."""
    lead = timedelta(weeks=EVERY_WEEKS * (NUMBER - 1))
    start = datetime.combine(saturday_in_ramadan(first + timedelta(weeks=2) + lead) - lead, HOUR)
    timings = weeks_of(Timing.minutes(start, start + LASTS, ZONE), every_weeks=EVERY_WEEKS, number=NUMBER)
    plan = Plan(languages=LANGUAGES, status=Status.CONFIRMED)
    planned = sessions.plan_series(actor, track, names=NAMES, timings=timings, plan=plan, now=now)
    sessions.keep_ramadan(actor, track, zones=KEPT_AT, now=now)
    return planned
