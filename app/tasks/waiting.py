"""What waits among tasks: one's own that are overdue or due soon; for whoever runs a group, those that nobody has, and
those of others that are overdue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import Name, names_of
from app.core.waiting import MOST, Kind, Line
from app.people.queries import names_shown
from app.tasks.forms import MINE, NOBODYS
from app.tasks.queries import ToDo, list_to_do

SOON = timedelta(days=7)


@dataclass(slots=True)
class _Waiting:
    """What waits in one group; `left` counts by who had it and left."""

    slug: str
    overdue: int = 0
    soon: int = 0
    of_others: int = 0
    nobodys: int = 0
    left: dict[UUID, int] = field(default_factory=dict)


def waiting(actor: Actor, now: datetime) -> list[Line]:
    """For whoever has tasks, and whoever runs a group; one question for the tasks of all their groups."""
    rows = list_to_do(actor)
    if not rows:
        return []
    by_group: dict[UUID, _Waiting] = {}
    for row in rows:
        _count(by_group.setdefault(row.group_id, _Waiting(row.slug)), row, actor, now)
    groups = names_of("group", by_group, page_language())
    gone = frozenset(person_id for found in by_group.values() for person_id in found.left)
    people = names_shown(actor, gone, gone) if gone else {}
    lines = (line for group_id, found in by_group.items() for line in _lines(found, groups[group_id], people))
    return list(islice(lines, MOST))


def _count(found: _Waiting, row: ToDo, actor: Actor, now: datetime) -> None:
    is_overdue = row.until is not None and row.until < now
    if row.owner_id is None and row.left_by is not None:
        found.left[row.left_by] = found.left.get(row.left_by, 0) + 1
    elif row.owner_id is None:
        found.nobodys += 1
    elif row.owner_id != actor.person_id:
        found.of_others += is_overdue
    elif is_overdue:
        found.overdue += 1
    elif row.until is not None and row.until < now + SOON:
        found.soon += 1


def _lines(found: _Waiting, group: Name, people: dict[UUID, object]) -> Iterator[Line]:
    mine = url_for("tasks.list_tasks", slug=found.slug, whose=MINE)
    if count := found.overdue:
        sentence = ngettext("%(num)s of your tasks is overdue.", "%(num)s of your tasks are overdue.", count)
        yield Line(Kind.CARE, sentence, mine, _("See your tasks"), group)
    if count := found.soon:
        sentence = ngettext(
            "%(num)s of your tasks is due within a week.", "%(num)s of your tasks are due within a week.", count
        )
        yield Line(Kind.CARE, sentence, mine, _("See your tasks"), group)
    nobodys = url_for("tasks.list_tasks", slug=found.slug, whose=NOBODYS)
    for person_id, count in found.left.items():
        sentence = ngettext(
            "%(num)s task has no owner since %(name)s left.",
            "%(num)s tasks have no owner since %(name)s left.",
            count,
            name=people.get(person_id, ""),
        )
        # I18N: link to tasks without an owner, to find somebody for them
        yield Line(Kind.CARE, sentence, nobodys, _("Find somebody"), group)
    if count := found.nobodys:
        sentence = ngettext("%(num)s task has no owner.", "%(num)s tasks have no owner.", count)
        yield Line(Kind.CARE, sentence, nobodys, _("Find somebody"), group)
    if count := found.of_others:
        sentence = ngettext("%(num)s task of others is overdue.", "%(num)s tasks of others are overdue.", count)
        yield Line(Kind.CARE, sentence, url_for("tasks.list_tasks", slug=found.slug), _("See the tasks"), group)
