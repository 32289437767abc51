"""What this package holds about a person, for three acts of the whole house: hand it out, join two persons into one,
erase it.

Erasing keeps a shell so that counts stay true: the row with its region, its affiliations (ended) and its roles
(ended), and that a deletion was asked for and done. Name, place, country, zone, languages, needs, gender, account,
devices, links, and what files said are gone; in figures by language or gender the person moves to "not said".
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.database import change_rows
from app.core.registries import Contact, Holding, forget_address
from app.extensions import db
from app.people.models import (
    Account,
    Affiliation,
    AffiliationState,
    Appearance,
    Assistance,
    AuthSession,
    ErasureRequest,
    MailLink,
    OrganisationContact,
    OrganisationText,
    PeopleImport,
    PeopleImportLine,
    Person,
    PersonLanguage,
    PersonNeed,
    Role,
    RoleGrant,
)
from app.people.queries.persons import language_of_mails
from app.people.services.roles import check_secretariat_stays

HOLDINGS = {
    "person": Holding(_l("Profile: name, place, country, gender, where the name may stand")),
    "languages": Holding(_l("Languages spoken or understood")),
    "needs": Holding(_l("Needs for taking part")),
    "account": Holding(_l("Account: address, whether it is confirmed")),
    "devices": Holding(_l("Devices signed in")),
    "mail_links": Holding(_l("Links that were mailed")),
    "affiliations": Holding(_l("Affiliations, with their days"), stays=True),
    "roles": Holding(_l("Roles held, now or before"), stays=True),
    "assistance": Holding(_l("Who helps this person, and whom they help")),
    "organisation_pages": Holding(_l("Pages of organisations, last saved by this person"), stays=True),
    "erasure_requests": Holding(_l("Wishes to be deleted, with their days"), stays=True),
    "imported_lines": Holding(_l("Lines of files that the secretariat loaded lately")),
}
"""What stays is counted, and tells of nobody any more."""


def contacts(person_ids: list[UUID]) -> dict[UUID, Contact]:
    """Where persons are written to: those with an account, in the language of their pages. Who never chose one is
    written to in the first language they prefer or speak that pages have, else in English.

    Without a name where the address is not confirmed: a stranger may have typed both, and would speak through us."""
    rows = db.session.scalars(sa.select(Account).where(Account.person_id.in_(person_ids), Account.email != ""))
    return {
        row.person_id: Contact(
            row.email,
            language_of_mails(row.person),
            row.person.name if row.verified_at is not None else "",
            row.person.zone,
        )
        for row in rows
    }


def export_person(person_id: UUID) -> dict[str, Any]:
    """Everything about a person as plain values. Hashes of passwords and tokens are not data about them."""
    person = db.session.get_one(Person, person_id)
    account = db.session.get(Account, person_id)
    return {
        "person": _plain(person, without=("name_fold", "is_example")),
        "languages": [row.language for row in person.languages],
        "needs": [row.need.value for row in db.session.scalars(_needs_of(person_id))],
        "account": _plain(account, without=("password_hash", "email_norm")) if account else None,
        "devices": [_plain(row, without=("token_sha256",)) for row in _rows(AuthSession, person_id)],
        "mail_links": [_plain(row, without=("email_norm",)) for row in _rows(MailLink, person_id)],
        "affiliations": [_plain(row) for row in _rows(Affiliation, person_id)],
        "roles": [_plain(row) for row in _rows(RoleGrant, person_id)],
        "assistance": [_plain(row) for row in db.session.scalars(_assistance_of(person_id))],
        "organisation_pages": [
            {"organisation": str(row.organisation_id), "language": row.language, "body": row.body}
            for row in db.session.scalars(sa.select(OrganisationText).where(OrganisationText.changed_by == person_id))
        ],
        "erasure_requests": [_plain(row) for row in _rows(ErasureRequest, person_id)],
        "imported_lines": [
            {"number": row.number, "cells": row.cells} for row in db.session.scalars(_lines_about(person_id))
        ],
    }


def _needs_of(person_id: UUID) -> sa.Select[PersonNeed]:
    return sa.select(PersonNeed).where(PersonNeed.person_id == person_id).order_by(PersonNeed.need)


def _assistance_of(person_id: UUID) -> sa.Select[Assistance]:
    """Who helps or helped this person, and whom this person helps or helped."""
    return (
        sa.select(Assistance).where(sa.or_(*_ends_of_assistance(person_id))).order_by(Assistance.from_at, Assistance.id)
    )


def _lines_about(person_id: UUID) -> sa.Select[PeopleImportLine]:
    """Lines of files that were about this person, as long as the files are kept."""
    about = sa.select(PeopleImportLine).where(PeopleImportLine.person_id == person_id)
    return about.order_by(PeopleImportLine.import_id, PeopleImportLine.number)


def _rows(model: Any, person_id: UUID) -> Iterable[Any]:
    return db.session.scalars(sa.select(model).where(model.person_id == person_id).order_by(model.id))


def _plain(row: Any, without: tuple[str, ...] = ()) -> dict[str, Any]:
    values = {column.key: getattr(row, column.key) for column in sa.inspect(row).mapper.column_attrs}
    return {
        key: value.isoformat() if hasattr(value, "isoformat") else str(value) if isinstance(value, UUID) else value
        for key, value in values.items()
        if key not in without
    }


def merge_person(kept_id: UUID, gone_id: UUID, now: datetime) -> None:
    """Give everything of one person to another. Where both have a thing, the kept one's stays: account, profile, an
    open affiliation or role of the same kind. The gone one remains as an empty shell that nobody can sign in as."""
    kept, gone = db.session.get_one(Person, kept_id), db.session.get_one(Person, gone_id)
    for model in (AuthSession, MailLink):
        db.session.execute(sa.delete(model).where(model.person_id == gone_id))
    helping = sa.update(AuthSession).where(AuthSession.helping_person_id == gone_id)
    change_rows(helping.values(helping_person_id=kept_id))
    _sign_pages(gone_id, kept_id)
    _move_account(kept_id, gone_id)
    _move_affiliations(kept_id, gone_id)
    _move_roles(kept_id, gone_id)
    _move_assistance(kept_id, gone_id)
    _move_requests_and_files(kept_id, gone_id)
    _move_profile(kept, gone)
    _empty(gone)
    gone.erased_at = now
    db.session.flush()


def _sign_pages(old_id: UUID, new_id: UUID | None) -> None:
    """What an organisation says of itself is the organisation's; whose hand saved it last is told apart."""
    for page in (OrganisationText, OrganisationContact):
        change_rows(sa.update(page).where(page.changed_by == old_id).values(changed_by=new_id))


