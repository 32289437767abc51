"""The advocacy calendar as its page shows it: one sentence, what closes next, sessions, the year.

However many dates there are, the page asks the same number of questions: lists are cut, and of a year the moments alone
are read to be counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from app.advocacy import words
from app.advocacy.addresses import occurrence_path
from app.advocacy.forms.calendar import CalendarForm
from app.advocacy.models import AdvocacySpace, Occurrence
from app.advocacy.queries import calendar as dates
from app.advocacy.queries import list_spaces, short_names, space_names, with_children
from app.advocacy.queries.calendar import Wanted
from app.advocacy.queries.following import list_following_groups, spaces_followed_by
from app.advocacy.regions import countries_of
from app.advocacy.showing.dates import LEFT, DeadlineLine, SessionLine, deadline_lines, is_left, is_sure, session_lines
from app.core.actors import Actor
from app.core.context import page_language
from app.core.languages import fold
from app.core.lists import listed
from app.core.names import Name, names_of
from app.moments.local import in_zone
from app.moments.models import NOT_TAKING_PLACE, Moment, Status
from app.moments.queries import list_changes_of
from app.moments.shown import moved_from
from app.moments.timing import Timing
from app.moments.year import Dated, Year, year_of
from app.moments.zones import reader_zone
from app.people.labels import country_name
from app.people.queries.regions import list_regions
from app.workinggroups.models import WorkingGroup

AT_A_GLANCE = 8
"""So many deadlines and sessions stand on the first page of the calendar."""

PAST_AT_A_GLANCE = 20
"""So many past sessions stand there once somebody looks for something."""

IN_PICTURE = 40
"""So many rows of a year are drawn."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What the calendar can be narrowed down by, for this reader."""

    spaces: list[AdvocacySpace]
    names: dict[UUID, Name]
    groups: list[WorkingGroup]

    def space(self, slug: str) -> AdvocacySpace | None:
        return next((space for space in self.spaces if space.slug == slug), None)


@dataclass(frozen=True, slots=True)
class Counts:
    """The dates of a year by what can be relied on. What moved is counted as moved, whether it is confirmed or not."""

    confirmed: int
    expected: int
    moved: int
    postponed: int
    cancelled: int
    held: int
    left: int

    @property
    def listed(self) -> str:
        """Return "3 confirmed, 6 expected and 1 moved" in the language of the page; "" where there is nothing."""
        said = (
            # I18N: part of a list of how many dates of a year are certain: "3 confirmed"
            (self.confirmed, ngettext("%(num)s confirmed", "%(num)s confirmed", self.confirmed)),
            # I18N: part of a list of how many dates of a year are likely, but not confirmed: "6 expected"
            (self.expected, ngettext("%(num)s expected", "%(num)s expected", self.expected)),
            # I18N: part of a list of how many dates of a year have another day than before: "1 moved"
            (self.moved, ngettext("%(num)s moved", "%(num)s moved", self.moved)),
            # I18N: part of a list of how many dates of a year are put off, the new day not known: "1 postponed"
            (self.postponed, ngettext("%(num)s postponed", "%(num)s postponed", self.postponed)),
            # I18N: part of a list of how many dates of a year will not take place: "1 cancelled"
            (self.cancelled, ngettext("%(num)s cancelled", "%(num)s cancelled", self.cancelled)),
            # I18N: part of a list of how many dates of a year have taken place: "7 held"
            (self.held, ngettext("%(num)s held", "%(num)s held", self.held)),
            # I18N: part of a list of how many dates of a year are over, and nobody noted how: "2 over, not yet noted"
            (
                self.left,
                ngettext("%(num)s over and not noted as held", "%(num)s over and not noted as held", self.left),
            ),
        )
        return listed([part for count, part in said if count], page_language())


@dataclass(frozen=True, slots=True)
class YearShown:
    """The picture of a year, how its dates stand, and how many of them are not drawn."""

    counts: Counts
    picture: Year
    left_out: int


