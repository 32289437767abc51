"""What the pages of joint texts print: lines of a list, paragraphs with what was said about them, comments with their
answers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from markupsafe import Markup

from app.core.actors import Actor
from app.core.context import page_language
from app.core.languages import fold
from app.core.markdown import to_html
from app.core.names import Name
from app.drafting import queries
from app.drafting.models import Comment, JointText, TextVersion
from app.drafting.paragraphs import Paragraph, paragraphs_of, plain
from app.drafting.queries import Figures, Mark
from app.moments.words import date_of
from app.originals import showing as originals
from app.originals.models import Translation
from app.originals.queries import current_versions
from app.people.queries import names_shown
from app.workinggroups.keys import contributors_key, holders_of_contributors

WHOLE = 20_000
"""Comments stand whole: a keeper answers all of what was said."""

GLIMPSE = 160
"""Characters of the paragraph that a comment is about, where it stands in a list."""

_NEXT_ITEM = re.compile(r"\n\s*(?:[*+-]|\d+[.)])\s+")


def called(text: JointText) -> Name:
    """Return what a text is called, in its language."""
    return Name(text.title, text.language, is_fallback=text.language != page_language())


@dataclass(frozen=True, slots=True)
class TextLine:
    """A text in a list."""

    text: JointText
    name: Name
    version: TextVersion
    figures: Figures
    adopted: str


def adopted_words(text: JointText) -> str:
    """Return the day on which the group adopted a text, in words; "" where it did not."""
    return date_of(text.adopted_on, page_language()) if text.adopted_on is not None else ""


def lines_of(actor: Actor, texts: Sequence[JointText]) -> list[TextLine]:
    """Return texts as a list prints them; as many queries for a hundred as for one."""
    if not texts:
        return []
    figures, versions = queries.figures_of(actor, texts), queries.current_versions(texts)
    return [
        TextLine(text, called(text), versions[text.id], figures.get(text.id, Figures()), adopted_words(text))
        for text in texts
    ]


@dataclass(frozen=True, slots=True)
class Placed:
    """Comments by the paragraph of one version beside which they stand; `adrift` are those whose paragraph has other
    words in it, or is gone."""

    by_paragraph: dict[int, list[Mark]]
    adrift: list[Mark]


def place(marks: Iterable[Mark], paragraphs: Sequence[Paragraph], version: int) -> Placed:
    """Lay comments beside the paragraphs of a version that has the words they were made on. Where the same words stand
    twice, the nearest place is taken. What was said about a version to come is left out."""
    places: dict[str, list[int]] = defaultdict(list)
    for one in paragraphs:
        places[one.digest].append(one.number)
    placed = Placed(defaultdict(list), [])
    for mark in marks:
        if mark.about_version > version:
            continue
        if mark.digest in places:
            nearest = min(places[mark.digest], key=lambda number: abs(number - mark.paragraph))
            placed.by_paragraph[nearest].append(mark)
        else:
            placed.adrift.append(mark)
    return placed


@dataclass(frozen=True, slots=True)
class ParagraphShown:
    """A paragraph on the page of its text: its words, how many comments, how many of them wait."""

    number: int
    html: Markup
    comments: int
    open: int


def paragraphs_shown(version: TextVersion, marks: Sequence[Mark]) -> tuple[list[ParagraphShown], list[Mark]]:
    """Return a version as its page prints it, and the comments that stand beside none of its paragraphs."""
    paragraphs = paragraphs_of(version.body)
    placed = place(marks, paragraphs, version.number)
    shown = []
    for one in paragraphs:
        beside = placed.by_paragraph.get(one.number, [])
        shown.append(ParagraphShown(one.number, to_html(one.words), len(beside), sum(mark.is_open for mark in beside)))
    return shown, placed.adrift


@dataclass(frozen=True, slots=True)
class CommentShown(originals.Voice):
    """A comment with its answer. `beside` is the translation for the language of the page, `translated` its words,
    `translator` who made it. `about` is the beginning of the paragraph it was made on; `has_moved_on` where the newest
    version has other words there. `because` is what the keepers say, `answerer` who of them."""

    comment: Comment
    about: str = ""
    has_moved_on: bool = False
    beside: Translation | None = None
    translated: Markup = field(default_factory=Markup)
    translator: str = ""
    because: Markup = field(default_factory=Markup)
    answerer: str = ""


def comments_shown(actor: Actor, text: JointText, comments: Sequence[Comment], now: datetime) -> list[CommentShown]:
    """Return comments as a page prints them, in a fixed number of queries."""
    if not comments:
        return []
    numbers = {row.about_version for row in comments} | {text.version}
    versions = {row.number: paragraphs_of(row.body) for row in queries.list_versions(text, numbers)}
    newest = {one.digest for one in versions[text.version]}
    words = current_versions(comments)
    beside = [(row, found) for row in comments if (found := originals.translation_beside(row, None))]
    translators = originals.translator_names_of(actor, beside, now)
    answerers = _names(actor, {row.answered_by for row in comments})
    shown = []
    for row in comments:
        parts = originals.voice_parts(row, words[row.id], WHOLE)
        translation = originals.translation_beside(row, None)
        if translation is not None:
            parts["text"] = originals.aligned_blocks(words[row.id].body)
        about = versions[row.about_version][row.paragraph - 1 : row.paragraph]
        shown.append(
            CommentShown(
                **parts,
                comment=row,
                about=_glimpse(about[0].words) if about else "",
                has_moved_on=row.digest not in newest,
                beside=translation,
                translated=originals.aligned_blocks(translation.body) if translation else Markup(""),
                translator=translators[translation.id] if translation else "",
                because=to_html(row.because),
                answerer=answerers.get(row.answered_by, "") if row.answered_by else "",
            )
        )
    return shown


def _glimpse(words: str) -> str:
    line = " ".join(plain(_NEXT_ITEM.sub(" · ", words)).split())
    return line if len(line) <= GLIMPSE else f"{line[:GLIMPSE].rsplit(' ', 1)[0]} …"


def _names(actor: Actor, person_ids: Collection[UUID | None]) -> dict[UUID, Any]:
    """Names of people of one group: whoever is inside reads who does what in it."""
    wanted = frozenset(one for one in person_ids if one is not None)
    return names_shown(actor, wanted, wanted) if wanted else {}


def keepers_of(actor: Actor, text: JointText) -> list[tuple[UUID, Any]]:
    """Return who keeps a text, the longest first."""
    ids = [one.person_id for one in text.keepers]
    names = _names(actor, ids)
    return [(person_id, names[person_id]) for person_id in ids if person_id in names]


def writers_of(actor: Actor, versions: Sequence[TextVersion]) -> dict[int, Any]:
    """Return who wrote versions, by their numbers; versions of people who are gone are missing."""
    names = _names(actor, {row.written_by for row in versions})
    return {row.number: names[row.written_by] for row in versions if row.written_by in names}


def people_to_name(actor: Actor, text: JointText, now: datetime) -> list[tuple[UUID, str]]:
    """Return who may keep a text and does not yet, the reader first, then by name."""
    inside = holders_of_contributors(contributors_key(text.group_id), now)
    names = _names(actor, inside - {one.person_id for one in text.keepers})
    ordered = sorted(names.items(), key=lambda pair: (pair[0] != actor.person_id, fold(str(pair[1])), str(pair[0])))
    return [(person_id, str(name)) for person_id, name in ordered]
