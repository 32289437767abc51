"""What waits between those who wrote and those who look after a track: a text that somebody reported, one that is held
back and whose author asks for its release, a question to an author, a translation to review, words of the chat."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from app.core.actors import Actor
from app.core.registries import actors_at
from app.originals import services as originals
from app.people.models import Person
from app.reflections import services as reflections
from app.reflections.models import Reflection
from app.reflections.readers import Readers
from app.reflections.services.drafts import Taken, take_chat
from app.sessions.models import LearningSession, Track

Cast = Mapping[str, Person]

REPORTED = (
    "La famille qui a perdu son toit dort maintenant dans la cour du boutiquier, la troisième après la borne-fontaine. "
    "Qui peut, apporte une bâche."
)
REPORT = (
    "Avec la cour et la borne-fontaine, le propriétaire peut les trouver lui aussi. Peut-on l’enlever avant qu’il lise "
    "ici\u202f?"
)

HELD_BACK = "En la toma somos cuarenta familias. Quien vendió los lotes dos veces vive en la casa de enfrente."
WHY_HELD = (
    "Dice quién vendió los lotes y dónde vive. Lo guardamos hasta hablarlo con usted: no queremos que le pase nada."
)
APPEAL = "Lo hablé con las cuarenta familias en asamblea. Todas quieren que se sepa. Les pido que lo muestren de nuevo."

ASKED_ABOUT = (
    "À la réunion des locataires nous avons compté\u00a0: sur vingt-six toits de tôle, deux sont doublés. Les deux "
    "sont à la même personne, et elle n’y habite pas."
)
IN_SPANISH = (
    "En la reunión de inquilinas contamos: de veintiséis techos de lámina, dos tienen forro. Los dos son de la misma "
    "persona, y ella no vive ahí."
)
QUESTION = "These numbers would help tenants of other regions. May everybody read them?"

CHAT = {
    "amina": "Chez nous la feuille de tôle est passée de 3 200 à 4 500 francs depuis mars.",
    "fatou": "Nous sommes six derrière un téléphone, parlez lentement s’il vous plaît. Merci à l’interprète.",
    "karim": "Le four reste chaud jusqu’au soir\u00a0: en janvier c’est là que les voisines se réunissent.",
}
"""What three people wrote beside the meeting; a facilitator took it down, and each says yes or no to their own."""


def make_care(track: Track, session: LearningSession, cast: Cast, *, written: datetime, now: datetime) -> None:
    """Let three texts be written at `written`, and what waits about them come later; all of it before `now`, which is
    some hours after."""
    as_actor = _actors(cast, now)
    asked_at = now - timedelta(hours=2)
    reported = _write(as_actor["celestin"], track, session, REPORTED, "fr", now=written)
    reflections.report_reflection(as_actor["ndeye"], reported, words=REPORT, now=asked_at)

    held = _write(as_actor["milagros"], track, session, HELD_BACK, "es", now=written + timedelta(minutes=10))
    withholding = reflections.hold_back(as_actor["rosa"], held, reason=WHY_HELD, now=asked_at - timedelta(hours=1))
    reflections.ask_release(as_actor["milagros"], withholding, words=APPEAL, now=asked_at)

    counted = _write(as_actor["amina"], track, session, ASKED_ABOUT, "fr", now=written + timedelta(minutes=20))
    originals.translate(
        as_actor["rosa"], counted, language="es", body=IN_SPANISH, of_version=counted.version, now=asked_at
    )
    reflections.ask_consent(as_actor["njeri"], counted, readers=Readers.PUBLIC, words=QUESTION, now=asked_at)

    taken = [Taken(cast[key].id, words) for key, words in CHAT.items()]
    take_chat(as_actor["njeri"], session, taken=taken, now=written)


def _actors(cast: Cast, now: datetime) -> dict[str, Actor]:
    found = actors_at([person.id for person in cast.values()], now)
    return {key: found[person.id] for key, person in cast.items()}


def _write(
    author: Actor, track: Track, session: LearningSession, body: str, language: str, *, now: datetime
) -> Reflection:
    reflection = reflections.write_reflection(
        author, track, body=body, language=language, readers=Readers.TRACK, session_id=session.id, now=now
    )
    reflection.is_example = True
    return reflection
