"""What pages print of reflections beyond what every original has: whom they answer and quote, who reads them, and how
they stand on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from markupsafe import Markup

from app.core import registries
from app.core.actors import NETWORK, Actor
from app.core.markdown import to_html
from app.core.slots import rendered
from app.originals import showing as originals
from app.originals.models import Translation
from app.originals.queries import current_versions
from app.originals.showing import BEGINNING, GLIMPSE, shown_name
from app.reflections.models import Reflection
from app.reflections.queries import ShownQuote, count_answers, list_readable, quotes_of
from app.sessions.keys import track_key
from app.sessions.queries import count_members


@dataclass(frozen=True, slots=True)
class Voice(originals.Voice):
    """A reflection as a list prints it. `answers` is how many the reader may read, `answered` the name beside the text
    it answers ("" where there is none to read)."""

    answers: int
    answered: str


def voices(actor: Actor, reflections: Sequence[Reflection], longest: int = BEGINNING) -> list[Voice]:
    """Return reflections as a list prints them, in a fixed number of queries."""
    versions, answers = current_versions(reflections), count_answers(actor, reflections)
    answered = {row.id: row for row in _answered_by(actor, reflections)}
    return [
        Voice(
            **originals.voice_parts(row, versions[row.id], longest),
            answers=answers.get(row.id, 0),
            answered=shown_name(answered[row.answers_id]) if row.answers_id in answered else "",
        )
        for row in reflections
        if row.id in versions
    ]


def _answered_by(actor: Actor, reflections: Sequence[Reflection]) -> Sequence[Reflection]:
    wanted = {reflection.answers_id for reflection in reflections if reflection.answers_id is not None}
    return list_readable(actor, sorted(wanted, key=str)) if wanted else []


def cards(actor: Actor, reflections: Sequence[Reflection]) -> dict[UUID, Markup]:
    """Return reflections as the list of what remains to translate shows them."""
    return {
        one.original.id: rendered("reflections/card.html", entry=one) for one in voices(actor, reflections, GLIMPSE)
    }


@dataclass(frozen=True, slots=True)
class QuoteShown:
    """A quote as it is printed: its words with language and direction, the name their author chose, and where they are
    from. `quoted` is None where the words are not shown."""

    words: Markup
    language: str
    name: str
    quoted: Reflection | None


def quotes(found: Sequence[ShownQuote]) -> list[QuoteShown]:
    """Return quotes as they are printed; what may not be read has no words and no name."""
    return [
        QuoteShown(to_html(one.quote.words), one.quote.language, shown_name(one.quoted), one.quoted)
        if one.quoted
        else QuoteShown(Markup(""), "", "", None)
        for one in found
    ]


def reader_counts(track_id: UUID, now: datetime) -> dict[str, int]:
    """Return how many people each choice of readers means, for those that can be counted. Those of a track are its
    participants, as many as its page says, and whoever leads it without taking part."""
    participants = count_members([track_id])[track_id]
    return {
        "participants": participants,
        "facilitators": len(registries.audience_holders(track_key(track_id), now)) - participants,
        "network": len(registries.audience_holders(NETWORK, now)),
    }


@dataclass(frozen=True, slots=True)
class Printed:
    """A reflection on paper: whole, with what it quotes, who wrote it down for its author, and a reviewed
    translation where one was asked for."""

    reflection: Reflection
    text: Markup
    by: str
    mixed: str
    answered: str
    quotes: list[QuoteShown]
    translation: Translation | None
    translated: Markup
    translator: str
    helper: str


def printed(actor: Actor, reflections: Sequence[Reflection], wanted: str | None, now: datetime) -> list[Printed]:
    """Return reflections as they are printed, in a fixed number of queries."""
    versions, quoted = current_versions(reflections), quotes_of(actor, reflections)
    answered = {row.id: row for row in _answered_by(actor, reflections)}
    beneath = {row.id: _reviewed(row, wanted) for row in reflections}
    translators = originals.translator_names_of(
        actor, [(one, row) for one in reflections if (row := beneath[one.id])], now
    )
    helpers = originals.helper_names(actor, reflections, now)
    return [
        Printed(
            reflection,
            originals.whole_text(versions[reflection.id]),
            by=originals.shown_by(reflection),
            mixed=originals.languages_in(versions[reflection.id].passages),
            answered=shown_name(answered[reflection.answers_id]) if reflection.answers_id in answered else "",
            quotes=quotes(quoted.get(reflection.id, [])),
            translation=row,
            translated=originals.aligned_blocks(row.body) if row else Markup(""),
            translator=translators[row.id] if row else "",
            helper=helpers.get(reflection.id, ""),
        )
        for reflection in reflections
        for row in [beneath[reflection.id]]
    ]


def _reviewed(reflection: Reflection, wanted: str | None) -> Translation | None:
    """The translation into a language that its author has said yes to, of the version people read."""
    for row in reflection.translations:
        if row.language == wanted and row.reviewed_at is not None and not row.is_stale:
            return row
    return None
