"""What this reader may narrow the agenda down by, and what they asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from app.advocacy import queries as advocacy
from app.advocacy.models import AdvocacySpace
from app.agenda.forms import AgendaForm
from app.agenda.kinds import KINDS, kinds_for
from app.agenda.queries import Wanted
from app.core.actors import Actor
from app.core.context import page_language
from app.core.languages import fold, name_in
from app.core.names import Name, names_of
from app.events.queries import written_languages
from app.people.models import Region
from app.people.queries.regions import list_regions
from app.sessions.models import Track
from app.sessions.queries import list_visible_tracks
from app.sessions.queries.dates import spoken_languages
from app.workinggroups.models import WorkingGroup
from app.workinggroups.queries import list_visible_groups


@dataclass(frozen=True, slots=True)
class Offered:
    """The things one may choose from, by what stands in the address."""

    regions: dict[str, Region]
    tracks: dict[str, Track]
    groups: dict[str, WorkingGroup]
    spaces: dict[str, AdvocacySpace]


def offer(actor: Actor, form: AgendaForm) -> Offered:
    """Fill the form with what this reader may choose; the same number of questions however much there is."""
    language = page_language()
    found = Offered(
        regions={row.code: row for row in list_regions()},
        tracks={row.slug: row for row in list_visible_tracks(actor)},
        groups={row.slug: row for row in list_visible_groups(actor)},
        spaces={row.slug: row for row in advocacy.list_spaces()},
    )
    names = {
        "region": names_of("region", [row.id for row in found.regions.values()], language),
        "track": names_of("track", [row.id for row in found.tracks.values()], language),
        "group": names_of("group", [row.id for row in found.groups.values()], language),
        "space": advocacy.short_names(found.spaces.values()),
    }
    spoken = [(tag, name_in(tag, language)) for tag in _languages()]
    kinds = [(code, kind.label) for code, kind in kinds_for(actor).items()]
    form.offer(
        {
            "kind": (_("All kinds"), kinds),
            "region": (_("All regions"), _pairs(found.regions, names["region"], is_sorted=False)),
            "language": (_("All languages"), _in_order(spoken)),
            "track": (_("All tracks"), _pairs(found.tracks, names["track"])),
            "group": (_("All groups and nobody"), _pairs(found.groups, names["group"])),
            "space": (_("All spaces"), _pairs(found.spaces, names["space"])),
        },
        language,
    )
    if not actor.is_person:
        form.mine.data = False
    return found


def _pairs(rows: dict[str, Any], names: dict[UUID, Name], *, is_sorted: bool = True) -> Sequence[tuple[str, str]]:
    pairs = [(value, names[row.id].text) for value, row in rows.items()]
    return _in_order(pairs) if is_sorted else pairs


def _in_order(pairs: Collection[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    return sorted(pairs, key=lambda pair: fold(pair[1]))


def wanted_by(form: AgendaForm, offered: Offered) -> Wanted:
    """Return what the form asks for."""
    space = offered.spaces.get(form.space.data or "")
    return Wanted(
        subjects=KINDS[form.kind.data].subjects if form.kind.data else (),
        region=offered.regions.get(form.region.data or ""),
        language=form.language.data or "",
        track=offered.tracks.get(form.track.data or ""),
        group=offered.groups.get(form.group.data or ""),
        space_ids=spaces_within(space, offered.spaces.values()) if space else None,
        mine=bool(form.mine.data),
    )


def wanted_at(actor: Actor, asked: Mapping[str, str]) -> Wanted:
    """Return what the query of a feed asks for, and look up nothing that it does not name: most programs are answered
    without more. As on the page, what does not exist narrows nothing down."""

    def named(name: str, every: Callable[[], Iterable[Any]], by: str = "slug") -> Any:
        value = asked.get(name, "")
        return next((row for row in every() if getattr(row, by) == value), None) if value else None

    kind = kinds_for(actor).get(asked.get("kind", ""))
    language = asked.get("language", "")
    space = named("space", advocacy.list_spaces)
    return Wanted(
        subjects=kind.subjects if kind else (),
        region=named("region", list_regions, by="code"),
        language=language if language and language in _languages() else "",
        track=named("track", lambda: list_visible_tracks(actor)),
        group=named("group", lambda: list_visible_groups(actor)),
        space_ids=spaces_within(space, advocacy.list_spaces()) if space else None,
    )


def _languages() -> set[str]:
    return {*spoken_languages(), *written_languages()}


def spaces_within(space: AdvocacySpace, every: Collection[AdvocacySpace]) -> frozenset[UUID]:
    """Return a space with the spaces that are part of it."""
    return frozenset(advocacy.with_children([space.id], every))
