"""The people of a group as a page for those inside, and as a file for those who run it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from app.core.context import page_language
from app.core.names import Name, names_of
from app.people.labels import country_name
from app.workinggroups import queries, words
from app.workinggroups.models import GroupMembership, Standing, WorkingGroup


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One place in the group. `runs`: this person coordinates it too."""

    place: GroupMembership
    organisation: Name | None
    region: Name | None
    country: str
    runs: bool

    @property
    def standing(self) -> Any:
        return words.STANDINGS[self.place.standing]

    @property
    def is_marked(self) -> bool:
        """Whether this is no full member: observers and guests have no voice in decisions."""
        return self.place.standing is not Standing.MEMBER


def people_of(group: WorkingGroup, places: Sequence[GroupMembership]) -> list[PersonLine]:
    """Return places as lines; three queries more, however many."""
    language = page_language()
    organisations = names_of("organisation", {row.organisation_id for row in places if row.organisation_id}, language)
    regions = names_of("region", {region for row in places if (region := _region_id(row))}, language)
    running = {row.person_id for row in queries.list_coordinators(group)}
    return [
        PersonLine(
            place=row,
            organisation=organisations.get(row.organisation_id) if row.organisation_id else None,
            region=regions.get(region) if (region := _region_id(row)) else None,
            country=country_name(row.person.country, language),
            runs=row.person_id in running,
        )
        for row in places
    ]


def _region_id(row: GroupMembership) -> UUID | None:
    """As everywhere: the region of the organisation somebody is there for, else the person's own."""
    return (row.organisation.region_id if row.organisation else None) or row.person.region_id


def table_of(lines: Sequence[PersonLine]) -> list[list[object]]:
    """Return the people as rows of a file: words in the language of the page, no address of anybody."""
    head = [
        _("Name"),
        _("Name in Latin letters"),
        # I18N: column of a table of people of a group: member, observer or guest
        _("In the group as"),
        # I18N: column of a table of people of a group: yes for those who run it
        _("Runs the group"),
        _("Organisation"),
        _("Region"),
        _("Country"),
        # I18N: column of a table of people of a group: the day they came in
        _("Inside since"),
    ]
    return [[str(cell) for cell in head], *(_row(line) for line in lines)]


def _row(line: PersonLine) -> list[object]:
    person = line.place.person
    return [
        person.name,
        person.name_latin,
        str(line.standing),
        str(_("Yes")) if line.runs else "",
        str(line.organisation or ""),
        str(line.region or ""),
        line.country,
        line.place.joined_at.date().isoformat(),
    ]
