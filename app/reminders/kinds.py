"""What people are reminded of, who can be reminded, and where a plan of one's own may stand. Codes only, and what goes
with which."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

HOUR = 60
DAY = 24 * HOUR


class Scope(StrEnum):
    """Where a plan stands. One of a track, a group or a space replaces that of the house, kind by kind."""

    HOUSE = "house"
    TRACK = "track"
    GROUP = "group"
    SPACE = "space"


class Kind(StrEnum):
    """Kinds of dates. What is answered in a window (decisions, polls) reminds those who are silent by itself."""

    SESSION = "session"
    JOINING = "joining"  # applications to a track close
    MEETING = "meeting"
    TASK = "task"  # what a group has taken on, or what a session of a track agreed on
    REVIEW = "review"  # a decision is looked at again
    TEXT = "text"  # a deadline for something written
    EVENT = "event"  # a deadline of applications for an event
    REGISTRATION = "registration"  # a deadline to register, to ask for the floor, to be named
    OCCURRENCE = "occurrence"  # a session of a body


class Whom(StrEnum):
    """Who is reminded. What each means for a kind is in `things`."""

    PARTICIPANTS = "participants"
    FACILITATORS = "facilitators"
    GROUP = "group"
    COORDINATORS = "coordinators"
    FOLLOWERS = "followers"
    RESPONSIBLE = "responsible"
    ORGANISATION = "organisation"


DEADLINES = (Kind.TEXT, Kind.EVENT, Kind.REGISTRATION)
"""What bodies close: asked about until somebody takes care of it, and only expected until somebody confirmed it."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What a plan of one kind can be made of, in which places: minutes from the date (negative before it), and who may
    be told. `after`: what else may be said once it is over, and to whom; it is said in words of its own, and only as
    long as there is something to do."""

    scopes: tuple[Scope, ...]
    minutes: tuple[int, ...]
    whom: tuple[Whom, ...]
    after: tuple[tuple[int, Whom], ...] = ()

    def is_after(self, minutes: int) -> bool:
        """Whether a rule so many minutes from the date is one of those that have words of their own."""
        return any(minutes == offset for offset, _whom in self.after)


_CARE = (Whom.RESPONSIBLE, Whom.FOLLOWERS, Whom.COORDINATORS, Whom.GROUP, Whom.ORGANISATION)
_CLOSED = ((DAY, Whom.RESPONSIBLE), (3 * DAY, Whom.RESPONSIBLE))
_LONG = (-90 * DAY, -60 * DAY, -45 * DAY, -30 * DAY, -21 * DAY, -14 * DAY, -7 * DAY, -2 * DAY, -DAY)

OFFERED: dict[Kind, Offered] = {
    Kind.SESSION: Offered(
        (Scope.TRACK,),
        (-14 * DAY, -7 * DAY, -2 * DAY, -DAY, -3 * HOUR, -HOUR),
        (Whom.PARTICIPANTS, Whom.FACILITATORS),
        (
            (DAY, Whom.FACILITATORS),
            (3 * DAY, Whom.FACILITATORS),
            (DAY, Whom.PARTICIPANTS),
            (3 * DAY, Whom.PARTICIPANTS),
        ),
    ),
    Kind.JOINING: Offered((Scope.TRACK,), (-7 * DAY, -2 * DAY, -DAY), (Whom.FACILITATORS,)),
    Kind.MEETING: Offered(
        (Scope.GROUP,),
        (-14 * DAY, -7 * DAY, -2 * DAY, -DAY, -3 * HOUR, -HOUR),
        (Whom.GROUP, Whom.COORDINATORS),
        ((DAY, Whom.COORDINATORS), (3 * DAY, Whom.COORDINATORS)),
    ),
    Kind.TASK: Offered(
        (Scope.GROUP, Scope.TRACK),
        (-14 * DAY, -7 * DAY, -2 * DAY, -DAY, DAY),
        (Whom.RESPONSIBLE, Whom.COORDINATORS, Whom.ORGANISATION),
    ),
    Kind.REVIEW: Offered((Scope.GROUP,), (-30 * DAY, -14 * DAY, -7 * DAY, 0), (Whom.COORDINATORS, Whom.GROUP)),
    Kind.TEXT: Offered((Scope.SPACE,), _LONG, _CARE, _CLOSED),
    Kind.EVENT: Offered((Scope.SPACE,), _LONG, _CARE, _CLOSED),
    Kind.REGISTRATION: Offered((Scope.SPACE,), _LONG, _CARE, _CLOSED),
    Kind.OCCURRENCE: Offered(
        (Scope.SPACE,), _LONG, (Whom.RESPONSIBLE, Whom.FOLLOWERS, Whom.COORDINATORS, Whom.ORGANISATION)
    ),
}


def kinds_of(scope: Scope) -> list[Kind]:
    """Return the kinds a scope may have a plan for; the house all of them."""
    return [kind for kind, offered in OFFERED.items() if scope is Scope.HOUSE or scope in offered.scopes]
