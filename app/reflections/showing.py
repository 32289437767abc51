"""What pages print of a reflection: the name its author chose, the beginning of the words, the day, the readers.

This is the one place that turns an author into a name. With a pseudonym, nothing here gives away who stands behind
it: not in the list of translators either, when the author is one of them. A translator did not choose a name for the
page, and is named as the person agreed to appear.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from babel.lists import format_list
from flask_babel import gettext as _
from markupsafe import Markup, escape

from app.core import registries
from app.core.actors import NETWORK, Actor
from app.core.context import page_language
from app.core.languages import comma, direction, name_in
from app.core.markdown import to_blocks, to_html
from app.core.names import Name, names_of
from app.extensions import db
from app.moments.words import locale_of
from app.people.models import Person
from app.people.policy import appears_to
from app.people.queries import affiliations_on
from app.reflections.models import Passage, Reflection, ReflectionVersion, Translation
from app.reflections.passages import Tagged, mark
from app.reflections.queries import ShownQuote, count_answers, current_versions, list_readable, quotes_of
from app.sessions.keys import TRACK, keys_of, track_key
from app.sessions.queries import count_members

BEGINNING = 400
"""Characters of a text that the list shows."""

GLIMPSE = 240
"""Characters of a text that a room on another page shows: four or five lines."""

ALIGNED = 190
"""Blocks laid side by side; a longer text goes on below, in one piece (the grid has 200 lines)."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A reflection as a list prints it. `text` is safe markup, `by` the name and place shown, `read_in` the tags and
    names (in the page's language) of its translations, `mixed` the names of other languages in it, `answers` how many
    the reader may read, `answered` the name beside the text it answers ("" where there is none to read)."""

    reflection: Reflection
    text: Markup
    is_whole: bool
    name: str
    by: str
    read_in: list[tuple[str, str]]
    mixed: str = ""
    answers: int = 0
    answered: str = ""


def shown_name(reflection: Reflection) -> str:
    """Return the name its author chose to stand there."""
    if reflection.pseudonym:
        return reflection.pseudonym
    return reflection.author.name if reflection.author else str(_("a former participant"))


def shown_by(reflection: Reflection) -> str:
    """Return the name with the place, where the author signs with the own name."""
    if reflection.pseudonym or reflection.author is None:
        return shown_name(reflection)
    return own_signature(reflection.author, reflection.language)


def own_signature(person: Person, language: str) -> str:
    """Return how somebody signs under the own name: "Rosa Ejemplo, Buenos Aires". It stands in the block of the text
    and is parted as the language of the text does, not as the page's."""
    return comma(language).join(part for part in (person.name, person.place) if part)


def translator_names(actor: Actor, reflection: Reflection, now: datetime) -> dict[UUID, str]:
    """Return who translated, by translation, as far as this reader may know: a machine's name, the name the author of
    the original chose, or a person's own name where that person appears to the reader. In a fixed number of queries."""
    mates = _mates(actor, [row.translator_id for row in reflection.translations if row.translator_id], now)
    return {row.id: _translator_name(actor, row, reflection, mates) for row in reflection.translations}


def _mates(actor: Actor, person_ids: list[UUID], now: datetime) -> set[UUID]:
    """Return which of these persons share a track with the actor."""
    if not person_ids or not actor.is_person:
        return set()
    own_tracks = {key for key in actor.keys if key.startswith(f"{TRACK}:")}
    return {person_id for person_id, keys in keys_of(person_ids, now).items() if keys & own_tracks}


def _translator_name(actor: Actor, translation: Translation, reflection: Reflection, mates: set[UUID]) -> str:
    person = translation.translator
    if translation.machine:
        return translation.machine
    if person is None:
        return str(_("a former participant"))
    if person.id == reflection.author_id:
        return shown_name(reflection)
    if person.name and appears_to(actor, person, is_mate=person.id in mates):
        return person.name
    # I18N: stands for a translator who does not appear by name: "translation by a participant"
    return str(_("a participant"))


def helper_names(actor: Actor, reflections: Sequence[Reflection], now: datetime) -> dict[UUID, str]:
    """Return who wrote texts down for their authors, by text, as far as this reader may know; none where nobody did. In
    a fixed number of queries. Beside a pseudonym the helper stays unnamed: whom somebody helps may be known."""
    wanted = {row.written_down_by for row in reflections if row.written_down_by is not None}
    if not wanted:
        return {}
    mates = _mates(actor, sorted(wanted, key=str), now)
    persons = db.session.scalars(sa.select(Person).where(Person.id.in_(wanted), Person.name != ""))
    known = {one.id: one.name for one in persons if appears_to(actor, one, is_mate=one.id in mates)}
    # I18N: stands for a helper who does not appear by name: "written down by a helper"
    unnamed = str(_("a helper"))
    return {
        row.id: unnamed if row.pseudonym else known.get(row.written_down_by, unnamed)
        for row in reflections
        if row.written_down_by is not None
    }


def organisation_of(person: Person, at: datetime) -> Name | None:
    """Return the name of the organisation a person stood for on that day."""
    for affiliation in affiliations_on([person.id], at.date()).get(person.id, []):
        if affiliation.organisation_id is not None:
            organisation_id = affiliation.organisation_id
            return names_of("organisation", [organisation_id], page_language())[organisation_id]
    return None


def standing(organisation: Name | None, place: str) -> Markup:
    """Return organisation and place under somebody's name: one line, turned and parted as the language of the
    organisation's name is, not the page's. So a French name is not torn from its place in an Arabic page."""
    where = Markup("<bdi>{}</bdi>").format(place) if place else Markup()
    if organisation is None:
        return where
    shown = escape(comma(organisation.language)).join(part for part in (organisation, where) if part)
    return Markup('<bdi lang="{0}" dir="{1}">{2}</bdi>').format(
        organisation.language, direction(organisation.language), shown
    )


def beginning_of(body: str, longest: int = BEGINNING) -> tuple[str, bool]:
    """Return the first words of a text and whether that is all of it. Cut after a paragraph, else a word, and never
    between a letter and its marks."""
    if len(body) <= longest:
        return body, True
    start = body[: longest + 1]
    cut = max(start.rfind("\n\n"), 0)
    if cut < longest // 2:
        cut = max((place for place, sign in enumerate(start) if sign.isspace()), default=0)
    if cut < longest // 2:
        cut = longest
        while cut > longest // 2 and (unicodedata.combining(body[cut]) or unicodedata.category(body[cut]) == "Cf"):
            cut -= 1
    return body[:cut].rstrip() + " …", False


def voices(actor: Actor, reflections: Sequence[Reflection], longest: int = BEGINNING) -> list[Voice]:
    """Return reflections as a list prints them, in a fixed number of queries."""
    versions, answers = current_versions(reflections), count_answers(actor, reflections)
    answered = {row.id: row for row in _answered_by(actor, reflections)}
    return [
        _voice(
            reflection,
            versions[reflection.id],
            longest,
            answers=answers.get(reflection.id, 0),
            answered=answered.get(reflection.answers_id) if reflection.answers_id else None,
        )
        for reflection in reflections
        if reflection.id in versions
    ]


def _answered_by(actor: Actor, reflections: Sequence[Reflection]) -> Sequence[Reflection]:
    wanted = {reflection.answers_id for reflection in reflections if reflection.answers_id is not None}
    return list_readable(actor, sorted(wanted, key=str)) if wanted else []


def _voice(
    reflection: Reflection, version: ReflectionVersion, longest: int, *, answers: int, answered: Reflection | None
) -> Voice:
    text, is_whole = beginning_of(version.body, longest)
    return Voice(
        reflection,
        mark(to_html(text), tagged(version.passages)),
        is_whole,
        name=shown_name(reflection),
        by=shown_by(reflection),
        read_in=[(row.language, name_in(row.language, page_language())) for row in reflection.translations],
        mixed=languages_in(version.passages),
        answers=answers,
        answered=shown_name(answered) if answered else "",
    )


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


def tagged(passages: Sequence[Passage]) -> list[Tagged]:
    """Return the passages of a version as words and tags."""
    return [Tagged(row.words, row.language) for row in passages]


def languages_in(passages: Sequence[Passage | Tagged]) -> str:
    """Return the languages of the passages in words: "Wolof and Arabic"; "" where there are none."""
    names = dict.fromkeys(name_in(row.language, page_language()) for row in passages)
    return format_list(list(names), locale=locale_of(page_language())) if names else ""


def aligned_blocks(body: str, passages: Sequence[Tagged] = ()) -> Markup:
    """Return a whole text as blocks that can be laid beside those of another, passages marked (R-02)."""
    blocks = to_blocks(body)
    if len(blocks) > ALIGNED:
        blocks = [*blocks[:ALIGNED], Markup("<div>{}</div>").format(Markup("").join(blocks[ALIGNED:]))]
    return mark(Markup("\n").join(blocks), passages)


def whole_text(version: ReflectionVersion) -> Markup:
    """Return the words of one version as blocks."""
    return aligned_blocks(version.body, tagged(version.passages))


def translation_beside(reflection: Reflection, wanted: str | None) -> Translation | None:
    """Return the translation to lay beside the original: the one asked for, else the page's language where the
    original is in another; none when the address asks for the original alone (`?with=`)."""
    if wanted is not None:
        return next((row for row in reflection.translations if row.language == wanted), None)
    spoken = page_language().split("-")[0]
    if reflection.language.split("-")[0] == spoken:
        return None
    return next((row for row in reflection.translations if row.language.split("-")[0] == spoken), None)


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
    translators = [row.translator_id for row in beneath.values() if row and row.translator_id]
    mates, helpers = _mates(actor, translators, now), helper_names(actor, reflections, now)
    return [
        Printed(
            reflection,
            whole_text(versions[reflection.id]),
            by=shown_by(reflection),
            mixed=languages_in(versions[reflection.id].passages),
            answered=shown_name(answered[reflection.answers_id]) if reflection.answers_id in answered else "",
            quotes=quotes(quoted.get(reflection.id, [])),
            translation=row,
            translated=aligned_blocks(row.body) if row else Markup(""),
            translator=_translator_name(actor, row, reflection, mates) if row else "",
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
