"""Spaces as the list and their page show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext

from app.advocacy import words
from app.advocacy.models import (
    MODE,
    RULE,
    SPACE,
    AdvocacySpace,
    CatalogueNote,
    Fact,
    NoteAbout,
    ParticipationMode,
    StepRule,
    WordLimit,
)
from app.advocacy.queries import calendar as dates
from app.advocacy.queries import list_modes, list_notes, list_rules, list_spaces, space_names, with_children
from app.advocacy.queries.calendar import Wanted
from app.advocacy.queries.following import groups_that_follow, list_followers, list_groups_run_by
from app.advocacy.showing.dates import DeadlineLine, SessionLine, deadline_lines, session_lines
from app.advocacy.showing.rules import rule_words, seen_words, validity_words
from app.core.actors import Actor
from app.core.context import page_language
from app.core.languages import comma, name_in
from app.core.names import Name, all_names, names_of
from app.moments.models import NOT_TAKING_PLACE, Certainty
from app.moments.zones import place_of
from app.people.queries import names_shown
from app.workinggroups.models import WorkingGroup

YEAR = (NoteAbout.CYCLE, NoteAbout.NOW, NoteAbout.NEXT, NoteAbout.DATES, NoteAbout.THEME)
"""Notes that say how the year of a space goes."""

PARTICIPATION = (
    NoteAbout.PARTICIPATION,
    NoteAbout.CHANNEL,
    NoteAbout.FORMAT,
    NoteAbout.WORDS,
    NoteAbout.LANGUAGES,
)
"""Notes that say how one takes part."""

SESSIONS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Branch:
    """A space in the tree, with those below it."""

    space: AdvocacySpace
    name: Name
    below: list[Branch]


@dataclass(frozen=True, slots=True)
class LimitLine:
    limit: WordLimit
    words: str


@dataclass(frozen=True, slots=True)
class ModeLine:
    """A way to take part: what it needs, in which languages, how long a text may be."""

    mode: ParticipationMode
    name: Name | str
    access: str
    languages: str
    limits: list[LimitLine]
    notes: list[CatalogueNote]


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule: what closes or happens, and when that is to be expected. `of_kind` is said where the rules of a space
    hold for different kinds of its dates."""

    rule: StepRule
    name: str
    when: str
    of_kind: str
    asides: list[str]
    notes: list[CatalogueNote]


@dataclass(frozen=True, slots=True)
class FollowLine:
    """A group that the reader runs, and whether it follows the space."""

    group: WorkingGroup
    name: Name
    follows: bool


@dataclass(frozen=True, slots=True)
class SpacePage:
    space: AdvocacySpace
    name: Name
    other_names: list[tuple[str, str]]
    parent: tuple[AdvocacySpace, Name] | None
    below: list[tuple[AdvocacySpace, Name]]
    seat: str
    goals_unsure: bool
    deadlines: list[DeadlineLine]
    deadlines_over: list[DeadlineLine]
    sessions: list[SessionLine]
    past: list[SessionLine]
    more_past: bool
    modes: list[ModeLine]
    rules: list[RuleLine]
    of_year: list[CatalogueNote]
    of_participation: list[CatalogueNote]
    to_check: list[CatalogueNote]
    other: list[CatalogueNote]
    followers: list[tuple[WorkingGroup, Name]]
    mine: list[FollowLine]
    unsure: list[str]
    names: dict[UUID, Any]

    @property
    def still_open(self) -> int:
        """How many deadlines are to come; what was called off closes never, what was put off on a day nobody knows."""
        return sum(not line.is_off for line in self.deadlines)

    @property
    def still_held(self) -> int:
        """How many sessions are to come."""
        return sum(line.status not in NOT_TAKING_PLACE for line in self.sessions)


