"""From rows to what a page prints: who carries a chantier, what it lacks, and the next step for this reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from app.chantiers import queries
from app.chantiers.activity import FEWEST, MOST
from app.chantiers.models import Carrier, CarrierRequest, Chantier, LetterContributor, MissionLetter, RequestState
from app.chantiers.policy import can_answer, can_carry, can_come_in, can_speak_for
from app.chantiers.words import BASES, STATES
from app.core.actors import Actor
from app.core.context import page_language
from app.core.lists import listed
from app.core.names import Name, names_of
from app.moments import words
from app.moments.local import in_zone
from app.moments.zones import reader_zone
from app.people.mandates import ended_sentence_for
from app.people.queries import reads_language
from app.workinggroups.models import GroupState, WorkingGroup
from app.workinggroups.policy import is_inside


def day_words(day: date | datetime) -> str:
    """Return a day, or the day of an instant at the reader's place, in words."""
    if isinstance(day, datetime):
        day = in_zone(day, reader_zone()).date()
    return words.date_of(day, page_language())


@dataclass(frozen=True, slots=True)
class Step:
    """What this reader can do next: words and where."""

    label: Any
    href: str


@dataclass(frozen=True, slots=True)
class Situation:
    """A chantier as its rooms and pages show it. `newest` is the newest edition of its letter, `letter` the one in
    force; `lacks` one sentence, "" while it is active; `ended` one to whoever spoke for a carrier, or for an
    organisation that is asked, until a day that is over."""

    group: WorkingGroup
    chantier: Chantier
    carriers: Sequence[Carrier]
    letter: MissionLetter | None
    newest: MissionLetter | None
    organisations: dict[UUID, Name]
    requests: Sequence[CarrierRequest]
    lacks: str = ""
    step: Step | None = None
    ended: Any = ""

    @property
    def state(self) -> Any:
        return STATES[self.group.state]

    @property
    def tone(self) -> str:
        return {
            GroupState.ACTIVE: "confirmed",
            GroupState.PROPOSED: "expected",
            GroupState.SUSPENDED: "postponed",
            GroupState.CLOSED: "held",
        }[self.group.state]

    @property
    def has_room(self) -> bool:
        return len(self.carriers) < MOST

    @property
    def unsigned(self) -> list[Carrier]:
        """The carriers whose signature is missing under the newest edition."""
        signed = {row.carrier_id for row in self.newest.signatures} if self.newest is not None else set()
        return [row for row in self.carriers if row.id not in signed]


def situation(actor: Actor, group: WorkingGroup, now: datetime) -> Situation:
    """Return all that the rooms of a chantier need, in the reader's language."""
    letters, chantier = queries.list_letters(group), queries.chantier_of(group)
    carriers = queries.current_carriers(group)
    # who accepted stands among the carriers
    requests = [row for row in queries.list_requests(group) if row.state is not RequestState.ACCEPTED]
    ids = [row.organisation_id for row in carriers] + [row.organisation_id for row in requests]
    stands = Situation(
        group=group,
        chantier=chantier,
        carriers=carriers,
        letter=next((row for row in letters if row.id == chantier.letter_id), None),
        newest=letters[0] if letters else None,
        organisations=names_of("organisation", set(ids), page_language()),
        requests=requests,
    )
    today = now.date()
    return replace(
        stands, lacks=_lacks(stands, today), step=_step(actor, stands, today), ended=_ended(actor, stands, today)
    )


def _ended(actor: Actor, stands: Situation, today: date) -> Any:
    """Tell whoever finds no button any more that it is their mandate."""
    if can_carry(actor, stands.group):
        return ""
    asked = [row.organisation_id for row in stands.requests if row.state is RequestState.ASKED]
    return ended_sentence_for(actor, [*(row.organisation_id for row in stands.carriers), *asked], today)


