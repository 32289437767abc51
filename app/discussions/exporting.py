"""The topics of a group in the export of the whole group: a text for each, with every post in its own language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.actors import Actor
from app.core.languages import own_name
from app.core.paging import each_page
from app.discussions.models import Post, Topic
from app.discussions.queries.leaving import find_leaving_opening, page_of_leaving_posts, page_of_leaving_topics
from app.discussions.showing import called
from app.originals.exporting import as_markdown
from app.originals.queries import current_versions
from app.originals.showing import shown_name, translator_names_of
from app.workinggroups import exports
from app.workinggroups.exports import ID, Coded, Part, Room, Table, Text
from app.workinggroups.models import WorkingGroup


def parts_of(actor: Actor, group: WorkingGroup, now: datetime) -> Iterator[Part]:
    """Yield the table of all posts, then a text for each topic."""
    yield Table(name="posts", columns=_columns(), rows=_rows(actor, group))
    for topic in _topics(actor, group):
        yield _text(actor, topic, now)


def _topics(actor: Actor, group: WorkingGroup) -> Iterator[Topic]:
    for page in each_page(lambda cursor: page_of_leaving_topics(actor, group, cursor=cursor)):
        yield from page


def _posts(actor: Actor, topic: Topic) -> Iterator[Sequence[Post]]:
    return each_page(lambda cursor: page_of_leaving_posts(actor, topic, cursor=cursor))


def _columns() -> tuple[tuple[str, str], ...]:
    return (
        # I18N: column of a table of posts: who wrote it, as they chose to appear
        ("by", _("Who wrote it")),
        ("language", _("Language")),
        # I18N: column of a table of posts: when it was written
        ("written_at", _("Written on")),
        # I18N: column of a table of posts: the words
        ("words", _("Words")),
        ("topic_id", "topic_id"),
        ("answers_id", "answers_id"),
        ID,
    )


def _rows(actor: Actor, group: WorkingGroup) -> Iterator[Sequence[object]]:
    for topic in _topics(actor, group):
        for page in _posts(actor, topic):
            versions = current_versions(page)
            for post in page:
                yield (
                    shown_name(post),
                    Coded(post.language, own_name(post.language)),
                    post.written_at,
                    versions[post.id].body,
                    post.topic_id,
                    post.answers_id,
                    post.id,
                )


def _text(actor: Actor, topic: Topic, now: datetime) -> Text:
    name = called(topic, find_leaving_opening(actor, topic))
    facts = {
        "id": topic.id,
        "title": name.text,
        "language": name.language,
        "opened_at": topic.opened_at,
        "closed_at": topic.closed_at,
    }
    title = f"{topic.opened_at:%Y-%m-%d} {name.text}"
    return Text(folder="topics", name=title, facts=facts, body=_body(actor, topic, name.text, now))


def _body(actor: Actor, topic: Topic, title: str, now: datetime) -> Iterator[str]:
    yield f"# {title}\n\n"
    names: dict[UUID, str] = {}
    for page in _posts(actor, topic):
        versions = current_versions(page)
        translated = [(post, row) for post in page for row in post.translations]
        translators = translator_names_of(actor, translated, now)
        for post in page:
            names[post.id] = shown_name(post)
            yield from as_markdown(post, versions[post.id], translators)
            if post.answers_id in names and post.answers_id is not None:
                # I18N: under a post in a file: whom it answers
                yield _("In answer to %(name)s.", name=names[post.answers_id]) + "\n\n"


def register() -> None:
    room = Room(
        code="discussions",
        holds=_l("Topics: every post in its own language, with its translations."),
        leaves_out=_l("Earlier versions of posts, and posts that were taken out of sight."),
        parts=parts_of,
    )
    exports.register(room, order=30)
