"""Rooms on the page of a group that is a chantier: who carries it and what it lacks, its mission letter, the desk."""

from __future__ import annotations

from markupsafe import Markup

from app.chantiers.policy import can_propose, can_read_letter
from app.chantiers.queries import is_chantier, newest_letter
from app.chantiers.showing import contributors_shown, day_words, days_words, situation
from app.core import clock, slots
from app.core.actors import Actor
from app.core.slots import rendered
from app.workinggroups.models import WorkingGroup

NOTHING = Markup("")


def carriers_of_group(actor: Actor, *, group: WorkingGroup) -> Markup:
    """Who carries it, its state, what is missing, and the next step: for whoever knows of the chantier."""
    if not is_chantier(group):
        return NOTHING
    now = situation(actor, group, clock.now())
    return rendered("chantiers/carriers_room.html", group=group, now=now, day_words=day_words)


def letter_of_group(actor: Actor, *, group: WorkingGroup) -> Markup:
    """The letter in force with its contributors, for those inside."""
    if not is_chantier(group) or not can_read_letter(actor, group):
        return NOTHING
    now = situation(actor, group, clock.now())
    if now.letter is None:
        return NOTHING
    shown = contributors_shown(now.letter)
    values = {"group": group, "letter": now.letter, "contributors": shown, "days_words": days_words}
    return rendered("chantiers/letter_room.html", **values)


def carried_until(actor: Actor, *, group: WorkingGroup) -> Markup:
    """On the handover sheet: who carries it, what it lacks, under which letter and until when."""
    if not is_chantier(group):
        return NOTHING
    now = situation(actor, group, clock.now())
    return rendered("chantiers/handover.html", group=group, now=now, day_words=day_words, days_words=days_words)


def desk_of_group(actor: Actor, *, group: WorkingGroup) -> Markup:
    """The ways on for who carries the chantier and for the secretariat."""
    if not is_chantier(group):
        return NOTHING
    return rendered("chantiers/desk.html", group=group, is_written=newest_letter(group) is not None)


def way_to_propose(actor: Actor) -> Markup:
    """On the list of groups: the way to propose a chantier, for who speaks for an organisation."""
    return rendered("chantiers/list_desk.html") if can_propose(actor) else NOTHING


def fill() -> None:
    slots.fill("workinggroups.list_desk", "chantiers", way_to_propose, order=50)
    slots.fill("workinggroups.group_public", "chantiers", carriers_of_group, order=10)
    slots.fill("workinggroups.group", "chantiers", letter_of_group, order=40)
    slots.fill("workinggroups.desk", "chantiers", desk_of_group, order=30)
    slots.fill("workinggroups.handover", "chantiers", carried_until, order=5)
