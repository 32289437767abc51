"""What pages print of an original, whatever its kind: the name its author chose, the beginning of the words or all of
them, a translation beside them and who made it.

This is the one place that turns an author into a name. With a pseudonym, nothing here gives away who stands behind
it: not in the list of translators either, when the author is one of them. A translator did not choose a name for the
page, and is named as the person agreed to appear.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from markupsafe import Markup, escape

from app.core.actors import Actor
from app.core.context import page_language
from app.core.languages import comma, direction, name_in
from app.core.lists import listed
from app.core.markdown import to_blocks, to_html
from app.core.names import Name, names_of
from app.core.slots import rendered
from app.extensions import db
from app.originals.kinds import Frame, kind_of
from app.originals.models import Original, OriginalVersion, Passage, Translation
from app.originals.passages import Tagged, mark
from app.originals.queries import current_versions
from app.people.models import Person
from app.people.policy import appears_to
from app.people.queries import affiliations_on

BEGINNING = 400
"""Characters of a text that the list shows."""

GLIMPSE = 240
"""Characters of a text that a room on another page shows: four or five lines."""

ALIGNED = 190
"""Blocks laid side by side; a longer text goes on below, in one piece (the grid has 200 lines)."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A text as a list prints it. `text` is safe markup, `by` the name and place shown, `read_in` the tags and names
    (in the page's language) of its translations, `mixed` the names of other languages in it."""

    original: Original
    text: Markup
    is_whole: bool
    name: str
    by: str
    read_in: list[tuple[str, str]]
    mixed: str


def shown_name(original: Original) -> str:
    """Return the name its author chose to stand there."""
    if original.other_name:
        return original.other_name
    return original.author.name if original.author else str(_("a former participant"))


def shown_by(original: Original) -> str:
    """Return the name with the place, where the author signs with the own name."""
    if original.other_name or original.author is None:
        return shown_name(original)
    return own_signature(original.author, original.language)


def own_signature(person: Person, language: str) -> str:
    """Return how somebody signs under the own name: "Rosa Ejemplo, Buenos Aires". It stands in the block of the text
    and is parted as the language of the text does, not as the page's."""
    return comma(language).join(part for part in (person.name, person.place) if part)


def translator_names(actor: Actor, original: Original, now: datetime) -> dict[UUID, str]:
    """Return who translated, by translation, as far as this reader may know: a machine's name, the name the author of
    the original chose, or a person's own name where that person appears to the reader. In a fixed number of queries."""
    return translator_names_of(actor, [(original, row) for row in original.translations], now)


def translator_names_of(
    actor: Actor, translated: Sequence[tuple[Original, Translation]], now: datetime
) -> dict[UUID, str]:
    """Return the same for translations of several texts of one kind."""
    wanted = [row.translator_id for _original, row in translated if row.translator_id]
    mates = mates_of(actor, translated[0][0], wanted, now) if translated else set()
    return {row.id: _translator_name(actor, row, original, mates) for original, row in translated}


def mates_of(actor: Actor, original: Original, person_ids: Sequence[UUID], now: datetime) -> set[UUID]:
    """Return which of these persons appear to the actor by name in any case, as the kind of the text says."""
    if not person_ids or not actor.is_person:
        return set()
    return kind_of(original).mates(actor, person_ids, now)


def _translator_name(actor: Actor, translation: Translation, original: Original, mates: set[UUID]) -> str:
    person = translation.translator
    if translation.machine:
        return translation.machine
    if person is None:
        return str(_("a former participant"))
    if person.id == original.author_id:
        return shown_name(original)
    if person.name and appears_to(actor, person, is_mate=person.id in mates):
        return person.name
    # I18N: stands for a translator who does not appear by name: "translation by a participant"
    return str(_("a participant"))


def helper_names(actor: Actor, originals: Sequence[Original], now: datetime) -> dict[UUID, str]:
    """Return who wrote texts of one kind down for their authors, by text, as far as this reader may know; none where
    nobody did. In a fixed number of queries. Beside another name than the own one the helper stays unnamed: whom
    somebody helps may be known."""
    wanted = {row.written_down_by for row in originals if row.written_down_by is not None}
    if not wanted:
        return {}
    mates = mates_of(actor, originals[0], sorted(wanted, key=str), now)
    persons = db.session.scalars(sa.select(Person).where(Person.id.in_(wanted), Person.name != ""))
    known = {one.id: one.name for one in persons if appears_to(actor, one, is_mate=one.id in mates)}
    # I18N: stands for a helper who does not appear by name: "written down by a helper"
    unnamed = str(_("a helper"))
    return {
        row.id: unnamed if row.other_name else known.get(row.written_down_by, unnamed)
        for row in originals
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


def voice_parts(original: Original, version: OriginalVersion, longest: int) -> dict[str, Any]:
    """Return the fields of a `Voice`. A kind that prints more in its lists has a subclass, and adds to these."""
    text, is_whole = beginning_of(version.body, longest)
    return {
        "original": original,
        "text": mark(to_html(text), tagged(version.passages)),
        "is_whole": is_whole,
        "name": shown_name(original),
        "by": shown_by(original),
        "read_in": [(row.language, name_in(row.language, page_language())) for row in original.translations],
        "mixed": languages_in(version.passages),
    }


def voices(originals: Sequence[Original], longest: int = BEGINNING) -> list[Voice]:
    """Return texts of any kind as a list prints them, in two queries."""
    versions = current_versions(originals)
    return [Voice(**voice_parts(one, versions[one.id], longest)) for one in originals if one.id in versions]


def tagged(passages: Sequence[Passage]) -> list[Tagged]:
    """Return the passages of a version as words and tags."""
    return [Tagged(row.words, row.language) for row in passages]


def languages_in(passages: Sequence[Passage | Tagged]) -> str:
    """Return the languages of the passages in words: "Wolof and Arabic"; "" where there are none."""
    names = dict.fromkeys(name_in(row.language, page_language()) for row in passages)
    return listed(names, page_language())


def aligned_blocks(body: str, passages: Sequence[Tagged] = ()) -> Markup:
    """Return a whole text as blocks that can be laid beside those of another, passages marked (R-02)."""
    blocks = to_blocks(body)
    if len(blocks) > ALIGNED:
        blocks = [*blocks[:ALIGNED], Markup("<div>{}</div>").format(Markup("").join(blocks[ALIGNED:]))]
    return mark(Markup("\n").join(blocks), passages)


def whole_text(version: OriginalVersion) -> Markup:
    """Return the words of one version as blocks."""
    return aligned_blocks(version.body, tagged(version.passages))


def translation_beside(original: Original, wanted: str | None) -> Translation | None:
    """Return the translation to lay beside the original: the one asked for, else the page's language where the
    original is in another; none when the address asks for the original alone (`?with=`)."""
    if wanted is not None:
        return next((row for row in original.translations if row.language == wanted), None)
    spoken = page_language().split("-")[0]
    if original.language.split("-")[0] == spoken:
        return None
    return next((row for row in original.translations if row.language.split("-")[0] == spoken), None)


@dataclass(frozen=True, slots=True)
class Reading:
    """An original on its page: whole and first, with the translation laid `beside` it, the `others` in a list below,
    and who translated. `text` and `translated` are blocks that stand side by side; `mixed` as in `Voice`."""

    original: Original
    text: Markup
    mixed: str
    beside: Translation | None
    translated: Markup
    others: list[Translation]
    translators: dict[UUID, str]


def reading_of(actor: Actor, original: Original, wanted: str | None, now: datetime) -> Reading:
    """Return an original as its page prints it; `wanted` is what the address says of the translation (`?with=`)."""
    newest, beside = original.versions[-1], translation_beside(original, wanted)
    return Reading(
        original,
        whole_text(newest),
        languages_in(newest.passages),
        beside,
        aligned_blocks(beside.body) if beside else Markup(""),
        others=[row for row in original.translations if row is not beside],
        translators=translator_names(actor, original, now),
    )


def frame_of(actor: Actor, original: Original) -> Frame:
    """Return what stands around a text where it is translated, in the words of its kind or in plain ones."""
    framed = kind_of(original).frame
    if framed is not None:
        return framed(actor, original)
    name = shown_name(original)
    back = rendered("originals/back.html", original=original, name=name)
    return Frame(name, back, str(_("Translate a text by %(name)s", name=name)))


def cards(actor: Actor, originals: Sequence[Original]) -> dict[UUID, Markup]:
    """Return texts of many kinds, each drawn as its kind draws it, in a number of queries per kind."""
    of_kind: dict[str, list[Original]] = defaultdict(list)
    for original in originals:
        of_kind[original.kind].append(original)
    drawn: dict[UUID, Markup] = {}
    for several in of_kind.values():
        draw = kind_of(several[0]).cards or _plain_cards
        drawn.update(draw(actor, several))
    return drawn


def _plain_cards(_actor: Actor, originals: Sequence[Original]) -> dict[UUID, Markup]:
    return {one.original.id: rendered("originals/card.html", entry=one) for one in voices(originals, GLIMPSE)}
