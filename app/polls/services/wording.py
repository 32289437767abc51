"""What a poll says, in the language it was asked in and in others: the question, what goes with it, every option."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.core import audit, searching
from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.languages import check_tag, fold, is_blank, one_line
from app.core.permissions import require
from app.extensions import db
from app.polls.models import Poll, PollWording
from app.polls.policy import can_change
from app.polls.services.locking import check_group, lock

LONGEST_QUESTION = 200
LONGEST_EXPLANATION = 4000
LONGEST_OPTION = 160
FEWEST, MOST = 2, 12
"""So many options a poll has."""


class TooFewOptions(RuleBroken):
    """One option is no choice."""


class SameOptionTwice(RuleBroken):
    """Two options that read the same would share their voices by chance."""


class OptionMissing(RuleBroken):
    """Another language says every option, in their order."""


class SaidAlready(RuleBroken):
    """Somebody else wrote the words in this language."""


class AnsweredInTheseWords(RuleBroken):
    """A poll is over: the words that people answered stand."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A poll in one language, as it was typed."""

    language: str
    question: str
    options: tuple[str, ...]
    explanation: str = ""

    def cleaned(self) -> Wording:
        """Return it as it is kept. Raises `RuleBroken` at `language`, `question`, `explanation`, `options`."""
        options = tuple(line for option in self.options if not is_blank(line := one_line(option)))
        kept = Wording(check_tag(self.language), one_line(self.question), options, self.explanation.strip())
        _check_question(kept)
        _check_options(kept.options)
        return kept


def _check_question(wording: Wording) -> None:
    if is_blank(wording.question):
        raise RuleBroken(_l("Write the question in one line."), field="question")
    if len(wording.question) > LONGEST_QUESTION:
        raise RuleBroken(_l("Write at most %(count)s letters.", count=LONGEST_QUESTION), field="question")
    if len(wording.explanation) > LONGEST_EXPLANATION:
        raise RuleBroken(_l("Write at most %(count)s letters.", count=LONGEST_EXPLANATION), field="explanation")


def _check_options(options: tuple[str, ...]) -> None:
    if not FEWEST <= len(options) <= MOST:
        raise TooFewOptions(
            _l("Write %(fewest)s to %(most)s options, one on each line.", fewest=FEWEST, most=MOST), field="options"
        )
    if any(len(option) > LONGEST_OPTION for option in options):
        raise RuleBroken(_l("Write at most %(count)s letters for each option.", count=LONGEST_OPTION), field="options")
    seen: set[str] = set()
    for option in options:
        if (looks := _looks_of(option)) in seen:
            raise SameOptionTwice(
                _l("“%(option)s” stands there twice. Leave one out, or say how they differ.", option=option),
                field="options",
            )
        seen.add(looks)


def _looks_of(option: str) -> str:
    """Return what two options have in common that nobody can tell apart: signs that show nothing are left out."""
    return fold("".join(sign for sign in option if unicodedata.category(sign) != "Cf"))


def say_in(actor: Actor, poll: Poll, wording: Wording, *, now: datetime) -> PollWording:
    """Say a poll in another language, or say it better there. What was asked stays as it is (R-01).

    Once it is over, words may be added in one more language, and those that people answered stay.
    Raises `OptionMissing`, `SaidAlready`, `AnsweredInTheseWords`, `GroupClosed`, and as `Wording.cleaned`.
    """
    require(actor, "polls.word", poll)
    check_group(poll.group)
    lock(poll)
    kept = wording.cleaned()
    if kept.language == poll.language:
        raise RuleBroken(
            _l("The poll was asked in this language, and people answer those words. Choose another one."),
            field="language",
            rule="R-01",
        )
    if len(kept.options) != len(poll.options):
        raise OptionMissing(
            _l("The poll has %(count)s options. Write as many, in the same order.", count=len(poll.options)),
            field="options",
        )
    row = write_down(actor, _row(actor, poll, kept.language, now), kept, now)
    db.session.flush()
    searching.changed("poll", [poll.id])
    audit.record(actor, "polls.poll.worded", "poll", poll.id, {"language": kept.language}, now=now)
    return row


def write_down(actor: Actor, row: PollWording, wording: Wording, now: datetime) -> PollWording:
    """Put cleaned words into the row of their language, and whose they are."""
    row.question, row.explanation, row.options = wording.question, wording.explanation, list(wording.options)
    row.written_at, row.written_by = now, actor.person_id
    return row


def _row(actor: Actor, poll: Poll, language: str, now: datetime) -> PollWording:
    db.session.expire(poll, ["wordings"])
    row = next((row for row in poll.wordings if row.language == language), None)
    if row is None:
        row = PollWording(language=language)
        poll.wordings.append(row)
    elif not poll.is_open(now):
        raise AnsweredInTheseWords(
            _l("The poll is over, and people answered these words: they stay as they are. Choose another language."),
            field="language",
            rule="R-01",
        )
    elif row.written_by != actor.person_id and not can_change(actor, poll):
        raise SaidAlready(
            _l("Somebody has said it in this language already. Ask them, or whoever started the poll, to change it."),
            field="language",
        )
    return row
