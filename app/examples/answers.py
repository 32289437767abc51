"""What the example people say to each other: answers in another language than what they answer, a text that quotes
one in a third, words of Wolof inside a French answer, and words that a neighbour has written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.actors import Actor
from app.core.registries import actors_at
from app.people.models import Person
from app.reflections import services as reflections
from app.reflections.models import Reflection
from app.reflections.readers import Readers
from app.reflections.services import Quoted, Tagged
from app.sessions.models import LearningSession, Track

Cast = Mapping[str, Person]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to the voice of `to`; `passages` are its words in another language."""

    by: str
    to: str
    language: str
    body: str
    passages: tuple[Tagged, ...] = ()


REPLIES = (
    Reply(
        "yolanda",
        "joana",
        "es",
        "Aquí también. Cuando baja el huayco, la que avisa es la señora del puesto de la esquina: conoce el ruido.",
    ),
    Reply(
        "fatou",
        "rosa",
        "fr",
        "Chez nous on dit «\u00a0nit nit ay garabam\u00a0»\u00a0: alors l’après-midi, celles qui ont un mur de terre "
        "ouvrent leur porte aux autres.",
        (Tagged("nit nit ay garabam", "wo"),),
    ),
)

QUOTED = "السكن اللائق يبدأ من أن يُعرف اسمك"
"""Words of Huda's voice, letter by letter."""

QUOTING = (
    "Guardei esta frase da Huda. Na nossa ocupação fizemos o mesmo: uma lista com os nomes de todas, pregada na porta."
)

WRITTEN_DOWN = (
    "Je ne sais pas écrire, Amina écrit pour moi. Quand il fait trop chaud je dors dehors avec les petits, et c’est "
    "moi qui veille. Dites-le aussi dans votre réunion."
)


def make_answers(
    track: Track, session: LearningSession, cast: Cast, voices: Mapping[str, Reflection], *, now: datetime
) -> None:
    """Let people answer and quote the `voices`, which are keyed by their authors."""
    as_actor = actors_at([person.id for person in cast.values()], now)
    for reply in REPLIES:
        answer = reflections.answer_reflection(
            as_actor[cast[reply.by].id],
            voices[reply.to],
            body=reply.body,
            language=reply.language,
            readers=Readers.PUBLIC,
            passages=reply.passages,
            now=max(voices[reply.to].changed_at, now - timedelta(hours=1)),
        )
        answer.is_example = True
    quoting = reflections.write_reflection(
        as_actor[cast["benedita"].id],
        track,
        body=QUOTING,
        language="pt",
        readers=Readers.PUBLIC,
        session_id=session.id,
        quotes=(Quoted(voices["huda"].id, QUOTED),),
        now=max(voices["huda"].changed_at, now - timedelta(minutes=30)),
    )
    quoting.is_example = True


def write_down(author: Actor, track: Track, session: LearningSession, *, now: datetime) -> None:
    """Keep the words of somebody who does not write, by the hand of her helper."""
    reflection = reflections.write_reflection(
        author,
        track,
        body=WRITTEN_DOWN,
        language="fr",
        readers=Readers.NETWORK,
        session_id=session.id,
        now=now,
    )
    reflection.is_example = True
