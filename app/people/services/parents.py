"""To which larger organisations an organisation belongs, between which days (both included, empty is open).

It may have several. No organisation belongs to itself over others on any day: a loop is refused and named. Ties are
never rewritten: one ends, another begins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.languages import one_line
from app.core.names import names_of
from app.core.permissions import require
from app.extensions import db
from app.moments import words
from app.people.days import Days
from app.people.models import Organisation, OrganisationParent

Edges = dict[UUID, list[tuple[UUID, Days]]]
"""By organisation: its parents and the days of each tie."""


@dataclass(frozen=True, slots=True)
class Loop:
    """A way from an organisation up to itself, and the first day on which all of it would hold (None: always)."""

    organisation_ids: tuple[UUID, ...]
    day: date | None


class MakesLoop(RuleBroken):
    """An organisation cannot belong to one that belongs to it."""

    def __init__(self, loop: Loop, language: str) -> None:
        names = names_of("organisation", set(loop.organisation_ids), language)
        path = " → ".join(f"\u2068{names[row_id].text}\u2069" for row_id in loop.organisation_ids)
        message = _l(
            "This would go round in a circle: %(path)s. Choose another organisation, or end one of these ties first.",
            path=path,
        )
        if loop.day is not None:
            message = _l(
                "From %(day)s on this would go round in a circle: %(path)s. Choose other days, or end one of these "
                "ties first.",
                day=words.date_of(loop.day, language),
                path=path,
            )
        super().__init__(message, field="parent")


class AlreadyBelongs(RuleBroken):
    def __init__(self) -> None:
        super().__init__(
            _l("It belongs to this organisation already on some of these days. Choose other days, or end that tie."),
            field="parent",
        )


class TieChanged(RuleBroken):
    def __init__(self) -> None:
        super().__init__(_l("Somebody else has just changed this tie. Look at the page again."))


def add_parent(
    actor: Actor,
    organisation: Organisation,
    *,
    parent_id: UUID,
    days: Days,
    source: str = "",
    language: str = "en",
    now: datetime,
) -> OrganisationParent:
    """Let an organisation belong to a larger one. `language` is that of the names in a refusal.

    Raises `MakesLoop`, `AlreadyBelongs`, and `RuleBroken` at `parent` or `until_on`. Whoever adds ties at the same
    instant waits: two ties that make a loop together are not both seen alone.
    """
    require(actor, "people.manage_organisations", organisation)
    if db.session.get(Organisation, parent_id) is None:
        raise RuleBroken(_l("Choose an organisation from the list."), field="parent")
    if parent_id == organisation.id:
        raise RuleBroken(_l("An organisation does not belong to itself. Choose another one."), field="parent")
    if days.from_on and days.until_on and days.until_on < days.from_on:
        raise RuleBroken(_l("The last day lies before the first. Change one of them."), field="until_on")
    _wait_for_others()
    edges = _edges()
    if any(known == parent_id and meet(days, its) for known, its in edges[organisation.id]):
        raise AlreadyBelongs
    loop = find_loop(edges, organisation.id, parent_id, days)
    if loop is not None:
        raise MakesLoop(loop, language)
    row = OrganisationParent(
        organisation_id=organisation.id,
        parent_id=parent_id,
        from_on=days.from_on,
        until_on=days.until_on,
        source=one_line(source)[:200],
        added_at=now,
    )
    db.session.add(row)
    db.session.flush()
    _record(actor, "people.organisation.parent_added", row, now=now)
    return row


def end_parent(actor: Actor, tie: OrganisationParent, *, until_on: date, now: datetime) -> OrganisationParent:
    """Let a tie end with a day, the last on which it holds. It only becomes shorter, so that no loop can come of it.
    Raises `RuleBroken` at `until_on`, `TieChanged`."""
    require(actor, "people.manage_organisations", tie.organisation)
    if tie.from_on is not None and until_on < tie.from_on:
        raise RuleBroken(_l("It cannot end before it began. Choose its first day or a later one."), field="until_on")
    before = tie.until_on
    if before is not None and until_on > before:
        raise RuleBroken(
            _l("It has an end already. Choose that day or an earlier one; for later days add another tie."),
            field="until_on",
        )
    ending = sa.update(OrganisationParent).where(
        OrganisationParent.id == tie.id, OrganisationParent.until_on.is_not_distinct_from(before)
    )
    if change_rows(ending.values(until_on=until_on)) != 1:
        raise TieChanged
    db.session.refresh(tie)
    _record(actor, "people.organisation.parent_ended", tie, now=now)
    return tie


def remove_parent(actor: Actor, tie: OrganisationParent, *, now: datetime) -> None:
    """Take a tie away that was written by mistake; one that did hold is ended instead."""
    require(actor, "people.manage_organisations", tie.organisation)
    _record(actor, "people.organisation.parent_removed", tie, now=now)
    db.session.delete(tie)
    db.session.flush()


def _record(actor: Actor, code: str, row: OrganisationParent, *, now: datetime) -> None:
    facts = {
        "parent": str(row.parent_id),
        "from": row.from_on.isoformat() if row.from_on else None,
        "until": row.until_on.isoformat() if row.until_on else None,
    }
    audit.record(actor, code, "organisation", row.organisation_id, facts, now=now)


def _wait_for_others() -> None:
    """On SQLite whoever writes is alone already; PostgreSQL lets others read the table and nobody else write to it."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(sa.text("LOCK TABLE organisation_parent IN SHARE ROW EXCLUSIVE MODE"))


def _edges() -> Edges:
    edges: Edges = defaultdict(list)
    rows = db.session.execute(
        sa.select(
            OrganisationParent.organisation_id,
            OrganisationParent.parent_id,
            OrganisationParent.from_on,
            OrganisationParent.until_on,
        ).order_by(OrganisationParent.added_at, OrganisationParent.id)
    )
    for child, parent, first, last in rows:
        edges[child].append((parent, Days(first, last)))
    return edges


def meet(one: Days, other: Days) -> Days | None:
    """Return the days that two ties have in common; None when there are none."""
    starts = [day for day in (one.from_on, other.from_on) if day is not None]
    ends = [day for day in (one.until_on, other.until_on) if day is not None]
    common = Days(max(starts, default=None), min(ends, default=None))
    if common.from_on is not None and common.until_on is not None and common.until_on < common.from_on:
        return None
    return common


def find_loop(edges: Edges, child: UUID, parent: UUID, days: Days) -> Loop | None:
    """Return a loop that a new tie would close on some day: the way up from the parent, along ties that all hold on a
    common day, that ends at the child. A way is not followed twice within days it was followed on before."""
    ways: list[tuple[UUID, Days, tuple[UUID, ...]]] = [(parent, days, (child, parent))]
    been: dict[UUID, list[Days]] = defaultdict(list)
    while ways:
        here, common, path = ways.pop()
        if here == child:
            return Loop(path, common.from_on)
        if _is_within(common, been[here]):
            continue
        been[here].append(common)
        for above, its in edges.get(here, ()):
            narrowed = meet(common, its)
            if narrowed is not None:
                ways.append((above, narrowed, (*path, above)))
    return None


def _is_within(days: Days, followed: Iterable[Days]) -> bool:
    return any(meet(days, known) == days for known in followed)
