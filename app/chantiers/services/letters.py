"""The mission letter (R-19): written by the carriers, signed by each of them, in editions.

What anybody has signed stays as it was signed: a change makes another edition, to be signed anew, and the one in force
stays in force until then. Writing and signing hold the lock of the group, so that nobody signs words that change.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.chantiers import telling
from app.chantiers.models import Basis, Carrier, LetterContributor, LetterSignature, MissionLetter
from app.chantiers.queries import can_still_be_signed, chantier_of, nameable, newest_letter
from app.chantiers.services.carrying import LeftAlready, check_goes_on
from app.chantiers.services.reckoning import reckon
from app.core import audit
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import NotAllowed, RuleBroken
from app.core.languages import check_tag, is_blank
from app.core.permissions import require
from app.extensions import db
from app.people.queries import find_mandate
from app.workinggroups.models import WorkingGroup
from app.workinggroups.services import lock_group

LONGEST_SCOPE = 20_000
LONGEST_CONTRIBUTION = 500
MOST_CONTRIBUTORS = 40


class LetterNotWhole(RuleBroken):
    """Words, days or contributors are missing."""


class NoBasis(RuleBroken):
    """A contributor whose basis nobody says."""

    def __init__(self) -> None:
        super().__init__(
            _l(
                "Say on which basis each contributor takes part: mandate, involvement or expertise. "
                "The letter is not kept without it."
            ),
            field="contributors",
            rule="R-19",
        )


class LetterChangedMeanwhile(RuleBroken):
    """Somebody else wrote or signed since the page was opened."""


class SignedAlready(RuleBroken):
    def __init__(self) -> None:
        super().__init__(_l("Your organisation has signed this edition already. Once is enough."))


class CannotBeSigned(RuleBroken):
    """An edition that was replaced, or whose last day has passed."""

    def __init__(self) -> None:
        super().__init__(
            _l("This edition was replaced or is over, and is not signed any more. Look at the newest edition.")
        )


@dataclass(frozen=True, slots=True)
class Named:
    """A contributor: a person or an organisation, on which basis, for what; days only where they differ from those of
    the letter."""

    scope: str
    basis: Basis | None
    person_id: UUID | None = None
    organisation_id: UUID | None = None
    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class LetterWords:
    """What a letter says."""

    language: str
    scope: str
    from_on: date
    until_on: date
    contributors: Sequence[Named]


def digest_of(group_id: UUID, edition: int, words: LetterWords) -> str:
    """Return the hash of everything an edition says: what is signed."""
    said = [str(group_id), edition, words.language, words.scope, str(words.from_on), str(words.until_on)]
    named = [
        [str(row.person_id), str(row.organisation_id), row.basis, row.scope, str(row.from_on), str(row.until_on)]
        for row in words.contributors
    ]
    return hashlib.sha256(json.dumps([said, named]).encode()).hexdigest()


def words_of(letter: MissionLetter) -> LetterWords:
    """Return what an edition says, as it was written."""
    return LetterWords(
        letter.language,
        letter.scope,
        letter.from_on,
        letter.until_on,
        [
            Named(row.scope, row.basis, row.person_id, row.organisation_id, row.from_on, row.until_on)
            for row in letter.contributors
        ],
    )


def check_contributor(named: Named) -> None:
    """Raise `NoBasis` (R-19), or `LetterNotWhole` for a contributor without a name or a scope, or days in the wrong
    order."""
    if named.basis is None:
        raise NoBasis
    if (named.person_id is None) == (named.organisation_id is None):
        raise LetterNotWhole(_l("Choose a person or an organisation from the list."), field="contributors")
    if is_blank(named.scope):
        raise LetterNotWhole(_l("Write what this contributor is there for."), field="contributors", rule="R-19")
    if len(named.scope) > LONGEST_CONTRIBUTION:
        raise LetterNotWhole(
            _l("Write at most %(most)s letters about one contributor.", most=LONGEST_CONTRIBUTION),
            field="contributors",
        )
    if named.from_on and named.until_on and named.until_on < named.from_on:
        raise LetterNotWhole(
            _l("The last day lies before the first. Change one of them."), field="contributors", rule="R-19"
        )


def check_days(from_on: date, until_on: date, today: date) -> None:
    """Raise `LetterNotWhole` for days in the wrong order, or over already."""
    if until_on < from_on:
        raise LetterNotWhole(_l("The last day lies before the first. Change one of them."), field="until_on")
    if until_on < today:
        raise LetterNotWhole(_l("This last day is over already. Choose today or a later day."), field="until_on")


def _check(group: WorkingGroup, words: LetterWords, today: date) -> None:
    if is_blank(words.scope):
        raise LetterNotWhole(_l("Write what the mission is: what is to be done, where, and with whom."), field="scope")
    if len(words.scope) > LONGEST_SCOPE:
        raise LetterNotWhole(_l("Write at most %(most)s letters.", most=LONGEST_SCOPE), field="scope")
    check_tag(words.language)
    check_days(words.from_on, words.until_on, today)
    if not words.contributors:
        raise LetterNotWhole(
            _l("Name at least one contributor, with the basis on which they take part."),
            field="contributors",
            rule="R-19",
        )
    if len(words.contributors) > MOST_CONTRIBUTORS:
        raise LetterNotWhole(
            _l("A letter names at most %(most)s contributors.", most=MOST_CONTRIBUTORS), field="contributors"
        )
    known = nameable(group, today)
    for named in words.contributors:
        check_contributor(named)
        if named.person_id not in known.person_ids | {None} or (
            named.organisation_id not in known.organisation_ids | {None}
        ):
            raise LetterNotWhole(_l("Choose a person or an organisation from the list."), field="contributors")


def write_letter(
    actor: Actor, group: WorkingGroup, words: LetterWords, *, filled_from: str, now: datetime
) -> MissionLetter:
    """Write the mission letter. An edition that nobody signed is changed in place; else this is another edition, and
    those that are not in force are replaced. `filled_from` is the digest of the edition the writer was looking at.

    Raises `LetterNotWhole`, `NoBasis` (R-19), `LetterChangedMeanwhile`.
    """
    require(actor, "chantiers.write_letter", group)
    lock_group(group)
    check_goes_on(group)
    newest = newest_letter(group)
    if filled_from != (newest.digest if newest else ""):
        raise LetterChangedMeanwhile(
            _l("Somebody changed this letter since you opened the page. Compare what stands there now, then save.")
        )
    _check(group, words, now.date())
    if newest is not None and digest_of(group.id, newest.edition, words) == newest.digest:
        return newest
    letter = newest if newest is not None and not newest.signatures else _next_edition(group, newest, now)
    _fill(actor, letter, words, now)
    audit.record(actor, "chantiers.letter.written", "group", group.id, {"edition": letter.edition}, now=now)
    telling.tell_to_sign(actor, letter, now=now)
    reckon(actor, group, now=now)
    return letter


def _next_edition(group: WorkingGroup, newest: MissionLetter | None, now: datetime) -> MissionLetter:
    in_force = chantier_of(group).letter_id
    earlier = sa.update(MissionLetter).where(MissionLetter.group_id == group.id, MissionLetter.replaced_at.is_(None))
    change_rows(earlier.where(MissionLetter.id.is_distinct_from(in_force)).values(replaced_at=now))
    return MissionLetter(group_id=group.id, edition=newest.edition + 1 if newest else 1)


def _fill(actor: Actor, letter: MissionLetter, words: LetterWords, now: datetime) -> None:
    letter.language = check_tag(words.language)
    letter.scope = words.scope.strip()
    letter.from_on, letter.until_on = words.from_on, words.until_on
    letter.digest = digest_of(letter.group_id, letter.edition, words)
    letter.written_at, letter.written_by = now, actor.person_id
    letter.contributors = [
        LetterContributor(
            position=position,
            person_id=row.person_id,
            organisation_id=row.organisation_id,
            basis=row.basis,
            scope=row.scope.strip(),
            from_on=row.from_on,
            until_on=row.until_on,
        )
        for position, row in enumerate(words.contributors)
    ]
    db.session.add(letter)
    db.session.flush()


def sign_letter(actor: Actor, carrier: Carrier, letter: MissionLetter, *, read: str, now: datetime) -> LetterSignature:
    """Sign an edition for a carrier, with the mandate that counts today. With the last signature the letter is in force
    and the chantier active, in the same transaction (R-18). `read` is the digest of the words the signer had before
    them.

    Raises `LeftAlready`, `CannotBeSigned`, `LetterChangedMeanwhile`, `SignedAlready`.
    """
    require(actor, "chantiers.sign_letter", carrier)
    group = carrier.group
    lock_group(group)
    check_goes_on(group)
    db.session.refresh(carrier)
    db.session.refresh(letter)
    if carrier.left_at is not None or letter.group_id != carrier.group_id:
        raise LeftAlready
    if not can_still_be_signed(letter, now.date()):
        raise CannotBeSigned
    if read != letter.digest:
        raise LetterChangedMeanwhile(
            _l("Somebody changed this letter since you opened the page. Read what stands there now, then sign.")
        )
    signature = _add_signature(actor, carrier, letter, now)
    facts = {"edition": letter.edition, "organisation": str(carrier.organisation_id), "digest": letter.digest}
    audit.record(actor, "chantiers.letter.signed", "group", group.id, facts, now=now)
    reckon(actor, group, now=now)
    return signature


def _add_signature(actor: Actor, carrier: Carrier, letter: MissionLetter, now: datetime) -> LetterSignature:
    mandate = find_mandate(actor.person_id, carrier.organisation_id, now.date())
    if mandate is None:
        raise NotAllowed("chantiers.sign_letter")
    signature = LetterSignature(
        letter_id=letter.id,
        carrier_id=carrier.id,
        person_id=mandate.person_id,
        grant_id=mandate.id,
        mandate_from_on=mandate.from_on,
        mandate_until_on=mandate.until_on,
        signed_at=now,
        digest=letter.digest,
    )
    try:
        with db.session.begin_nested():
            db.session.add(signature)
    except IntegrityError:
        raise SignedAlready from None
    return signature
