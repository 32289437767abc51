"""Where a reader stands towards a track: what may be done now, and if not, why and the way out (R-03)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.core.actors import Actor
from app.moments.shown import Hours, lazy_day, shown
from app.people.labels import affiliations_in_words, kinds_in_words
from app.people.queries import Hindrance, what_hinders
from app.sessions import policy
from app.sessions.models import Intake, Track


def opening_words(intake: Intake) -> Any:
    """Return when applications open, on the reader's clock: a day, an hour and the place."""
    window = intake.moment
    return LazyString(lambda: _start_words(shown(window).first) if window is not None else "")


def closing_words(intake: Intake) -> Any:
    """Return when applications close, on the reader's clock; "" where nobody has said so."""
    window = intake.moment
    if window is None or window.wall_end is None:
        return ""
    return LazyString(lambda: _start_words(replace(shown(window), starts_at=window.until).first))


def _start_words(hours: Hours) -> str:
    # I18N: when applications open or close: "Saturday 13 February 2027, 17:00 in Nairobi"
    return str(_("%(day)s, %(hours)s in %(place)s", day=hours.day, hours=hours.start, place=hours.place))


def why_closed(track: Track, now: datetime) -> Any:
    """Return the sentence for somebody who comes before the window of applications opens, or after it closed."""
    if policy.door_of(track, now) is policy.Door.OPENS:
        return _l("Applications for this track open on %(time)s. Come back then.", time=opening_words(track.intake))
    return _l("This track takes no new participants. Look at the list of tracks for one that is open.")


def why_not_yet(actor: Actor, track: Track, on: date) -> Any:
    """Return the sentence for somebody whose affiliations do not let them in on a day: the rule, the reason, the way
    out."""
    kinds, hindered = kinds_in_words(track.eligible), what_hinders(actor, on)
    by = hindered.by(track.eligible)
    if by is Hindrance.PENDING:
        return _l(
            "This track is open to %(kinds)s. Your affiliation is waiting to be confirmed by your organisation or the "
            "secretariat: you can join as soon as it is.",
            kinds=kinds,
        )
    if by is Hindrance.OTHER:
        return _l(
            "This track is open to %(kinds)s, and your affiliation is another one (%(own)s). Ask the secretariat if it "
            "should be changed; you can follow the track here meanwhile.",
            kinds=kinds,
            own=affiliations_in_words(hindered.kinds),
        )
    if hindered.ended_on is not None:
        return _l(
            "This track is open to %(kinds)s. Your affiliation ended on %(day)s: ask for a new one in your account, "
            "and join once it is confirmed.",
            kinds=kinds,
            day=lazy_day(hindered.ended_on),
        )
    return _l(
        "This track is open to %(kinds)s. You have no current affiliation: ask for one in your account, and join once "
        "it is confirmed.",
        kinds=kinds,
    )
