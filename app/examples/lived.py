"""What a worker and a facilitator would have done until the last noon in a house whose mails are read on pages: dates
that came near are reminded of, one session of the open track moves, one is called off, and somebody gets all in one
mail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.notices import Notice
from app.core.registries import actor_at
from app.core.topics import all_topics
from app.examples.letters import last_noon
from app.examples.open_track import LANGUAGES, ZONE
from app.extensions import db
from app.moments.models import Status
from app.moments.timing import Timing
from app.people.models import Person
from app.reminders import services as reminders
from app.sessions import services as sessions
from app.sessions.models import LearningSession, Track

A_WORKER_WENT = timedelta(days=8)
"""So long before the last noon the reminders are planned: what was due since then is reminded of."""

LATER_BY = timedelta(minutes=30)
DAYS_AFTER = timedelta(days=3)
WHY_MOVED = "L’interprète arrive une demi-heure plus tard (exemple)."
WHY_OFF = "La mairie ne vient pas ce jour-là (exemple)."

CALLED_OFF = {
    "en": "Questions to the city hall (example)",
    "fr": "Questions à la mairie (exemple)",
    "es": "Preguntas a la alcaldía (ejemplo)",
    "pt": "Perguntas à prefeitura (exemplo)",
    "ar": "أسئلة إلى البلدية (مثال)",
}

READS_ALL_IN_ONE = "joana"
"""Who gets the mail of a day."""


def go_on(track: Track, planned: Sequence[LearningSession], cast: Mapping[str, Person], *, now: datetime) -> None:
    """Let what the making told be heard, and go on from there. Commits nothing."""
    at = last_noon(now)
    _remind(at, now)
    amina = actor_at(cast["amina"].id, at)
    timing = Timing.of(planned[2].moment)
    assert timing.wall_start is not None  # noqa: S101 - it has an hour
    assert timing.wall_end is not None  # noqa: S101
    later = Timing.minutes(timing.wall_start + LATER_BY, timing.wall_end + LATER_BY, ZONE)
    sessions.move_session(amina, planned[2], timing=later, reason=WHY_MOVED, now=at)
    _call_off(amina, track, Timing.minutes(timing.wall_start + DAYS_AFTER, timing.wall_end + DAYS_AFTER, ZONE), at)


def _call_off(amina: Actor, track: Track, timing: Timing, at: datetime) -> None:
    """Plan one more session, of which everybody has read when it is called off."""
    planned_at = at - A_WORKER_WENT
    off = sessions.plan_session(
        amina, track, names=CALLED_OFF, timing=timing, languages=LANGUAGES, status=Status.CONFIRMED, now=planned_at
    )
    read = sa.delete(Notice).where(Notice.kind == "sessions.session_planned", Notice.created_at == planned_at)
    db.session.execute(read)
    sessions.cancel_session(amina, off, reason=WHY_OFF, now=at)


def _remind(at: datetime, now: datetime) -> None:
    while batch := reminders.list_marked(now):
        reminders.plan_marked(batch, now=at - A_WORKER_WENT)
    for planned_id in reminders.list_due(at):
        reminders.send(planned_id, now=at)


def put_into_one(person: Person) -> None:
    """Let what may wait reach somebody in one mail."""
    kinds = {kind for topic in all_topics() if topic.is_optional for kind in topic.kinds - topic.urgent_kinds}
    waiting = sa.update(Notice).where(
        Notice.person_id == person.id, Notice.mail_id.is_(None), Notice.leaves_at.is_not(None), Notice.kind.in_(kinds)
    )
    db.session.execute(waiting.values(together=f"examples:{person.id}"))
