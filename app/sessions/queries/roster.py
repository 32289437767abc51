"""The roster of a track: its participants one by one, for those who lead it, by region, language and need.

A deliberate view of what people told only to the facilitators of their tracks (needs, languages): whoever calls here
has required `sessions.read_roster` before.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from app.core.languages import fold
from app.core.paging import Page, fetch_page
from app.extensions import db
from app.people.models import Need, Organisation, Person, PersonLanguage, PersonNeed
from app.sessions.models import Track, TrackMembership

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which participants: everything given narrows. `region_id` False means nobody knows the region; `prefers` is the
    language somebody needs a session in, `knows` one they speak or understand."""

    region_id: UUID | bool | None = None
    prefers: str = ""
    knows: str = ""
    need: Need | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class LanguageCount:
    """How many participants need a language, speak it, only understand it."""

    prefer: int = 0
    speak: int = 0
    understand: int = 0


@dataclass(frozen=True, slots=True)
class RosterCounts:
    """The whole track in numbers; a region of None is not known."""

    persons: int
    by_region: dict[UUID | None, int]
    by_language: dict[str, LanguageCount]
    by_need: dict[Need, int]


def _region() -> Any:
    """Region of the organisation joined for, else the person's own."""
    return sa.func.coalesce(Organisation.region_id, Person.region_id)


def _members(track: Track, *columns: Any) -> sa.Select[Any]:
    return (
        sa.select(*columns)
        .select_from(TrackMembership)
        .join(Person, Person.id == TrackMembership.person_id)
        .outerjoin(Organisation, Organisation.id == TrackMembership.organisation_id)
        .where(TrackMembership.track_id == track.id, TrackMembership.left_at.is_(None), Person.erased_at.is_(None))
    )


def _chosen(track: Track, wanted: Wanted) -> sa.Select[Any]:
    statement = _members(track, TrackMembership)
    if wanted.region_id is False:
        statement = statement.where(_region().is_(None))
    elif wanted.region_id is not None:
        statement = statement.where(_region() == wanted.region_id)
    if wanted.prefers:
        statement = statement.where(Person.preferred_language == wanted.prefers)
    if wanted.knows:
        knowing = sa.select(PersonLanguage.person_id).where(PersonLanguage.language == wanted.knows)
        statement = statement.where(sa.or_(Person.preferred_language == wanted.knows, Person.id.in_(knowing)))
    if wanted.need is not None:
        statement = statement.where(
            Person.id.in_(sa.select(PersonNeed.person_id).where(PersonNeed.need == wanted.need))
        )
    if folded := fold(wanted.name):
        statement = statement.where(Person.name_fold.contains(folded, autoescape=True))
    person = contains_eager(TrackMembership.person)
    return statement.options(
        person.selectinload(Person.languages),
        person.lazyload(Person.region),
        contains_eager(TrackMembership.organisation).lazyload(Organisation.region),
    )


def page_of_roster(track: Track, wanted: Wanted, *, cursor: str = "") -> Page[TrackMembership]:
    """Return one page of participants by name."""
    statement = _chosen(track, wanted)
    return fetch_page(statement, key=Person.name_fold, row_id=Person.id, cursor=cursor, size=PER_PAGE)


def count_found(track: Track, wanted: Wanted) -> int:
    """Return how many participants the list holds, on all its pages."""
    found = _chosen(track, wanted).with_only_columns(Person.id).order_by(None).subquery()
    return db.session.scalar(sa.select(sa.func.count()).select_from(found)) or 0


def whole_roster(track: Track, wanted: Wanted) -> list[TrackMembership]:
    """Return all of them by name, for a file."""
    return list(db.session.scalars(_chosen(track, wanted).order_by(Person.name_fold, Person.id)))


def count_roster(track: Track) -> RosterCounts:
    """Return the track in numbers, in four queries however many take part."""
    by_region = db.session.execute(_members(track, _region(), sa.func.count()).group_by(_region())).all()
    needs = _members(track, PersonNeed.need, sa.func.count()).join(PersonNeed, PersonNeed.person_id == Person.id)
    by_need = {need: int(count) for need, count in db.session.execute(needs.group_by(PersonNeed.need))}
    return RosterCounts(
        persons=sum(count for _region_id, count in by_region),
        by_region={region_id: int(count) for region_id, count in by_region},
        by_language=_by_language(track),
        by_need={need: by_need[need] for need in Need if need in by_need},
    )


def _by_language(track: Track) -> dict[str, LanguageCount]:
    """Languages by how many need them, then by how many know them."""
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    preferred = _members(track, Person.preferred_language, sa.func.count()).where(Person.preferred_language != "")
    for language, count in db.session.execute(preferred.group_by(Person.preferred_language)):
        counts[language]["prefer"] = int(count)
    known = _members(track, PersonLanguage.language, PersonLanguage.is_spoken, sa.func.count()).join(
        PersonLanguage, PersonLanguage.person_id == Person.id
    )
    grouped = known.group_by(PersonLanguage.language, PersonLanguage.is_spoken)
    for language, is_spoken, count in db.session.execute(grouped):
        counts[language]["speak" if is_spoken else "understand"] = int(count)
    found = {language: LanguageCount(**numbers) for language, numbers in counts.items()}
    return dict(sorted(found.items(), key=lambda pair: (-pair[1].prefer, -pair[1].speak, pair[0])))
