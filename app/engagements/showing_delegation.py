"""Who goes for an engagement, as those inside it read it: on its page, on the sheet, in the list to choose from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from app.core.actors import Actor
from app.core.context import page_language
from app.core.languages import comma, fold, name_in, own_name
from app.core.names import Name, names_of
from app.core.registries import audience_holders
from app.engagements import queries
from app.engagements.keys import engagement_key
from app.engagements.models import Delegate, Engagement, Part
from app.engagements.opening import Opening, opening_of
from app.engagements.showing import EngagementLine, group_names, groups_known, lines_of
from app.moments.words import date_of, days
from app.people.queries import names_shown

_COMMA = re.compile("[,،]")
_CODE = re.compile(r"\b[A-Za-z]{2,3}\b")
_CODES_ALONE = re.compile(r"[A-Za-z]{2,3}(?:[\s;/؛]+[A-Za-z]{2,3})*")
"""Within other words two letters are a word: nobody who writes “un peu de wolof” speaks German."""


@dataclass(frozen=True, slots=True)
class DelegateShown:
    """Somebody who goes, by the name that those inside read; `days`: from arrival to departure, in words."""

    delegate: Delegate
    name: Any
    organisation: Name | None
    days: str

    @property
    def languages(self) -> str:
        """Which languages somebody speaks: written as they were, codes by their names, with the comma of the page."""
        parts = (part.strip() for part in _COMMA.split(self.delegate.languages))
        named = (_CODE.sub(_named, part) if _CODES_ALONE.fullmatch(part) else part for part in parts)
        return comma(page_language()).join(part for part in named if part)


def _named(code: re.Match[str]) -> str:
    """Return the name of a language for its code; a word that is none stays."""
    name, own = name_in(code[0].lower(), page_language()), own_name(code[0].lower())
    return code[0] if name == own == code[0].lower() else name


def delegates_shown(actor: Actor, engagement: Engagement) -> list[DelegateShown]:
    """Return the delegation as those inside the engagement read it: who goes together knows each other by name."""
    rows = queries.list_delegates(engagement)
    ids = frozenset(row.person_id for row in rows if row.person_id is not None)
    people = names_shown(actor, ids, ids) if ids else {}
    wanted = {row.organisation_id for row in rows if row.organisation_id is not None}
    organisations = names_of("organisation", wanted, page_language())
    return [
        DelegateShown(
            row,
            people.get(row.person_id, row.name) if row.person_id is not None else row.name,
            organisations.get(row.organisation_id) if row.organisation_id is not None else None,
            _days(row),
        )
        for row in rows
    ]


def _days(row: Delegate) -> str:
    language = page_language()
    if row.arrives_on and row.leaves_on:
        return days(row.arrives_on, row.leaves_on, language)
    if row.arrives_on:
        # I18N: only the day of arrival is known
        return str(_("from %(day)s", day=date_of(row.arrives_on, language)))
    # I18N: only the day of departure is known
    return str(_("until %(day)s", day=date_of(row.leaves_on, language))) if row.leaves_on else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The delegation on paper."""

    opening: Opening
    line: EngagementLine
    delegates: list[DelegateShown]
    occurrence: Any
    groups: list[Name]

    @property
    def travelling(self) -> int:
        """How many travel: whoever takes part from afar or is in reserve stays where they are."""
        return sum(one.delegate.part in (Part.SPEAKS, Part.GOES) for one in self.delegates)

    @property
    def handed_in(self) -> str:
        """The day on which it was handed in, in words; "" before."""
        day = self.line.engagement.submitted_on
        return date_of(day, page_language()) if day is not None else ""


def sheet_of(actor: Actor, engagement: Engagement, now: datetime) -> Sheet:
    groups = groups_known(actor, engagement)
    names = group_names(groups)
    return Sheet(
        opening=opening_of(engagement),
        line=lines_of(actor, [engagement], now)[0],
        delegates=delegates_shown(actor, engagement),
        occurrence=engagement.occurrence,
        groups=[names[group.id] for group in groups],
    )


def people_to_choose(
    actor: Actor, engagement: Engagement, delegate: Delegate | None, now: datetime
) -> list[tuple[UUID, str]]:
    """Return who of this house may be chosen for the delegation: those inside who do not go yet, by name; and who
    stands there, even if they left."""
    gone = {row.person_id for row in queries.list_delegates(engagement)}
    own = delegate.person_id if delegate is not None else None
    ids = frozenset(
        (audience_holders(engagement_key(engagement.id), now) - {one for one in gone if one is not None})
        | ({own} if own is not None else set())
    )
    people = names_shown(actor, ids, ids) if ids else {}
    return sorted(((one, str(name)) for one, name in people.items()), key=lambda pair: (fold(pair[1]), str(pair[0])))