def _move_account(kept_id: UUID, gone_id: UUID) -> None:
    if db.session.get(Account, kept_id) is None:
        change_rows(sa.update(Account).where(Account.person_id == gone_id).values(person_id=kept_id))
    else:
        db.session.execute(sa.delete(Account).where(Account.person_id == gone_id))
    db.session.expire_all()


def _move_affiliations(kept_id: UUID, gone_id: UUID) -> None:
    open_for_kept = {row.organisation_id for row in _rows(Affiliation, kept_id) if _is_open(row)}
    for row in list(_rows(Affiliation, gone_id)):
        if _is_open(row) and row.organisation_id in open_for_kept:
            db.session.delete(row)
        else:
            row.person_id = kept_id
    db.session.flush()
    change_rows(sa.update(Affiliation).where(Affiliation.decided_by == gone_id).values(decided_by=kept_id))


def _is_open(row: Affiliation) -> bool:
    return row.until_on is None and row.state is not AffiliationState.REFUSED


def _move_roles(kept_id: UUID, gone_id: UUID) -> None:
    held = {(row.role, row.organisation_id) for row in _rows(RoleGrant, kept_id) if row.ended_at is None}
    for row in list(_rows(RoleGrant, gone_id)):
        if row.ended_at is None and (row.role, row.organisation_id) in held:
            db.session.delete(row)
        else:
            row.person_id = kept_id
    db.session.flush()
    change_rows(sa.update(RoleGrant).where(RoleGrant.given_by == gone_id).values(given_by=kept_id))


