"""Rows of chantiers for tests, and their acts in short."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from app.chantiers import services
from app.chantiers.models import Basis, Carrier, CarrierRequest, Chantier, MissionLetter, PartnershipAgreement
from app.chantiers.queries import current_carriers
from app.chantiers.services import LetterWords, Named
from app.core.actors import Actor
from app.core.registries import actor_at
from app.extensions import db
from app.people.models import Organisation, Person, Role
from app.workinggroups.models import GroupKind, GroupState, WorkingGroup
from tests.conftest import START
from tests.make.people import make_account, make_organisation, make_person, make_role
from tests.make.workinggroups import make_group

FIRST_DAY, LAST_DAY = date(2026, 11, 1), date(2027, 10, 31)
"""Of letters and agreements, around the instant at which tests begin."""


def make_speaker(organisation: Organisation, name: str = "", **overrides: Any) -> Person:
    """A person with an account who speaks for an organisation."""
    person = make_person(name or "Speaker Example")
    make_account(person)
    make_role(person, Role.MANDATED, organisation.id, **overrides)
    return person


def speaker_of(organisation: Organisation, now: datetime = START) -> Actor:
    """Somebody new who speaks for an organisation, as an actor."""
    return actor_at(make_speaker(organisation).id, now)


def make_chantier(*carriers: Organisation, **overrides: Any) -> WorkingGroup:
    """A proposed chantier with these carriers (one of its own where none is said); nobody is inside."""
    values = {"kind": GroupKind.CHANTIER, "state": GroupState.PROPOSED} | overrides
    group = make_group(values.pop("name", "Example chantier"), **values)
    db.session.add(Chantier(group_id=group.id, state_at=START))
    for organisation in carriers or (make_organisation(),):
        make_carrier(group, organisation)
    return group


def make_carrier(group: WorkingGroup, organisation: Organisation, **overrides: Any) -> Carrier:
    carrier = Carrier(**{"group_id": group.id, "organisation_id": organisation.id, "joined_at": START} | overrides)
    db.session.add(carrier)
    db.session.flush()
    return carrier


def make_request(group: WorkingGroup, organisation: Organisation, **overrides: Any) -> CarrierRequest:
    values = {"group_id": group.id, "organisation_id": organisation.id, "asked_at": START}
    request = CarrierRequest(**values | overrides)
    db.session.add(request)
    db.session.flush()
    return request


def letter_words(*contributors: Named, **overrides: Any) -> LetterWords:
    values = {"language": "fr", "scope": "Étudier et agir ensemble.", "from_on": FIRST_DAY, "until_on": LAST_DAY}
    return LetterWords(**values | overrides, contributors=contributors)


def make_letter(group: WorkingGroup, **overrides: Any) -> MissionLetter:
    """A letter that names the first carrier, written through the service by somebody who speaks for it."""
    carrier = current_carriers(group)[0]
    actor = speaker_of(carrier.organisation)
    named = Named("Coordinate the study.", Basis.MANDATE, organisation_id=carrier.organisation_id)
    return services.write_letter(actor, group, letter_words(named, **overrides), filled_from="", now=START)


def sign_all(group: WorkingGroup, letter: MissionLetter, now: datetime = START) -> None:
    """Let every carrier sign an edition."""
    for carrier in current_carriers(group):
        services.sign_letter(speaker_of(carrier.organisation, now), carrier, letter, read=letter.digest, now=now)


def make_active_chantier(*carriers: Organisation, **overrides: Any) -> WorkingGroup:
    """A chantier that a pair carries under a signed letter."""
    group = make_chantier(*(carriers or (make_organisation(), make_organisation())), **overrides)
    sign_all(group, make_letter(group))
    return group


def make_agreement(group: WorkingGroup, organisation: Organisation, **overrides: Any) -> PartnershipAgreement:
    values = {
        "group_id": group.id,
        "organisation_id": organisation.id,
        "language": "en",
        "words": "They survey the quarter with us.",
        "from_on": FIRST_DAY,
        "until_on": LAST_DAY,
        "recorded_at": START,
    }
    agreement = PartnershipAgreement(**values | overrides)
    db.session.add(agreement)
    db.session.flush()
    return agreement
