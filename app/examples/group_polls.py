"""Two polls of an example group: one has closed and shows who chose what; one is open, and the coordinator and a member
have still to answer it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from app.core.actors import Actor
from app.moments.endings import Closing
from app.moments.local import in_zone
from app.polls import services as polls
from app.polls.models import Poll, Shows
from app.polls.services import Given, Plan, Wording
from app.workinggroups.models import WorkingGroup

People = Mapping[str, Actor]

ZONE = "Africa/Cairo"
EVENING = time(18)
"""When polls close, on the clock of the coordinator."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody answered: options by their place from 0, and perhaps a line."""

    by: str
    options: tuple[int, ...]
    because: str = ""
    language: str = ""


PAPER = Wording(
    "fr",
    "Par quel papier commençons-nous\u202f? (exemple)",
    ("L’avis cloué sur la porte", "La lettre de la mairie", "Le jugement"),
    "Nous le lirons ensemble, ligne par ligne, dans nos langues.",
)
PAPER_IN_SPANISH = Wording(
    "es",
    "¿Con qué papel empezamos? (ejemplo)",
    ("El aviso clavado en la puerta", "La carta de la municipalidad", "La sentencia"),
    "Lo leeremos en común, línea por línea, en nuestras lenguas.",
)
ABOUT_PAPER = (
    Said("aissatou", (0,), "C’est celui que tout le monde a vu.", "fr"),
    Said("rosa", (0,), "Todavía podemos responderlo a tiempo.", "es"),
    Said("wanjiru", (2,)),
    Said("nour", (0,)),
    Said("benedita", (1,), "A carta traz um nome a quem responder.", "pt"),
)

EVENINGS = Wording(
    "en",
    "Which evenings suit you for reading together? (example)",
    ("Tuesday", "Thursday", "Sunday"),
    "One hour, without a camera. Choose up to two.",
)
EVENINGS_IN_ARABIC = Wording(
    "ar",
    "أي المساءات تناسبكم للقراءة معًا؟ (مثال)",
    ("الثلاثاء", "الخميس", "الأحد"),
    "ساعة واحدة، بلا كاميرا. يمكن اختيار مساءين على الأكثر.",
)
ABOUT_EVENINGS = (Said("lupe", (0, 2)), Said("fatou", (1,), "Le mardi, c’est l’assemblée du quartier.", "fr"))


def make_polls(group: WorkingGroup, people: People, *, now: datetime) -> None:
    """Let the group be asked twice, in the order of time."""
    paper = _start(people["amina"], group, Plan(PAPER, _closing(50, now), Shows.NAMES), now=_ago(now, 57))
    polls.say_in(people["rosa"], paper, PAPER_IN_SPANISH, now=_ago(now, 57))
    _answer(paper, ABOUT_PAPER, people, now=_ago(now, 55))
    polls.close_poll(paper, now=_ago(now, 49))
    plan = Plan(EVENINGS, _closing(-5, now), Shows.COUNTS, most=2)
    evenings = _start(people["wanjiru"], group, plan, now=_ago(now, 2))
    polls.say_in(people["karim"], evenings, EVENINGS_IN_ARABIC, now=_ago(now, 2))
    _answer(evenings, ABOUT_EVENINGS, people, now=_ago(now, 1))


def _start(actor: Actor, group: WorkingGroup, plan: Plan, *, now: datetime) -> Poll:
    poll = polls.start_poll(actor, group, plan, now=now)
    poll.is_example = True
    return poll


def _answer(poll: Poll, answers: tuple[Said, ...], people: People, *, now: datetime) -> None:
    for said in answers:
        chosen = frozenset(poll.options[place].id for place in said.options)
        polls.answer(people[said.by], poll, Given(chosen, said.because, said.language), now=now)


def _closing(days: int, now: datetime) -> Closing:
    """In the evening, so many days ago."""
    return Closing(datetime.combine(in_zone(_ago(now, days), ZONE).date(), EVENING), ZONE)


def _ago(now: datetime, days: int) -> datetime:
    return now - timedelta(days=days)
