"""Who is here, in numbers that point at nobody (R-31)."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import Name, names_of
from app.sessions import policy, queries
from app.sessions.models import Gathering, LanguageMode, Track
from app.sessions.shares import SMALLEST, share_out


@dataclass(frozen=True, slots=True)
class RosterShown:
    """`persons` is None where too few have joined to say how many. Regions and languages with their numbers; `other_…`
    are those without."""

    has_people: bool
    persons: int | None
    organisations: int
    regions: list[tuple[Name, int]]
    has_other_regions: bool
    languages: list[tuple[str, int]]
    other_languages: list[str]


def roster_shown(actor: Actor, track: Track, *, is_passed_on: bool = False) -> RosterShown:
    """Return the participants in numbers: exact for those who lead the track, else without small groups; without them
    for everybody on a page made to be passed on."""
    roster = queries.roster_of(track)
    is_exact = policy.can_lead_track(actor, track) and not is_passed_on
    known = {region_id: count for region_id, count in roster.by_region.items() if region_id is not None}
    elsewhere = roster.by_region.get(None, 0)
    regions = share_out(known | ({None: elsewhere} if elsewhere else {}), exact=is_exact)
    numbered = [(region_id, count) for region_id, count in regions.shown if region_id is not None]
    names = names_of("region", [region_id for region_id, _count in numbered], page_language())
    languages = share_out(roster.by_language, exact=is_exact)
    is_many = is_exact or roster.persons >= SMALLEST
    return RosterShown(
        has_people=roster.persons > 0,
        persons=roster.persons if is_many else None,
        organisations=roster.organisations,
        regions=[(names[region_id], count) for region_id, count in numbered],
        has_other_regions=bool(regions.hidden) or len(numbered) < len(regions.shown),
        languages=languages.shown,
        other_languages=sorted(languages.hidden),
    )


@dataclass(frozen=True, slots=True)
class Need:
    """A language that participants prefer: how many (None: a few), and whether it is spoken or interpreted."""

    language: str
    count: int | None
    mode: LanguageMode | None


def needs_of(actor: Actor, gathering: Gathering) -> list[Need]:
    """Return what interpretation is needed and what covers it, the most wanted language first."""
    covered = {row.language: row.mode for row in gathering.languages}
    is_exact = policy.can_lead_session(actor, gathering)
    shares = share_out(queries.languages_wanted(gathering), exact=is_exact)
    counted: list[tuple[str, int | None]] = [*shares.shown, *((language, None) for language in shares.hidden)]
    return [Need(language, count, covered.get(language)) for language, count in counted]
