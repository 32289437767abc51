"""The participation report: figures with their labels in the reader's language, ready for page, CSV and JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from babel import Locale
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.actors import Actor
from app.core.languages import fold, own_name
from app.core.names import NAMELESS, Name, names_of
from app.core.permissions import require
from app.people.labels import GENDERS
from app.reports import figures, queries
from app.reports.definitions import DEFINITIONS, Definition
from app.reports.figures import Beside, SessionFigures
from app.reports.queries import Figures, Group
from app.reports.scope import Scope

NOT_KNOWN = "not_known"
NO_ANSWER = "no_answer"
NO_ORGANISATION = "no_organisation"

EVERY_NUMBER_UP_TO = 12
"""Up to so many sessions, each number of sessions attended gets its line, also where nobody came to so many."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a section. `label` is a string or a `Name` that marks its own language; `more` are further facts."""

    key: str
    label: Any
    persons: int
    organisations: int | None
    attendances: int
    more: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ThreeFigures:
    """One session with its three figures side by side; `label` is its name."""

    label: Any
    figures: SessionFigures


@dataclass(frozen=True, slots=True)
class Participation:
    """The whole report; the names of its sections are those of the CSV and the JSON."""

    scope: Scope
    title: Any
    persons: int
    organisations: int
    attendances: int
    sessions: int
    first_on: date | None
    last_on: date | None
    by_session: list[Line]
    by_track: list[Line]
    by_phase: list[Line]
    by_region: list[Line]
    by_country: list[Line]
    by_organisation: list[Line]
    by_language: list[Line]
    by_gender: list[Line]
    sessions_attended: list[Line]
    beside: Beside
    three_figures: list[ThreeFigures]
    generated_at: datetime
    definitions: tuple[Definition, ...] = DEFINITIONS


SECTIONS = (
    "by_session",
    "by_track",
    "by_phase",
    "by_region",
    "by_country",
    "by_organisation",
    "by_language",
    "by_gender",
    "sessions_attended",
)


def summarise(actor: Actor, scope: Scope, *, language: str, now: datetime) -> Participation:
    """Count participation (R-31) with labels in one language.

    Persons, organisations and attendances are whole numbers of people, organisations and marks. Raises `NotAllowed`
    for who may not read these figures.
    """
    require(actor, "reports.participation", scope)
    totals = queries.count_all(scope)
    return Participation(
        scope=scope,
        title=scope_title(scope, language),
        persons=totals.figures.persons,
        organisations=totals.figures.organisations,
        attendances=totals.figures.attendances,
        sessions=totals.sessions,
        first_on=totals.first_on,
        last_on=totals.last_on,
        by_session=_session_lines(queries.count_by_session(scope), language),
        by_track=_named_lines("track", queries.count_by_track(scope), language),
        by_phase=_named_lines("phase", queries.count_by_phase(scope), language),
        by_region=_region_lines(queries.count_by_region(scope), language),
        by_country=_country_lines(queries.count_by_country(scope), language),
        by_organisation=_organisation_lines(queries.count_by_organisation(scope), language),
        by_language=_language_lines(queries.count_by_language(scope)),
        by_gender=_gender_lines(queries.count_by_gender(scope)),
        sessions_attended=_attended_lines(queries.count_sessions_attended(scope), totals.sessions),
        beside=figures.count_beside(scope),
        three_figures=_three_figures(figures.count_by_session(scope), language),
        generated_at=now,
    )


def scope_title(scope: Scope, language: str) -> Any:
    """Return the name of what the report is about, or the words for the whole house."""
    kind, subject_id = scope.subject
    if kind == "report":
        return _("The whole house")
    name = names_of(kind, [subject_id], language)[subject_id]
    if scope.session is not None and name == NAMELESS:
        return _session_word(scope.session.number)
    return name


def _session_word(number: int) -> str:
    # I18N: a learning session without a title of its own, by its number within the track
    return str(_("Session %(number)s", number=number))


def _line(key: str, label: Any, figures: Figures, **more: Any) -> Line:
    return Line(key, label, figures.persons, figures.organisations, figures.attendances, more)


def _three_figures(rows: list[SessionFigures], language: str) -> list[ThreeFigures]:
    names = names_of("session", [row.session_id for row in rows], language)
    return [ThreeFigures(_session_label(names[row.session_id], row.number), row) for row in rows]


def _session_label(name: Name, number: int) -> Any:
    return name if name != NAMELESS else _session_word(number)


def _session_lines(groups: list[Group], language: str) -> list[Line]:
    names = names_of("session", [group.by[0] for group in groups], language)
    lines = []
    for group in groups:
        session_id, number, track, day = group.by
        label = _session_label(names[session_id], number)
        lines.append(_line(str(session_id), label, group.figures, number=number, track=track, day=day))
    return lines


def _named_lines(kind: str, groups: list[Group], language: str) -> list[Line]:
    names = names_of(kind, [group.by[0] for group in groups], language)
    return [_line(group.by[1], names[group.by[0]], group.figures) for group in groups]


def _region_lines(groups: list[Group], language: str) -> list[Line]:
    known: list[UUID] = [group.by[0] for group in groups if group.by[0] is not None]
    names: dict[UUID, Name] = names_of("region", known, language)
    return [_line(group.by[1] or NOT_KNOWN, names.get(group.by[0], _("Not known")), group.figures) for group in groups]


@lru_cache(maxsize=16)
def _territories(language: str) -> dict[str, str]:
    return dict(Locale.parse(language.split("-", maxsplit=1)[0]).territories)


def _country_lines(groups: list[Group], language: str) -> list[Line]:
    names = _territories(language)
    return _unknown_last(
        [
            _line(code or NOT_KNOWN, names.get(code, code) if code else _("Not known"), group.figures)
            for group in groups
            for code in group.by
        ]
    )


def _organisation_lines(groups: list[Group], language: str) -> list[Line]:
    """Most persons first, then by name; whoever came for no organisation last."""
    known: list[UUID] = [group.by[0] for group in groups if group.by[0] is not None]
    names: dict[UUID, Name] = names_of("organisation", known, language)
    lines = [_line(str(group.by[0]), names[group.by[0]], group.figures) for group in groups if group.by[0] is not None]
    lines.sort(key=lambda line: (-line.persons, fold(str(line.label))))
    # I18N: people who attended for themselves, not for an organisation
    lines += [
        _line(NO_ORGANISATION, _("For no organisation"), group.figures) for group in groups if group.by[0] is None
    ]
    return lines


def _language_lines(groups: list[Group]) -> list[Line]:
    return _unknown_last(
        [
            _line(code or NOT_KNOWN, own_name(code) if code else _("Not known"), group.figures)
            for group in groups
            for code in group.by
        ]
    )


def _gender_lines(groups: list[Group]) -> list[Line]:
    return _unknown_last(
        [
            _line(gender or NO_ANSWER, str(GENDERS[gender]) if gender else _("No answer"), group.figures)
            for group in groups
            for gender in group.by
        ]
    )


def _unknown_last(lines: list[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: line.key in (NOT_KNOWN, NO_ANSWER))


def _attended_lines(persons_by_sessions: dict[int, int], sessions: int) -> list[Line]:
    numbers = set(persons_by_sessions)
    if sessions <= EVERY_NUMBER_UP_TO:
        numbers |= set(range(1, sessions + 1))
    lines = []
    for number in sorted(numbers, reverse=True):
        persons = persons_by_sessions.get(number, 0)
        # I18N: how many sessions some people came to
        label = ngettext("%(num)s session", "%(num)s sessions", number)
        lines.append(Line(str(number), label, persons, None, persons * number, {"sessions": number}))
    return lines
