"""Invented attendance of the feminist track of 2022: 81 persons of 46 organisations over its four Saturdays.

That 81 people took part is a fact of the programme file; who they were is not known here and everything about them is
made up, in the same way each time: names in the scripts and manners of their regions with "example" as a family
name, 30 persons of Latin America, 26 of Sub-Saharan Africa, 18 of the Middle East and North Africa, 4 of Europe and
3 of Asia and the Pacific.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import sqlalchemy as sa

from app.core.actors import Actor
from app.examples.organisations import UNIONS, ZONES, Union
from app.examples.people_names import name_of
from app.extensions import db
from app.people.models import (
    Affiliation,
    AffiliationKind,
    AffiliationState,
    Gender,
    Organisation,
    Person,
    PersonLanguage,
)
from app.people.services.profile import fold_of
from app.sessions import services as sessions
from app.sessions.models import LearningSession, Track, TrackMembership

TRACK_CODE = "feminist_habitat"
JOINED = datetime(2022, 1, 22, 12, tzinfo=UTC)
BELONGED = (date(2021, 9, 1), date(2022, 12, 31))
EVENING = time(20, tzinfo=UTC)

CAME_TO: tuple[tuple[tuple[int, ...], int], ...] = (
    ((1, 2, 3, 4), 38),
    *(((2, 3, 4), 6), ((1, 3, 4), 2), ((1, 2, 4), 7), ((1, 2, 3), 2)),
    *(((1, 2), 3), ((3, 4), 3), ((2, 4), 1), ((1, 3), 1)),
    *(((1,), 5), ((2,), 6), ((3,), 3), ((4,), 4)),
)
"""How many came to exactly these sessions: 58, 63, 55 and 61 in the four of them; 38 to all, 17 to three, 8 to two,
18 to one."""

GENDERS: tuple[tuple[Gender | None, int], ...] = (
    (Gender.WOMAN, 52),
    (Gender.MAN, 17),
    (None, 7),
    (Gender.UNDISCLOSED, 3),
    (Gender.OTHER, 2),
)

PERSONS = 81
_SESSIONS_STEP, _GENDER_STEP = 37, 50
"""Both have no factor in common with 81: stepping by them visits everybody once, in no visible order."""


@dataclass(frozen=True, slots=True)
class Participant:
    """One invented participant of 2022."""

    union: Union
    region: str
    name: str
    name_latin: str
    gender: Gender | None
    came_to: tuple[int, ...]


def participants() -> list[Participant]:
    """Return all 81, the same ones each time."""
    genders = [gender for gender, count in GENDERS for _ in range(count)]
    patterns = [pattern for pattern, count in CAME_TO for _ in range(count)]
    found = []
    for number, (region, union) in enumerate(_seats()):
        gender = genders[number * _GENDER_STEP % PERSONS]
        name, name_latin = name_of(region, union.language, number, is_man=gender is Gender.MAN)
        came_to = patterns[number * _SESSIONS_STEP % PERSONS]
        found.append(Participant(union, region, name, name_latin, gender, came_to))
    return found


def _seats() -> Iterator[tuple[str, Union]]:
    for region, unions in UNIONS.items():
        for union in unions:
            for _ in range(union.came):
                yield region, union


def make_attendance(actor: Actor, unions: Mapping[str, Organisation], *, now: datetime) -> int:
    """Write the 81 persons, their places in the track and their 237 attendances; nothing where the loaded programme
    has no such track with four sessions. Returns the number of attendances."""
    track = db.session.scalar(sa.select(Track).where(Track.code == TRACK_CODE))
    held = _sessions_of(track) if track is not None else []
    if track is None or len(held) != 4:
        return 0
    people = [(participant, _make_person(participant, unions, now)) for participant in participants()]
    db.session.add_all(person for _participant, person in people)
    db.session.flush()
    for participant, person in people:
        db.session.add_all(_ties(track, person, unions[participant.union.name]))
    db.session.flush()
    marked = 0
    everybody = [person.id for _participant, person in people]
    for session in held:
        here = {person.id for participant, person in people if session.number in participant.came_to}
        evening = datetime.combine(session.moment.starts_at.date(), EVENING)
        evening = max(evening, session.moment.starts_at)
        marks = sessions.save_attendance(actor, session, shown=everybody, here=here, now=evening)
        marked += len(marks.marked)
    return marked


def _sessions_of(track: Track) -> list[LearningSession]:
    statement = sa.select(LearningSession).where(LearningSession.track_id == track.id).order_by(LearningSession.number)
    return list(db.session.scalars(statement))


def _make_person(participant: Participant, unions: Mapping[str, Organisation], now: datetime) -> Person:
    union = participant.union
    person = Person(
        name=participant.name,
        name_latin=participant.name_latin,
        name_fold=fold_of(participant.name, participant.name_latin),
        place=union.city,
        country=union.country,
        region_id=unions[union.name].region_id,
        zone=ZONES[union.country],
        preferred_language=union.language,
        gender=participant.gender,
        is_example=True,
        created_at=now,
    )
    person.languages = [PersonLanguage(language=union.language, position=0)]
    return person


def _ties(track: Track, person: Person, union: Organisation) -> list[Affiliation | TrackMembership]:
    """The affiliation of that time, which is over, and the place in the track."""
    belonged = Affiliation(
        person_id=person.id,
        organisation_id=union.id,
        kind=AffiliationKind.MEMBER,
        from_on=BELONGED[0],
        until_on=BELONGED[1],
        state=AffiliationState.CONFIRMED,
        asked_at=JOINED,
        decided_at=JOINED,
    )
    place = TrackMembership(track_id=track.id, person_id=person.id, organisation_id=union.id, joined_at=JOINED)
    return [belonged, place]
