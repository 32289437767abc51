"""What is answered from the mail about a deadline: "I take care of it", for the one group that its reader runs."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.advocacy.addresses import step_path
from app.advocacy.models import STEP, Step
from app.core import acts
from app.core.actors import Actor, job
from app.core.acts import ActLink, Asked, Choice, Holder, Over, Said
from app.core.apart import apart
from app.core.context import page_language
from app.core.errors import NotFound
from app.core.forms import Form
from app.core.names import names_of
from app.core.permissions import can
from app.core.registries import Contact, cards
from app.extensions import db
from app.moments.mailed import time_words
from app.moments.shown import Shown, shown
from app.reminders import services
from app.reminders.policy import Answering
from app.reminders.services.caring import NOTHING_LEFT
from app.reminders.things.bodies import is_open
from app.reminders.things.cares import Unit, units_of_steps
from app.workinggroups.models import WorkingGroup

CARE = "reminders.care"
TAKE = "take"


def offer_care(step: Step, group_id: UUID, parameters: dict[str, Any], contact: Contact) -> str:
    """Return the paragraph of a mail with the link by which its reader takes care of a deadline for a group: of this
    date, and of no later one."""
    about = f"{group_id.hex}:{step.moment.until.isoformat()}"
    return acts.offer(CARE, step.id, parameters, contact, about=about)


def _about(link: ActLink) -> tuple[UUID, str]:
    group, _colon, until = link.about.partition(":")
    return UUID(group), until


def _things(link: ActLink) -> tuple[Step, WorkingGroup, Unit | None]:
    group_id, _until = _about(link)
    step, group = db.session.get(Step, link.subject_id), db.session.get(WorkingGroup, group_id)
    if step is None or group is None:
        raise NotFound
    return step, group, next((one for one in units_of_steps([step])[step.id] if one.group_id == group_id), None)


def _ask(holder: Holder, link: ActLink, now: datetime) -> Asked | Over:
    step, group, unit = _things(link)
    if unit is None or not can(holder.actor, "reminders.acknowledge", Answering(group, is_concerned=True)):
        raise NotFound
    href, time = step_path(step.occurrence_id, step.id), shown(step.moment, holder.zone or None, page_language())
    over = _why_over(step, unit, _about(link)[1], time, now)
    if over:
        return Over(over, href, _title_of(step))
    return Asked(
        thing=(step, group),
        # I18N: a question; the button says "I take care of it"; what closes stands between the marks
        title=_("Do you take care of “%(title)s”?", title=_title_of(step)),
        lines=(
            time_words(time),
            _("You say it for the group %(group)s.", group=_name(group.id)),
        ),
        href=href,
        note=_("Nobody of your group is reminded of this date again."),
    )


def _why_over(step: Step, unit: Unit, until: str, time: Shown, now: datetime) -> Any:
    """Return why it is not asked any more; "" where it is."""
    if not is_open(step, now):
        return NOTHING_LEFT
    if step.moment.until.isoformat() != until:
        return _moved_since(time)
    return _("Somebody takes care of it already.") if unit.is_taken else ""


def _moved_since(time: Shown) -> str:
    """A word for one date is none for another."""
    return str(_("The date has changed since this mail was written: %(date)s.", date=time.words))


def _title_of(step: Step) -> str:
    """Return what a deadline is called, as the mail called it."""
    card = cards([(STEP, step.id)], job("reminders")).get(step.id)
    return apart(card.title) if card is not None else ""


def _name(group_id: UUID) -> str:
    return apart(names_of("group", [group_id], page_language())[group_id].text)


def _perform(actor: Actor, thing: tuple[Step, WorkingGroup], _link: ActLink, _form: Form, now: datetime) -> None:
    step, group = thing
    services.acknowledge_deadline(actor, step, group, now=now)


def _said(holder: Holder, link: ActLink, _now: datetime) -> Said | None:
    step, group, unit = _things(link)
    if unit is None or not can(holder.actor, "reminders.acknowledge", Answering(group, is_concerned=True)):
        return None
    href, title = step_path(step.occurrence_id, step.id), _title_of(step)
    is_same_date = step.moment.until.isoformat() == _about(link)[1]
    is_own = unit.care is not None and unit.care.acknowledged_by == holder.actor.person_id
    if is_same_date and unit.is_answered and is_own:
        return Said(
            _("You take care of “%(title)s” for the group %(group)s.", title=title, group=_name(group.id)), href
        )
    names_it = is_same_date and not unit.is_taken
    sentence = _what_stands(holder, step, unit, title, is_same_date=is_same_date)
    return Said(sentence, href, counts=False, lines=() if names_it else (title,))


def _what_stands(holder: Holder, step: Step, unit: Unit, title: str, *, is_same_date: bool) -> str:
    """Return what became of a word that does not count any more: handed back, or given for another date."""
    if not is_same_date:
        return _moved_since(shown(step.moment, holder.zone or None, page_language()))
    if unit.is_taken:
        return str(_("Somebody takes care of it already."))
    return str(_("Nobody takes care of it yet: %(title)s", title=title))


def register() -> None:
    """Tell the house what is answered from mails of this package."""
    # I18N: on a button and before a link: I have seen this deadline and do what it asks for
    choices = {TAKE: Choice(_l("I take care of it"), is_weighty=True)}
    acts.register(acts.Act(CARE, choices, ask=_ask, perform=_perform, said=_said))
