"""Plans ready for their pages: what holds for each kind of dates of a place, from where, and what is sent next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import Name, names_of
from app.core.permissions import can
from app.core.registries import Card
from app.moments.local import in_zone
from app.moments.models import Certainty, Precision
from app.moments.shown import Shown
from app.moments.timing import Timing
from app.moments.zones import reader_zone
from app.reminders.addresses import back_path, plan_path
from app.reminders.defaults import Rule, plain
from app.reminders.kinds import Kind, Scope, Whom, kinds_of
from app.reminders.policy import Place
from app.reminders.queries import choose_among, list_coming, rules_in_force
from app.reminders.services.choosing import scope_id_of
from app.reminders.words import all_after_words, all_whom_words, kind_words, rule_words, which_words

NEXT = 4
"""So many reminders that are sent next are shown of each kind."""

Times = tuple[list[str], list[str]]
"""Several offsets that tell the same people, and these people, in words."""


@dataclass(frozen=True, slots=True)
class PlanShown:
    """One kind of dates. `times`: when people are reminded, and who is. `afterwards`: what is told once it is over, and
    to whom. `source` is `own`, `house` or `default`: where its rules come from. `soon`: what is sent next, as (when,
    what, which reminder). `change` and `back`: where whoever plans chooses something else, or goes back; "" for others.
    """

    kind: Kind
    label: Any
    rules: tuple[Rule, ...]
    times: list[Times]
    afterwards: list[str]
    source: str
    change: str
    back: str
    soon: list[tuple[str, Card, str]]


def holding(place: Place, kind: Kind) -> tuple[tuple[Rule, ...], str]:
    """Return the rules that hold for a kind of dates of a place, and where they come from."""
    scope_id = scope_id_of(place)
    own = rules_in_force([scope_id] if scope_id is not None else [])
    return choose_among(own, scope_id, kind)


def plans_shown(actor: Actor, place: Place, now: datetime) -> list[PlanShown]:
    """Return the plans of a place, kind by kind; what is sent next only where it is one place's, for whoever plans."""
    scope_id, may_plan = scope_id_of(place), can(actor, "reminders.plan", place)
    looks_ahead = may_plan and scope_id is not None
    own = rules_in_force([scope_id] if scope_id is not None else [])
    found = []
    for kind in kinds_of(place.scope):
        rules, source = choose_among(own, scope_id, kind)
        coming = list_coming(actor, kind, scope_id, now=now, most=NEXT) if looks_ahead and scope_id else []
        found.append(
            PlanShown(
                kind=kind,
                label=kind_words(kind, place.scope),
                rules=rules,
                times=times_of(kind, place.scope, rules),
                afterwards=all_after_words(kind, rules),
                source=source,
                change=plan_path(place, kind) if may_plan else "",
                back=back_path(place, kind) if may_plan and source == "own" else "",
                soon=[(hour_words(one.due.at), one.card, which_words(kind, one.rule)) for one in coming],
            )
        )
    return found


def times_of(kind: Kind, scope: Scope, rules: Iterable[Rule]) -> list[Times]:
    """Return when people are reminded of a kind of dates, and who is: offsets that tell the same people together, the
    earliest first. What is told afterwards has words of its own."""
    found: dict[frozenset[Whom], list[Rule]] = {}
    for rule in sorted(plain(kind, rules), key=lambda rule: rule.minutes):
        found.setdefault(rule.to_whom, []).append(rule)
    return [(rule_words(alike), all_whom_words(kind, scope, whom)) for whom, alike in found.items()]


def hour_words(instant: datetime) -> str:
    """Return an instant on the reader's clock: "Saturday 13 February 2027, 17:00 in Nairobi"."""
    zone = reader_zone() or "UTC"
    timing = Timing(Precision.MINUTE, in_zone(instant, zone).replace(tzinfo=None), None, zone)
    return Shown(timing, instant, instant, Certainty.VERIFIED, page_language(), zone).words


def name_of(place: Place) -> Name | None:
    """Return what a place is called; None for the house."""
    if place.row is None:
        return None
    kind = {Scope.TRACK: "track", Scope.GROUP: "group", Scope.SPACE: "space"}[place.scope]
    return names_of(kind, [place.row.id], page_language())[place.row.id]
