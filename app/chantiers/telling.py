"""Who is told what about chantiers: one notice per person and fact, written in the transaction of the fact.

Who speaks for a carrier is told what they should answer or sign; everybody inside, that the chantier became active or
was suspended. Nobody is told what they did themselves. The words stand in `emails`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from app.chantiers import keys
from app.chantiers.models import (
    Carrier,
    CarrierRequest,
    Chantier,
    MissionLetter,
    PartnershipAgreement,
    RequestState,
)
from app.chantiers.queries import current_carriers
from app.core import notices
from app.core.actors import Actor
from app.core.registries import StillWanted
from app.extensions import db
from app.people.keys import holders_of_mandate, mandate_key
from app.people.queries import helpers_of
from app.workinggroups.keys import carriers_key, group_key, holders_of_group
from app.workinggroups.models import GroupState

ASKED = "chantiers.asked"
ANSWERED = "chantiers.answered"
TO_SIGN = "chantiers.letter_to_sign"
LEFT = "chantiers.carrier_left"
STATE = "chantiers.state"
AGREED = "chantiers.agreed"
AGREEMENT_ENDED = "chantiers.agreement_ended"
KINDS = (ASKED, ANSWERED, TO_SIGN, LEFT, STATE, AGREED, AGREEMENT_ENDED)


def _tell(person_ids: set[UUID], kind: str, thing: tuple[str, UUID], now: datetime) -> None:
    name, row_id = thing
    notices.tell_many(sorted(person_ids, key=str), kind, str(row_id), {name: str(row_id)}, now=now)


def _speakers(organisation_id: UUID, now: datetime) -> set[UUID]:
    return holders_of_mandate(mandate_key(organisation_id), now)


def _carriers(group_id: UUID, now: datetime) -> set[UUID]:
    return keys.holders_of_carriers(carriers_key(group_id), now)


def tell_asked(actor: Actor, request: CarrierRequest, *, now: datetime) -> None:
    """An organisation is asked to carry: who speaks for it answers."""
    reached = _speakers(request.organisation_id, now)
    _tell(reached - {actor.person_id}, ASKED, ("request", request.id), now)


def tell_answered(actor: Actor, request: CarrierRequest, *, now: datetime) -> None:
    """An organisation accepted or declined: the carriers learn it."""
    reached = _carriers(request.group_id, now) - _speakers(request.organisation_id, now)
    _tell(reached - {actor.person_id}, ANSWERED, ("request", request.id), now)


def tell_to_sign(actor: Actor, letter: MissionLetter, *, now: datetime) -> None:
    """There is an edition to sign; told once, however often it is changed before anybody signs."""
    _tell(_carriers(letter.group_id, now) - {actor.person_id}, TO_SIGN, ("letter", letter.id), now)


def tell_left(actor: Actor, carrier: Carrier, *, now: datetime) -> None:
    """A carrier left: the others learn it."""
    _tell(_carriers(carrier.group_id, now) - {actor.person_id}, LEFT, ("carrier", carrier.id), now)


def tell_state(actor: Actor, chantier: Chantier, *, now: datetime) -> None:
    """The chantier became active or was suspended: everybody inside and everybody who speaks for a carrier."""
    inside = holders_of_group(group_key(chantier.group_id), now)
    helpers = {helper for found in helpers_of(inside).values() for helper in found}
    facts = {"group": str(chantier.group_id), "state": chantier.group.state.value, "at": now.isoformat()}
    fact = f"{chantier.group_id}:{now.isoformat()}:{chantier.group.state.value}"
    reached = (inside | helpers | _carriers(chantier.group_id, now)) - {actor.person_id}
    notices.tell_many(sorted(reached, key=str), STATE, fact, facts, now=now)


def tell_agreed(actor: Actor, agreement: PartnershipAgreement, *, now: datetime) -> None:
    """An organisation takes part under an agreement: who speaks for it may come in."""
    reached = _speakers(agreement.organisation_id, now)
    _tell(reached - {actor.person_id}, AGREED, ("agreement", agreement.id), now)


def tell_agreement_ended(actor: Actor, agreement: PartnershipAgreement, *, now: datetime) -> None:
    """An agreement was ended before its last day."""
    reached = _speakers(agreement.organisation_id, now)
    _tell(reached - {actor.person_id}, AGREEMENT_ENDED, ("agreement", agreement.id), now)


def still_wanted(notice: Any, now: datetime) -> bool:
    """Asked at the last moment before a mail leaves: what it says is still so."""
    return _STILL[notice.kind](notice, now)


def _request_waits(notice: Any, _now: datetime) -> bool:
    request = db.session.get(CarrierRequest, UUID(notice.parameters["request"]))
    return request is not None and request.state is RequestState.ASKED


def _was_answered(notice: Any, _now: datetime) -> bool:
    request = db.session.get(CarrierRequest, UUID(notice.parameters["request"]))
    return request is not None and request.state in (RequestState.ACCEPTED, RequestState.DECLINED)


def _waits_for_signature(notice: Any, now: datetime) -> bool:
    """Nothing replaced the edition, and a carrier this person speaks for has not signed it."""
    letter = db.session.get(MissionLetter, UUID(notice.parameters["letter"]))
    if letter is None or letter.replaced_at is not None or letter.until_on < now.date():
        return False
    return bool(to_sign_by(notice.person_id, letter, now))


def to_sign_by(person_id: UUID, letter: MissionLetter, now: datetime) -> list[Carrier]:
    """Return the carriers a person speaks for that have not signed an edition."""
    signed = {row.carrier_id for row in letter.signatures}
    missing = [row for row in current_carriers(letter.group) if row.id not in signed]
    return [row for row in missing if person_id in _speakers(row.organisation_id, now)]


def _is_still_so(notice: Any, _now: datetime) -> bool:
    chantier = db.session.get(Chantier, UUID(notice.parameters["group"]))
    return chantier is not None and chantier.group.state is GroupState(notice.parameters["state"])


def _is_agreed(notice: Any, now: datetime) -> bool:
    agreement = db.session.get(PartnershipAgreement, UUID(notice.parameters["agreement"]))
    return agreement is not None and agreement.ended_at is None and agreement.until_on >= now.date()


def _always(_notice: Any, _now: datetime) -> bool:
    return True


_STILL = {
    ASKED: _request_waits,
    ANSWERED: _was_answered,
    TO_SIGN: _waits_for_signature,
    LEFT: _always,
    STATE: _is_still_so,
    AGREED: _is_agreed,
    AGREEMENT_ENDED: _always,
}
STILL_WANTED: dict[str, StillWanted] = dict.fromkeys(KINDS, still_wanted)
