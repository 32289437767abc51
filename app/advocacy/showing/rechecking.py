"""The list of what should be compared with its source again: what it is, why, where it is corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.advocacy import words
from app.advocacy.addresses import occurrence_path, space_path, step_path
from app.advocacy.models import AdvocacySpace, Fact, Occurrence, ParticipationMode, Step, StepRule
from app.advocacy.queries import short_names, space_names
from app.advocacy.queries.rechecking import Due, Why, list_facts
from app.advocacy.services.anchoring import is_estimate
from app.core.names import Name
from app.moments.models import Moment


@dataclass(frozen=True, slots=True)
class DueLine:
    """One entry: what it is and of which space, why it is due, its date if it has one, where to look and to correct."""

    kind: str
    fact: Any
    name: Name | str
    space: Name
    why: str
    moment: Moment | None
    url: str
    href: str
    is_estimate: bool
    is_left: bool


WHYS = {
    Why.LEFT: lambda: _("This is over. Did it take place?"),
    Why.MISSED: lambda: _("This was only expected, and is probably over. What did the body publish?"),
    Why.UNSURE: lambda: _("Nobody has seen this date in a source."),
    Why.EXPECTED: lambda: _("This deadline is only expected. Has the body published it?"),
    Why.OLD: lambda: _("Nobody has compared this with its source for a long while."),
}


def due_lines(page: Sequence[Due]) -> list[DueLine]:
    """Return entries as lines; what has gone meanwhile is left out."""
    facts = list_facts(list(page))
    there = [(due, facts[due.thing_id]) for due in page if due.thing_id in facts]
    spaces = {space.id: space for _due, fact in there for space in [_space_of(fact)]}
    names, full = short_names(spaces.values()), space_names(spaces.values())
    return [_line(due, fact, names[_space_of(fact).id], full) for due, fact in there]


def _space_of(fact: Fact) -> AdvocacySpace:
    match fact:
        case AdvocacySpace():
            return fact
        case Step():
            return fact.occurrence.space
        case Occurrence() | ParticipationMode() | StepRule():
            return fact.space
    raise TypeError(type(fact))


def _line(due: Due, fact: Fact, space: Name, full: dict[Any, Name]) -> DueLine:
    name, href = _named(fact, space, full)
    moment = fact.moment if isinstance(fact, (Occurrence, Step)) else None
    return DueLine(
        kind=due.kind,
        fact=fact,
        name=name,
        space=space,
        why=WHYS[due.why](),
        moment=moment,
        url=_space_of(fact).url,
        href=href,
        is_estimate=isinstance(fact, Step) and is_estimate(fact),
        is_left=due.why is Why.LEFT,
    )


def _named(fact: Fact, space: Name, full: dict[Any, Name]) -> tuple[Name | str, str]:
    """Return what a fact is called, and the page on which it is corrected."""
    match fact:
        case AdvocacySpace():
            return full[fact.id], space_path(fact.slug)
        case ParticipationMode():
            return words.mode_name(fact), space_path(fact.space.slug)
        case StepRule():
            return _("Rule: %(step)s", step=words.STEPS[fact.step]), space_path(fact.space.slug)
        case Occurrence():
            return words.occurrence_name(fact, space), occurrence_path(fact.id)
        case Step():
            said = words.step_called(words.step_name(fact), words.occurrence_name(fact.occurrence, space))
            return said, step_path(fact.occurrence_id, fact.id)
    raise TypeError(type(fact))