def tree() -> list[Branch]:
    """Return every space below the one it belongs to, in two questions. Spaces that stand below one another all the
    same, which no form and no file can bring about, are at the top, where somebody can mend them."""
    spaces = list_spaces()
    names = space_names(spaces)
    below: dict[UUID | None, list[AdvocacySpace]] = defaultdict(list)
    for space in spaces:
        below[space.parent_id].append(space)

    def branches(parent_id: UUID | None) -> list[Branch]:
        ordered = sorted(below[parent_id], key=lambda space: (space.acronym or names[space.id].text).casefold())
        return [Branch(space, names[space.id], branches(space.id)) for space in ordered]

    lost = {space.id for space in spaces} - with_children([space.id for space in below[None]], spaces)
    for space in spaces:
        if space.id in lost:
            below[space.parent_id].remove(space)
            below[None].append(space)
    return branches(None)


def space_page(actor: Actor, space: AdvocacySpace, now: datetime) -> SpacePage:
    """Return everything the page of a space shows, in a fixed number of questions."""
    notes, modes, rules = list_notes(space), list_modes(space), list_rules(space)
    by_thing: dict[tuple[str, UUID], list[CatalogueNote]] = defaultdict(list)
    for note in notes:
        by_thing[note.object_kind, note.object_id].append(note)
    own, around = by_thing[SPACE, space.id], _around(space)
    wanted = Wanted(space_ids=frozenset({space.id}))
    past = dates.page_of_past(wanted, now=now, size=SESSIONS_SHOWN)
    return SpacePage(
        space=space,
        name=around.names[space.id],
        other_names=_other_names(space, around.names[space.id]),
        parent=next(((row, around.names[row.id]) for row in around.spaces if row.id == space.parent_id), None),
        below=[(row, around.names[row.id]) for row in around.spaces if row.parent_id == space.id],
        seat=_seat(space),
        goals_unsure=space.certainty_of("goals") is not Certainty.VERIFIED,
        deadlines=deadline_lines(dates.page_of_deadlines(wanted, now=now, size=SESSIONS_SHOWN).rows, now),
        deadlines_over=deadline_lines(dates.list_deadlines_over(space.id, now=now, most=SESSIONS_SHOWN), now),
        sessions=session_lines(dates.page_of_sessions(wanted, now=now, size=SESSIONS_SHOWN).rows, now),
        past=session_lines(past.rows, now),
        more_past=bool(past.next_cursor),
        modes=[mode_line(mode, by_thing[MODE, mode.id]) for mode in modes],
        rules=_rules(rules, by_thing),
        of_year=_about(own, YEAR),
        of_participation=_about(own, PARTICIPATION),
        to_check=_about(own, (NoteAbout.TO_CHECK,)),
        other=[note for note in own if note.about not in (*YEAR, *PARTICIPATION, NoteAbout.TO_CHECK)],
        followers=_followers(actor, space),
        mine=_mine(actor, space),
        unsure=_unsure(space, modes, rules),
        names=_who_checked(actor, [space, *notes, *modes, *rules]),
    )


def _who_checked(actor: Actor, facts: Sequence[Fact]) -> dict[UUID, Any]:
    """Return the names of whoever compared a fact with its source, for people of the network; visitors read none."""
    hands = {fact.checked_by for fact in facts if fact.checked_by is not None}
    return names_shown(actor, list(hands)) if actor.is_person and hands else {}


@dataclass(frozen=True, slots=True)
class _Around:
    spaces: list[AdvocacySpace]
    names: dict[UUID, Name]


def _around(space: AdvocacySpace) -> _Around:
    """Return the space with the one above and those below it, named."""
    spaces = [row for row in list_spaces() if space.id in (row.id, row.parent_id) or row.id == space.parent_id]
    return _Around(spaces, space_names(spaces))


def _about(notes: Iterable[CatalogueNote], wanted: Sequence[NoteAbout]) -> list[CatalogueNote]:
    return sorted((note for note in notes if note.about in wanted), key=lambda note: wanted.index(note.about))


def _other_names(space: AdvocacySpace, shown: Name) -> list[tuple[str, str]]:
    """Return what a space is called in other languages, as (language, name)."""
    rows = all_names(SPACE, space.id)
    return [(code, row.text) for code, row in sorted(rows.items()) if code != shown.language]


