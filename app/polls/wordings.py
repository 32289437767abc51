"""In which words a reader sees a poll: in the language nearest to the page's, the words it was asked in at hand."""

from __future__ import annotations

from app.core.context import page_language
from app.core.languages import chain
from app.core.names import Name
from app.polls.models import Poll, PollOption, PollWording


def original_of(poll: Poll) -> PollWording:
    """Return the words it was asked in."""
    return next(row for row in poll.wordings if row.language == poll.language)


def wording_of(poll: Poll, wanted: str = "") -> PollWording:
    """Return the words for a reader; `wanted` is a language they chose themselves."""
    by_language = {row.language: row for row in poll.wordings}
    spoken = wanted if wanted in by_language else chain(page_language(), set(by_language))
    return by_language[spoken] if spoken else original_of(poll)


def question_of(poll: Poll) -> Name:
    """Return the question for a list: words with their language."""
    wording = wording_of(poll)
    return Name(wording.question, wording.language, is_fallback=wording.language != page_language())


def option_in(wording: PollWording, option: PollOption) -> str:
    """Return the words of one option."""
    return wording.options[option.place]
