"""The example track: plainly marked, open to join, with sessions at known hours before and after today.

Four Saturdays at 17:00 in Nairobi, seen from the day the examples are made: the last one held, the next one and the
one after it confirmed, the fourth expected on a day without an hour.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.registries import actors_at
from app.examples.cast import CAST
from app.examples.organisations import COALITION
from app.extensions import db
from app.moments import services as moments
from app.moments.local import in_zone
from app.moments.models import Status
from app.moments.timing import Timing
from app.people.models import Organisation, Person, Region
from app.sessions import services as sessions
from app.sessions.models import LanguageMode, LearningSession, Phase, TextBlock, Track
from app.sessions.services import AgendaLine

ZONE = "Africa/Nairobi"
HOUR = time(17)
LATE_HOUR = time(20)  # the third session takes its turn at being late in Nairobi, Beirut and Aden
LASTS = timedelta(hours=2)
SATURDAY = 5
PHASE_REGIONS = ("LAC", "SSA", "MENA")
LANGUAGES = (
    ("es", LanguageMode.SPOKEN),
    ("ar", LanguageMode.INTERPRETED),
    ("fr", LanguageMode.INTERPRETED),
    ("en", LanguageMode.INTERPRETED),
)

TRACK_NAMES = {
    "en": "Climate justice (example)",
    "fr": "Justice climatique (exemple)",
    "es": "Justicia climática (ejemplo)",
    "pt": "Justiça climática (exemplo)",
    "ar": "العدالة المناخية (مثال)",
}

PHASE_NAMES = {
    "en": "Example phase {years}",
    "fr": "Phase d’exemple {years}",
    "es": "Fase de ejemplo {years}",
    "pt": "Fase de exemplo {years}",
    "ar": "مرحلة مثال {years}",
}

PURPOSE = {
    "en": "Four meetings in which organisations of three regions compare what heat, water and eviction do to their "
    "neighbourhoods, and choose what to ask for together. This track is an example: people and words are invented.",
    "fr": "Quatre rencontres où des organisations de trois régions comparent ce que la chaleur, l’eau et les "
    "expulsions font à leurs quartiers, et choisissent ce qu’elles demandent ensemble. Cet axe est un "
    "exemple\u00a0: personnes et paroles sont inventées.",
    "es": "Cuatro encuentros en los que organizaciones de tres regiones comparan lo que el calor, el agua y los "
    "desalojos hacen a sus barrios, y eligen qué pedir juntas. Este eje es un ejemplo: personas y palabras son "
    "inventadas.",
    "pt": "Quatro encontros em que organizações de três regiões comparam o que o calor, a água e os despejos fazem com "
    "os seus bairros e escolhem o que pedir juntas. Este eixo é um exemplo: pessoas e palavras são inventadas.",
    "ar": "أربعة لقاءات تقارن فيها منظمات من ثلاث مناطق ما يفعله الحرّ والماء والإخلاء بأحيائها، وتختار "
    "ما تطالب به معًا. هذا المحور مثال: الأشخاص والكلمات من نسج الخيال.",
}

SESSION_NAMES = (
    {
        "en": "Heat, floods and who stays",
        "fr": "Chaleur, inondations\u00a0: qui reste\u202f?",
        "es": "Calor, inundaciones y quién se queda",
        "pt": "Calor, enchentes e quem fica",
        "ar": "الحرّ والفيضان ومن يبقى",
    },
    {
        "en": "Who pays for the heat? Roofs, rents and repairs",
        "fr": "Qui paie la chaleur\u202f? Toits, loyers et réparations",
        "es": "¿Quién paga el calor? Techos, alquileres y arreglos",
        "pt": "Quem paga pelo calor? Telhados, aluguéis e reformas",
        "ar": "من يدفع ثمن الحرّ؟ الأسقف والإيجارات والإصلاحات",
    },
    {
        "en": "Loss and damage: who rebuilds?",
        "fr": "Pertes et dommages\u00a0: qui reconstruit\u202f?",
        "es": "Pérdidas y daños: ¿quién reconstruye?",
        "pt": "Perdas e danos: quem reconstrói?",
        "ar": "الخسائر والأضرار: من يعيد البناء؟",
    },
    {
        "en": "From the neighbourhood to the conference",
        "fr": "Du quartier à la conférence",
        "es": "Del barrio a la conferencia",
        "pt": "Do bairro à conferência",
        "ar": "من الحيّ إلى المؤتمر",
    },
)

AGENDA = (
    AgendaLine(0, "Ouverture, tour des régions", "Amina Exemple"),
    AgendaLine(15, "Tres relatos: Recife, Saná, Dakar", "سلوى مثال, Joana Exemplo"),
    AgendaLine(55, "In groups, by language", "Njeri Example"),
    AgendaLine(100, "Lo que pedimos juntas", "Rosa Ejemplo"),
)


@dataclass(frozen=True, slots=True)
class Saturdays:
    """The four days, counted from the day it is in Nairobi now."""

    held: date
    coming: date
    confirmed: date
    expected: date


def saturdays(now: datetime) -> Saturdays:
    """Return the last Saturday before today and the next three after it; today itself is never one of them."""
    today = in_zone(now, ZONE).date()
    since = (today.weekday() - SATURDAY) % 7 or 7
    coming = today + timedelta(days=(SATURDAY - today.weekday()) % 7 or 7)
    return Saturdays(today - timedelta(days=since), coming, coming + timedelta(weeks=1), coming + timedelta(weeks=2))


def make_track(
    actor: Actor, cast: Mapping[str, Person], unions: Mapping[str, Organisation], *, now: datetime
) -> tuple[Track, list[LearningSession]]:
    """Make phase, track, team, sessions, participants and attendance; sessions stand before the track is published and
    before anybody joins. Returns the track and its sessions in their order."""
    began = now - timedelta(days=40)
    phase = _make_phase(actor, unions[COALITION.name], now=began)
    track = sessions.create_track(
        actor,
        phase,
        names=TRACK_NAMES,
        texts={TextBlock.PURPOSE: PURPOSE},
        is_open=True,
        slug="example-climate-justice",
        is_example=True,
        now=began,
    )
    planned = _plan_sessions(actor, track, saturdays(now), now=began)
    _appoint(actor, track, cast, now=began)
    sessions.publish_track(actor, track, now=began)
    _join(track, cast, now=now - timedelta(days=20))
    _hold(planned[0], cast, unions, now=now)
    return track, planned


def _make_phase(actor: Actor, owner: Organisation, *, now: datetime) -> Phase:
    years = f"{now.year}–{now.year + 1}"
    regions = db.session.scalars(sa.select(Region.id).where(Region.code.in_(PHASE_REGIONS))).all()
    return sessions.create_phase(
        actor,
        names={language: name.format(years=years) for language, name in PHASE_NAMES.items()},
        owner_organisation_id=owner.id,
        year_from=now.year,
        year_to=now.year + 1,
        region_ids=regions,
        slug=f"example-phase-{now.year}-{now.year + 1}",
        is_example=True,
        now=now,
    )


def _plan_sessions(actor: Actor, track: Track, days: Saturdays, *, now: datetime) -> list[LearningSession]:
    planned = []
    certain = ((days.held, HOUR), (days.coming, HOUR), (days.confirmed, LATE_HOUR))
    timings = [Timing.minutes(start := datetime.combine(day, hour), start + LASTS, ZONE) for day, hour in certain]
    timings.append(Timing.days(days.expected, zone=ZONE))
    for number, (names, timing) in enumerate(zip(SESSION_NAMES, timings, strict=True), start=1):
        is_certain = number <= len(certain)
        planned.append(
            sessions.plan_session(
                actor,
                track,
                names=names,
                timing=timing,
                languages=LANGUAGES,
                agenda=AGENDA if is_certain else (),
                join_link=f"https://meet.example.org/example-track-{number}" if is_certain else "",
                status=Status.CONFIRMED if is_certain else Status.PLANNED,
                now=now,
            )
        )
    return planned


def _appoint(actor: Actor, track: Track, cast: Mapping[str, Person], *, now: datetime) -> None:
    regions: dict[str, UUID] = {region.code: region.id for region in db.session.scalars(sa.select(Region))}
    for figure in CAST:
        if figure.leads_for:
            sessions.appoint_facilitator(
                actor, track, person_id=cast[figure.key].id, region_id=regions[figure.leads_for], now=now
            )


def _participants(cast: Mapping[str, Person]) -> dict[str, Person]:
    return {figure.key: cast[figure.key] for figure in CAST if figure.joins and not figure.leads_for}


def _join(track: Track, cast: Mapping[str, Person], *, now: datetime) -> None:
    """Each joins for themselves, through the door that asks for their affiliation (R-03), one every few hours."""
    people = _participants(cast)
    as_actor = actors_at([person.id for person in people.values()], now)
    for place, person in enumerate(people.values()):
        sessions.join_track(as_actor[person.id], track, now=now + timedelta(hours=7 * place))


def _hold(
    session: LearningSession, cast: Mapping[str, Person], unions: Mapping[str, Organisation], *, now: datetime
) -> None:
    """The first session took place: a facilitator marked who came, and one person who was not on the list."""
    evening = session.moment.until + timedelta(minutes=10)
    facilitator = actors_at([cast["amina"].id], now)[cast["amina"].id]
    came = {cast[figure.key].id for figure in CAST if figure.joins and figure.came and not figure.leads_for}
    shown = [person.id for person in _participants(cast).values()]
    sessions.save_attendance(facilitator, session, shown=shown, here=came, now=evening)
    walk_in = sessions.add_walk_in(
        facilitator,
        session,
        name="Marcel Exemple",
        language="fr",
        organisation_id=unions["Groupement d’épargne Mfoumou (exemple)"].id,
        now=evening,
    )
    db.session.get_one(Person, walk_in.person_id).is_example = True
    moments.change_moment(facilitator, session.moment, status=Status.HELD, now=evening)
