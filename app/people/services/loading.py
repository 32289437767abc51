"""Adding a person whom a line of a file is about: the row, the account without a password, the affiliation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from app.core import audit, searching
from app.core.actors import Actor
from app.core.database import take_turns
from app.core.names import Certainty, set_name
from app.core.permissions import require
from app.extensions import db
from app.people.imports.lines import Said
from app.people.imports.matching import Known
from app.people.imports.refusals import LineRefused
from app.people.imports.trial import Fate
from app.people.models import (
    Account,
    Affiliation,
    AffiliationState,
    LineOutcome,
    MailPurpose,
    Organisation,
    Person,
    PersonLanguage,
)
from app.people.services.mail_links import send_link
from app.people.services.profile import fold_of

LOADING = "people.load"
"""The turn that lines of files take, one after the other, whoever loads them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What is wanted beside the people: unknown organisations added (named in `language`), invitations mailed."""

    adds_organisations: bool = False
    invites: bool = False
    language: str = "en"


def load_person(actor: Actor, said: Said, wishes: Wishes, *, now: datetime) -> Fate:
    """Add whom a line is about, unless they are here already: then nothing of theirs is changed. Who is here is asked
    while nobody else loads, until the transaction ends: neither a person nor an organisation is made twice, whether
    the other line stands in this file or in another.

    An affiliation is confirmed, from the day the file says or from today. Nobody appears by name anywhere: that is the
    person's own choice. No mail goes out unless `wishes.invites`."""
    require(actor, "people.load")
    take_turns(LOADING)
    known = Known()
    known.learn([said])
    try:
        known.check(said, adds_organisations=wishes.adds_organisations)
    except LineRefused as refused:
        return Fate(said.number, LineOutcome.REFUSED, refused.reason)
    if known.knows(said):
        return Fate(said.number, LineOutcome.KNOWN, person_id=known.person_of(said))
    person = _person(said, known, now=now)
    account = _account(said, person, now=now)
    if said.address is not None and account is None:  # somebody registered this address in the same instant
        return Fate(said.number, LineOutcome.KNOWN)
    _affiliate(actor, person, said, known, wishes, now=now)
    audit.record(actor, "people.person.loaded", "person", person.id, now=now)
    if wishes.invites and account is not None:
        send_link(account, MailPurpose.INVITE, invited_by=actor.person_id, now=now)
    return Fate(said.number, LineOutcome.ADDED, person_id=person.id)


def _person(said: Said, known: Known, *, now: datetime) -> Person:
    person = Person(
        name=said.name,
        name_latin=said.name_latin,
        name_fold=fold_of(said.name, said.name_latin),
        place=said.place,
        country=said.country,
        region_id=known.region_of(said),
        zone=said.zone,
        preferred_language=next(iter(said.languages), ""),
        gender=said.gender,
        created_at=now,
    )
    person.languages = [PersonLanguage(language=tag, position=place) for place, tag in enumerate(said.languages)]
    return person


def _account(said: Said, person: Person, *, now: datetime) -> Account | None:
    """Write the person, with an account where there is an address; None without one, or where it is taken."""
    if said.address is None:
        db.session.add(person)
        db.session.flush()
        return None
    account = Account(email=said.address.email, email_norm=said.address.norm, created_at=now, person=person)
    try:
        with db.session.begin_nested():
            db.session.add(account)
    except IntegrityError:
        return None
    return account


def _affiliate(actor: Actor, person: Person, said: Said, known: Known, wishes: Wishes, *, now: datetime) -> None:
    if said.kind is None:
        return
    organisation = _organisation(actor, said, known, wishes, now=now)
    affiliation = Affiliation(
        person_id=person.id,
        organisation_id=organisation.id if organisation else None,
        kind=said.kind,
        state=AffiliationState.CONFIRMED,
        from_on=said.since or now.astimezone(UTC).date(),
        asked_at=now,
        decided_at=now,
        decided_by=actor.person_id,
    )
    db.session.add(affiliation)
    if organisation is not None:
        organisation.is_listed = True
        searching.changed("organisation", [organisation.id])
        person.region_id = person.region_id or organisation.region_id
    db.session.flush()
    facts = {"kind": said.kind.value, "from": affiliation.from_on.isoformat()}
    audit.record(actor, "people.affiliation.added", "affiliation", affiliation.id, facts, now=now)


def _organisation(actor: Actor, said: Said, known: Known, wishes: Wishes, *, now: datetime) -> Organisation | None:
    """Return the organisation of a line, made where it is not here yet: its facts are to be checked."""
    if not said.organisation:
        return None
    organisation_id: UUID | None = known.organisation_of(said)
    if organisation_id is not None:
        return db.session.get_one(Organisation, organisation_id)
    organisation = Organisation(kind="other", certainty=Certainty.UNSURE.value, created_at=now)
    db.session.add(organisation)
    db.session.flush()
    set_name("organisation", organisation.id, wishes.language, said.organisation, certainty=Certainty.UNSURE)
    audit.record(actor, "people.organisation.created", "organisation", organisation.id, now=now)
    return organisation