@dataclass(frozen=True, slots=True)
class Glance:
    """The first page: what closes next, the next sessions, the year, what is over, spaces without a date."""

    next_deadline: DeadlineLine | None
    next_sure: DeadlineLine | None
    deadlines: list[DeadlineLine]
    more_deadlines: bool
    sessions: list[SessionLine]
    more_sessions: bool
    past: list[SessionLine]
    more_past: bool
    year: YearShown
    undated: list[AdvocacySpace]


def offered_to(actor: Actor) -> Offered:
    """Return what the calendar can be narrowed down by."""
    spaces = list_spaces()
    return Offered(spaces, space_names(spaces), list_following_groups(actor))


def fill_form(form: CalendarForm, offered: Offered, today: date) -> None:
    """Offer what there is, named in the language of the page."""
    language = page_language()
    states = [(code, country_name(code, language)) for code in dates.list_reviewed_countries()]
    regions = list_regions()
    region_names = names_of("region", [region.id for region in regions], language)
    group_names = names_of("group", [group.id for group in offered.groups], language)
    form.offer(
        spaces=[(space.slug, _in_a_list(space, offered.names[space.id])) for space in offered.spaces],
        states=sorted(states, key=lambda pair: fold(pair[1])),
        regions=[(region.code, region_names[region.id].text) for region in regions if countries_of(region.code)],
        groups=[(group.slug, group_names[group.id].text) for group in offered.groups],
        years=_years(today),
    )


def _in_a_list(space: AdvocacySpace, name: Name) -> str:
    return f"{space.acronym} · {name.text}" if space.acronym and space.acronym != name.text else name.text


def _years(today: date) -> list[int]:
    span = dates.span_of_years() or (today.year, today.year)
    return list(range(max(span[1], today.year + 1), min(span[0], today.year) - 1, -1))


def wanted_by(form: CalendarForm, offered: Offered) -> Wanted:
    """Return what is looked for. A space stands for everything below it; a group for the spaces it follows."""
    space_ids: set[UUID] | None = None
    if space := offered.space(form.space.data or ""):
        space_ids = with_children([space.id], offered.spaces)
    group = next((group for group in offered.groups if group.slug == form.group.data), None)
    if group is not None:
        followed = spaces_followed_by(group.id)
        space_ids = followed if space_ids is None else space_ids & followed
    return Wanted(
        kind=form.space_kind(),
        space_ids=frozenset(space_ids) if space_ids is not None else None,
        goal=form.number(form.goal),
        state=form.state.data or "",
        countries=countries_of(form.region.data) if form.region.data else None,
        sureness=form.sureness(),
        year=form.number(form.year),
    )


def glance(wanted: Wanted, offered: Offered, *, is_narrowed: bool, now: datetime) -> Glance:
    """Return the first page of the calendar."""
    today = in_zone(now, reader_zone()).date()
    deadlines = dates.page_of_deadlines(wanted, now=now, size=AT_A_GLANCE)
    sessions = dates.page_of_sessions(wanted, now=now, size=AT_A_GLANCE if not wanted.year else PAST_AT_A_GLANCE)
    past = dates.page_of_past(wanted, now=now, size=PAST_AT_A_GLANCE) if is_narrowed and not wanted.year else None
    closing = _next_deadline(wanted, now)
    return Glance(
        next_deadline=closing,
        next_sure=_next_deadline(wanted, now, sure=True) if closing is not None and not closing.is_sure else None,
        deadlines=deadline_lines(deadlines.rows, now),
        more_deadlines=bool(deadlines.next_cursor),
        sessions=session_lines(sessions.rows, now),
        more_sessions=bool(sessions.next_cursor),
        past=session_lines(past.rows, now) if past else [],
        more_past=bool(past and past.next_cursor),
        year=year_shown(wanted, wanted.year or _year_to_draw(sessions.rows, today), today, now),
        undated=undated(wanted, offered, now) if wanted.is_about_spaces else [],
    )


def _next_deadline(wanted: Wanted, now: datetime, *, sure: bool = False) -> DeadlineLine | None:
    """Return what closes next, or, with `sure`, the first of those that are confirmed."""
    found = dates.list_next_deadlines(wanted, now=now, size=1, sure=sure)
    return next(iter(deadline_lines(found, now)), None)


