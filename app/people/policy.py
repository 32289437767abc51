"""Who may do what with people and organisations. Pure answers from the actor's keys and the row in hand."""

from __future__ import annotations

from app.core import permissions, registries
from app.core.actors import NETWORK, Actor
from app.people.keys import mandate_key
from app.people.models import Affiliation, Appearance, Assistance, ErasureRequest, Organisation, Person, RoleGrant


def appears_to(actor: Actor, person: Person, *, is_mate: bool = False) -> bool:
    """Whether the actor may read this person's name: oneself, the secretariat and people of the same track always
    (`is_mate`); everybody else as the person agreed to. Nobody is the default."""
    if actor.is_secretariat or is_mate or actor.person_id == person.id:
        return True
    if person.appearance is Appearance.PUBLIC:
        return True
    return person.appearance is Appearance.NETWORK and actor.holds(NETWORK)


def can_open_desk(actor: Actor, _thing: object = None) -> bool:
    """The list of people and everything about one person are the secretariat's."""
    return actor.is_secretariat


def can_edit_own(actor: Actor, person: Person | None = None) -> bool:
    """A profile is written by the person it is about, and by nobody else: not by the hand of a helper either."""
    return actor.is_person and not actor.is_helped and (person is None or person.id == actor.person_id)


def can_say_needs(actor: Actor, person: Person) -> bool:
    """What somebody needs to take part they say themselves, by the hand of a helper too."""
    return actor.is_person and person.id == actor.person_id


def can_decide_affiliation(actor: Actor, affiliation: Affiliation) -> bool:
    """The secretariat, or who speaks for that organisation; speaking for it does not confirm oneself."""
    if actor.is_secretariat:
        return True
    if affiliation.organisation_id is None or affiliation.person_id == actor.person_id:
        return False
    return actor.holds(mandate_key(affiliation.organisation_id))


def can_decide_for(actor: Actor, organisation: Organisation) -> bool:
    """Whether the actor sees who asks to belong to an organisation."""
    return actor.is_secretariat or actor.holds(mandate_key(organisation.id))


def can_end_affiliation(actor: Actor, affiliation: Affiliation) -> bool:
    """The secretariat ends it, or the person leaves."""
    return actor.is_secretariat or (can_edit_own(actor) and affiliation.person_id == actor.person_id)


def can_ask_erasure(actor: Actor, person: Person) -> bool:
    """Everybody asks for themselves, with their own hand; the secretariat for who asked it by word of mouth."""
    return actor.is_secretariat or (actor.is_person and actor.helper_id is None and person.id == actor.person_id)


def can_take_back_erasure(actor: Actor, request: ErasureRequest) -> bool:
    """Only the person changes their mind; nobody else for them."""
    return actor.is_person and actor.helper_id is None and request.person_id == actor.person_id


def can_answer_erasure(actor: Actor, request: ErasureRequest) -> bool:
    """The secretariat deletes or says why not; nobody answers their own wish."""
    return actor.is_secretariat and request.person_id != actor.person_id


def can_give_role(actor: Actor, person: Person | None = None) -> bool:
    """The secretariat gives roles to others; nobody raises themselves."""
    return actor.is_secretariat and (person is None or person.id != actor.person_id)


def can_take_role(actor: Actor, grant: RoleGrant | None = None) -> bool:
    """The secretariat takes roles back; everybody may lay down their own."""
    return actor.is_secretariat or (grant is not None and can_edit_own(actor) and grant.person_id == actor.person_id)


def can_edit_page(actor: Actor, organisation: Organisation) -> bool:
    """What an organisation says of itself, and its other names: by who speaks for it, and by the secretariat."""
    return actor.is_secretariat or actor.holds(mandate_key(organisation.id))


def can_help(actor: Actor, _thing: object = None) -> bool:
    """To write for somebody else one belongs to the network oneself; a helper's hand helps nobody further."""
    return actor.is_person and not actor.is_helped and actor.holds(NETWORK)


def can_assist(actor: Actor, _thing: object = None) -> bool:
    """Persons without an account are registered by those whom the network has trusted with something: who leads a
    track, who speaks for an organisation, the secretariat."""
    return can_help(actor) and registries.makes_helper(actor)


def can_end_assistance(actor: Actor, assistance: Assistance) -> bool:
    """Either of the two ends it, or the secretariat. While somebody writes for another, that hand is not theirs."""
    if actor.is_helped or not actor.is_person:
        return False
    return actor.is_secretariat or actor.person_id in (assistance.person_id, assistance.helper_id)


def register() -> None:
    """Tell the house which actions this package guards and which policy answers for each."""
    for code, policy, sentence in (
        ("people.open_desk", can_open_desk, "Read the list of people, their affiliations and roles"),
        ("people.invite", can_open_desk, "Invite a person by e-mail"),
        ("people.ask_erasure", can_ask_erasure, "Ask that a person's data be deleted"),
        ("people.take_back_erasure", can_take_back_erasure, "Take back one's own wish to be deleted"),
        ("people.answer_erasure", can_answer_erasure, "Delete a person's data who asked for it, or say why not"),
        ("people.merge", can_open_desk, "Join two rows of one person"),
        ("people.load", can_open_desk, "Load people from a file"),
        ("people.edit_own", can_edit_own, "Edit one's own profile, password and devices; ask for an affiliation"),
        ("people.say_needs", can_say_needs, "Say what one needs to take part, by a helper's hand too"),
        ("people.decide_affiliation", can_decide_affiliation, "Confirm or refuse an affiliation"),
        ("people.manage_affiliation", can_open_desk, "Add an affiliation, or change its kind from a day on"),
        ("people.end_affiliation", can_end_affiliation, "End an affiliation"),
        ("people.decide_for", can_decide_for, "See who asks to belong to an organisation"),
        ("people.give_role", can_give_role, "Give a role to somebody else"),
        ("people.take_role", can_take_role, "Take a role back, or lay down one's own"),
        ("people.manage_regions", can_open_desk, "Add and name regions of the network"),
        ("people.manage_organisations", can_open_desk, "Create and edit organisations, say to which they belong"),
        ("people.edit_organisation_page", can_edit_page, "Write an organisation's page and its other names"),
        ("people.choose_acting", can_edit_own, "Choose in whose name one acts: one's own, an organisation's"),
        ("people.help", can_help, "Write for a person without an account whom one helps"),
        ("people.assist", can_assist, "Register a person without an account and help them"),
        ("people.name_helper", can_open_desk, "Name a helper for a person without an account"),
        ("people.end_assistance", can_end_assistance, "End the help for a person without an account"),
    ):
        permissions.register(code, policy, sentence)
