"""Advocacy of the example groups: an invented body, what both groups undertake towards it, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from app.advocacy.queries import get_space
from app.advocacy.services.following import follow_space
from app.core.registries import actor_at, actors_at
from app.examples import advocacy_found, advocacy_plans, advocacy_space
from app.examples.advocacy_stage import Stage
from app.people.models import Organisation, Person
from app.workinggroups.models import WorkingGroup

ACTORS = ("jo", "nour", "aissatou", "amina", "wanjiru", "rosa")
"""Who acts, by the keys of the cast."""


def make_advocacy(
    land: WorkingGroup,
    tenants: WorkingGroup,
    cast: Mapping[str, Person],
    unions: Mapping[str, Organisation],
    *,
    now: datetime,
) -> None:
    """Make all of it, each by the hand of those who may. Both groups follow bodies of the catalogue, too."""
    as_actor = actors_at([cast[key].id for key in ACTORS], now)
    acting = {key: as_actor[cast[key].id] for key in ACTORS}
    space, modes = advocacy_space.make_space(acting["jo"], now=now - timedelta(days=210))
    sessions = advocacy_space.make_sessions(acting["jo"], space, now=now)
    for key, group, others in (("nour", land, ("cescr", "sr-housing")), ("rosa", tenants, ("wuf",))):
        for followed in (space, *map(get_space, others)):
            follow_space(acting[key], group, followed, now=now - timedelta(days=115))
    stage = Stage(space, modes, sessions, land, tenants, acting, unions, now)
    advocacy_found.note_standings(stage)
    ended = advocacy_plans.make_plans(stage)
    advocacy_found.offer_statement(stage)
    advocacy_found.note_recommendations(stage, ended, actor_at(cast["nour"].id, now))
