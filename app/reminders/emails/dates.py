"""The mails about dates of bodies: what closes, what is only expected, what nobody takes care of yet, what begins.

A date that nobody has confirmed is never called a deadline: it is expected (R-09).
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from app.advocacy.models import Step
from app.core.actors import job
from app.core.addresses import absolute
from app.core.context import page_language
from app.core.mails import Words, letter
from app.core.names import names_of
from app.core.registries import Card, Contact, cards
from app.extensions import db
from app.moments.mailed import time_words
from app.moments.models import Certainty
from app.moments.shown import Shown
from app.reminders.acts import offer_care
from app.reminders.emails.when import days_until, near_subject, shown_to
from app.reminders.models import Care
from app.reminders.things import Thing, find_thing
from app.reminders.things.cares import Unit, units_of_occurrences, units_of_steps

HOUSE = job("reminders")


def card_of(thing: Thing) -> Card | None:
    """Return what a thing is called and where it stands; it was asked before whether the recipient sees it."""
    subject = (thing.moment.subject_kind, thing.moment.subject_id)
    return cards([subject], HOUSE).get(thing.moment.subject_id)


def write_deadline(parameters: dict[str, Any], contact: Contact) -> Words | None:
    """What closes and when, for whoever may have to hand something in, and the way to say that one takes care."""
    thing = find_thing(UUID(parameters["moment"]))
    card = card_of(thing) if thing is not None else None
    if thing is None or card is None:
        return None
    person_id = UUID(parameters["person"])
    time = shown_to(person_id, thing.moment)
    units = units_of_steps([thing.row])[thing.row.id]
    runs = any(person_id in unit.coordinators for unit in units)
    return letter(
        closes_subject(time, card.title),
        _opening(time, card.title),
        time_words(time),
        hour_words(time),
        of_groups(units, person_id),
        _what_to_do(runs, absolute(card.href)),
        _answer(thing.row, [unit.group_id for unit in units if person_id in unit.coordinators], parameters, contact),
        date=thing.moment.until,
    )


def _what_to_do(runs: bool, address: str) -> str:
    if not runs:
        return str(_("Everything about it: %(address)s", address=address))
    # I18N: in a reminder; whoever runs a group says on a page that they take care of what has to be handed in
    sentence = _(
        "Do you take care of it? Say so on its page, and nobody of your group is reminded of it again: %(address)s",
        address=address,
    )
    return str(sentence)


def _answer(step: Step, groups: list[UUID], parameters: dict[str, Any], contact: Contact) -> str:
    """Return the link that takes care of it for the one group of the reader; who runs several does so on its page."""
    return offer_care(step, groups[0], parameters, contact) if len(groups) == 1 else ""


def closes_subject(time: Shown, title: str) -> str:
    """Return the subject of a mail about what closes, by how sure its date is."""
    if time.certainty is Certainty.ESTIMATED:
        # I18N: subject of a mail about a date that is only expected: "Expected around Monday 11 September 2023: …"
        return str(_("Expected %(date)s: %(title)s", date=time.words, title=title))
    if time.certainty is not Certainty.VERIFIED:
        # I18N: subject of a mail about a date that nobody confirmed: "Not confirmed, Monday 11 September 2023: …"
        return str(_("Not confirmed, %(date)s: %(title)s", date=time.words, title=title))
    if not time.has_hour:
        # I18N: subject of a mail: "Closes Monday 11 September 2023: …"
        return str(_("Closes %(date)s: %(title)s", date=time.words, title=title))
    said = {"hour": time.first.start, "place": time.first.place, "title": title}
    match days_until(time):
        case 0:
            return str(_("Closes today %(hour)s in %(place)s: %(title)s", **said))
        case 1:
            return str(_("Closes tomorrow %(hour)s in %(place)s: %(title)s", **said))
    return str(_("Closes %(day)s, %(hour)s in %(place)s: %(title)s", day=time.first.day_of_year, **said))


def _opening(time: Shown, title: str) -> str:
    if time.certainty is Certainty.ESTIMATED:
        return str(_("“%(title)s” is expected to close around this time:", title=title))
    if time.certainty is not Certainty.VERIFIED:
        return str(_("“%(title)s” may close at this time; nobody has confirmed it:", title=title))
    return str(_("“%(title)s” closes:", title=title))


def hour_words(time: Shown) -> str:
    """Return what has to be said of a date whose hour, or whose very day, is not known."""
    if time.certainty is Certainty.ESTIMATED:
        return str(_("The date follows from a rule. It may come earlier or later: wait for the note of the body."))
    if time.certainty is not Certainty.VERIFIED:
        return str(_("Compare it with the note of the body before you rely on it."))
    if time.lacks_hour:
        return str(_("The hour is not stated: be done on the day before."))
    return ""


def of_groups(units: list[Unit], person_id: UUID) -> str:
    """Return why one reads this: one's group works on it, or follows the space."""
    own = [unit for unit in units if person_id in unit.coordinators]
    if not own:
        return ""
    name = names_of("group", [own[0].group_id], page_language())[own[0].group_id].text
    if own[0].engagements:
        return str(_("Your group %(group)s is preparing something for it.", group=name))
    return str(_("Your group %(group)s follows this space.", group=name))


def write_unanswered(parameters: dict[str, Any], contact: Contact) -> Words | None:
    """To the others who run a group, or to the secretariat: nobody has said that they take care."""
    thing = find_thing(UUID(parameters["moment"]))
    care = db.session.get(Care, UUID(parameters["care"]))
    card = card_of(thing) if thing is not None else None
    if thing is None or card is None or care is None:
        return None
    time = shown_to(UUID(parameters["person"]), thing.moment)
    group = names_of("group", [care.group_id], page_language())[care.group_id].text
    return letter(
        # I18N: subject of a mail; a deadline of which nobody in a group has said that they take care of it
        _("Nobody takes care of it yet: %(title)s", title=card.title),
        _opening(time, card.title),
        time_words(time),
        _("Nobody of the group %(group)s has said that they take care of it.", group=group),
        _("If you do, say so on its page: %(address)s", address=absolute(card.href)),
        _answer(thing.row, [care.group_id], parameters, contact),
        date=thing.moment.until,
    )


def write_occurrence(parameters: dict[str, Any], _contact: Contact) -> Words | None:
    """A session of a body begins soon."""
    thing = find_thing(UUID(parameters["moment"]))
    card = card_of(thing) if thing is not None else None
    if thing is None or card is None:
        return None
    person_id = UUID(parameters["person"])
    time = shown_to(person_id, thing.moment)
    is_sure = thing.moment.certainty is Certainty.VERIFIED
    return letter(
        near_subject(time, card.title),
        _("“%(title)s” begins:", title=card.title)
        if is_sure
        else _("“%(title)s” is expected at this time; the date is not confirmed:", title=card.title),
        time_words(time),
        of_groups(units_of_occurrences([thing.row])[thing.row.id], person_id),
        _("Everything about it: %(address)s", address=absolute(card.href)),
        date=thing.moment.starts_at,
    )
