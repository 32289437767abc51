"""What an instrument must say, and what is refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l

from app.advocacy.models import Claim
from app.core.actors import NETWORK, PUBLIC
from app.core.errors import RuleBroken
from app.core.languages import is_blank, one_line
from app.instruments.models import Instrument, InstrumentClaim, InstrumentGoal
from app.originals.words import as_written, check_body

LONGEST_TITLE = 200
LONGEST_LINE = 300
LONGEST_BODY = 40_000
GOALS = range(1, 18)


@dataclass(frozen=True, slots=True)
class Words:
    """A whole text: `title` and `purpose` on one line each, `body` in people's Markdown."""

    title: str
    body: str
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Tags:
    """What it claims, which goals it is about (1 to 17), and who reads it."""

    claims: frozenset[Claim] = field(default_factory=frozenset)
    goals: frozenset[int] = field(default_factory=frozenset)
    audience: str = NETWORK


def checked_words(words: Words) -> Words:
    """Return words as they are kept; raises `RuleBroken` at `title`, `purpose` and `body`."""
    title = checked_line(
        words.title,
        field="title",
        longest=LONGEST_TITLE,
        missing=_l("Give it a title: others find it by that."),
    )
    purpose = checked_line(words.purpose, field="purpose")
    body = as_written(words.body)
    check_body(body, longest=LONGEST_BODY)
    return Words(title, body, purpose)


def checked_line(typed: str, *, field: str, longest: int = LONGEST_LINE, missing: Any = None) -> str:
    """Return one line as it is kept; raises `RuleBroken` at the field, also when it is `missing` and must be there."""
    line = one_line(typed)
    if is_blank(line):
        if missing is not None:
            raise RuleBroken(missing, field=field)
        return ""
    if len(line) > longest:
        raise RuleBroken(_l("Write %(longest)s characters at most.", longest=longest), field=field)
    return line


def set_tags(instrument: Instrument, tags: Tags) -> None:
    """Let an instrument bear these tags; raises `RuleBroken` at `goals` and `audience`."""
    if tags.audience not in (NETWORK, PUBLIC):
        raise RuleBroken(_l("Choose who may read it: the network, or everybody."), field="audience")
    check_goals(tags.goals)
    instrument.audience = tags.audience
    instrument.claims = _kept(instrument.claims, "claim", tags.claims, lambda claim: InstrumentClaim(claim=claim))
    instrument.goals = _kept(instrument.goals, "goal", tags.goals, lambda goal: InstrumentGoal(goal=goal))


def check_goals(goals: Iterable[int]) -> None:
    """Raise `RuleBroken` at `goals` for a number that is no goal."""
    if any(goal not in GOALS for goal in goals):
        raise RuleBroken(_l("Choose goals from the list: they go from 1 to 17."), field="goals")


def _kept(rows: list[Any], name: str, wanted: Iterable[Any], make: Any) -> list[Any]:
    """Return rows for what is wanted: those that are there stay, so that nothing is deleted and added at once."""
    there = {getattr(row, name): row for row in rows}
    return [there[one] if one in there else make(one) for one in sorted(wanted)]


def refuse_withdrawn(instrument: Instrument) -> None:
    """Raise `RuleBroken` for an instrument that was withdrawn."""
    if instrument.is_withdrawn:
        raise RuleBroken(_l("This was withdrawn, so nothing is written on it. Offer it again first, then write."))
