"""The second example track: three places, a facilitator decides, two questions to answer. When the house opens three
people have a place, two wait, two have asked and wait for an answer, one was refused, and one took it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.registries import actor_at, actors_at
from app.examples import ramadan
from app.examples.open_track import HOUR, LASTS, ZONE, saturdays
from app.extensions import db
from app.moments.models import Status
from app.moments.timing import Timing
from app.people.models import Person, Region
from app.sessions import services as sessions
from app.sessions.models import Application, IntakeQuestion, LanguageMode, Phase, QuestionKind, TextBlock, Track

SLUG = "example-community-mapping"
PLACES = 3
TEAM = (("amina", "SSA"), ("rosa", "LAC"), ("huda", "MENA"))

TRACK_NAMES = {
    "en": "Maps drawn by inhabitants (example)",
    "fr": "Cartes dessinées par les habitantes (exemple)",
    "es": "Mapas dibujados por las habitantes (ejemplo)",
    "pt": "Mapas desenhados pelas moradoras (exemplo)",
    "ar": "خرائط ترسمها الساكنات (مثال)",
}

PURPOSE = {
    "en": "Four meetings about maps that neighbourhoods draw of themselves. There are few places, because everybody "
    "brings a map of their own. This track is an example: people and words are invented.",
    "fr": "Quatre rencontres sur les cartes que les quartiers dessinent d’eux-mêmes. Il y a peu de places, car chacune "
    "apporte sa propre carte. Cet axe est un exemple\u00a0: personnes et paroles sont inventées.",
    "es": "Cuatro encuentros sobre los mapas que los barrios dibujan de sí mismos. Hay pocos lugares, porque cada "
    "quien trae un mapa propio. Este eje es un ejemplo: personas y palabras son inventadas.",
    "pt": "Quatro encontros sobre os mapas que os bairros desenham de si mesmos. Há poucas vagas, porque cada pessoa "
    "traz um mapa próprio. Este eixo é um exemplo: pessoas e palavras são inventadas.",
    "ar": "أربعة لقاءات عن الخرائط التي ترسمها الأحياء لنفسها. المقاعد قليلة، لأن كل مشاركة تأتي بخريطتها. هذا المحور "
    "مثال: الأشخاص والكلمات من نسج الخيال.",
}

SESSION_NAMES = (
    {
        "en": "What a map leaves out",
        "fr": "Ce qu’une carte oublie",
        "es": "Lo que un mapa deja fuera",
        "pt": "O que um mapa deixa de fora",
        "ar": "ما تغفله الخريطة",
    },
    {
        "en": "Who may see our map?",
        "fr": "Qui peut voir notre carte\u202f?",
        "es": "¿Quién puede ver nuestro mapa?",
        "pt": "Quem pode ver o nosso mapa?",
        "ar": "من يحقّ له أن يرى خريطتنا؟",
    },
)

LANGUAGES = (("fr", LanguageMode.SPOKEN), ("es", LanguageMode.INTERPRETED), ("ar", LanguageMode.INTERPRETED))

FIRST_PLACE = {
    "en": "Which place would you draw first, and why?",
    "fr": "Quel lieu dessineriez-vous en premier, et pourquoi\u202f?",
    "es": "¿Qué lugar dibujaría primero, y por qué?",
    "pt": "Que lugar você desenharia primeiro, e por quê?",
    "ar": "أيّ مكان ترسمين أوّلًا، ولماذا؟",
}

HAS_MAP = {
    "en": "Does your neighbourhood have a map of its own already?",
    "fr": "Votre quartier a-t-il déjà une carte à lui\u202f?",
    "es": "¿Su barrio tiene ya un mapa propio?",
    "pt": "O seu bairro já tem um mapa próprio?",
    "ar": "هل لحيّك خريطة خاصة به؟",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody of the cast answered to both questions, in their own language; `has_map` may be left open."""

    who: str
    words: str
    has_map: str = ""


ACCEPTED = (
    Answer("yolanda", "Las acequias. La empresa dice que ahí no hay agua, y nosotras regamos con ella.", "yes"),
    Answer("fatou", "La borne-fontaine\u00a0: c’est là que tout le monde se rencontre.", "yes"),
    Answer("rana", "الدرج الذي نجتمع تحته، لأنه لا يظهر في أيّ خريطة.", "no"),
    Answer("celestin", "Les maisons qui ont de l’eau jusqu’au genou en octobre.", "no"),
    Answer("lupe", "La azotea: desde ahí se ve quién vive y quién ya se fue."),
)
"""Those to whom a facilitator has said yes, in the order in which they asked: places first, then the waiting list."""

