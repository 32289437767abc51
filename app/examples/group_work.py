"""What an example group has taken on and met for: tasks in every state, a meeting with its minutes and one to come,
material."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta

import sqlalchemy as sa

from app.core.actors import Actor
from app.extensions import db
from app.materials import services as materials
from app.moments import services as moments
from app.moments.local import in_zone
from app.moments.models import Status
from app.moments.timing import Timing
from app.outcomes import services as outcomes
from app.outcomes.models import Outcome, OutcomeKind
from app.people.models import Organisation
from app.sessions import services as sessions
from app.sessions.models import LanguageMode, LearningSession
from app.sessions.services import AgendaLine, Plan
from app.tasks import services as tasks
from app.tasks.models import TaskState
from app.tasks.services import Planned
from app.workinggroups import services as groups
from app.workinggroups.models import GroupMeeting, WorkingGroup

People = Mapping[str, Actor]
Unions = Mapping[str, Organisation]

ZONE = "Africa/Cairo"
"""Where the hours of the group are said: its coordinator lives there."""

HOUR = time(18)
LASTS = timedelta(minutes=90)
LANGUAGES = (
    ("fr", LanguageMode.SPOKEN),
    ("ar", LanguageMode.INTERPRETED),
    ("es", LanguageMode.INTERPRETED),
    ("en", LanguageMode.INTERPRETED),
)
CAME = ("nour", "aissatou", "amina", "fatou", "wanjiru", "rosa")

HELD_NAMES = {
    "en": "What the first paper says (example)",
    "fr": "Ce que dit le premier papier (exemple)",
    "es": "Lo que dice el primer papel (ejemplo)",
    "pt": "O que diz o primeiro papel (exemplo)",
    "ar": "ماذا يقول الورق الأول (مثال)",
}
COMING_NAMES = {
    "en": "One list of evictions, three regions (example)",
    "fr": "Une liste des expulsions, trois régions (exemple)",
    "es": "Una lista de desalojos, tres regiones (ejemplo)",
    "pt": "Uma lista de despejos, três regiões (exemplo)",
    "ar": "قائمة واحدة للإخلاء، ثلاث مناطق (مثال)",
}
AGENDA = (
    AgendaLine(0, "Tour des villes", "نور مثال"),
    AgendaLine(20, "Lo que falta en la lista", "Rosa Ejemplo"),
    AgendaLine(60, "Who does what until spring", "Wanjiru Example"),
)

MINUTES = {
    "fr": "## Ce que nous avons entendu\n\n- À **Dakar**, trois jours. À **Buenos Aires**, dix. À **Nairobi**, une "
    "audience d’abord.\n- Personne ne sait combien de familles sont parties avant le papier.\n\n## Ce que nous faisons"
    "\n\n- Aïssatou dresse la liste des préavis reçus à Dakar, avec les dates.\n- Nous demandons la même règle partout."
    "\n",
    "ar": "## ما اتفقنا عليه\n\n- تكتب آيساتو قائمة الإنذارات في داكار بتواريخها.\n- نطالب بقاعدة واحدة في كل مكان.\n",
}


def make_work(group: WorkingGroup, held: LearningSession, people: People, unions: Unions, *, now: datetime) -> None:
    """Let the group take things on, of which one stays behind when somebody leaves; meet; and lay out what it reads."""
    _take_on(group, people, unions, now=now)
    groups.leave_group(people["milagros"], group, now=now - timedelta(days=31))
    meeting = _plan(people["nour"], group, HELD_NAMES, days=-26, now=now)
    _hold(people["nour"], meeting, people)
    _plan(people["nour"], group, COMING_NAMES, days=12, now=now)
    _take_up(people["nour"], group, held, now=now)
    _lay_out(group, people, now=now)


def _plan(
    coordinator: Actor, group: WorkingGroup, names: Mapping[str, str], *, days: int, now: datetime
) -> GroupMeeting:
    """Plan a meeting so many days from today, a fortnight before it."""
    start = datetime.combine(in_zone(now, ZONE).date() + timedelta(days=days), HOUR)
    return groups.plan_meeting(
        coordinator,
        group,
        names=names,
        timing=Timing.minutes(start, start + LASTS, ZONE),
        plan=Plan(LANGUAGES, AGENDA, "https://meet.example.org/example-group", status=Status.CONFIRMED),
        now=now + timedelta(days=days - 14),
    )


def _hold(coordinator: Actor, meeting: GroupMeeting, people: People) -> None:
    """It took place: who came is marked, and its minutes are written in two languages."""
    evening = meeting.moment.until + timedelta(minutes=15)
    invited = [actor.person_id for actor in people.values() if actor.person_id is not None]
    here = [person_id for name in CAME if (person_id := people[name].person_id) is not None]
    sessions.save_attendance(coordinator, meeting, shown=invited, here=here, now=evening)
    moments.change_moment(coordinator, meeting.moment, status=Status.HELD, now=evening)
    for language, body in MINUTES.items():
        outcomes.save_notes(coordinator, meeting, language=language, body=body, edition=None, now=evening)


def _take_on(group: WorkingGroup, people: People, unions: Unions, *, now: datetime) -> None:
    """One task is done, one is late, one is given back by whoever leaves."""
    today = now.date()
    then = today + timedelta(days=60)
    letter = Planned(
        "Traducir la carta común al portugués y mandarla a las que no vinieron.",
        "es",
        owner_id=people["rosa"].person_id,
        organisation_id=unions["Comité de inquilinas de ejemplo"].id,
        by=Timing.days(today - timedelta(days=38)),
    )
    notices = Planned(
        "Dresser la liste des préavis reçus à Dakar, avec les dates.",
        "fr",
        owner_id=people["aissatou"].person_id,
        organisation_id=unions["Fédération des habitantes de l’Exemple"].id,
        by=Timing.days(today - timedelta(days=9)),
    )
    laws = Planned(
        "Buscar qué leyes dan derecho a una audiencia antes del desalojo.",
        "es",
        owner_id=people["milagros"].person_id,
        by=Timing.month(then.year, then.month),
    )
    nour = people["nour"]
    done = tasks.note_task(nour, group, letter, now=now - timedelta(days=58))
    tasks.set_state(people["rosa"], done, state=TaskState.DONE, now=now - timedelta(days=40))
    tasks.note_task(nour, group, laws, now=now - timedelta(days=50))
    tasks.note_task(nour, group, notices, now=now - timedelta(days=25))


def _take_up(coordinator: Actor, group: WorkingGroup, held: LearningSession, *, now: datetime) -> None:
    """What the session committed itself to becomes a task that waits for somebody."""
    committed = sa.select(Outcome).where(Outcome.session_id == held.id, Outcome.kind == OutcomeKind.COMMITMENT)
    tasks.take_up(coordinator, group, list(db.session.scalars(committed)), now=now - timedelta(hours=2))


def _lay_out(group: WorkingGroup, people: People, *, now: datetime) -> None:
    """One link for everybody who knows of the group, one for its people."""
    materials.add_link(
        people["wanjiru"],
        group,
        title="Before any eviction: notice, hearing, another home (example)",
        url="https://www.example.org/before-any-eviction",
        language="en",
        readers="known",
        now=now - timedelta(days=90),
    )
    materials.add_link(
        people["karim"],
        group,
        title="Préavis d’expulsion\u00a0: trente-huit photographies (exemple)",
        url="https://www.example.org/trente-huit-photographies",
        language="fr",
        readers="group",
        now=now - timedelta(days=39),
    )
