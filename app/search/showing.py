"""Lines of the page: what each package prints of its things (cards), with the words that were found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from markupsafe import Markup

from app.core import registries, searching
from app.core.actors import Actor
from app.core.languages import direction
from app.core.registries import Card
from app.core.searching import Document, Searchable
from app.search.asking import Asked
from app.search.marking import excerpt, has_word, marked
from app.search.queries import Find


@dataclass(frozen=True, slots=True)
class Line:
    """One find. `title` and `excerpt` are markup with the words found in `<mark>`; `language` is the excerpt's own.
    `belongs` is the card of what it is a part of, None for what the reader does not see."""

    kind: Any
    is_voice: bool
    href: str
    title: Markup
    title_language: str
    excerpt: Markup
    language: str
    direction: str
    belongs: Card | None


def lines(actor: Actor, finds: Sequence[Find], asked: Asked, page_language: str) -> list[Line]:
    """Return a line for each find the actor may open, in a number of questions that does not grow with them."""
    said = _documents(finds)
    parts = {part for documents in said.values() for document in documents if (part := document.part_of)}
    cards = registries.cards([(find.kind, find.object_id) for find in finds], actor)
    belongs = registries.cards(parts, actor)
    kinds = searching.kinds()
    return [
        _line(kinds[find.kind], cards[find.object_id], document, asked, belongs)
        for find in finds
        if find.object_id in cards
        and (document := _best(said[find.object_id], find, page_language, kinds[find.kind])) is not None
    ]


def _documents(finds: Sequence[Find]) -> dict[UUID, list[Document]]:
    ids: dict[str, list[UUID]] = defaultdict(list)
    for find in finds:
        ids[find.kind].append(find.object_id)
    found: dict[UUID, list[Document]] = defaultdict(list)
    for kind, several in ids.items():
        for document in searching.kinds()[kind].documents(several):
            found[document.object_id].append(document)
    return found


def _best(documents: list[Document], find: Find, page_language: str, kind: Searchable) -> Document | None:
    """The words to show, of the languages that were found: the original of a voice; else the page's language."""
    found = [document for document in documents if document.language in find.languages]
    if not kind.is_voice:
        found.sort(key=lambda one: (one.language != page_language, find.languages.index(one.language)))
    return found[0] if found else None


def _line(kind: Searchable, card: Card, document: Document, asked: Asked, belongs: dict[UUID, Card]) -> Line:
    words = excerpt(document.text, document.language, asked)
    is_name = not kind.is_voice
    title = marked(card.title, card.language, asked) if is_name else Markup("{}").format(card.title)
    if not kind.is_named:
        title, words = words or title, Markup("")
    elif not words and is_name and not has_word(card.title, card.language, asked):
        words = excerpt(document.title.replace("\n", " · "), document.language, asked)
    return Line(
        kind=kind.one,
        is_voice=kind.is_voice,
        href=card.href,
        title=title,
        title_language=card.language if is_name else "",
        excerpt=words,
        language=document.language,
        direction=direction(document.language),
        belongs=belongs.get(document.part_of[1]) if document.part_of else None,
    )
