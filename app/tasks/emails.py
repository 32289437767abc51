"""The mails about a task: the house's words in the reader's language, the task's own as they were written."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core import mails
from app.core.addresses import absolute
from app.core.context import page_language
from app.core.mails import Words, letter
from app.core.names import names_of
from app.core.notices import Topic, register_topic
from app.core.registries import Contact
from app.extensions import db
from app.moments.mailed import time_words
from app.moments.shown import shown
from app.people.queries import own_name_of
from app.tasks import telling
from app.tasks.addresses import task_path
from app.tasks.models import Task

TASKS = Topic("tasks", _l("Tasks"), _l("Given to you, or handed back."))


def write_assigned(parameters: dict[str, Any], contact: Contact) -> Words | None:
    task = db.session.get(Task, UUID(parameters["task"]))
    if task is None or task.removed_at is not None:
        return None
    about = UUID(parameters["about"])
    return mails.or_helper(partial(_assigned, task), parameters, contact, about=about, name_of=own_name_of)


def _assigned(task: Task, contact: Contact) -> Words:
    group, giver = _group_of(task), own_name_of(task.assigned_by)
    said = _("%(name)s has given you a task of the group %(group)s:", name=giver, group=group)
    if not giver:
        said = _("You have been given a task of the group %(group)s:", group=group)
    return letter(
        _subject(task, group),
        said,
        task.words,
        _by_when(task),
        _(
            "If it is not for you, hand it back on its page, with a word if you like: %(address)s",
            address=_address(task),
        ),
        date=_due(task),
    )


def _subject(task: Task, group: str) -> str:
    if task.moment is None or not (due := shown(task.moment)).lacks_hour:
        # I18N: subject of a mail; %(group)s is the name of a working group
        return str(_("%(group)s: a task for you", group=group))
    # I18N: subject of a mail; %(group)s is the name of a working group, %(day)s a day with its name and year
    return str(_("%(group)s: a task for you until %(day)s", group=group, day=due.words))


def write_handed_back(parameters: dict[str, Any], contact: Contact) -> Words | None:
    task = db.session.get(Task, UUID(parameters["task"]))
    if task is None or task.removed_at is not None:
        return None
    group, name = _group_of(task), own_name_of(UUID(parameters["about"]))
    said = _("%(name)s hands a task back to the group %(group)s:", name=name, group=group)
    if not name:
        said = _("A task came back to the group %(group)s:", group=group)
    return letter(
        # I18N: subject of a mail; %(group)s is the name of a working group
        _("%(group)s: a task came back", group=group),
        said,
        task.words,
        # I18N: in a mail, before what somebody said when handing a task back, in whatever language
        _("Their words: %(words)s", words=task.given_back_words) if task.given_back_words else "",
        _("Nobody has it now. Give it to somebody else here: %(address)s", address=_address(task)),
        date=_due(task),
    )


def _due(task: Task) -> datetime | None:
    return task.moment.until if task.moment is not None else None


def _by_when(task: Task) -> str:
    return _("By when: %(date)s", date=time_words(shown(task.moment))) if task.moment is not None else ""


def _group_of(task: Task) -> str:
    return names_of("group", [task.group_id], page_language())[task.group_id].text


def _address(task: Task) -> str:
    return absolute(task_path(task.group.slug, task.id))


def register() -> None:
    mails.register(telling.ASSIGNED, write_assigned, is_own=True)
    mails.register(telling.HANDED_BACK, write_handed_back, is_own=True)
    register_topic(TASKS.holding(telling.ASSIGNED, telling.HANDED_BACK))
