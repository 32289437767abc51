"""Quoting: words of one text in another, exactly, with the language they were said in."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask_babel import lazy_gettext as _l

from app.core.actors import Actor
from app.core.errors import NotAllowed, NotFound, RuleBroken
from app.core.permissions import require
from app.originals.passages import occurs
from app.originals.services import lock
from app.originals.words import as_written
from app.reflections.models import Quote
from app.reflections.queries import get_visible_reflection

LONGEST_QUOTE = 1_000
"""Characters of a quote; who wants more sends people to the text itself."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words as somebody quotes them, and the text they are from."""

    reflection_id: UUID
    words: str


def check_quote(actor: Actor, given: Quoted, position: int) -> Quote:
    """Return a quote of the current version of a text the actor reads; that text is held, so that its words cannot be
    erased beside the quote. Raises `RuleBroken` at `quoted_words`."""
    try:
        quoted = get_visible_reflection(actor, given.reflection_id)
        require(actor, "reflections.quote", quoted)
        lock(quoted)
    except (NotFound, NotAllowed):
        raise RuleBroken(
            _l("The text you quote is not there any more. Leave the quote out: empty this field."),
            field="quoted_words",
        ) from None
    words = as_written(given.words).strip()
    if not occurs(words, quoted.versions[-1].body):
        raise RuleBroken(
            _l("These words do not stand in the text like this. Quote it letter by letter, or leave the quote out."),
            field="quoted_words",
            rule="R-01",
        )
    if len(words) > LONGEST_QUOTE:
        raise RuleBroken(
            _l("Quote %(longest)s characters at most: the link leads to the whole text.", longest=LONGEST_QUOTE),
            field="quoted_words",
        )
    return Quote(
        position=position, quoted_id=quoted.id, quoted_version=quoted.version, words=words, language=quoted.language
    )
