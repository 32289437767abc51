"""The tasks of a group as a table to take along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from app.core.languages import own_name
from app.moments.shown import shown
from app.tasks.showing import TaskShown
from app.tasks.words import STATES


def table_of(lines: Sequence[TaskShown]) -> Iterator[Sequence[object]]:
    """Yield the head and one row per task."""
    yield (
        _("What is to be done"),
        _("Language"),
        _("State"),
        # I18N: head of a column: who does a task
        _("Who does it"),
        _("Organisation"),
        # I18N: head of a column: the date by which something is to be done
        _("By when"),
        # I18N: head of a column: the day on which a task was noted
        _("Noted on"),
    )
    for line in lines:
        task = line.task
        yield (
            task.words,
            own_name(task.language),
            STATES[task.state],
            line.owner,
            line.organisation or "",
            shown(task.moment).words if line.has_date and task.moment is not None else "",
            task.noted_at.date().isoformat(),
        )