ASKED = (
    Answer("karim", "Le four du quartier. Il ferme, et personne ne sait à qui est le terrain.", "no"),
    Answer("sari", "Gang-gang kecil yang hilang dari peta kota.", "yes"),
)
"""Those who wait for an answer."""

REFUSED = Answer("benedita", "Ainda não temos mapa. Eu queria aprender a fazer o primeiro.", "no")
WHY_REFUSED = (
    "En este eje cada quien trabaja sobre un mapa que ya existe. El próximo empieza desde la hoja en blanco, y ahí le "
    "guardamos un lugar."
)
TOOK_BACK = Answer("layla", "المدرسة، فهي المكان الوحيد الذي نلتقي فيه جميعًا.", "yes")


def make_second_track(actor: Actor, phase: Phase, cast: Mapping[str, Person], *, now: datetime) -> Track:
    """Make the track with its team, two sessions and a short series, places, questions and applications. Its sessions
    stand before anybody has a place."""
    began = now - timedelta(days=15)
    track = sessions.create_track(
        actor,
        phase,
        names=TRACK_NAMES,
        texts={TextBlock.PURPOSE: PURPOSE},
        is_open=True,
        slug=SLUG,
        is_example=True,
        now=began,
    )
    first = saturdays(now).expected + timedelta(weeks=2)
    _plan(actor, track, first, now=began)
    regions = {region.code: region.id for region in db.session.scalars(sa.select(Region))}
    for key, region in TEAM:
        sessions.appoint_facilitator(actor, track, person_id=cast[key].id, region_id=regions[region], now=began)
    sessions.change_intake(actor, track, capacity=PLACES, needs_approval=True, window=None, now=began)
    questions = _ask_two_questions(actor, track, now=began)
    ramadan.plan_into_ramadan(actor_at(cast["huda"].id, began), track, first, now=began)
    sessions.publish_track(actor, track, now=began)
    _apply(track, cast, questions, now=now)
    return track


def _plan(actor: Actor, track: Track, first: date, *, now: datetime) -> None:
    """One session on a known day, one of which only the month is known."""
    after = first + timedelta(days=35)
    start = datetime.combine(first, HOUR)
    timings = (Timing.minutes(start, start + LASTS, ZONE), Timing.month(after.year, after.month, zone=ZONE))
    for names, timing, status in zip(SESSION_NAMES, timings, (Status.CONFIRMED, Status.PLANNED), strict=True):
        sessions.plan_session(actor, track, names=names, timing=timing, languages=LANGUAGES, status=status, now=now)


def _ask_two_questions(actor: Actor, track: Track, *, now: datetime) -> tuple[IntakeQuestion, IntakeQuestion]:
    place = sessions.add_question(actor, track, kind=QuestionKind.TEXT, prompts=FIRST_PLACE, is_required=True, now=now)
    has_map = sessions.add_question(actor, track, kind=QuestionKind.YES_NO, prompts=HAS_MAP, is_required=False, now=now)
    return place, has_map


def _apply(
    track: Track, cast: Mapping[str, Person], questions: tuple[IntakeQuestion, IntakeQuestion], *, now: datetime
) -> None:
    """Each applies for themselves; facilitators of the track say yes to the first five and no to one."""
    began = now - timedelta(days=9)
    everybody = (*ACCEPTED, *ASKED, REFUSED, TOOK_BACK)
    as_actor = actors_at([cast[answer.who].id for answer in everybody], began)
    applications = []
    for place, answer in enumerate(everybody):
        given = sessions.join_track(
            as_actor[cast[answer.who].id],
            track,
            answers={questions[0].id: answer.words, questions[1].id: answer.has_map},
            now=began + timedelta(hours=19 * place),
        )
        if isinstance(given, Application):  # each of them: the track asks for approval
            applications.append(given)
    decided_at = now - timedelta(days=2)
    facilitator = actor_at(cast["amina"].id, decided_at)
    chosen = [application.id for application in applications[: len(ACCEPTED)]]
    sessions.accept_applications(facilitator, track, ids=chosen, now=decided_at)
    refused = [application.id for application in applications if application.person_id == cast[REFUSED.who].id]
    rosa = actor_at(cast["rosa"].id, decided_at)
    sessions.refuse_applications(rosa, track, ids=refused, reason=WHY_REFUSED, now=decided_at)
    sessions.leave_track(as_actor[cast[TOOK_BACK.who].id], track, now=decided_at)
