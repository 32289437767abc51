"""Groups as their list and their page show them: lines, masked numbers, tracks of origin, who runs them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.actors import Actor
from app.core.audiences import sees
from app.core.context import page_language
from app.core.names import Name, names_of
from app.people.policy import appears_to
from app.reflections.queries import count_seen
from app.sessions import queries as programme
from app.sessions.models import Track
from app.sessions.queries.phases import Text
from app.sessions.shares import SMALLEST, share_out
from app.workinggroups import policy, queries, standing, words
from app.workinggroups.models import GroupBlock, GroupCoordinator, GroupKind, GroupState, WorkingGroup
from app.workinggroups.showing.joining import WayIn, mine_of, way_in

LONGEST_LINE = 160


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group in the list: what it is for, how many, where it stands, and the reader's way in."""

    group: WorkingGroup
    name: Name
    purpose: Text | None
    facts: list[Any]
    way_in: WayIn | None

    @property
    def opening(self) -> str:
        """The first words of the purpose, without its markup."""
        return first_words(self.purpose) if self.purpose is not None else ""


def first_words(text: Text) -> str:
    """Return the beginning of a text as plain words."""
    plain = " ".join(text.html.striptags().split())
    if len(plain) <= LONGEST_LINE:
        return plain
    return f"{plain[:LONGEST_LINE].rsplit(' ', 1)[0]}…"


def lines_of(actor: Actor, groups: Sequence[WorkingGroup], *, now: datetime) -> list[GroupLine]:
    """Return groups as lines; as many queries for a hundred as for one."""
    language, ids = page_language(), [group.id for group in groups]
    names = names_of("group", ids, language)
    purposes = queries.texts_of_many(ids, GroupBlock.PURPOSE, language)
    counts, mine = queries.count_members(ids), mine_of(actor)
    regions = names_of("region", {group.region_id for group in groups if group.region_id}, language)
    reasons = standing.ShortReasons(actor, now.date())
    return [
        GroupLine(
            group=group,
            name=names[group.id],
            purpose=purposes.get(group.id),
            facts=_facts(actor, group, counts[group.id], regions.get(group.region_id) if group.region_id else None),
            way_in=way_in(actor, group, mine, reasons.why),
        )
        for group in groups
    ]


def _facts(actor: Actor, group: WorkingGroup, count: int, region: Name | None) -> list[Any]:
    facts: list[Any] = [region] if region is not None else []
    facts.append(people_words(count, is_exact=policy.can_run(actor, group)))
    if group.state is not GroupState.ACTIVE:
        facts.append(words.STATES[group.state])
    return facts


def people_words(count: int, *, is_exact: bool) -> str:
    """Return "12 members", without small numbers for those who do not run the group."""
    if not count:
        return str(_("no members yet"))
    if count < SMALLEST and not is_exact:
        # I18N: how many belong to a working group, where the number is not said, to protect people
        return str(_("a few members"))
    # I18N: how many belong to a working group
    return str(ngettext("%(num)s member", "%(num)s members", count))


def by_kind(lines: Sequence[GroupLine]) -> list[tuple[GroupKind, Any, list[GroupLine]]]:
    """Return kind, heading and lines, in the order of the kinds; kinds without a group are missing."""
    return [
        (kind, words.KINDS_MANY[kind], found)
        for kind in GroupKind
        if (found := [line for line in lines if line.group.kind is kind])
    ]


@dataclass(frozen=True, slots=True)
class Numbers:
    """Members in numbers (R-31): `persons` is None where they are too few to say how many."""

    has_people: bool
    persons: int | None
    organisations: int
    regions: list[tuple[Name, int]]
    has_other_regions: bool


def numbers_of(actor: Actor, group: WorkingGroup) -> Numbers:
    """Return the members in numbers: exact for those who run the group, else without small ones."""
    figures, is_exact = queries.figures_of(group), policy.can_run(actor, group)
    known = {region_id: count for region_id, count in figures.by_region.items() if region_id is not None}
    elsewhere = figures.by_region.get(None, 0)
    shares = share_out(known | ({None: elsewhere} if elsewhere else {}), exact=is_exact)
    shown = [(region_id, count) for region_id, count in shares.shown if region_id is not None]
    names = names_of("region", [region_id for region_id, _count in shown], page_language())
    is_said = is_exact or figures.persons >= SMALLEST
    return Numbers(
        has_people=figures.persons > 0,
        persons=figures.persons if is_said else None,
        organisations=figures.organisations,
        regions=[(names[region_id], count) for region_id, count in shown],
        has_other_regions=bool(shares.hidden) or len(shown) < len(shares.shown),
    )


@dataclass(frozen=True, slots=True)
class Origin:
    """A track out of which a group grew: how many sessions and public reflections it has."""

    track: Track
    name: Name
    sessions: int
    reflections: int


def origins_of(actor: Actor, group: WorkingGroup) -> list[Origin]:
    """Return the tracks of origin that the reader sees (A5)."""
    tracks = [track for track in group.origins if sees(actor, track.audience)]
    names = names_of("track", [track.id for track in tracks], page_language())
    sessions = programme.list_sessions_of_tracks(actor, [track.id for track in tracks]) if tracks else {}
    return [
        Origin(track, names[track.id], len(sessions.get(track.id, [])), count_seen(actor, track_id=track.id)[0])
        for track in tracks
    ]


@dataclass(frozen=True, slots=True)
class Coordinator:
    """Who runs a group: `name` is "A coordinator" for readers to whom the person does not appear; then no place."""

    row_id: UUID
    person_id: UUID
    name: Any
    is_named: bool
    place: str


def coordinators_of(actor: Actor, group: WorkingGroup) -> list[Coordinator]:
    """Return who runs a group, by name as far as they appear to the reader; people inside know each other."""
    is_mate = policy.is_inside(actor, group)
    return [_coordinator(actor, row, is_mate=is_mate) for row in queries.list_coordinators(group)]


def _coordinator(actor: Actor, row: GroupCoordinator, *, is_mate: bool) -> Coordinator:
    person = row.person
    is_named = bool(person.name) and appears_to(actor, person, is_mate=is_mate)
    # I18N: stands for somebody who runs a working group and does not appear by name
    name = person.name if is_named else _("A coordinator")
    return Coordinator(row.id, row.person_id, name, is_named, person.place if is_named else "")