def _year_to_draw(coming: Sequence[Occurrence], today: date) -> int:
    """Return this year, or, once nothing more comes in it, the year of the next session."""
    walls = [wall for row in coming[:1] if (wall := row.moment.wall_start or row.moment.wall_end)]
    return max([today.year, *(wall.year for wall in walls)])


def undated(wanted: Wanted, offered: Offered, now: datetime) -> list[AdvocacySpace]:
    """Return the spaces that fit and of which no date to come is known, or none of the year that is asked for."""
    dated = dates.list_spaces_with_dates(wanted, now=now)
    return [space for space in offered.spaces if space.id not in dated and _fits(space, wanted)]


def _fits(space: AdvocacySpace, wanted: Wanted) -> bool:
    of_kind = wanted.kind is None or space.kind is wanted.kind
    is_there = wanted.space_ids is None or space.id in wanted.space_ids
    return of_kind and is_there and (not wanted.goal or wanted.goal in {goal.goal for goal in space.goals})


def year_shown(wanted: Wanted, year: int, today: date, now: datetime) -> YearShown:
    """Return the picture of a year. Where it has more rows than can be drawn, those still to come are."""
    here, away = dates.list_moments_of_year(wanted, year), dates.list_moved_elsewhere(wanted, year)
    changes = list_changes_of([moment.id for _id, moment in [*here, *away] if moment.sequence])
    was = {moment.id: moved_from(moment, changes.get(moment.id, [])) for _id, moment in [*here, *away]}
    gone = [(row_id, moment) for row_id, moment in away if _was_in(was[moment.id], year)]
    moments = here + gone
    drawn = [row_id for row_id, _moment in sorted(moments, key=lambda row: row[1].until < now)[:IN_PICTURE]]
    rows = dates.list_occurrences(drawn)
    spaces = short_names({row.space_id: row.space for row in rows.values()}.values())
    things = [_dated(row, spaces[row.space_id], was[row.moment_id], now) for row in rows.values()]
    return YearShown(
        counts=_count([(moment, was[moment.id]) for _id, moment in here], len(gone), now),
        picture=year_of(things, year, today, page_language()),
        left_out=len(moments) - len(drawn),
    )


def _was_in(was: Timing | None, year: int) -> bool:
    """Whether something was to be in a year before it moved out of it."""
    ends = (was.wall_start, was.wall_end) if was is not None else ()
    return any(wall.year == year for wall in ends if wall is not None)


def _dated(row: Occurrence, space: Name, was: Timing | None, now: datetime) -> Dated:
    note = words.occurrence_name(row)
    left = _state(row.moment, was, now) == LEFT
    return Dated(_marked(space), _marked(note), row.moment, was, occurrence_path(row.id), is_left=left)


def _marked(name: Any) -> Markup:
    """Return a name for the picture, which marks its own language."""
    return Markup(name.__html__()) if hasattr(name, "__html__") else escape(name)  # noqa: S704 - it escapes itself


def _count(here: Sequence[tuple[Moment, Timing | None]], gone: int, now: datetime) -> Counts:
    """Count the dates of a year; `gone` are those that moved out of it."""
    found = Counter(_state(moment, was, now) for moment, was in here) + Counter(moved=gone)
    return Counts(
        *(found[state] for state in ("confirmed", "expected", "moved", "postponed", "cancelled", "held", LEFT))
    )


def _state(moment: Moment, was: Timing | None, now: datetime) -> str:
    if moment.status in (*NOT_TAKING_PLACE, Status.HELD):
        return moment.status.value
    if is_left(moment, now):
        return LEFT
    if was is not None:
        return "moved"
    return "confirmed" if is_sure(moment) else "expected"


def sentence(counts: Counts, year: int, *, is_narrowed: bool = False) -> str:
    """Say how the dates of a year stand; `is_narrowed`: only some of them were asked for."""
    if not counts.listed and is_narrowed:
        return str(_("No session of %(year)s fits.", year=str(year)))
    if not counts.listed:
        return str(_("No session of %(year)s is known here yet.", year=str(year)))
    # I18N: for instance "Sessions of 2027: 3 confirmed, 6 expected, 1 moved and 1 cancelled."
    return str(_("Sessions of %(year)s: %(counts)s.", year=str(year), counts=counts.listed))
