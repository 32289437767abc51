"""What the held session of the example track left behind, and what its people said to each other since: presences that
they declared themselves, people behind one screen, notes, outcomes, material, words to everybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.announcements import services as announcements
from app.core import files
from app.core.actors import Actor
from app.core.files import Incoming
from app.core.registries import actor_at, actors_at
from app.examples import answers, care, recording, spoken, standing, voices
from app.materials import services as materials
from app.materials.readers import Readers
from app.moments.timing import Timing
from app.outcomes import services as outcomes
from app.outcomes.models import OutcomeKind, OutcomeState
from app.outcomes.services import Agreed
from app.people.models import Organisation, Person
from app.sessions import services as sessions
from app.sessions.models import LearningSession, Track

Cast = Mapping[str, Person]
Unions = Mapping[str, Organisation]

SAY_THEY_CAME = ("milagros", "wanjiru", "ndeye")
"""Two whom no facilitator has marked, and one who is marked as well."""

SAY_THEY_COME = {"milagros": True, "wanjiru": True, "ndeye": True, "fatou": False}

NOTES = """## Ce que nous avons entendu

- À **Recife**, l’eau monte plus vite que les alertes\u00a0: ce sont les voisines qui préviennent.
- À **Sanaa**, on demande de rester sur place, et que l’on interroge les gens du quartier avant l’ingénieur.
- À **Dakar**, trente maisons ont été surélevées avec l’épargne des femmes.

## Ce qui reste ouvert

Qui paie les toits blancs quand le loyer augmente ensuite\u202f? Nous reprenons cette question samedi prochain.
"""

HEAT_SHEET = """Measuring heat at home (example)

1. Hang the thermometer at the height of a child, away from the wall and from the sun.
2. Read it three times a day: at 7, at 16 and at 22.
3. Write down the material of the roof, and how many people sleep in the room.
4. Bring the sheet to the last meeting. No names are needed.
"""

SUBJECT = "Before Saturday: bring one number"
WORDS = (
    "Next time we talk about who pays for the heat. Please bring one number from your street: a rent, the price of a "
    "sheet of roofing, or a temperature at four in the afternoon.\n\n"
    "The sheet for measuring is with the material of the last session. Write in whatever language you like best."
)


@dataclass(frozen=True, slots=True)
class Brought:
    """Files whose bytes lie in the folder already."""

    sheet: Incoming
    recordings: tuple[Incoming, ...]


def lay_files_down() -> Brought:
    """Write the bytes of the example files into the folder of files: before the transaction that names them."""
    sheet = files.lay_down(HEAT_SHEET.encode(), name="measuring-heat-example.txt", media_type="text/plain")
    return Brought(sheet, recording.lay_voices_down(spoken.VOICES))


def make_season(
    actor: Actor,
    track: Track,
    planned: Sequence[LearningSession],
    cast: Cast,
    unions: Unions,
    *,
    brought: Brought,
    now: datetime,
) -> None:
    """Let the people of the track do after its first session what people do; a neighbour of Amina's among them."""
    held, coming = planned[0], planned[1]
    evening = held.moment.until + timedelta(minutes=20)
    neighbour = standing.register_neighbour(actor, cast, unions, now=now - timedelta(days=19))
    sessions.join_track(standing.by_hand_of(cast["amina"], neighbour, now=now), track, now=now - timedelta(days=15))
    _say_they_came(held, cast, now=evening)
    _count_heads(held, cast, unions, now=evening)
    _say_they_come(coming, cast, now=now)
    facilitator = actor_at(cast["amina"].id, evening)
    outcomes.save_notes(facilitator, held, language="fr", body=NOTES, edition=None, now=evening)
    _agree(facilitator, held, unions, now=evening)
    _bring_material(facilitator, track, held, brought.sheet, now=evening)
    helped = standing.by_hand_of(cast["amina"], neighbour, now=evening)
    sessions.claim_attendance(helped, held, organisation_id=None, now=evening)
    answers.write_down(helped, track, held, now=evening)
    care.make_care(track, held, cast, written=evening + timedelta(minutes=10), now=now)
    spoken.make_spoken(track, held, cast, brought.recordings, now=evening + timedelta(minutes=40))
    said = voices.make_voices(actor, track, held, cast, now=now)
    answers.make_answers(track, held, cast, said, now=now)
    _write_to_everybody(track, coming, cast, now=min(evening + timedelta(hours=20), now))


