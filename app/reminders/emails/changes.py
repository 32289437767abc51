"""The mails that another date changed (of a body, an event, of joining), and clocks that law changed: old and new."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _

from app.advocacy.models import Occurrence, Step
from app.core import mails
from app.core.actors import job
from app.core.addresses import absolute
from app.core.mails import Words, letter
from app.core.registries import Card, Contact, cards
from app.core.types import Facts
from app.extensions import db
from app.moments.earlier import before_lines, days_earlier, earlier_subject
from app.moments.endings import old_end_shown, window_end
from app.moments.mailed import dated_line, time_words
from app.moments.models import NOT_TAKING_PLACE, Certainty, Moment, MomentChange, Status
from app.moments.queries import as_told_before, says_something
from app.moments.shown import Shown, shown_facts
from app.people.helping import clock_of, told_for
from app.people.models import Person
from app.people.queries import own_name_of
from app.reminders import telling_changes, telling_clocks, telling_moved

HOUSE = job("reminders")
MOST = 8
"""Deadlines that moved along, as many as one reads in a mail."""


def write_changed(parameters: dict[str, Any], contact: Contact) -> Words | None:
    """What it is now, what it was as the reader knew it, why, and which deadlines moved along."""
    return _changed(telling_changes.CHANGED, parameters, contact)


def write_event_changed(parameters: dict[str, Any], contact: Contact) -> Words | None:
    """Of what others organise, or when one can join: what it is now, what it was as the reader knew it, why."""
    return _changed(telling_moved.EVENT_CHANGED, parameters, contact)


def _changed(kind: str, parameters: dict[str, Any], _contact: Contact) -> Words | None:
    moment = db.session.get(Moment, UUID(parameters["moment"]))
    change = db.session.get(MomentChange, UUID(parameters["change"]))
    card = _card(moment) if moment is not None else None
    if moment is None or change is None or card is None:
        return None
    person_id = UUID(parameters["person"])
    told = _told_before(kind, parameters, change, moment)
    subject, opening = _begin(change.old, change.new, _days_earlier(change, moment, told, person_id), card.title)
    is_off = change.new["status"] in NOT_TAKING_PLACE
    return letter(
        subject,
        opening,
        "" if is_off else time_words(_shown(change.new, person_id)),
        "" if _is_on_again(change.old, change.new) else before(kind, parameters, moment),
        _("Why: %(reason)s", reason=change.reason) if change.reason and not _is_confirmed(change, moment) else "",
        _moved_along(change, parameters, person_id) if "occurrence" in parameters else "",
        _("Everything about it: %(address)s", address=absolute(card.href)),
        date=moment.until if moment.subject_kind == "intake" else moment.starts_at,
    )


def before(kind: str, parameters: dict[str, Any], moment: Moment) -> str:
    """Return the line that says what a date was, as the reader was told it last; "" where the notice tells of no
    change."""
    change = db.session.get(MomentChange, UUID(parameters["change"])) if "change" in parameters else None
    if change is None:
        return ""
    person_id, told = UUID(parameters["person"]), _told_before(kind, parameters, change, moment)
    return before_lines(_shown(told, person_id), _days_earlier(change, moment, told, person_id))


def _told_before(kind: str, parameters: dict[str, Any], change: MomentChange, moment: Moment) -> Facts:
    if kind in (telling_moved.EVENT_CHANGED, telling_moved.DAY_CHANGED):
        return telling_moved.told_before(kind, parameters, change, moment)
    return as_told_before(kind, change, moment, UUID(parameters["person"]))


def _days_earlier(change: MomentChange, moment: Moment, told: Facts, person_id: UUID) -> int:
    if change.new["status"] in NOT_TAKING_PLACE:
        return 0
    closes = moment.subject_kind == "intake"
    return days_earlier(_shown(told, person_id), _shown(change.new, person_id), mails.now(), closes=closes)


def _begin(old: Facts, new: Facts, days_earlier: int, title: str) -> tuple[str, str]:
    if new["status"] == Status.CANCELLED:
        return str(_("Cancelled: %(title)s", title=title)), str(_("“%(title)s” does not take place.", title=title))
    if new["status"] == Status.POSTPONED:
        sentence = _("“%(title)s” is put off. The new date is not known yet.", title=title)
        return str(_("Postponed: %(title)s", title=title)), str(sentence)
    if _is_on_again(old, new):
        return str(_("Planned again: %(title)s", title=title)), str(_("It takes place after all."))
    if new["certainty"] == Certainty.VERIFIED and old["certainty"] != Certainty.VERIFIED:
        # I18N: subject of a mail: the date of something is confirmed now
        subject, opening = (
            _("Confirmed: %(title)s", title=title),
            _("The date of “%(title)s” is confirmed:", title=title),
        )
    else:
        subject, opening = _("Another date: %(title)s", title=title), _("“%(title)s” has another date:", title=title)
    if days_earlier:
        subject = earlier_subject(days_earlier, title)
    return str(subject), str(opening)


def _is_on_again(old: Facts, new: Facts) -> bool:
    """Whether what had been called off takes place after all, on the day that it had."""
    is_on = old["status"] in NOT_TAKING_PLACE and new["status"] not in NOT_TAKING_PLACE
    return is_on and not says_something(old | {"status": ""}, new | {"status": ""})


def _is_confirmed(change: MomentChange, moment: Moment) -> bool:
    """Whether the reason is a source: whoever confirms a date of a body, also once more, gives no other; whoever moves
    it gives both."""
    is_sure = change.new["certainty"] == Certainty.VERIFIED and change.new["status"] == Status.CONFIRMED
    return is_sure and moment.subject_kind in {"step", "occurrence"} and "source" not in change.new


def _moved_along(change: MomentChange, parameters: dict[str, Any], person_id: UUID) -> str:
    """Return the deadlines of a session that got another date in the same act."""
    occurrence = db.session.get(Occurrence, UUID(parameters["occurrence"]))
    if occurrence is None or occurrence.moment_id != change.moment_id:
        return ""
    rows = db.session.execute(
        sa.select(Step, MomentChange)
        .join(MomentChange, MomentChange.moment_id == Step.moment_id)
        .where(Step.occurrence_id == occurrence.id, MomentChange.at == change.at)
        .order_by(MomentChange.id)
    )
    moved = [(step, row) for step, row in rows if step.is_deadline and row.new["status"] not in NOT_TAKING_PLACE]
    if not moved:
        return ""
    titles = cards([("step", step.id) for step, _row in moved], HOUSE)
    lines = [dated_line(titles[step.id].title, _shown(row.new, person_id)) for step, row in moved[:MOST]]
    # I18N: in a mail about a session that moved; below stands one line for each of its deadlines
    return "\n".join([str(_("With it moved:")), *lines])


def write_clocks(parameters: dict[str, Any], contact: Contact) -> Words | None:
    """One mail for all that new rules of clocks moved, for this reader or whom they help."""
    write = partial(_clocks, parameters)
    return mails.or_helper(write, parameters, contact, about=told_for(parameters), name_of=own_name_of)


def _clocks(parameters: dict[str, Any], _contact: Contact) -> Words | None:
    person_id = UUID(parameters["person"])
    clock = clock_of(parameters) or None
    lines, first = [], None
    for change, thing in telling_clocks.moved_for(person_id, parameters):
        card = _card(thing.moment)
        if card is None:
            continue
        first = first or thing.moment.starts_at
        shown = old_end_shown if window_end(thing.moment) is not None else shown_facts
        old, new = shown(change.old, clock), shown(change.new, clock)
        # I18N: one line of a mail: what, its hour as it was for the reader, its hour as it is now
        lines.append(
            _("%(title)s: not at %(old)s, but %(new)s", title=card.title, old=old.first.start, new=time_words(new))
        )
    if not lines:
        return None
    return letter(
        _("Your hour changes: a government changed its clocks"),
        _("The rules of clocks have changed somewhere. At its own place each of these keeps its hour, yours moves:"),
        "\n".join(lines),
        date=first,
    )


def _card(moment: Moment) -> Card | None:
    return cards([(moment.subject_kind, moment.subject_id)], HOUSE).get(moment.subject_id)


def _shown(facts: Facts, person_id: UUID) -> Shown:
    person = db.session.get(Person, person_id)
    return replace(shown_facts(facts), reader_zone=(person.zone if person is not None else "") or None)
