"""Whom somebody may appoint to lead a track or to run a group."""

from __future__ import annotations

from uuid import UUID

from flask_babel import lazy_gettext as _l

from app.core.errors import RuleBroken
from app.extensions import db
from app.people.models import Account, Person


class UnknownPerson(RuleBroken):
    """Nobody in this house is meant."""

    def __init__(self) -> None:
        super().__init__(
            _l("Nobody here is known by this. Write the e-mail address they sign in with."), field="person"
        )


class UnprovenPerson(RuleBroken):
    """Whoever registered the person's address may not be its owner: no power goes to them."""

    def __init__(self) -> None:
        super().__init__(
            _l(
                "The address of this person is not confirmed yet. Ask them to open the link we mailed, or invite the "
                "address by e-mail."
            ),
            field="person",
        )


def check_may_be_appointed(person_id: UUID) -> None:
    """Raise `UnknownPerson` or `UnprovenPerson`. Who has no account may be appointed: nobody signs in as them."""
    person = db.session.get(Person, person_id)
    if person is None or person.erased_at is not None:
        raise UnknownPerson
    account = db.session.get(Account, person_id)
    if account is not None and account.verified_at is None:
        raise UnprovenPerson