def _move_assistance(kept_id: UUID, gone_id: UUID) -> None:
    """Nobody helps themselves, and nobody is helped twice by the same person at once: what would be so goes."""
    others = {(row.person_id, row.helper_id) for row in db.session.scalars(_assistance_of(kept_id)) if not row.ended_at}
    for row in list(db.session.scalars(_assistance_of(gone_id))):
        pair = tuple(kept_id if end == gone_id else end for end in (row.person_id, row.helper_id))
        if pair == (kept_id, kept_id) or (row.ended_at is None and pair in others):
            db.session.delete(row)
        else:
            row.person_id, row.helper_id = pair
    db.session.flush()


def _move_requests_and_files(kept_id: UUID, gone_id: UUID) -> None:
    """A wish to be forgotten that is open for both stays once."""
    has_open = any(row.closed_at is None for row in _rows(ErasureRequest, kept_id))
    for row in list(_rows(ErasureRequest, gone_id)):
        if row.closed_at is None and has_open:
            db.session.delete(row)
        else:
            row.person_id = kept_id
    db.session.flush()
    change_rows(sa.update(ErasureRequest).where(ErasureRequest.closed_by == gone_id).values(closed_by=kept_id))
    change_rows(sa.update(PeopleImport).where(PeopleImport.made_by == gone_id).values(made_by=kept_id))
    change_rows(sa.update(PeopleImportLine).where(PeopleImportLine.person_id == gone_id).values(person_id=kept_id))


_SAID_ONCE = ("name_latin", "place", "country", "region_id", "zone", "page_language", "preferred_language", "gender")


def _move_profile(kept: Person, gone: Person) -> None:
    for column in _SAID_ONCE:
        if not getattr(kept, column):
            setattr(kept, column, getattr(gone, column))
    needed = {row.need for row in db.session.scalars(_needs_of(kept.id))}
    for row in db.session.scalars(_needs_of(gone.id)).all():
        if row.need not in needed:
            db.session.add(PersonNeed(person_id=kept.id, need=row.need))
    if not kept.languages:
        kept.languages = [
            PersonLanguage(language=row.language, position=row.position, is_spoken=row.is_spoken)
            for row in gone.languages
        ]


def erase_person(person_id: UUID, now: datetime) -> None:
    """Erase a person and keep the shell that counts. Raises `LastSecretary`: the house would be nobody's."""
    person = db.session.get_one(Person, person_id)
    grants = [row for row in _rows(RoleGrant, person_id) if row.ended_at is None]
    if any(row.role is Role.SECRETARIAT for row in grants):
        check_secretariat_stays(person_id)
    for grant in grants:
        grant.ended_at = now
    account = db.session.get(Account, person_id)
    if account is not None:
        for spelling in {account.email_norm, account.email.lower()}:
            forget_address(spelling, now)
    for model in (AuthSession, MailLink, Account):
        db.session.execute(sa.delete(model).where(model.person_id == person_id))
    db.session.execute(sa.delete(Assistance).where(sa.or_(*_ends_of_assistance(person_id))))
    forgotten = sa.update(PeopleImportLine).where(PeopleImportLine.person_id == person_id)
    change_rows(forgotten.values(cells=[], person_id=None))
    asked = sa.update(ErasureRequest).where(ErasureRequest.person_id == person_id)
    change_rows(asked.values(answer="", answer_language=""))
    _sign_pages(person_id, None)
    _end_affiliations(person_id, now)
    _empty(person)
    person.erased_at = now
    db.session.flush()


def _ends_of_assistance(person_id: UUID) -> list[sa.ColumnElement[bool]]:
    return [Assistance.person_id == person_id, Assistance.helper_id == person_id]


def _end_affiliations(person_id: UUID, now: datetime) -> None:
    """Those that counted end today (a later start: on that day); those that never counted go."""
    today = now.astimezone(UTC).date()
    for row in list(_rows(Affiliation, person_id)):
        if row.state is not AffiliationState.CONFIRMED:
            db.session.delete(row)
        elif row.until_on is None or row.until_on > today:
            row.until_on = max(today, row.from_on)


def _empty(person: Person) -> None:
    """Take away whatever could tell who this was. The region stays: it is counted."""
    person.name = person.name_latin = person.name_fold = person.place = ""
    person.zone = person.page_language = person.preferred_language = person.scheme = ""
    person.country = person.gender = None
    person.appearance, person.appearance_at = Appearance.NOBODY, None
    person.languages = []
    db.session.execute(sa.delete(PersonNeed).where(PersonNeed.person_id == person.id))
