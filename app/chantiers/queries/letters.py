"""Mission letters: editions, who may be named in one, which wait for a signature, which end soon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from app.chantiers.keys import is_agreed, is_current_carrier
from app.chantiers.models import Carrier, Chantier, LetterSignature, MissionLetter, PartnershipAgreement
from app.chantiers.policy import can_read_letter
from app.core.actors import Actor
from app.core.errors import NotFound
from app.extensions import db
from app.people.keys import is_held, mandated_for
from app.people.models import Role, RoleGrant
from app.workinggroups.keys import CARRIERS, groups_named_in
from app.workinggroups.models import GroupCoordinator, GroupMembership, GroupState, WorkingGroup


def list_letters(group: WorkingGroup) -> list[MissionLetter]:
    """Return the editions of a letter, the newest first."""
    return list(
        db.session.scalars(
            sa.select(MissionLetter)
            .where(MissionLetter.group_id == group.id)
            .order_by(MissionLetter.edition.desc())
            .execution_options(populate_existing=True)
        )
    )


def newest_letter(group: WorkingGroup) -> MissionLetter | None:
    """Return the newest edition, read anew."""
    return next(iter(list_letters(group)), None)


def get_visible_letter(actor: Actor, group: WorkingGroup, edition: int) -> MissionLetter:
    """Return one edition to those who may read it; raises `NotFound`."""
    letter = db.session.scalar(
        sa.select(MissionLetter).where(MissionLetter.group_id == group.id, MissionLetter.edition == edition)
    )
    if letter is None or not can_read_letter(actor, group):
        raise NotFound
    return letter


def can_still_be_signed(letter: MissionLetter, today: date) -> bool:
    """Whether a signature would still count: nothing has replaced the edition, and its last day has not passed."""
    return letter.replaced_at is None and letter.until_on >= today


def find_letter_to_join(group: WorkingGroup, today: date) -> MissionLetter | None:
    """Return the edition that a new carrier could sign at once: the newest one that can still be signed."""
    return next((row for row in list_letters(group) if can_still_be_signed(row, today)), None)


@dataclass(frozen=True, slots=True)
class Nameable:
    """Who may stand in a letter as a contributor."""

    person_ids: frozenset[UUID]
    organisation_ids: frozenset[UUID]


def nameable(group: WorkingGroup, today: date) -> Nameable:
    """Return the people inside and who speaks for the carriers; the carriers, the organisations with an agreement and
    those for which people take part; and whoever the newest edition names already."""
    inside = sa.select(GroupMembership.person_id, GroupMembership.organisation_id).where(
        GroupMembership.group_id == group.id, GroupMembership.left_at.is_(None)
    )
    running = sa.select(GroupCoordinator.person_id, sa.null()).where(
        GroupCoordinator.group_id == group.id, GroupCoordinator.ended_at.is_(None)
    )
    carrying = sa.select(Carrier.organisation_id).where(Carrier.group_id == group.id, is_current_carrier())
    speaking = sa.select(RoleGrant.person_id, RoleGrant.organisation_id).where(
        RoleGrant.role == Role.MANDATED, is_held(today), RoleGrant.organisation_id.in_(carrying)
    )
    agreed = sa.select(PartnershipAgreement.organisation_id).where(
        PartnershipAgreement.group_id == group.id, is_agreed(today)
    )
    newest = newest_letter(group)
    pairs = [(row.person_id, row.organisation_id) for row in (newest.contributors if newest else ())]
    for statement in (inside, running, speaking):
        pairs += [(person_id, organisation_id) for person_id, organisation_id in db.session.execute(statement)]
    organisations = {*db.session.scalars(carrying), *db.session.scalars(agreed)}
    return Nameable(
        frozenset(person_id for person_id, _organisation_id in pairs if person_id),
        frozenset(organisations | {organisation_id for _person_id, organisation_id in pairs if organisation_id}),
    )


def letters_to_sign(actor: Actor, today: date) -> list[tuple[MissionLetter, Carrier]]:
    """Return newest editions that wait for a signature of a carrier the actor speaks for."""
    newest = (
        sa.select(sa.func.max(MissionLetter.edition))
        .where(MissionLetter.group_id == Carrier.group_id)
        .correlate(Carrier)
        .scalar_subquery()
    )
    signed = sa.exists().where(LetterSignature.letter_id == MissionLetter.id, LetterSignature.carrier_id == Carrier.id)
    rows = db.session.execute(
        sa.select(MissionLetter, Carrier)
        .join(Carrier, Carrier.group_id == MissionLetter.group_id)
        .join(WorkingGroup, WorkingGroup.id == MissionLetter.group_id)
        .where(
            MissionLetter.edition == newest,
            MissionLetter.until_on >= today,
            MissionLetter.replaced_at.is_(None),
            WorkingGroup.state != GroupState.CLOSED,
            is_current_carrier(),
            Carrier.organisation_id.in_(mandated_for(actor)),
            sa.not_(signed),
        )
        .order_by(MissionLetter.written_at, Carrier.id)
    )
    return [(letter, carrier) for letter, carrier in rows]


def letters_ending(actor: Actor, until: date) -> list[MissionLetter]:
    """Return the letters in force of chantiers the actor carries that end by a day."""
    return list(
        db.session.scalars(
            sa.select(MissionLetter)
            .join(Chantier, Chantier.letter_id == MissionLetter.id)
            .where(Chantier.group_id.in_(groups_named_in(actor, CARRIERS)), MissionLetter.until_on <= until)
            .order_by(MissionLetter.until_on, MissionLetter.id)
        )
    )
