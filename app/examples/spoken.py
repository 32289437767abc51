"""Two of the example people spoke instead of writing: one wrote down herself what the recording says; for the other a
listener did, and she has not answered yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from app.core.files import Incoming
from app.core.registries import actor_at
from app.people.models import Person
from app.reflections.readers import Readers
from app.reflections.services.voice import offer_transcript, speak
from app.sessions.models import LearningSession, Track

VOICES = 2
"""Recordings that are needed."""

WITH_WORDS = (
    "(Es un ejemplo: en la grabación no hay voz, suenan seis notas.) Con esta melodía llamaba mi abuela a limpiar la "
    "acequia. Todavía hoy, cuando alguien la silba, salimos todas con la pala, y ninguna pregunta por qué."
)

OFFERED = (
    "(C’est un exemple\u00a0: six notes, sans paroles.) C’est l’air que les femmes de mon quartier chantent en "
    "remontant l’eau. Quand il s’arrête, on sait que quelqu’un a besoin de bras."
)


def make_spoken(
    track: Track,
    session: LearningSession,
    cast: Mapping[str, Person],
    recordings: Sequence[Incoming],
    *,
    now: datetime,
) -> None:
    """Let Yolanda speak for everybody, and Amina for her track, where Karim listens."""
    reflection = speak(
        actor_at(cast["yolanda"].id, now),
        track,
        incoming=recordings[0],
        language="es",
        readers=Readers.PUBLIC,
        session_id=session.id,
        body=WITH_WORDS,
        now=now,
    )
    reflection.is_example = True
    unwritten = speak(
        actor_at(cast["amina"].id, now),
        track,
        incoming=recordings[1],
        language="fr",
        readers=Readers.TRACK,
        session_id=session.id,
        now=now + timedelta(minutes=5),
    )
    unwritten.is_example = True
    offer_transcript(actor_at(cast["karim"].id, now), unwritten, body=OFFERED, now=now + timedelta(minutes=40))
