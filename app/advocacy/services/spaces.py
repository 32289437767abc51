"""Spaces that this house adds or changes. What a person saves is that person's word: no file changes it any more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.advocacy.models import SPACE, AdvocacySpace, Fact, OccurrenceKind, SpaceGoal, SpaceKind
from app.advocacy.queries import with_children
from app.advocacy.services.standing_by import SourceMissing, clip_source, record, stand_by
from app.advocacy.services.steps import plan_coming
from app.core import searching
from app.core.actors import Actor
from app.core.addresses import is_web_address
from app.core.database import take_turns
from app.core.errors import RuleBroken
from app.core.languages import one_line
from app.core.naming import add_with_free_slug, check_names, slug_of, write_names
from app.core.permissions import require
from app.extensions import db
from app.moments.models import Certainty
from app.moments.zones import check_zone

LONGEST_ACRONYM = 40
LONGEST_PLACE = 120
LONGEST_URL = 500


class BelongsInCircle(RuleBroken):
    """A space cannot stand below itself."""


class BadAddress(RuleBroken):
    """The page of a body begins with https:// or http://."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sure:
    """How sure a fact is, and where it was read. What was seen in its source names it."""

    certainty: Certainty
    source: str = ""

    def checked(self) -> Sure:
        """Return it on one line. Raises `SourceMissing`."""
        source = clip_source(self.source)
        if self.certainty is Certainty.VERIFIED and not source:
            raise SourceMissing(
                _l(
                    "Say where you have read it: the address of the page, or the document. Or choose another certainty."
                ),
                field="source",
            )
        return Sure(certainty=self.certainty, source=source)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceFacts:
    """What somebody writes about a space. `zone` "" where it moves."""

    names: Mapping[str, str]
    kind: SpaceKind
    sure: Sure
    acronym: str = ""
    parent_id: UUID | None = None
    place: str = ""
    zone: str = ""
    url: str = ""
    goals: Sequence[int] = ()


def add_space(actor: Actor, facts: SpaceFacts, *, now: datetime) -> AdvocacySpace:
    """Add a space of the house's own: a ministry, a city council. Raises what `change_space` raises."""
    require(actor, "advocacy.keep_catalogue")
    check_names(facts.names)
    space = AdvocacySpace(id=uuid4(), created_at=now, created_by=actor.person_id, certainty=facts.sure.certainty)
    _write(actor, space, facts, now)
    slug = facts.acronym if len(facts.acronym) >= 3 else ""
    add_with_free_slug(space, slug_of({"en": slug, **facts.names}, f"space-{space.id.hex[:8]}"))
    write_names(SPACE, space.id, facts.names)
    record(actor, "space.added", SPACE, space, {"slug": space.slug}, now=now)
    return space


def change_space(actor: Actor, space: AdvocacySpace, facts: SpaceFacts, *, now: datetime) -> AdvocacySpace:
    """Write a space anew; columns that were less sure than the rest and did not change stay so. Another clock holds for
    what is written down from now on, and for sessions to come that have none of their own (R-08).

    Raises `NeedsName`, `SourceMissing`, `BelongsInCircle`, `BadAddress`, `UnknownZone`."""
    require(actor, "advocacy.keep_catalogue")
    check_names(facts.names)
    zone = space.zone
    _write(actor, space, facts, now)
    write_names(SPACE, space.id, facts.names)
    record(actor, "space.changed", SPACE, space, now=now)
    if space.zone != zone:
        plan_coming(actor, space, set(OccurrenceKind), now=now)
    searching.changed(SPACE, [space.id])
    return space


def _write(actor: Actor, space: AdvocacySpace, facts: SpaceFacts, now: datetime) -> None:
    sure = facts.sure.checked()
    _check_parent(space, facts.parent_id)
    values = {
        "acronym": one_line(facts.acronym)[:LONGEST_ACRONYM],
        "kind": facts.kind,
        "parent_id": facts.parent_id,
        "place": one_line(facts.place)[:LONGEST_PLACE],
        "zone": check_zone(facts.zone) if facts.zone else None,
        "url": checked_url(facts.url),
    }
    goals = sorted({goal for goal in facts.goals if 1 <= goal <= 17})
    changed = {name for name, value in values.items() if getattr(space, name) != value}
    if goals != [goal.goal for goal in space.goals]:
        space.goals = [SpaceGoal(goal=goal) for goal in goals]
        changed.add("goals")
    for name, value in values.items():
        setattr(space, name, value)
    keep_doubts(space, changed)
    stand_by(actor, space, certainty=sure.certainty, source=sure.source, now=now)
    db.session.flush()


def keep_doubts(fact: Fact, changed: set[str]) -> None:
    """Let columns that nobody touched be as unsure as they were; what was written anew is as sure as the row."""
    kept = {column: certainty for column, certainty in (fact.certainties or {}).items() if column not in changed}
    if kept != (fact.certainties or {}):
        fact.certainties = kept


def _check_parent(space: AdvocacySpace, parent_id: UUID | None) -> None:
    if parent_id is None:
        return
    take_turns("advocacy.tree")  # two people at once, each with one half of a circle
    anew = sa.select(AdvocacySpace).execution_options(populate_existing=True)
    spaces = db.session.scalars(anew).all()
    if parent_id in with_children([space.id], spaces):
        raise BelongsInCircle(
            _l("This space stands below the one you are writing about. Choose one that does not."), field="parent"
        )
    if parent_id not in {row.id for row in spaces}:
        raise BelongsInCircle(_l("Choose a space from the list, or none."), field="parent")


def checked_url(url: str) -> str:
    """Return the address of a page on the web, "" for none. Raises `BadAddress`."""
    url = one_line(url)
    if url and not is_web_address(url, longest=LONGEST_URL):
        raise BadAddress(_l("Write the whole address of the page, beginning with https://."), field="url")
    return url
