"""From rows to what the pages of polls print: state, until when, the words of options, bars, who said what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from markupsafe import Markup

from app.core.actors import Actor
from app.core.context import page_language
from app.core.languages import direction
from app.core.names import Name, names_of
from app.moments.endings import Ending, ending_of
from app.polls import policy, queries
from app.polls.counting import Figure
from app.polls.models import Poll, PollWording, Shows
from app.polls.queries import Result, Said
from app.polls.wordings import option_in, original_of, question_of

# I18N: state of a poll: answers are taken
OPEN = lazy_pgettext("poll", "Open")
# I18N: state of a poll: its time is over, and its result is there
CLOSED = lazy_pgettext("poll", "Closed")
# I18N: state of a poll: it was given up before its close
LAID_DOWN = lazy_pgettext("poll", "Laid down")


SHOWN: dict[Shows, Any] = {
    Shows.NAMES: _l("Who chose what, with their organisation"),
    Shows.COUNTS: _l("Only how many chose what"),
}
"""What is shown after the close."""


@dataclass(frozen=True, slots=True)
class Line:
    """A poll in a list; `waits` for the reader's answer."""

    poll: Poll
    question: Name
    state: Any
    tone: str
    ending: Ending
    answered: int
    waits: bool

    @property
    def is_open(self) -> bool:
        return self.tone == "confirmed"


@dataclass(frozen=True, slots=True)
class Bar:
    """One option in a result: its words, its figures, who chose it (names where they are shown)."""

    words: Markup
    original: Markup
    figure: Figure
    said: list[Voter]
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Voter:
    """Who chose, and for which organisation; `name` is None for somebody who has left the house."""

    name: str | None
    organisation: Name | None


@dataclass(frozen=True, slots=True)
class Reason:
    """One "because" in its own language; whose and for what, where names are shown."""

    because: str
    language: str
    voter: Voter | None
    chosen: list[Markup]


@dataclass(frozen=True, slots=True)
class ResultShown:
    total: Figure
    could: int
    bars: list[Bar]
    reasons: list[Reason]
    is_held_back: bool = False


def state_of(poll: Poll, now: datetime) -> tuple[Any, str]:
    """Return the word for where a poll is, and the tone of its badge."""
    if poll.is_laid_down:
        return LAID_DOWN, "cancelled"
    return (OPEN, "confirmed") if poll.is_open(now) else (CLOSED, "held")


def lines_of(actor: Actor, polls: Iterable[Poll], now: datetime) -> list[Line]:
    """Return polls as a list prints them, those that wait for the reader first. Two queries for any number."""
    rows = list(polls)
    answered, counted = queries.answered_by(actor.person_id, rows), queries.count_answers(rows)
    lines = []
    for row in rows:
        state, tone = state_of(row, now)
        may = tone == "confirmed" and policy.can_answer(actor, row) and policy.writes(row.group)
        waits = may and row.id not in answered
        lines.append(Line(row, question_of(row), state, tone, ending_of(row.moment), counted[row.id], waits))
    return sorted(lines, key=lambda line: (not line.waits, not line.is_open))


def said_in(words: str, language: str) -> Markup:
    """Return people's words inside a line of the page, in their own language and direction."""
    return Markup('<bdi lang="{0}" dir="{1}">{2}</bdi>').format(language, direction(language), words)


def options_in(poll: Poll, wording: PollWording) -> dict[UUID, Markup]:
    """Return the words of every option in one language."""
    return {option.id: said_in(option_in(wording, option), wording.language) for option in poll.options}


def originals_beside(poll: Poll, wording: PollWording) -> dict[UUID, Markup]:
    """Return the words in which every option was asked, where the reader sees others; else "" for each."""
    asked = options_in(poll, original_of(poll))
    return asked if wording.language != poll.language else dict.fromkeys(asked, Markup(""))


def result_shown(result: Result, poll: Poll, wording: PollWording) -> ResultShown:
    """Return a result as its page prints it: bars in the order of the options, in one query."""
    words, beside = options_in(poll, wording), originals_beside(poll, wording)
    voters = _voters(result.said)
    bars = [
        Bar(
            words=words[option.id],
            original=beside[option.id],
            figure=result.figures[option.id],
            said=[voters[number] for number, row in enumerate(result.said) if option.id in row.choices],
            is_mine=option.id in result.mine,
        )
        for option in poll.options
    ]
    if poll.shows is Shows.COUNTS:
        reasons = [Reason(because, language, None, []) for because, language in result.reasons]
    else:
        reasons = [
            Reason(
                row.because,
                row.language,
                voters[number],
                [words[one.id] for one in poll.options if one.id in row.choices],
            )
            for number, row in enumerate(result.said)
            if row.because
        ]
    return ResultShown(result.total, result.could, [] if result.is_held_back else bars, reasons, result.is_held_back)


def _voters(said: Sequence[Said]) -> list[Voter]:
    ids = {row.organisation_id for row in said if row.organisation_id is not None}
    names = names_of("organisation", ids, page_language())
    return [Voter(row.person, names.get(row.organisation_id) if row.organisation_id else None) for row in said]


def afterwards(poll: Poll) -> str:
    """Return in one sentence what will be shown after the close: said before anybody answers."""
    if poll.shows is Shows.NAMES:
        return str(_("After the close, everybody in the group sees who chose what, with their organisation."))
    return str(
        _(
            "After the close, everybody in the group sees numbers, and reasons without names. The house then forgets "
            "who chose what: you will not find your own answer either. With fewer than three answers no numbers are "
            "shown."
        )
    )
