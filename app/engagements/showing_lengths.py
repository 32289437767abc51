"""How long a text is against its limit, as pages say it: words left or too many, what the limit is and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from babel.numbers import format_decimal
from flask_babel import gettext, ngettext

from app.advocacy.models import CatalogueNote, NoteAbout, WordLimit
from app.advocacy.queries import list_notes_of
from app.advocacy.words import LIMIT_STATUSES
from app.core.context import page_language
from app.core.languages import comma, locale_of
from app.drafting.models import TextVersion
from app.engagements.limits import Applies, needs_text, usable_words
from app.engagements.models import Engagement
from app.engagements.queries.deadlines import day_that_counts
from app.engagements.queries.texts import limit_of, words_for_limit


def _(sentence: str, **values: object) -> str:
    return str(gettext(sentence, **values))


def number(count: int) -> str:
    """Return a number as the page writes it: "1,400"."""
    return str(format_decimal(count, locale=locale_of(page_language())))


@dataclass(frozen=True, slots=True)
class Budget:
    """How long a text is against the limit. `sentence` says it, `is_over` where it is too long, `over` by how much."""

    words: int
    over: int
    usable: int

    @property
    def is_over(self) -> bool:
        return self.over > 0

    @property
    def sentence(self) -> str:
        usable = number(self.usable)
        if self.over > 0:
            return str(
                ngettext(
                    "%(words)s word over the usable %(usable)s",
                    "%(words)s words over the usable %(usable)s",
                    self.over,
                    words=number(self.over),
                    usable=usable,
                )
            )
        if self.over == 0:
            # I18N: a text has exactly as many words as it may have
            return _("exactly the usable %(usable)s words", usable=usable)
        return str(
            ngettext(
                "%(words)s word left of the usable %(usable)s",
                "%(words)s words left of the usable %(usable)s",
                -self.over,
                words=number(-self.over),
                usable=usable,
            )
        )


def budget_of(words: int, applies: Applies | None) -> Budget | None:
    """Return a text against its limit; None where there is no limit."""
    return Budget(words, applies.over(words), applies.usable) if applies is not None else None


@dataclass(frozen=True, slots=True)
class LimitShown:
    """What is known of how long a text may be. `limit` is the row, for its certainty, None where no number is known;
    `others` says what could hold as well, where nobody knows the standing of who leads; `notes` are what the catalogue
    says in words, also that a limit could not be read."""

    limit: WordLimit | None
    sentence: str
    for_whom: str
    others: str
    notes: list[CatalogueNote]


def limit_shown(engagement: Engagement, applies: Applies | None) -> LimitShown | None:
    """Return the limit that holds as a page says it; None where there is nothing to say. That nobody noted a limit is
    said where something has to be written: silence would look like no limit."""
    mode = engagement.mode
    if mode is None:
        return None
    notes = list_notes_of(mode, NoteAbout.WORDS)
    if applies is not None:
        limit = applies.limit
        return LimitShown(limit, _limit_sentence(limit), _whom(limit), _others_sentence(applies), notes)
    if not notes and not needs_text(mode):
        return None
    # I18N: nobody has noted a limit, which does not say that there is none
    sentence = _("How many words a text may have is not noted here: look in the call of the body.")
    return LimitShown(None, sentence, "", "", notes)


def _others_sentence(applies: Applies) -> str:
    """Return what could hold as well, the cover page taken off wherever one counts."""
    if applies.is_certain:
        return ""
    others = comma(page_language()).join(
        # I18N: a word limit that could hold as well: "2,000 words (ECOSOC, general consultative status)"
        _("%(words)s words (%(whom)s)", words=number(usable_words(one)), whom=_whom(one))
        for one in applies.could_hold
    )
    if not any(one.cover_words for one in (applies.limit, *applies.could_hold)):
        return _(
            "Nobody has noted which status the leading organisation has, so the smallest limit counts. It could also "
            "be: %(others)s.",
            others=others,
        )
    return _(
        "Nobody has noted which status the leading organisation has, so the smallest limit counts: %(usable)s words, "
        "the cover page already taken off. So counted, it could also be: %(others)s.",
        usable=number(applies.usable),
        others=others,
    )


def _limit_sentence(limit: WordLimit) -> str:
    words, cover = number(limit.words), number(limit.cover_words)
    if not limit.cover_words:
        return _("At most %(words)s words.", words=words)
    return _(
        "At most %(words)s words. About %(cover)s of them go to the cover page: %(usable)s are left for the text.",
        words=words,
        cover=cover,
        usable=number(usable_words(limit)),
    )


def _whom(limit: WordLimit) -> str:
    status = str(LIMIT_STATUSES[limit.status])
    if limit.is_joint is None:
        return status
    if limit.is_joint:
        # I18N: for whom a word limit holds; %(status)s is "any organisation" or a status with a body
        return _("several together, %(status)s", status=status)
    # I18N: for whom a word limit holds; %(status)s is "any organisation" or a status with a body
    return _("one alone, %(status)s", status=status)


def limit_now(engagement: Engagement, now: datetime) -> LimitShown | None:
    """Return the limit that holds for whatever is written now."""
    return limit_shown(engagement, limit_of(engagement, day_that_counts(engagement, now.date())))


def said_of_length(engagement: Engagement, version: TextVersion, today: date) -> str:
    """Return how long a version is against the limit, as a sentence; "" where there is no limit."""
    budget = budget_of(words_for_limit(version), limit_of(engagement, day_that_counts(engagement, today)))
    if budget is None:
        return ""
    # I18N: after a text was kept; %(length)s: "40 words over the usable 1,400"
    return _("It has %(words)s words: %(length)s.", words=number(budget.words), length=budget.sentence)
