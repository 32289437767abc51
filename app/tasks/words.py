"""What may be written of a task, and what the codes of its state are called."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from app.tasks.models import TaskState

LONGEST_WORDS = 1_000
LONGEST_BACK = 500

MISSING = _l("Write what is to be done, in a sentence or two.")

STATES: dict[TaskState, Any] = {
    # I18N: state of a task: nobody has begun
    TaskState.OPEN: _l("To do"),
    # I18N: state of a task: somebody is at it
    TaskState.UNDER_WAY: _l("Under way"),
    # I18N: state of a task
    TaskState.DONE: lazy_pgettext("task", "Done"),
    # I18N: state of a task: it was given up
    TaskState.DROPPED: lazy_pgettext("task", "Dropped"),
}
