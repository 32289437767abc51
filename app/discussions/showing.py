"""What the pages of topics print: what a topic is called, its line in a list, its posts with what stands beneath."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from markupsafe import Markup

from app.core.actors import Actor
from app.core.context import page_language
from app.core.languages import name_in, own_name
from app.core.names import Name
from app.core.slots import rendered
from app.discussions import queries
from app.discussions.models import Post, Topic
from app.discussions.queries import Figures
from app.moments.shown import day_of
from app.originals import showing as originals
from app.originals.models import OriginalVersion, Translation
from app.originals.queries import current_versions
from app.originals.showing import GLIMPSE

IN_THREAD = 800
"""Characters of a post that the page of its topic shows; the page of the post has all."""


def called(topic: Topic, opening: Post | None) -> Name:
    """Return what a topic is called: its title, in the language it was written in, where the post that opened it is
    there to be read; else the day."""
    if opening is None or not opening.title:
        # I18N: stands for the title of a topic whose first words were taken back
        return Name(str(_("Topic of %(day)s", day=day_of(topic.opened_at))), page_language())
    return Name(opening.title, opening.language, is_fallback=opening.language != page_language())


def names_of_topics(actor: Actor, topics: Iterable[Topic]) -> dict[UUID, Name]:
    """Return what many topics are called, in one query."""
    several = list(topics)
    openings = queries.openings_of(actor, [topic.id for topic in several])
    return {topic.id: called(topic, openings.get(topic.id)) for topic in several}


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic in a list. `languages`: tag, the page's word for it, its own name."""

    topic: Topic
    name: Name
    replies: int
    last: Post | None
    last_by: str
    languages: list[tuple[str, str, str]]


def lines_of(actor: Actor, topics: Sequence[Topic]) -> list[TopicLine]:
    """Return topics as a list prints them; as many queries for a hundred as for one."""
    if not topics:
        return []
    names, figures = names_of_topics(actor, topics), queries.figures_of(actor, topics)
    return [_line(topic, names[topic.id], figures.get(topic.id, Figures())) for topic in topics]


def _line(topic: Topic, name: Name, figures: Figures) -> TopicLine:
    return TopicLine(
        topic,
        name,
        figures.replies,
        figures.last,
        originals.shown_name(figures.last) if figures.last else "",
        [(tag, name_in(tag, page_language()), own_name(tag)) for tag in figures.languages],
    )


@dataclass(frozen=True, slots=True)
class PostShown(originals.Voice):
    """A post in its topic. `is_there` is false where there are no words to read. `beside` is the translation for the
    language of the page, `translated` its words, `translator` who made it; `answered` who wrote what it answers, where
    that is itself an answer. Beneath it `answers`, of `number`."""

    is_there: bool = True
    observes: bool = False
    beside: Translation | None = None
    translated: Markup = field(default_factory=Markup)
    translator: str = ""
    answered: str = ""
    answers: list[PostShown] = field(default_factory=list)
    number: int = 0


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around many posts, fetched at once."""

    readable: set[UUID]
    versions: Mapping[UUID, OriginalVersion]
    translators: Mapping[UUID, str]
    observers: set[UUID]
    names: Mapping[UUID, str]


def _around(actor: Actor, topic: Topic, posts: Sequence[Post], now: datetime) -> _Around:
    answered = {post.answers_id for post in posts if post.answers_id is not None} - {post.id for post in posts}
    seen = queries.list_readable(actor, [*(post.id for post in posts), *answered])
    beside = [(post, row) for post in posts if (row := originals.translation_beside(post, None))]
    return _Around(
        readable={post.id for post in seen},
        versions=current_versions(posts),
        translators=originals.translator_names_of(actor, beside, now),
        observers=queries.list_observers(topic.group_id, {post.author_id for post in posts if post.author_id}),
        names={post.id: originals.shown_name(post) for post in seen},
    )


def posts_shown(actor: Actor, topic: Topic, posts: Sequence[Post], now: datetime) -> list[PostShown]:
    """Return posts as the page of their topic prints them, with the first answers beneath each, in a fixed number of
    queries."""
    found = queries.answers_beneath(actor, [post.id for post in posts])
    everything = [*posts, *(answer for one in found.values() for answer in one.first)]
    around = _around(actor, topic, everything, now)
    return [
        _shown(post, around, [_shown(answer, around) for answer in found[post.id].first], found[post.id].number)
        if post.id in found
        else _shown(post, around)
        for post in posts
    ]


def _shown(post: Post, around: _Around, answers: Sequence[PostShown] = (), number: int = 0) -> PostShown:
    version = around.versions.get(post.id)
    if post.id not in around.readable or version is None:
        nothing: dict[str, Any] = {
            "text": Markup(""),
            "is_whole": True,
            "name": "",
            "by": "",
            "read_in": [],
            "mixed": "",
        }
        return PostShown(original=post, is_there=False, answers=list(answers), number=number, **nothing)
    beside = originals.translation_beside(post, None)
    parts = originals.voice_parts(post, version, IN_THREAD)
    if beside is not None:
        body, _is_whole = originals.beginning_of(beside.body, IN_THREAD)
        start, _is_whole = originals.beginning_of(version.body, IN_THREAD)
        parts["text"] = originals.aligned_blocks(start, originals.tagged(version.passages))
    is_answer_to_answer = post.answers_id is not None and post.answers_id != post.thread_id
    return PostShown(
        **parts,
        observes=post.author_id in around.observers,
        beside=beside,
        translated=originals.aligned_blocks(body) if beside is not None else Markup(""),
        translator=around.translators[beside.id] if beside is not None else "",
        answered=around.names.get(post.answers_id, "") if is_answer_to_answer and post.answers_id else "",
        answers=list(answers),
        number=number,
    )


def cards(actor: Actor, posts: Sequence[Post]) -> dict[UUID, Markup]:
    """Return posts as the list of what remains to translate shows them, each with the name of its topic."""
    names = names_of_topics(actor, {post.topic_id: post.topic for post in posts}.values())
    topics = {post.id: names[post.topic_id] for post in posts}
    return {
        entry.original.id: rendered("discussions/card.html", entry=entry, name=topics[entry.original.id])
        for entry in originals.voices(posts, GLIMPSE)
    }
