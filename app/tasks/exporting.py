"""The tasks of a group in the export of the whole group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.actors import Actor
from app.core.languages import own_name
from app.core.paging import each_page
from app.moments.shown import shown
from app.tasks.models import TaskState
from app.tasks.queries import page_of_tasks
from app.tasks.showing import TaskShown, tasks_shown
from app.tasks.words import STATES
from app.workinggroups import exports
from app.workinggroups.exports import AT_ONCE, ID, Coded, Part, Room, Table
from app.workinggroups.models import WorkingGroup
from app.workinggroups.policy import is_inside


def parts_of(actor: Actor, group: WorkingGroup, now: datetime) -> Iterator[Part]:
    """Yield the table of all tasks, done and dropped ones too, for those inside."""
    if not is_inside(actor, group):
        return

    every = list(TaskState)

    def rows() -> Iterator[Sequence[object]]:
        for page in each_page(lambda cursor: page_of_tasks(group, states=every, cursor=cursor, size=AT_ONCE)):
            for line in tasks_shown(actor, group, page, now):
                yield _row(line)

    columns = (
        ("words", _("What is to be done")),
        ("language", _("Language")),
        ("state", _("State")),
        ("who", _("Who does it")),
        ("organisation", _("Organisation")),
        ("by_when", _("By when")),
        # I18N: column of a table of tasks: the last instant of the date by which something is to be done
        ("until", _("By when (UTC)")),
        ("noted_at", _("Noted on")),
        # I18N: column of a table of tasks: when something was done or dropped
        ("closed_at", _("Closed on")),
        ("outcome_id", "outcome_id"),
        ID,
    )
    yield Table(name="tasks", columns=columns, rows=rows())


def _row(line: TaskShown) -> Sequence[object]:
    task, moment = line.task, line.task.moment
    return (
        task.words,
        Coded(task.language, own_name(task.language)),
        Coded(task.state, STATES[task.state]),
        line.owner,
        line.organisation,
        shown(moment).words if moment is not None else "",
        moment.until if moment is not None else None,
        task.noted_at,
        task.closed_at,
        task.outcome_id,
        task.id,
    )


def register() -> None:
    room = Room(
        code="tasks",
        holds=_l("Tasks: what, who, by when, and what became of them."),
        leaves_out=_l("Tasks that were removed, and the words with which somebody handed one back."),
        parts=parts_of,
    )
    exports.register(room, order=20)
