"""What the pages of instruments print: lines of a list, one text, who offers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import url_for

from app.advocacy.words import CLAIMS, goal_name
from app.core.actors import Actor
from app.core.context import page_language
from app.core.languages import name_in
from app.core.names import Name, names_of
from app.instruments import queries
from app.instruments.models import Instrument, InstrumentText
from app.people.queries import names_shown
from app.workinggroups.policy import is_known_to


@dataclass(frozen=True, slots=True)
class Owner:
    """Who offers an instrument; without a name, a group that the reader does not know of."""

    name: Name | None
    href: str = ""


@dataclass(frozen=True, slots=True)
class InstrumentLine:
    """An instrument in a list: its newest text for this reader, and the languages it has."""

    instrument: Instrument
    text: InstrumentText
    title: Name
    owner: Owner
    languages: list[str]
    claims: list[Any]
    goals: list[tuple[int, str]] = field(default_factory=list)


def titled(text: InstrumentText) -> Name:
    """Return what a text is called, in its language."""
    return Name(text.title, text.language, is_fallback=text.language != page_language())


def lines_of(actor: Actor, instruments: Sequence[Instrument]) -> list[InstrumentLine]:
    """Return instruments as a list prints them; as many queries for a hundred as for one."""
    texts, owners = queries.newest_texts(row.id for row in instruments), owners_of(actor, instruments)
    return [
        line_of(row, texts[row.id], chosen, owners[row.id])
        for row in instruments
        if (chosen := queries.choose(texts[row.id], page_language())) is not None
    ]


def line_of(
    instrument: Instrument, texts: dict[str, InstrumentText], chosen: InstrumentText, owner: Owner
) -> InstrumentLine:
    return InstrumentLine(
        instrument=instrument,
        text=chosen,
        title=titled(chosen),
        owner=owner,
        languages=sorted(texts, key=lambda tag: (tag != instrument.language, tag)),
        claims=[CLAIMS[one.claim] for one in instrument.claims],
        goals=[(one.goal, goal_name(one.goal)) for one in instrument.goals],
    )


def owners_of(actor: Actor, instruments: Sequence[Instrument]) -> dict[UUID, Owner]:
    """Return who offers instruments, by their ids: two queries for the names of all."""
    language = page_language()
    groups = names_of("group", {row.group_id for row in instruments if row.group_id}, language)
    offering = {row.organisation_id for row in instruments if row.organisation_id}
    organisations = names_of("organisation", offering, language)
    return {row.id: _owner(actor, row, groups, organisations) for row in instruments}


def _owner(actor: Actor, row: Instrument, groups: dict[UUID, Name], organisations: dict[UUID, Name]) -> Owner:
    if row.group is not None:
        if not is_known_to(actor, row.group):
            return Owner(None)
        return Owner(groups[row.group.id], url_for("workinggroups.show_group", slug=row.group.slug))
    organisation_id = row.organisation_id
    if organisation_id is None:  # the table forbids it
        return Owner(None)
    return Owner(organisations[organisation_id], f"/organisations/{organisation_id}")


def writers_of(actor: Actor, texts: Sequence[InstrumentText]) -> dict[UUID, Any]:
    """Return the names of those who wrote, by person, as far as they appear to the actor."""
    wanted = {text.written_by for text in texts if text.written_by is not None}
    return names_shown(actor, wanted) if wanted else {}


def languages_named(tags: Sequence[str]) -> list[tuple[str, str]]:
    return [(tag, name_in(tag, page_language())) for tag in tags]
