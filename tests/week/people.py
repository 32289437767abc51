"""Who lives in the simulated week: people of many zones and languages, their tracks, groups and spaces."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import cycle, islice

from app.advocacy.models import Step
from app.core.names import set_name
from app.moments.models import Certainty
from app.moments.timing import Timing
from app.people.models import Person
from app.sessions.models import LearningSession, Track
from app.workinggroups.models import GroupMeeting, WorkingGroup
from tests.conftest import START
from tests.make.advocacy import make_occurrence, make_space, make_step
from tests.make.engagements import make_engagement
from tests.make.moments import hours
from tests.make.people import make_account, make_affiliation, make_organisation, make_person, make_role
from tests.make.sessions import make_facilitator, make_membership, make_phase, make_session, make_track
from tests.make.tasks import make_task
from tests.make.workinggroups import make_coordinator, make_group, make_meeting, make_place

ZONES = (
    ("America/Mexico_City", "es"),
    ("America/Bogota", "es"),
    ("America/Sao_Paulo", "pt"),
    ("America/Argentina/Buenos_Aires", "es"),
    ("Africa/Dakar", "fr"),
    ("Africa/Douala", "fr"),
    ("Africa/Nairobi", "en"),
    ("Africa/Cairo", "ar"),
    ("Asia/Beirut", "ar"),
    ("Europe/Zurich", "fr"),
    ("Asia/Kolkata", "en"),
    ("Asia/Jakarta", "en"),
)
TRACKS = (
    {"en": "Climate justice", "fr": "Justice climatique", "es": "Justicia climática", "ar": "العدالة المناخية"},
    {"en": "Land rights", "fr": "Droits fonciers", "es": "Derecho a la tierra", "ar": "الحق في الأرض"},
    {"en": "Feminist approaches", "fr": "Approches féministes", "es": "Enfoques feministas"},
    {"en": "Social production of habitat", "fr": "Production sociale de l’habitat", "pt": "Produção social do habitat"},
    {"en": "Multi-level advocacy", "es": "Incidencia multinivel"},
)
SESSIONS = (
    ("Who pays for the heat?", "2026-11-28 17:00", "Africa/Nairobi"),
    ("Commons and titles", "2026-11-24 16:00", "Europe/Zurich"),
    ("Care is work", "2026-11-26 10:00", "America/Mexico_City"),
    ("Cooperatives that last", "2026-11-25 18:00", "America/Sao_Paulo"),
    ("From street to Geneva", "2026-11-23 15:00", "Africa/Cairo"),
)
PEOPLE = 500
"""At least 90: the story names people by their number."""


@dataclass
class Cast:
    """Everybody and everything of the week; `people` in the order of ZONES, one after the other."""

    secretary: Person
    facilitators: list[Person] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    tracks: list[Track] = field(default_factory=list)
    sessions: list[LearningSession] = field(default_factory=list)
    groups: list[WorkingGroup] = field(default_factory=list)
    coordinators: list[Person] = field(default_factory=list)
    meetings: list[GroupMeeting] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    def living_in(self, zone: str) -> list[Person]:
        return [person for person in self.people if person.zone == zone]


def _person(name: str, zone: str, language: str) -> Person:
    person = make_person(name, zone=zone, page_language=language, preferred_language=language, languages=(language,))
    make_account(person)
    make_affiliation(person, make_organisation())
    return person


def make_cast(people: int = PEOPLE) -> Cast:
    secretary = make_person("Example Secretary", zone="Africa/Cairo", page_language="en")
    make_account(secretary)
    make_role(secretary)
    cast = Cast(secretary)
    for number, (zone, language) in enumerate(islice(cycle(ZONES), people)):
        cast.people.append(_person(f"Example Person {number + 1}", zone, language))
    _make_tracks(cast)
    _make_groups(cast)
    _make_advocacy(cast)
    return cast


def _make_tracks(cast: Cast) -> None:
    phase = make_phase("Phase two (example)")
    for number, (names, (title, start, zone)) in enumerate(zip(TRACKS, SESSIONS, strict=True)):
        track = make_track(names["en"], slug=f"example-{number}", phase=phase)
        for language, text in names.items():
            set_name("track", track.id, language, text)
        leader = _person(f"Example Facilitator {number + 1}", ZONES[number * 2][0], ZONES[number * 2][1])
        make_facilitator(track, leader)
        for place, person in enumerate(cast.people):
            if place % len(TRACKS) == number or place % (len(TRACKS) + 2) == number:
                make_membership(track, person)
        cast.tracks.append(track)
        cast.facilitators.append(leader)
        cast.sessions.append(make_session(track, title, wall_start=datetime.fromisoformat(start), zone=zone, number=1))
        make_session(
            track,
            f"{title} (2)",
            wall_start=datetime.fromisoformat(start) + timedelta(days=7),
            zone=zone,
            number=2,
        )


def _make_groups(cast: Cast) -> None:
    for number in range(4):
        group = make_group(f"Example group {number + 1}")
        first, second = cast.people[number * 20], cast.people[number * 20 + 1]
        for person in (first, second):
            make_coordinator(group, person)
        for person in cast.people[number * 20 : number * 20 + 25]:
            make_place(group, person)
        timing = hours(f"2026-11-2{4 + number} 16:00", f"2026-11-2{4 + number} 17:30", "Africa/Dakar")
        cast.meetings.append(make_meeting(group, "Example meeting", timing=timing))
        make_task(group, "Send the figures", owner=second, by=Timing.days(date(2026, 11, 25), zone="Africa/Dakar"))
        cast.groups.append(group)
        cast.coordinators.append(first)


def _make_advocacy(cast: Cast) -> None:
    for number, (group, day) in enumerate(zip(cast.groups, (24, 27, 30, 28), strict=True)):
        space = make_space(f"Example committee {number + 1}")
        occurrence = make_occurrence(space, date(2027, 1, 18), date(2027, 1, 29))
        step = make_step(occurrence, date(2026, 11, day), certainty=Certainty.ESTIMATED)
        make_engagement(space, group, title=f"Example report {number + 1}", occurrence=occurrence, step=step)
        cast.steps.append(step)


BEGINS = START
