"""Affiliations: asked for, confirmed or refused, added, changed from a day on, ended. Days are counted in UTC.

A row that counted is never rewritten: a change of kind ends it the day before and starts another, so that figures of
the past keep the affiliation of their day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.core import audit, notices, searching
from app.core.actors import SECRETARIAT, Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.languages import one_line
from app.core.names import Certainty, find_by_name, set_name
from app.core.permissions import can, require
from app.extensions import db
from app.people.keys import holders_of_mandate, holders_of_secretariat, mandate_key
from app.people.models import Affiliation, AffiliationKind, AffiliationState, Organisation, Person
from app.people.queries.assistance import helpers_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Belonging:
    """For whom a person takes part: a known organisation, another by its name (in `language`), or nobody."""

    organisation_id: UUID | None = None
    organisation_name: str = ""
    language: str = "en"


class AlreadyAffiliated(RuleBroken):
    """There is an open affiliation for the same organisation."""

    def __init__(self) -> None:
        super().__init__(
            _l(
                "There is an affiliation for this organisation already, confirmed or waiting. "
                "Change or end that one first."
            ),
            field="organisation",
        )


class AlreadyDecided(RuleBroken):
    """Somebody else answered first."""

    def __init__(self) -> None:
        super().__init__(_l("This affiliation has been decided already. Look at the page again."))


class ChangedMeanwhile(RuleBroken):
    """Somebody else changed the affiliation since it was read."""

    def __init__(self) -> None:
        super().__init__(_l("Somebody else has just changed this affiliation. Look at the page again."))


class UnknownOrganisation(RuleBroken):
    def __init__(self) -> None:
        super().__init__(_l("Choose an organisation from the list, or write its name."), field="organisation")


def write_request(
    actor: Actor, person: Person, belonging: Belonging, kind: AffiliationKind, *, now: datetime
) -> Affiliation:
    """Leave a pending affiliation and tell those who decide; asks no policy (registering is open to all)."""
    organisation = _organisation_of(belonging, now=now)
    affiliation = _add(person, organisation, kind, AffiliationState.PENDING, now.date(), now=now)
    audit.record(actor, "people.affiliation.asked", "affiliation", affiliation.id, {"kind": kind.value}, now=now)
    _tell_deciders(affiliation, now=now)
    return affiliation


def ask_affiliation(
    actor: Actor, person: Person, *, belonging: Belonging, kind: AffiliationKind, now: datetime
) -> Affiliation:
    """Ask for an affiliation of one's own. It gives no keys until confirmed. Raises `AlreadyAffiliated`,
    `UnknownOrganisation`."""
    require(actor, "people.edit_own", person)
    return write_request(actor, person, belonging, kind, now=now)


def confirm_affiliation(actor: Actor, affiliation: Affiliation, *, now: datetime) -> Affiliation:
    """Make a pending affiliation count, from the day it was asked for; an organisation that was named by the person
    is listed from now on. Raises `AlreadyDecided`."""
    require(actor, "people.decide_affiliation", affiliation)
    _decide(actor, affiliation, AffiliationState.CONFIRMED, now=now)
    if affiliation.organisation is not None:
        affiliation.organisation.is_listed = True
        searching.changed("organisation", [affiliation.organisation.id])
    db.session.flush()
    return affiliation


def refuse_affiliation(actor: Actor, affiliation: Affiliation, *, now: datetime) -> Affiliation:
    """Answer a pending affiliation with no; the person may ask again. Raises `AlreadyDecided`."""
    require(actor, "people.decide_affiliation", affiliation)
    _decide(actor, affiliation, AffiliationState.REFUSED, now=now)
    return affiliation


def add_affiliation(
    actor: Actor,
    person: Person,
    *,
    organisation_id: UUID | None,
    kind: AffiliationKind,
    from_on: date,
    now: datetime,
) -> Affiliation:
    """Write a confirmed affiliation from a day on. Raises `AlreadyAffiliated`, `UnknownOrganisation`."""
    require(actor, "people.manage_affiliation", person)
    organisation = _organisation_of(Belonging(organisation_id=organisation_id), now=now)
    affiliation = _add(person, organisation, kind, AffiliationState.CONFIRMED, from_on, now=now)
    affiliation.decided_at, affiliation.decided_by = now, actor.person_id
    facts = {"kind": kind.value, "from": from_on.isoformat()}
    audit.record(actor, "people.affiliation.added", "affiliation", affiliation.id, facts, now=now)
    return affiliation


def change_affiliation_kind(
    actor: Actor, affiliation: Affiliation, *, kind: AffiliationKind, from_on: date, now: datetime
) -> Affiliation:
    """Make a Friend an Ally (and so on) from a day on: the old affiliation ends the day before, a new one starts.

    One that starts on that very day never counted a day as the old kind: it is corrected in place, and the audit
    keeps what it was. Returns the affiliation that holds from then on. Raises `RuleBroken` at `kind` or `from_on`,
    `ChangedMeanwhile`.
    """
    require(actor, "people.manage_affiliation", affiliation)
    _check_change(affiliation, kind, from_on)
    facts = {"from": affiliation.kind.value, "to": kind.value, "on": from_on.isoformat()}
    last_day, is_corrected = affiliation.until_on, from_on == affiliation.from_on
    _change_as_read(affiliation, {"kind": kind} if is_corrected else {"until_on": from_on - timedelta(days=1)})
    audit.record(actor, "people.affiliation.kind_changed", "affiliation", affiliation.id, facts, now=now)
    if is_corrected:
        return affiliation
    changed = Affiliation(
        person_id=affiliation.person_id,
        organisation_id=affiliation.organisation_id,
        kind=kind,
        state=AffiliationState.CONFIRMED,
        from_on=from_on,
        until_on=last_day,
        asked_at=now,
        decided_at=now,
        decided_by=actor.person_id,
    )
    try:
        with db.session.begin_nested():
            db.session.add(changed)
    except IntegrityError:
        raise ChangedMeanwhile from None
    return changed


def _change_as_read(affiliation: Affiliation, values: dict[str, Any]) -> None:
    """Change a row unless somebody else changed it since it was read: of two at once, one is refused."""
    changed = change_rows(
        sa.update(Affiliation)
        .where(
            Affiliation.id == affiliation.id,
            Affiliation.kind == affiliation.kind,
            Affiliation.until_on.is_not_distinct_from(affiliation.until_on),
        )
        .values(values)
    )
    if changed != 1:
        raise ChangedMeanwhile
    db.session.refresh(affiliation)


def end_affiliation(actor: Actor, affiliation: Affiliation, *, until_on: date, now: datetime) -> Affiliation:
    """Let a confirmed affiliation end with a day, the last on which it counts; a pending one is taken back.

    A person leaves from today on, and never later than the secretariat said. Raises `RuleBroken` at `until_on` for a
    day before its first, or when it has ended already.
    """
    require(actor, "people.end_affiliation", affiliation)
    if affiliation.state is AffiliationState.PENDING:
        _decide(actor, affiliation, AffiliationState.REFUSED, now=now, told=affiliation.person_id != actor.person_id)
        return affiliation
    if affiliation.state is AffiliationState.REFUSED or (
        affiliation.until_on is not None and affiliation.until_on < now.date()
    ):
        raise RuleBroken(_l("This affiliation has ended already."), field="until_on")
    if until_on < affiliation.from_on:
        raise RuleBroken(_l("It cannot end before it began. Choose its first day or a later one."), field="until_on")
    if not can(actor, "people.manage_affiliation", affiliation):
        _check_own_end(affiliation, until_on, now.date())
    affiliation.until_on = until_on
    db.session.flush()
    facts = {"until": until_on.isoformat()}
    audit.record(actor, "people.affiliation.ended", "affiliation", affiliation.id, facts, now=now)
    return affiliation


def _check_own_end(affiliation: Affiliation, until_on: date, today: date) -> None:
    """What counted is not undone afterwards, and an end that was set is not put off by the person it was set for."""
    if until_on < today:
        raise RuleBroken(_l("Choose today or a later day: the days before have counted."), field="until_on")
    if affiliation.until_on is not None and until_on >= affiliation.until_on:
        raise RuleBroken(
            _l("Its end is set already. Choose an earlier day, or ask the secretariat to change it."), field="until_on"
        )


def _check_change(affiliation: Affiliation, kind: AffiliationKind, from_on: date) -> None:
    if affiliation.state is not AffiliationState.CONFIRMED:
        raise RuleBroken(_l("Confirm this affiliation first, then change its kind."))
    if kind is affiliation.kind:
        raise RuleBroken(_l("It is of this kind already. Choose another one."), field="kind")
    if from_on < affiliation.from_on or (affiliation.until_on is not None and from_on > affiliation.until_on):
        raise RuleBroken(_l("Choose a day between the first and the last day of this affiliation."), field="from_on")


def _organisation_of(belonging: Belonging, *, now: datetime) -> Organisation | None:
    if belonging.organisation_id is not None:
        organisation = db.session.get(Organisation, belonging.organisation_id)
        if organisation is None or not organisation.is_listed:
            raise UnknownOrganisation
        return organisation
    name = one_line(belonging.organisation_name)
    if not name:
        return None
    known = [row for row_id in find_by_name("organisation", name) if (row := db.session.get(Organisation, row_id))]
    return next(iter(sorted(known, key=lambda row: (not row.is_listed, row.id))), None) or _name_new_organisation(
        name, belonging.language, now=now
    )


def _name_new_organisation(name: str, language: str, *, now: datetime) -> Organisation:
    organisation = Organisation(kind="other", certainty="unsure", is_listed=False, created_at=now)
    db.session.add(organisation)
    db.session.flush()
    set_name("organisation", organisation.id, language, name[:400], certainty=Certainty.UNSURE)
    return organisation


def _add(
    person: Person,
    organisation: Organisation | None,
    kind: AffiliationKind,
    state: AffiliationState,
    from_on: date,
    *,
    now: datetime,
) -> Affiliation:
    if organisation is None and _is_open_alone(person.id):
        raise AlreadyAffiliated
    affiliation = Affiliation(
        person_id=person.id,
        organisation_id=organisation.id if organisation else None,
        kind=kind,
        state=state,
        from_on=from_on,
        asked_at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(affiliation)
    except IntegrityError:
        raise AlreadyAffiliated from None
    if organisation is not None:
        person.region_id = person.region_id or organisation.region_id
    db.session.flush()
    return affiliation


def _is_open_alone(person_id: UUID) -> bool:
    """NULL is unlike NULL for a unique index: an affiliation without organisation is looked for."""
    alone = sa.select(Affiliation.id).where(
        Affiliation.person_id == person_id,
        Affiliation.organisation_id.is_(None),
        Affiliation.until_on.is_(None),
        Affiliation.state != AffiliationState.REFUSED,
    )
    return db.session.scalar(alone.limit(1)) is not None


def _decide(
    actor: Actor, affiliation: Affiliation, state: AffiliationState, *, now: datetime, told: bool = True
) -> None:
    decided = change_rows(
        sa.update(Affiliation)
        .where(Affiliation.id == affiliation.id, Affiliation.state == AffiliationState.PENDING)
        .values(state=state, decided_at=now, decided_by=actor.person_id)
    )
    if decided != 1:
        raise AlreadyDecided
    db.session.refresh(affiliation)
    audit.record(actor, f"people.affiliation.{state}", "affiliation", affiliation.id, now=now)
    if told:
        parameters = {"affiliation": str(affiliation.id)}
        reached = {affiliation.person_id} | helpers_of([affiliation.person_id])[affiliation.person_id]
        notices.tell_many(reached, f"people.affiliation_{state}", str(affiliation.id), parameters, now=now)


def _tell_deciders(affiliation: Affiliation, *, now: datetime) -> None:
    """Tell the secretariat, and who speaks for the organisation; never the person who asks."""
    deciders = holders_of_secretariat(SECRETARIAT, now)
    if affiliation.organisation_id is not None:
        deciders |= holders_of_mandate(mandate_key(affiliation.organisation_id), now)
    parameters = {"affiliation": str(affiliation.id)}
    for person_id in deciders - {affiliation.person_id}:
        notices.tell(person_id, "people.affiliation_asked", str(affiliation.id), parameters, now=now)