def _lacks(stands: Situation, today: date) -> str:
    """Say in one sentence what keeps the chantier from being active."""
    newest = stands.newest
    if stands.group.state in (GroupState.ACTIVE, GroupState.CLOSED):
        return ""
    is_written = newest is not None and newest.until_on >= today
    if len(stands.carriers) < FEWEST:
        if is_written:
            return str(_("A second carrier is required, and it signs the mission letter."))
        return str(_("A second carrier and a mission letter are required."))
    if newest is None:
        return str(_("A mission letter is required, signed by all who carry it."))
    if not is_written:
        day = day_words(newest.until_on)
        return str(_("The mission letter ended on %(day)s. A new edition is required.", day=day))
    if missing := [str(stands.organisations[row.organisation_id]) for row in stands.unsigned]:
        organisations = listed(missing, page_language())
        return str(_("The mission letter is not signed by %(organisations)s yet.", organisations=organisations))
    return str(_("The mission letter begins on %(day)s.", day=day_words(newest.from_on)))


def _step(actor: Actor, stands: Situation, today: date) -> Step | None:
    """Return the next step for this reader; None for who can do nothing about it."""
    group = stands.group
    for request in stands.requests:
        if request.state is RequestState.ASKED and can_answer(actor, request):
            href = url_for("chantiers.answer_request", slug=group.slug, request_id=request.id)
            # I18N: button: leads whoever speaks for an organisation to where they answer a request
            return Step(_("Answer for your organisation"), href)
    if can_carry(actor, group):
        return _step_of_carrier(actor, stands, today)
    if can_come_in(actor, group) and not is_inside(actor, group):
        # I18N: button: leads to where somebody comes into a chantier under a partnership agreement
        return Step(_("Come in as a guest"), url_for("chantiers.list_agreements", slug=group.slug))
    return None


def _step_of_carrier(actor: Actor, stands: Situation, today: date) -> Step | None:
    slug, newest = stands.group.slug, stands.newest
    if newest is None or newest.until_on < today:
        if len(stands.carriers) < FEWEST:
            return Step(_("Ask an organisation to carry it"), url_for("chantiers.ask_carrier", slug=slug))
        return Step(_("Write the mission letter"), url_for("chantiers.write_letter", slug=slug))
    if any(can_speak_for(actor, row) for row in stands.unsigned):
        href = url_for("chantiers.show_letter", slug=slug, edition=newest.edition)
        return Step(_("Read and sign the mission letter"), href)
    if len(stands.carriers) < FEWEST:
        return Step(_("Ask an organisation to carry it"), url_for("chantiers.ask_carrier", slug=slug))
    return None


@dataclass(frozen=True, slots=True)
class ContributorShown:
    """One contributor of a letter: who, on which basis, for what, and when."""

    row: LetterContributor
    name: Any
    basis: Any
    days: str


def contributors_shown(letter: MissionLetter) -> list[ContributorShown]:
    """Return the contributors as those inside read them: people of one group see each other by name."""
    ids = {row.organisation_id for row in letter.contributors if row.organisation_id}
    organisations = names_of("organisation", ids, page_language())
    return [
        ContributorShown(
            row,
            organisations[row.organisation_id] if row.organisation_id else _name_of(row),
            BASES[row.basis],
            days_words(row.from_on or letter.from_on, row.until_on or letter.until_on),
        )
        for row in letter.contributors
    ]


def reads_language_of(actor: Actor, letter: MissionLetter) -> bool:
    """Whether the language of a letter is among those a reader speaks, or the one of the page they chose."""
    return reads_language(actor, letter.language)


def _name_of(row: LetterContributor) -> str:
    # I18N: instead of the name of somebody whose data were deleted
    return (row.person.name if row.person is not None else "") or str(_("Somebody who is gone"))


def days_words(first: date, last: date) -> str:
    """Return the days of a letter or an agreement, both included."""
    return str(_("%(first)s to %(last)s", first=day_words(first), last=day_words(last)))


def name_of(group: WorkingGroup) -> Name:
    return names_of("group", [group.id], page_language())[group.id]
