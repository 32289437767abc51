"""Who may take part (R-11): what a mode asks of organisations, held against what they have on one day.

Pure: rows are handed in. A status counts on every day from its first to its last, both included. One that nobody has
verified does not count as sure: the organisation is not called eligible by it, and what is missing is a look at the
source. Which status is needed is itself a fact with certainty and date (`ParticipationMode.certainty_of("access")`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from app.advocacy.models import Access, OrganisationAccess, Standing
from app.moments.models import Certainty

ECOSOC = frozenset({Standing.ECOSOC_GENERAL, Standing.ECOSOC_SPECIAL, Standing.ECOSOC_ROSTER})

NEEDED: Mapping[Access, frozenset[Standing]] = {
    Access.ECOSOC: ECOSOC,
    Access.ECOSOC_GENERAL_OR_SPECIAL: ECOSOC - {Standing.ECOSOC_ROSTER},
    Access.UNFCCC: frozenset({Standing.UNFCCC}),
    Access.IPCC: frozenset({Standing.IPCC}),
    Access.UNHABITAT: frozenset({Standing.UNHABITAT}),
}
"""One of these opens the door. What is not here asks no status of an organisation."""


def asks_status(access: Access) -> bool:
    """Whether an organisation needs a status at all."""
    return access in NEEDED


class Hindrance(StrEnum):
    """Why an organisation is not eligible on a day; the later ones are nearer to being so."""

    MISSING = "missing"
    ENDED = "ended"
    NOT_YET = "not_yet"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Checked:
    """One organisation, held against a mode on a day. `row` is what decided: the status it has, the unsure one, the one
    that ends before that day or begins after it; None where there is none."""

    organisation_id: UUID
    hindrance: Hindrance | None
    row: OrganisationAccess | None = None

    @property
    def is_eligible(self) -> bool:
        return self.hindrance is None


def is_sure(row: OrganisationAccess) -> bool:
    """Whether somebody saw this status in its source."""
    return row.certainty_of("standing") is Certainty.VERIFIED


def holds_on(row: OrganisationAccess, on: date) -> bool:
    """Whether a status counts on a day."""
    return (row.from_on is None or row.from_on <= on) and (row.until_on is None or on <= row.until_on)


def check(access: Access, organisation_id: UUID, rows: Iterable[OrganisationAccess], on: date) -> Checked:
    """Say whether one organisation may take part on a day, and what is in its way. A sure status on that day counts
    before everything; then one that is to be checked, then the one that begins next, then the one that ended last."""
    if not asks_status(access):
        return Checked(organisation_id, None)
    fitting = [row for row in rows if row.organisation_id == organisation_id and row.standing in NEEDED[access]]
    current = [row for row in fitting if holds_on(row, on)]
    for row in current:
        if is_sure(row):
            return Checked(organisation_id, None, row)
    if current:
        return Checked(organisation_id, Hindrance.UNSURE, current[0])
    to_come = [row for row in fitting if row.from_on is not None and row.from_on > on]
    if to_come:
        return Checked(organisation_id, Hindrance.NOT_YET, min(to_come, key=lambda row: row.from_on or on))
    if fitting:
        return Checked(organisation_id, Hindrance.ENDED, max(fitting, key=lambda row: row.until_on or on))
    return Checked(organisation_id, Hindrance.MISSING)


def check_all(
    access: Access, organisation_ids: Sequence[UUID], rows: Iterable[OrganisationAccess], on: date
) -> list[Checked]:
    """Check several organisations in their order, each once."""
    held = list(rows)
    return [check(access, organisation_id, held, on) for organisation_id in dict.fromkeys(organisation_ids)]


def who_could_lead(
    access: Access, circles: Sequence[Iterable[UUID]], rows: Iterable[OrganisationAccess], on: date, *, most: int = 3
) -> list[Checked]:
    """Return organisations that are eligible for sure, those of the nearest circle first (who signs, whose people are
    in the group, the network); each once, at most some."""
    held, found, seen = list(rows), list[Checked](), set[UUID]()
    for circle in circles:
        for organisation_id in circle:
            if organisation_id in seen or len(found) >= most:
                continue
            seen.add(organisation_id)
            checked = check(access, organisation_id, held, on)
            if checked.is_eligible and asks_status(access):
                found.append(checked)
    return found
