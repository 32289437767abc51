"""The roster as a page and as a file: who takes part, for whom, in which languages, with which needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.core.context import page_language
from app.core.languages import name_in
from app.core.names import Name, names_of
from app.people.labels import country_name
from app.people.models import Need
from app.people.queries.needs import needs_of
from app.sessions.forms.roster import NEEDS, NOT_KNOWN, RosterForm
from app.sessions.models import TrackMembership
from app.sessions.queries.roster import RosterCounts

SHORT_NEEDS: dict[Need, Any] = {
    # I18N: what a participant needs, in a list
    Need.CAPTIONS: _l("captions"),
    # I18N: what a participant needs, in a list
    Need.SIGN_LANGUAGE: _l("sign language"),
    # I18N: what a participant needs, in a list
    Need.LARGE_PRINT: _l("large print"),
    # I18N: what a participant needs, in a list: to dial in by phone
    Need.PHONE_DIAL_IN: _l("telephone"),
    # I18N: what a participant has, in a list of needs: a slow connection
    Need.LOW_BANDWIDTH: _l("weak line"),
    # I18N: what a participant has, in a list of needs: follows with others on one screen
    Need.SHARED_SCREEN: _l("shared screen"),
    # I18N: what a participant has, in a list of needs: somebody who helps
    Need.COMPANION: _l("companion"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One participant. `speaks` begins with the language the person prefers; `understands` are those not spoken."""

    membership: TrackMembership
    organisation: Name | None
    region: Name | None
    country: str
    speaks: list[str]
    understands: list[str]
    needs: list[Any]


def lines_of(memberships: Sequence[TrackMembership]) -> list[Line]:
    """Return participants as the roster prints them; three queries more, however many."""
    language = page_language()
    needs = needs_of(row.person_id for row in memberships)
    organisations = names_of(
        "organisation", {row.organisation_id for row in memberships if row.organisation_id}, language
    )
    regions = names_of("region", {region for row in memberships if (region := _region_id(row))}, language)
    return [
        Line(
            membership=row,
            organisation=organisations.get(row.organisation_id) if row.organisation_id else None,
            region=regions.get(region) if (region := _region_id(row)) else None,
            country=country_name(row.person.country, language),
            speaks=_speaks(row),
            understands=[known.language for known in row.person.languages if not known.is_spoken],
            needs=[SHORT_NEEDS[need] for need in needs.get(row.person_id, [])],
        )
        for row in memberships
    ]


def _region_id(row: TrackMembership) -> UUID | None:
    """As everywhere: the region of the organisation joined for, else the person's own."""
    return (row.organisation.region_id if row.organisation else None) or row.person.region_id


def _speaks(row: TrackMembership) -> list[str]:
    spoken = [known.language for known in row.person.languages if known.is_spoken]
    preferred = row.person.preferred_language
    return list(dict.fromkeys([preferred, *spoken])) if preferred else spoken


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the sentence at the head, and the query that shows these people."""

    words: Any
    query: dict[str, str]


def head_of(counts: RosterCounts) -> list[Part]:
    """Return "14 need Arabic", "3 need captions", "6 have a weak line": what a session has to provide for."""
    languages = [
        Part(_needing(tag, count.prefer), {"language": f"{NEEDS}{tag}"})
        for tag, count in counts.by_language.items()
        if count.prefer
    ]
    return [*languages, *(Part(_having(need, count), {"need": need.value}) for need, count in counts.by_need.items())]


def _needing(tag: str, count: int) -> Any:
    # I18N: how many participants need a language, with its name: "14 need Arabic"
    return ngettext(
        "%(num)s needs %(language)s", "%(num)s need %(language)s", count, language=name_in(tag, page_language())
    )


def _having(need: Need, count: int) -> Any:
    """One whole sentence for each need: languages build them differently."""
    match need:
        case Need.CAPTIONS:
            return ngettext("%(num)s needs captions", "%(num)s need captions", count)
        case Need.SIGN_LANGUAGE:
            return ngettext("%(num)s needs sign language", "%(num)s need sign language", count)
        case Need.LARGE_PRINT:
            return ngettext("%(num)s needs large print", "%(num)s need large print", count)
        case Need.PHONE_DIAL_IN:
            return ngettext("%(num)s takes part by telephone", "%(num)s take part by telephone", count)
        case Need.LOW_BANDWIDTH:
            return ngettext("%(num)s has a weak line", "%(num)s have a weak line", count)
        case Need.SHARED_SCREEN:
            return ngettext("%(num)s shares a screen", "%(num)s share a screen", count)
        case Need.COMPANION:
            return ngettext("%(num)s comes with somebody who helps", "%(num)s come with somebody who helps", count)


def offer_choices(form: RosterForm, counts: RosterCounts) -> None:
    """Fill the filters with the regions, languages and needs there are, each with its number."""
    language = page_language()
    known = [region_id for region_id in counts.by_region if region_id is not None]
    names = names_of("region", known, language)
    ordered = sorted(known, key=lambda region_id: names[region_id].text)
    regions = [(str(region_id), _numbered(names[region_id].text, counts.by_region[region_id])) for region_id in ordered]
    if None in counts.by_region:
        regions.append((NOT_KNOWN, _numbered(_("Region not known"), counts.by_region[None])))
    by_language = counts.by_language.items()
    form.offer(
        regions,
        [(tag, _numbered(name_in(tag, language), count.prefer)) for tag, count in by_language if count.prefer],
        [(tag, name_in(tag, language)) for tag, _count in by_language],
        [(need.value, _numbered(SHORT_NEEDS[need], count)) for need, count in counts.by_need.items()],
    )


def _numbered(words: Any, count: int) -> str:
    # I18N: a choice and how many people it means: "Latin America (23)"
    return str(_("%(words)s (%(count)s)", words=words, count=count))


def table_of(lines: Sequence[Line]) -> list[list[object]]:
    """Return the roster as rows of a file: words in the language of the page, no address of anybody."""
    head = [
        _("Name"),
        _("Name in Latin letters"),
        _("Organisation"),
        _("Region"),
        _("Country"),
        _("Place"),
        # I18N: column of a table of people: the language in which they need a session
        _("Needs this language"),
        _("Speaks"),
        _("Understands"),
        _("Needs"),
        _("Takes part since"),
    ]
    return [[str(cell) for cell in head], *(_row(line) for line in lines)]


def _row(line: Line) -> list[object]:
    person, language = line.membership.person, page_language()

    def named(tags: list[str]) -> str:
        return ", ".join(name_in(tag, language) for tag in tags)

    preferred = person.preferred_language
    return [
        person.name,
        person.name_latin,
        str(line.organisation or ""),
        str(line.region or ""),
        line.country,
        person.place,
        name_in(preferred, language) if preferred else "",
        named(line.speaks),
        named(line.understands),
        ", ".join(str(need) for need in line.needs),
        line.membership.joined_at.date().isoformat(),
    ]
