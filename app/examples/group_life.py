"""Half a year of an example group: what its people said, took on, met for, decided, were asked and wrote, and where it
stands today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.core.registries import actors_at
from app.examples import date_polls, group_decisions, group_polls, group_talk, group_texts, group_work
from app.examples.group_decisions import Circle
from app.people.models import Organisation, Person
from app.sessions.models import LearningSession
from app.workinggroups.models import WorkingGroup

INSIDE = (
    *("nour", "aissatou", "amina", "fatou", "wanjiru", "karim", "benedita", "rosa", "lupe"),
    "milagros",  # for as long as she stayed
)
"""Who took part in the group, by the keys of the cast; the first one runs it."""


def make_life(
    group: WorkingGroup,
    held: LearningSession,
    cast: Mapping[str, Person],
    unions: Mapping[str, Organisation],
    *,
    now: datetime,
) -> None:
    """Let the people of the group do all of it, each with the keys they hold; `held` is a session of the track out of
    which the group grew."""
    as_actor = actors_at([cast[name].id for name in INSIDE], now)
    people = {name: as_actor[cast[name].id] for name in INSIDE}
    group_talk.make_topics(group, people, now=now)
    group_decisions.make_decisions(Circle(group, people, unions), now=now)
    group_polls.make_polls(group, people, now=now)
    group_texts.make_texts(group, people, now=now)
    group_work.make_work(group, held, people, unions, now=now)
    date_polls.settle_in_group(group, people, now=now)