def _seat(space: AdvocacySpace) -> str:
    """Return where a space sits; its clock is named where the city of the clock is another one."""
    clock = place_of(space.zone) if space.zone else ""
    seat = words.city_name(space.place, space.zone)
    if not seat or not clock or seat == clock:
        return seat or clock
    # I18N: the seat of a body, and the city whose clock counts there: "Geneva (hours of Zurich)"
    return str(_("%(place)s (hours of %(city)s)", place=seat, city=clock))


def mode_line(mode: ParticipationMode, notes: list[CatalogueNote]) -> ModeLine:
    return ModeLine(
        mode=mode,
        name=words.mode_name(mode),
        access=str(words.ACCESSES[mode.access]),
        languages=comma(page_language()).join(name_in(code, page_language()) for code in mode.languages),
        limits=[LimitLine(limit, limit_words(limit)) for limit in mode.limits],
        notes=notes,
    )


def limit_words(limit: WordLimit) -> str:
    """Return a word limit in words: "1,500 words, about 100 of them for the cover page (ECOSOC, special…)" (R-12)."""
    said = str(ngettext("%(num)s word", "%(num)s words", limit.words))
    if limit.cover_words:
        # I18N: a word limit, part of which goes to the cover page: "1500 words, of which about 100 for the cover page"
        said = str(_("%(words)s, of which about %(cover)s for the cover page", words=said, cover=limit.cover_words))
    whose = [str(words.LIMIT_STATUSES[limit.status])] if limit.status else []
    if limit.is_joint is not None:
        # I18N: for which texts a word limit holds: of several organisations, or of one
        whose.append(str(_("joint texts")) if limit.is_joint else str(_("texts of one organisation")))
    if not whose:
        return said
    # I18N: a word limit and for whom it holds: "1500 words (ECOSOC, special consultative status, joint texts)"
    return str(_("%(limit)s (%(whose)s)", limit=said, whose=comma(page_language()).join(whose)))


def _rules(rules: Sequence[StepRule], notes: Mapping[tuple[str, UUID], list[CatalogueNote]]) -> list[RuleLine]:
    differ = len({rule.occurrence_kind for rule in rules}) > 1
    return [
        RuleLine(
            rule=rule,
            name=str(words.STEPS[rule.step]),
            when=rule_words(rule),
            of_kind=str(words.OCCURRENCE_KINDS[rule.occurrence_kind]) if differ else "",
            asides=[part for part in (seen_words(rule), validity_words(rule)) if part],
            notes=notes[RULE, rule.id],
        )
        for rule in rules
    ]


def _followers(actor: Actor, space: AdvocacySpace) -> list[tuple[WorkingGroup, Name]]:
    groups = list_followers(actor, space.id)
    names = names_of("group", [group.id for group in groups], page_language())
    return [(group, names[group.id]) for group in groups]


def _mine(actor: Actor, space: AdvocacySpace) -> list[FollowLine]:
    """Return the groups the reader runs, and whether each follows the space."""
    groups = list_groups_run_by(actor) if actor.is_person else []
    names = names_of("group", [group.id for group in groups], page_language())
    following = groups_that_follow(space.id, [group.id for group in groups])
    return [FollowLine(group, names[group.id], group.id in following) for group in groups]


def _unsure(space: AdvocacySpace, modes: Sequence[ParticipationMode], rules: Sequence[StepRule]) -> list[str]:
    """Return what of a space nobody has seen in a source, in words."""
    columns: tuple[tuple[str, Any], ...] = (
        ("url", _("the address")),
        ("goals", _("the goals")),
        ("place", _("the seat")),
    )
    found = [str(label) for column, label in columns if space.certainty_of(column) is Certainty.UNSURE]
    found += [str(words.mode_name(mode)) for mode in modes if mode.certainty is Certainty.UNSURE]
    return found + [str(words.STEPS[rule.step]) for rule in rules if rule.certainty is Certainty.UNSURE]
