"""What happens in the simulated week, by the instant at which somebody does it: through the services, as pages do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.advocacy import services as advocacy
from app.announcements import services as announcements
from app.core.actors import Actor
from app.core.registries import actor_at
from app.discussions import services as discussions
from app.moments.timing import Timing
from app.people.models import Person
from app.sessions import services as sessions
from app.tasks import services as tasks
from app.tasks.services import Planned
from tests.make.moments import hours
from tests.week.people import BEGINS, Cast


@dataclass(frozen=True)
class Act:
    """`after` the beginning of the week, `do` it."""

    after: timedelta
    title: str
    do: Callable[[datetime], object]


def _as(person: Person, now: datetime) -> Actor:
    return actor_at(person.id, now)


def story_of(cast: Cast) -> list[Act]:
    """The week, in the order of its hours."""
    return sorted(
        [*_dates_move(cast), *_deadlines(cast), *_groups_work(cast), *_people_answer(cast)], key=lambda act: act.after
    )


def _dates_move(cast: Cast) -> list[Act]:
    _heat, _commons, care, _homes, street = cast.sessions

    def move(number: int, timing: Timing, why: str) -> Callable[[datetime], object]:
        return lambda now: sessions.move_session(
            _as(cast.facilitators[number], now), cast.sessions[number], timing=timing, reason=why, now=now
        )

    return [
        Act(
            timedelta(days=1, hours=6),
            "Who pays for the heat? moves from Saturday to Sunday",
            move(0, hours("2026-11-29 17:00", "2026-11-29 19:00", "Africa/Nairobi"), "Elections in two countries"),
        ),
        Act(
            timedelta(days=1, hours=6, minutes=20),
            "… and, twenty minutes later, an hour earlier",
            move(0, hours("2026-11-29 16:00", "2026-11-29 18:00", "Africa/Nairobi"), "An hour earlier for Jakarta"),
        ),
        Act(
            timedelta(days=1, hours=14),
            "From street to Geneva is cancelled the evening before",
            lambda now: sessions.cancel_session(
                _as(cast.facilitators[4], now), street, reason="No interpretation tomorrow", now=now
            ),
        ),
        Act(
            timedelta(days=3, hours=2),
            "Cooperatives that last moves by two hours, a day before",
            move(3, hours("2026-11-25 20:00", "2026-11-25 22:00", "America/Sao_Paulo"), "A power cut is announced"),
        ),
        Act(
            timedelta(days=2),
            "Somebody writes to everybody of the feminist track",
            lambda now: announcements.announce(
                _as(cast.facilitators[2], now),
                cast.tracks[2],
                subject="Antes del jueves",
                body="Traigan una cifra de su barrio: horas de cuidado en un día.",
                language="es",
                session_id=care.id,
                now=now,
            ),
        ),
    ]


def _deadlines(cast: Cast) -> list[Act]:
    return [
        Act(
            timedelta(days=2, hours=5),
            "The secretariat confirms a deadline, three days earlier than expected, with its hour",
            lambda now: advocacy.confirm_step(
                _as(cast.secretary, now),
                cast.steps[2],
                timing=hours("2026-11-27 18:00", None, "Europe/Zurich", is_deadline=True),
                source="https://example.org/note",
                now=now,
            ),
        ),
    ]


def _groups_work(cast: Cast) -> list[Act]:
    def give(number: int) -> Callable[[datetime], object]:
        owner = cast.people[number * 20 + 2]
        planned = Planned("Translate the letter (example)", "en", owner_id=owner.id)
        return lambda now: tasks.note_task(_as(cast.coordinators[number], now), cast.groups[number], planned, now=now)

    return [
        *(Act(timedelta(days=1 + number, hours=3), "A task is given", give(number)) for number in range(4)),
        Act(
            timedelta(days=2, hours=7),
            "A topic is opened, and answered",
            lambda now: _talk(cast, now),
        ),
    ]


def _talk(cast: Cast, now: datetime) -> None:
    first = discussions.open_topic(
        _as(cast.people[3], now),
        cast.groups[0],
        title="Qui peut relire ?",
        body="Je cherche une relecture.",
        language="fr",
        now=now,
    )
    discussions.reply(
        _as(cast.people[4], now), first.topic, body="Yo puedo, mañana.", language="es", now=now + timedelta(minutes=1)
    )


def _people_answer(cast: Cast) -> list[Act]:
    cairo = cast.living_in("Africa/Cairo")

    def say(person: Person, session: object, comes: bool) -> Callable[[datetime], object]:
        return lambda now: sessions.say_coming(_as(person, now), session, comes=comes, now=now)

    in_track = [person for place, person in enumerate(cast.people) if place % 5 == 1 and person in cairo]
    return [Act(timedelta(hours=3), "Somebody in Cairo cannot come", say(in_track[0], cast.sessions[1], False))]


def at(act: Act) -> datetime:
    return BEGINS + act.after
