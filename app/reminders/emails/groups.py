"""The mails about what a group set itself: a task that is due, a decision to look at again."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from app.core import mails
from app.core.addresses import absolute
from app.core.context import page_language
from app.core.mails import Words, letter
from app.core.names import names_of
from app.core.registries import Contact
from app.decisions.addresses import decision_path
from app.decisions.models import Decision
from app.moments.shown import Shown
from app.outcomes.models import Outcome
from app.people.helping import told_for
from app.people.queries import own_name_of
from app.reminders.emails.changes import before
from app.reminders.emails.when import shown_to
from app.reminders.telling_moved import DAY_CHANGED
from app.reminders.things import Thing, find_thing
from app.sessions.addresses import session_path
from app.tasks.addresses import task_path
from app.tasks.models import Task


def write_task(parameters: dict[str, Any], contact: Contact) -> Words | None:
    """To whoever has it, or who helps them; to whoever runs the group where nobody has it, or the group wants so."""
    thing = find_thing(UUID(parameters["moment"]))
    if thing is None:
        return None
    time = shown_to(UUID(parameters["person"]), thing.moment)
    write = partial(_task, thing, time, parameters.get("minutes", 0) > 0, before(DAY_CHANGED, parameters, thing.moment))
    return mails.or_helper(write, parameters, contact, about=told_for(parameters), name_of=own_name_of)


def _task(thing: Thing, time: Shown, is_late: bool, was: str, _contact: Contact) -> Words:
    task: Task = thing.row
    group, date = _group(task.group_id), time.words
    if is_late:
        # I18N: subject of a mail; %(date)s has passed: "Was due Friday 12 March 2027: a task of the group …"
        subject = _("Was due %(date)s: a task of %(group)s", date=date, group=group)
    else:
        # I18N: subject of a mail: "Due Friday 12 March 2027: a task of the group …"
        subject = _("Due %(date)s: a task of %(group)s", date=date, group=group)
    opening = _("This was to be done for the group %(group)s:", group=group) if is_late else ""
    opening = opening or _("This is to be done for the group %(group)s:", group=group)
    address = absolute(task_path(task.group.slug, task.id))
    nobody = _("Nobody has taken it yet.") if task.owner_id is None else ""
    return letter(
        subject,
        opening,
        task.words,
        _("By when: %(date)s", date=date),
        was,
        nobody,
        # I18N: in a reminder of a task, with the address of its page
        _("Say there that it is done, choose another day, or hand it back: %(address)s", address=address),
        date=thing.moment.until,
    )


def write_agreed(parameters: dict[str, Any], _contact: Contact) -> Words | None:
    """To whoever speaks for the organisation that takes it on, or leads the track whose session agreed on it."""
    thing = find_thing(UUID(parameters["moment"]))
    if thing is None:
        return None
    outcome: Outcome = thing.row
    track_id = outcome.session.track_id
    track = names_of("track", [track_id], page_language())[track_id].text
    date = shown_to(UUID(parameters["person"]), thing.moment).words
    is_late = parameters.get("minutes", 0) > 0
    address = absolute(f"{session_path(outcome.session_id)}#outcome-{outcome.id}")
    return letter(
        # I18N: subject of a mail; %(date)s has passed: "Was due Friday 12 March 2027: agreed in Land rights"
        _("Was due %(date)s: agreed in %(track)s", date=date, track=track)
        if is_late
        # I18N: subject of a mail: "Due Friday 12 March 2027: agreed in Land rights"
        else _("Due %(date)s: agreed in %(track)s", date=date, track=track),
        _("A session of %(track)s agreed on this:", track=track),
        outcome.words,
        _("By when: %(date)s", date=date),
        before(DAY_CHANGED, parameters, thing.moment),
        # I18N: in a reminder of what a session agreed on
        _("Whoever leads the track says here what has become of it: %(address)s", address=address),
        date=thing.moment.until,
    )


def write_day_changed(parameters: dict[str, Any], contact: Contact) -> Words | None:
    """The same mail with another day, and the day that it had."""
    thing = find_thing(UUID(parameters["moment"]))
    if thing is None:
        return None
    return (write_task if isinstance(thing.row, Task) else write_agreed)(parameters, contact)


def write_review(parameters: dict[str, Any], _contact: Contact) -> Words | None:
    """To whoever runs the group: a decision wanted to be looked at again."""
    thing = find_thing(UUID(parameters["moment"]))
    if thing is None:
        return None
    decision: Decision = thing.row
    group, date = _group(decision.group_id), shown_to(UUID(parameters["person"]), thing.moment).words
    address = absolute(decision_path(decision))
    return letter(
        # I18N: subject of a mail; a group wanted to look at one of its decisions again on that day
        _("%(date)s: look again at “%(title)s”", date=date, title=decision.title),
        _(
            "The group %(group)s wanted to look at its decision “%(title)s” again on this day:",
            group=group,
            title=decision.title,
        ),
        date,
        _("Does it still hold? What was decided stands here: %(address)s", address=address),
        date=thing.moment.until,
    )


def _group(group_id: UUID) -> str:
    return names_of("group", [group_id], page_language())[group_id].text
