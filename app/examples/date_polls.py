"""Two date polls: one is open in the example track, so that who looks can answer it; of the other the coordinator of
the group has chosen an hour, and a meeting came of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from app.core.actors import Actor
from app.core.registries import actors_at
from app.datepolls import services as date_polls
from app.datepolls.models import DatePoll, Says
from app.datepolls.services import Plan
from app.datepolls.services.asking import Wall
from app.moments.endings import Closing
from app.moments.local import in_zone
from app.moments.models import Status
from app.people.models import Person
from app.sessions import services as sessions
from app.sessions.models import LanguageMode, Track
from app.workinggroups.models import WorkingGroup

YES, IF_NEED, NO = Says.YES, Says.IF_NEED, Says.NO

CLOSES = time(18)

EVENING_NAMES = {
    "en": "An evening for questions (example)",
    "fr": "Une soirée de questions (exemple)",
    "es": "Una tarde de preguntas (ejemplo)",
    "pt": "Uma noite de perguntas (exemplo)",
    "ar": "أمسية للأسئلة (مثال)",
}
EVENING_NOTES = {
    "en": "After the last session many had questions left. We take an hour and a half for them.",
    "fr": "Après la dernière session, il restait des questions. Nous y consacrons une heure et demie.",
    "es": "Después de la última sesión quedaron preguntas. Les dedicamos una hora y media.",
    "ar": "بعد الجلسة الأخيرة بقيت أسئلة كثيرة. نخصّص لها ساعة ونصفًا.",
}
EVENING_HOURS = ((9, 14), (10, 17), (11, 20), (13, 9))
"""So many days from today, at which hour in Nairobi."""

ABOUT_EVENING: Mapping[str, tuple[Says, ...]] = {
    "rosa": (IF_NEED, YES, YES, NO),
    "lupe": (NO, YES, YES, NO),
    "karim": (YES, YES, NO, YES),
    "layla": (YES, YES, IF_NEED, YES),
    "fatou": (YES, YES, YES, IF_NEED),
}

MAP_NAMES = {
    "en": "Drawing the map together (example)",
    "fr": "Dessiner la carte ensemble (exemple)",
    "es": "Dibujar el mapa en común (ejemplo)",
    "pt": "Desenhar o mapa em conjunto (exemplo)",
    "ar": "رسم الخريطة معًا (مثال)",
}
MAP_HOURS = ((24, 15), (25, 18), (26, 11))
"""So many days from today, at which hour in Cairo."""

ABOUT_MAP: Mapping[str, tuple[Says, ...]] = {
    "aissatou": (YES, YES, NO),
    "rosa": (IF_NEED, YES, NO),
    "karim": (YES, IF_NEED, YES),
    "fatou": (YES, YES, NO),
}


def ask_track(track: Track, cast: Mapping[str, Person], *, now: datetime) -> None:
    """A facilitator looks for an hour; five people have said what suits them."""
    asked = now - timedelta(days=1)
    people = actors_at([cast[name].id for name in ("amina", *ABOUT_EVENING)], asked)
    plan = Plan(
        names=EVENING_NAMES,
        notes=EVENING_NOTES,
        walls=_walls(EVENING_HOURS, "Africa/Nairobi", now),
        zone="Africa/Nairobi",
        lasts=90,
        closing=_closing(5, "Africa/Nairobi", now),
    )
    poll = date_polls.ask(people[cast["amina"].id], track, plan, now=asked)
    _answer(poll, ABOUT_EVENING, {name: people[cast[name].id] for name in ABOUT_EVENING}, now=asked)


def settle_in_group(group: WorkingGroup, people: Mapping[str, Actor], *, now: datetime) -> None:
    """The coordinator asked a week ago and chose the hour that suits most; it is a meeting now."""
    asked, chosen = now - timedelta(days=8), now - timedelta(days=2)
    plan = Plan(
        names=MAP_NAMES,
        walls=_walls(MAP_HOURS, "Africa/Cairo", now),
        zone="Africa/Cairo",
        lasts=120,
        closing=_closing(-3, "Africa/Cairo", now),
    )
    poll = date_polls.ask(people["nour"], group, plan, now=asked)
    _answer(poll, ABOUT_MAP, people, now=asked)
    details = sessions.Plan(
        languages=(("en", LanguageMode.SPOKEN), ("ar", LanguageMode.INTERPRETED), ("es", LanguageMode.INTERPRETED)),
        join_link="https://meet.example.org/example-map",
        status=Status.CONFIRMED,
    )
    date_polls.choose(people["nour"], poll, poll.options[0], names=MAP_NAMES, plan=details, now=chosen)


def _answer(
    poll: DatePoll, answers: Mapping[str, tuple[Says, ...]], people: Mapping[str, Actor], *, now: datetime
) -> None:
    poll.is_example = True
    for name, said in answers.items():
        by_hour = {option.id: says for option, says in zip(poll.options, said, strict=True)}
        date_polls.answer(people[name], poll, by_hour, now=now)


def _walls(hours: tuple[tuple[int, int], ...], zone: str, now: datetime) -> list[Wall]:
    today = in_zone(now, zone).date()
    return [Wall(datetime.combine(today + timedelta(days=days), time(hour))) for days, hour in hours]


def _closing(days: int, zone: str, now: datetime) -> Closing:
    """In the evening, so many days from today."""
    return Closing(datetime.combine(in_zone(now, zone).date() + timedelta(days=days), CLOSES), zone)