def _say_they_came(session: LearningSession, cast: Cast, *, now: datetime) -> None:
    as_actor = actors_at([cast[key].id for key in SAY_THEY_CAME], now)
    for key in SAY_THEY_CAME:
        sessions.claim_attendance(as_actor[cast[key].id], session, organisation_id=None, now=now)


def _say_they_come(session: LearningSession, cast: Cast, *, now: datetime) -> None:
    as_actor = actors_at([cast[key].id for key in SAY_THEY_COME], now)
    for key, comes in SAY_THEY_COME.items():
        sessions.say_coming(as_actor[cast[key].id], session, comes=comes, now=now)


def _count_heads(session: LearningSession, cast: Cast, unions: Unions, *, now: datetime) -> None:
    """Fatou had neighbours beside her, behind one telephone."""
    sessions.count_people(
        actor_at(cast["fatou"].id, now),
        session,
        people=6,
        place="Dakar",
        organisation_id=unions["Fédération des habitantes de l’Exemple"].id,
        now=now,
    )


def _agree(actor: Actor, session: LearningSession, unions: Unions, *, now: datetime) -> None:
    """Three things were agreed on: one is done by now, one is due in a month, one is open."""
    for agreed in _agreements(session, unions):
        outcome = outcomes.note_outcome(actor, session, agreed, now=now)
        if agreed.kind is OutcomeKind.ACTION:
            outcomes.set_state(actor, outcome, state=OutcomeState.DONE, now=now)


def _agreements(session: LearningSession, unions: Unions) -> tuple[Agreed, ...]:
    due = session.moment.starts_at.date() + timedelta(days=45)
    return (
        Agreed(
            OutcomeKind.ACTION,
            "Envoyer à toutes la feuille pour mesurer la chaleur chez soi.",
            "fr",
            who="Amina Exemple",
        ),
        Agreed(
            OutcomeKind.COMMITMENT,
            "Medimos el calor en treinta cuartos de techo de lámina y traemos los números.",
            "es",
            who="Rosa Ejemplo",
            organisation_id=unions["Comité de inquilinas de ejemplo"].id,
            by=Timing.month(due.year, due.month),
        ),
        Agreed(
            OutcomeKind.PRIORITY,
            "أن يُسأل أهل الحي قبل أيّ مشروع ضدّ الفيضان، وأن تُكتب إجاباتهم.",
            "ar",
            organisation_id=unions["مبادرة صنعاء للسكن (مثال)"].id,
            with_whom="Associação de moradoras do Exemplo",
        ),
    )


def _bring_material(actor: Actor, track: Track, session: LearningSession, sheet: Incoming, *, now: datetime) -> None:
    """A link that everybody may read, and a file of the session for those who take part."""
    materials.add_link(
        actor,
        track,
        title="Carta de las tres regiones (ejemplo)",
        url="https://www.example.org/carta-tres-regiones",
        language="es",
        readers=Readers.PUBLIC,
        now=now,
    )
    materials.add_file(
        actor,
        track,
        title="Measuring heat at home (example)",
        incoming=sheet,
        language="en",
        readers=Readers.TRACK,
        session_id=session.id,
        now=now,
    )


def _write_to_everybody(track: Track, session: LearningSession, cast: Cast, *, now: datetime) -> None:
    announcements.announce(
        actor_at(cast["njeri"].id, now),
        track,
        subject=SUBJECT,
        body=WORDS,
        language="en",
        session_id=session.id,
        now=now,
    )
