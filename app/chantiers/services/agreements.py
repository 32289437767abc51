"""Partnership agreements (R-20): an organisation from outside the network takes part in one chantier, for some days.

Its people come in as guests. Ending an agreement shuts the door; whoever is inside stays until their place is ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.chantiers import telling
from app.chantiers.models import PartnershipAgreement
from app.chantiers.queries import current_carriers, find_agreement_for
from app.chantiers.services.carrying import check_goes_on
from app.core import audit
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.languages import check_tag, is_blank
from app.core.permissions import require
from app.extensions import db
from app.people.models import Organisation
from app.workinggroups.models import GroupMembership, Standing, WorkingGroup
from app.workinggroups.services import admit, lock_group

LONGEST_AGREEMENT = 10_000


class AgreementNotWhole(RuleBroken):
    """Words are missing, or days in the wrong order."""


class AgreedAlready(RuleBroken):
    """One agreement per organisation and chantier at a time; a carrier needs none."""


class NoAgreement(RuleBroken):
    def __init__(self) -> None:
        super().__init__(
            _l("The agreement under which you could come in is over. Ask the organisations that carry this chantier."),
            rule="R-20",
        )


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed on, in a language, and from which day until which."""

    language: str
    words: str
    from_on: date
    until_on: date


def _check(agreed: Agreed, today: date) -> None:
    if is_blank(agreed.words):
        raise AgreementNotWhole(_l("Write what was agreed on, in a sentence or two."), field="words")
    if len(agreed.words) > LONGEST_AGREEMENT:
        raise AgreementNotWhole(_l("Write at most %(most)s letters.", most=LONGEST_AGREEMENT), field="words")
    if agreed.until_on < agreed.from_on:
        raise AgreementNotWhole(_l("The last day lies before the first. Change one of them."), field="until_on")
    if agreed.until_on < today:
        raise AgreementNotWhole(_l("This last day is over already. Choose today or a later day."), field="until_on")


def record_agreement(
    actor: Actor, group: WorkingGroup, organisation: Organisation, agreed: Agreed, *, now: datetime
) -> PartnershipAgreement:
    """Write down that an organisation takes part under an agreement; who speaks for it is told. One that is over gives
    way to the new one.

    Raises `AgreementNotWhole`, `AgreedAlready`.
    """
    require(actor, "chantiers.record_agreement", group)
    lock_group(group)
    check_goes_on(group)
    _check(agreed, now.date())
    if organisation.id in {row.organisation_id for row in current_carriers(group)}:
        raise AgreedAlready(
            _l("This organisation carries the chantier. An agreement is for others."), field="organisation"
        )
    _close_past(group, organisation, now)
    agreement = PartnershipAgreement(
        group_id=group.id,
        organisation_id=organisation.id,
        language=check_tag(agreed.language),
        words=agreed.words.strip(),
        from_on=agreed.from_on,
        until_on=agreed.until_on,
        recorded_at=now,
        recorded_by=actor.person_id,
    )
    try:
        with db.session.begin_nested():
            db.session.add(agreement)
    except IntegrityError:
        raise AgreedAlready(
            _l("There is an agreement with this organisation already. End it first, then record the new one."),
            field="organisation",
        ) from None
    _record(actor, "recorded", agreement, now)
    telling.tell_agreed(actor, agreement, now=now)
    return agreement


def _close_past(group: WorkingGroup, organisation: Organisation, now: datetime) -> None:
    past = sa.update(PartnershipAgreement).where(
        PartnershipAgreement.group_id == group.id,
        PartnershipAgreement.organisation_id == organisation.id,
        PartnershipAgreement.ended_at.is_(None),
        PartnershipAgreement.until_on < now.date(),
    )
    change_rows(past.values(ended_at=now))


def end_agreement(actor: Actor, agreement: PartnershipAgreement, *, now: datetime) -> PartnershipAgreement:
    """End an agreement before its last day: nobody comes in by it any more. Twice is once."""
    require(actor, "chantiers.end_agreement", agreement)
    ending = sa.update(PartnershipAgreement).where(
        PartnershipAgreement.id == agreement.id, PartnershipAgreement.ended_at.is_(None)
    )
    if change_rows(ending.values(ended_at=now, ended_by=actor.person_id)) == 1:
        db.session.refresh(agreement)
        _record(actor, "ended", agreement, now)
        telling.tell_agreement_ended(actor, agreement, now=now)
    return agreement


def come_in(actor: Actor, group: WorkingGroup, *, now: datetime) -> GroupMembership:
    """Come into a chantier as a guest, for an organisation that takes part under an agreement (R-20). Who is inside
    already keeps their place. Raises `NoAgreement`, `ChantierClosed`."""
    require(actor, "chantiers.come_in", group)
    lock_group(group)
    check_goes_on(group)
    agreement = find_agreement_for(actor, group, now.date())
    if agreement is None or actor.person_id is None:
        raise NoAgreement
    return admit(
        actor,
        group,
        actor.person_id,
        standing=Standing.GUEST,
        organisation_id=agreement.organisation_id,
        now=now,
    )


def _record(actor: Actor, act: str, agreement: PartnershipAgreement, now: datetime) -> None:
    facts = {"organisation": str(agreement.organisation_id)}
    audit.record(actor, f"chantiers.agreement.{act}", "group", agreement.group_id, facts, now=now)
