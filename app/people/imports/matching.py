"""Who is here already: many lines are held against the house at once, in as many questions for one line as for 500.

The same e-mail address is the same person. Without an address, the same name in the same organisation is; so a file
that is loaded twice adds nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa

from app.core.languages import fold
from app.core.names import find_many_by_name
from app.extensions import db
from app.people.imports.lines import Said
from app.people.imports.refusals import LineRefused
from app.people.models import Account, Affiliation, AffiliationState, Organisation, Person, Region

BATCH = 500


@dataclass(slots=True)
class Known:
    """What the house knows of the lines of a file: addresses, organisations and regions by folded name, persons by
    folded name and organisation (None: would be added by a line before)."""

    addresses: dict[str, UUID | None] = field(default_factory=dict)
    organisations: dict[str, list[UUID]] = field(default_factory=dict)
    regions: dict[str, UUID] = field(default_factory=dict)
    persons: dict[tuple[str, str], UUID | None] = field(default_factory=dict)

    def learn(self, lines: Sequence[Said]) -> None:
        """Ask the house about a batch of lines. As many questions for one as for `BATCH`."""
        self.organisations |= _organisations({said.organisation for said in lines if said.organisation})
        if not self.regions and any(said.region for said in lines):
            self.regions = _regions()
        addresses = _addresses({said.address.norm for said in lines if said.address})
        persons = _persons({said.name for said in lines if said.address is None})
        self.addresses, self.persons = addresses | self.addresses, persons | self.persons

    def check(self, said: Said, *, adds_organisations: bool) -> None:
        """Raise `LineRefused` for a region or an organisation that is not here."""
        if said.region and fold(said.region) not in self.regions:
            raise LineRefused("region", "region")
        found = self.organisations.get(fold(said.organisation), []) if said.organisation else []
        if len(found) > 1:
            raise LineRefused("organisation_many", "organisation")
        if said.organisation and not found and not adds_organisations:
            raise LineRefused("organisation_unknown", "organisation")

    def knows(self, said: Said) -> bool:
        """Whether a line is about somebody who is here, or stood in the file before."""
        if said.address is not None:
            return said.address.norm in self.addresses
        return self._key_of(said) in self.persons

    def person_of(self, said: Said) -> UUID | None:
        """Return who that is, once they have a row."""
        if said.address is not None:
            return self.addresses.get(said.address.norm)
        return self.persons.get(self._key_of(said))

    def note(self, said: Said) -> None:
        """Remember somebody who would be added, for the lines that follow."""
        if said.address is not None:
            self.addresses[said.address.norm] = None
        self.persons.setdefault(self._key_of(said), None)

    def organisation_of(self, said: Said) -> UUID | None:
        found = self.organisations.get(fold(said.organisation), []) if said.organisation else []
        return found[0] if found else None

    def region_of(self, said: Said) -> UUID | None:
        return self.regions.get(fold(said.region)) if said.region else None

    def _key_of(self, said: Said) -> tuple[str, str]:
        """Name and organisation: its id, the folded name of one that is not here yet, "" for none."""
        return fold(said.name), str(self.organisation_of(said) or fold(said.organisation))


def _addresses(norms: set[str]) -> dict[str, UUID | None]:
    found = db.session.execute(sa.select(Account.email_norm, Account.person_id).where(Account.email_norm.in_(norms)))
    return {row.email_norm: row.person_id for row in found}


def _whatever_the_apostrophe(names: set[str]) -> dict[str, list[UUID]]:
    """Organisations that bear a name with either apostrophe: spreadsheets write the straight one."""
    spelt = {name: {name, name.replace("'", "’"), name.replace("’", "'")} for name in names}
    known = find_many_by_name("organisation", set().union(*spelt.values()))
    found: dict[str, list[UUID]] = {}
    for name, spellings in spelt.items():
        ids = {organisation_id for spelling in spellings for organisation_id in known.get(fold(spelling), [])}
        if ids:
            found[fold(name)] = sorted(ids, key=str)
    return found


def _organisations(names: set[str]) -> dict[str, list[UUID]]:
    """Organisations by folded name or alias; where nothing bears the name, by acronym."""
    found = _whatever_the_apostrophe(names)
    missing = {fold(name) for name in names} - set(found)
    if missing:
        by_acronym: dict[str, list[UUID]] = defaultdict(list)
        rows = db.session.execute(
            sa.select(Organisation.id, Organisation.acronym).where(
                sa.func.lower(Organisation.acronym).in_([name for name in missing if name])
            )
        )
        for organisation_id, acronym in rows:
            by_acronym[fold(acronym)].append(organisation_id)
        found |= by_acronym
    return found


def _regions() -> dict[str, UUID]:
    """Regions by folded name in any language, and by code. There are a handful."""
    rows = db.session.execute(sa.select(Region.id, Region.code)).all()
    named = find_many_by_name("region", None)
    return {name: ids[0] for name, ids in named.items()} | {fold(code): region_id for region_id, code in rows}


def _persons(names: set[str]) -> dict[tuple[str, str], UUID | None]:
    """Persons of these names by organisation; those without any stand under ""."""
    folds = {fold(name) for name in names}
    rows = db.session.execute(
        sa.select(Person.id, Person.name, Affiliation.organisation_id)
        .outerjoin(
            Affiliation,
            sa.and_(Affiliation.person_id == Person.id, Affiliation.state != AffiliationState.REFUSED),
        )
        .where(Person.erased_at.is_(None), _may_bear(folds, names))
        .order_by(Person.created_at.desc(), Person.id)
    )
    return {(fold(name), str(organisation_id or "")): person_id for person_id, name, organisation_id in rows}


def _may_bear(folds: Iterable[str], names: Iterable[str]) -> sa.ColumnElement[bool]:
    """Persons are folded together with their Latin name: a first net, looked through by the name itself."""
    return sa.or_(Person.name_fold.in_(list(folds)), Person.name.in_(list(names)))
