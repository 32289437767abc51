"""Who may do what with chantiers. Pure answers from the actor's keys and the row in hand; nothing is queried.

Speaking for an organisation is a mandate that counts today; one that ended yesterday opens nothing.
"""

from __future__ import annotations

from app.chantiers.models import Carrier, CarrierRequest, PartnershipAgreement
from app.core import permissions
from app.core.actors import Actor
from app.people.keys import mandate_key, mandated_for
from app.people.models import Organisation
from app.workinggroups.keys import asked_to_carry_key, carriers_key
from app.workinggroups.models import GroupKind, GroupState, WorkingGroup
from app.workinggroups.policy import is_admitted, is_inside


def goes_on(group: WorkingGroup) -> bool:
    """A chantier that is not closed."""
    return group.kind is GroupKind.CHANTIER and group.state is not GroupState.CLOSED


def can_propose(actor: Actor, organisation: Organisation | None = None) -> bool:
    """Whoever speaks for an organisation, in its name."""
    if not actor.is_person:
        return False
    return actor.holds(mandate_key(organisation.id)) if organisation is not None else bool(mandated_for(actor))


def can_carry(actor: Actor, group: WorkingGroup) -> bool:
    """Who speaks for one of the carriers, as long as the chantier is not closed."""
    return goes_on(group) and actor.is_person and actor.holds(carriers_key(group.id))


def can_answer(actor: Actor, request: CarrierRequest) -> bool:
    """Who speaks for the organisation that is asked."""
    return actor.is_person and actor.holds(mandate_key(request.organisation_id))


def can_withdraw(actor: Actor, request: CarrierRequest) -> bool:
    """The carriers take a request back."""
    return can_carry(actor, request.group)


def can_speak_for(actor: Actor, carrier: Carrier) -> bool:
    """Who speaks for this very carrier: it signs and leaves by nobody else's hand."""
    return goes_on(carrier.group) and actor.is_person and actor.holds(mandate_key(carrier.organisation_id))


def can_read_letter(actor: Actor, group: WorkingGroup) -> bool:
    """Everybody inside, the carriers, and who is asked to become one."""
    return is_inside(actor, group) or actor.holds(carriers_key(group.id)) or actor.holds(asked_to_carry_key(group.id))


def can_agree(actor: Actor, group: WorkingGroup) -> bool:
    """R-20: the carriers and the secretariat record that an organisation takes part under an agreement."""
    return goes_on(group) and (actor.is_secretariat or can_carry(actor, group))


def can_end_agreement(actor: Actor, agreement: PartnershipAgreement) -> bool:
    return can_agree(actor, agreement.group)


def can_come_in(actor: Actor, group: WorkingGroup) -> bool:
    """Who belongs to an organisation with an agreement, or speaks for it."""
    return goes_on(group) and actor.is_person and is_admitted(actor, group)


def register() -> None:
    """Tell the house which actions this package guards and which policy answers for each."""
    for code, policy, sentence in (
        ("chantiers.propose", can_propose, "Propose a chantier in the name of an organisation"),
        ("chantiers.ask_carrier", can_carry, "Ask another organisation to carry a chantier (R-18)"),
        ("chantiers.answer_request", can_answer, "Say whether one's organisation carries a chantier"),
        ("chantiers.withdraw_request", can_withdraw, "Take back a request to carry a chantier"),
        ("chantiers.stop_carrying", can_speak_for, "Say that one's organisation no longer carries a chantier"),
        ("chantiers.write_letter", can_carry, "Write the mission letter of a chantier (R-19)"),
        ("chantiers.sign_letter", can_speak_for, "Sign a mission letter for a carrier"),
        ("chantiers.read_letter", can_read_letter, "Read the mission letters of a chantier"),
        ("chantiers.record_agreement", can_agree, "Record a partnership agreement for a chantier (R-20)"),
        ("chantiers.end_agreement", can_end_agreement, "End a partnership agreement"),
        ("chantiers.come_in", can_come_in, "Come into a chantier as a guest, under an agreement"),
    ):
        permissions.register(code, policy, sentence)
