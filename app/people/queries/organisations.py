"""Organisations and regions, with the names a reader of one language reads. Organisations are public facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.languages import fold
from app.core.names import Name, NameRow, names_of
from app.core.paging import Page, fetch_page
from app.extensions import db
from app.people.models import Organisation, Region
from app.people.policy import can_decide_for, can_open_desk
from app.people.queries.organisation_pages import other_names
from app.people.queries.ties import belongs_to, parents_on


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    """One organisation of a list, with its name, that of its region, what it belongs to, and the other names by which
    a search found it."""

    organisation: Organisation
    name: Name
    region: Name | None
    parents: list[Name] = field(default_factory=list)
    found_as: list[NameRow] = field(default_factory=list)


def _sort_name() -> sa.ScalarSelect[str]:
    """The folded name an organisation is sorted by, whatever the language of the page."""
    return (
        sa.select(sa.func.coalesce(sa.func.min(NameRow.fold), ""))
        .where(
            NameRow.object_kind == "organisation",
            NameRow.object_id == Organisation.id,
            sa.not_(NameRow.is_alias),
        )
        .correlate(Organisation)
        .scalar_subquery()
    )


def _bears_name(text: str) -> sa.ColumnElement[bool]:
    pattern = fold(text)
    named = sa.select(NameRow.object_id).where(
        NameRow.object_kind == "organisation", NameRow.fold.contains(pattern, autoescape=True)
    )
    return sa.or_(Organisation.id.in_(named), Organisation.acronym.icontains(text.strip(), autoescape=True))


def list_organisations(
    actor: Actor, language: str, *, day: date, name: str = "", within: UUID | None = None, cursor: str = ""
) -> Page[OrganisationLine]:
    """Return one page of organisations by name, with what they belong to on a day; `within` are those that belong to
    one then. Those not yet listed are shown to the secretariat alone."""
    wanted = sa.select(Organisation)
    if within is not None:
        wanted = wanted.where(belongs_to(within, day))
    if not can_open_desk(actor):
        wanted = wanted.where(Organisation.is_listed)
    if name.strip():
        wanted = wanted.where(_bears_name(name))
    page = fetch_page(wanted, key=_sort_name(), row_id=Organisation.id, cursor=cursor)
    lines = _lines(list(page.rows), language, parents_on(actor, [row.id for row in page.rows], day, language))
    return Page(_with_names_found(lines, name) if name.strip() else lines, page.next_cursor)


def _with_names_found(lines: list[OrganisationLine], name: str) -> list[OrganisationLine]:
    """Say by which other name a line was found, where its own does not tell."""
    others, wanted = other_names([line.organisation.id for line in lines]), fold(name)
    return [
        line
        if wanted in fold(line.name.text)
        else replace(line, found_as=[row for row in others.get(line.organisation.id, []) if wanted in row.fold])
        for line in lines
    ]


def _lines(organisations: list[Organisation], language: str, parents: dict[UUID, list[Name]]) -> list[OrganisationLine]:
    names = names_of("organisation", [row.id for row in organisations], language)
    regions = names_of("region", {row.region_id for row in organisations if row.region_id}, language)
    return [
        OrganisationLine(
            row, names[row.id], regions.get(row.region_id) if row.region_id else None, parents.get(row.id, [])
        )
        for row in organisations
    ]


def get_visible_organisation(actor: Actor, organisation_id: UUID) -> Organisation:
    """Return one organisation; one that is not listed yet is seen by those who decide about it. Raises `NotFound`."""
    organisation = db.session.get(Organisation, organisation_id)
    if organisation is None or not (organisation.is_listed or can_decide_for(actor, organisation)):
        raise NotFound
    return organisation


def organisation_choices(language: str) -> list[tuple[UUID, str]]:
    """Return the listed organisations as (id, name) for a field, sorted by name; an acronym follows in brackets."""
    rows = db.session.execute(sa.select(Organisation.id, Organisation.acronym).where(Organisation.is_listed)).all()
    names = names_of("organisation", [row.id for row in rows], language)
    labelled = [(row.id, _with_acronym(names[row.id].text, row.acronym)) for row in rows]
    return sorted(labelled, key=lambda pair: (fold(pair[1]), pair[0]))


def _with_acronym(name: str, acronym: str) -> str:
    return f"{name} ({acronym})" if acronym and acronym != name else name


def region_choices(language: str) -> list[tuple[UUID, str]]:
    """Return the regions of the network as (id, name), in their own order."""
    ids = list(db.session.scalars(sa.select(Region.id).order_by(Region.position, Region.id)))
    names = names_of("region", ids, language)
    return [(region_id, names[region_id].text) for region_id in ids]


def find_alike(names: Iterable[str], acronym: str) -> list[UUID]:
    """Return organisations that may be the same as one to be written: a name, another name or an acronym of theirs is
    one of these, case, accents, blanks and signs apart."""
    wanted = {key for key in map(_letters, (*names, acronym)) if key}
    if not wanted:
        return []
    known = db.session.execute(
        sa.select(NameRow.object_id, NameRow.fold).where(NameRow.object_kind == "organisation")
    ).all()
    acronyms = db.session.execute(sa.select(Organisation.id, Organisation.acronym).where(Organisation.acronym != ""))
    found = [row_id for row_id, text in (*known, *acronyms) if _letters(text) in wanted]
    return list(dict.fromkeys(found))


def _letters(text: str) -> str:
    return "".join(character for character in fold(text) if character.isalnum())


ALONE: Any = _l("No organisation: I take part alone")
"""Shown where a person names an organisation and has none."""
