"""The mails about topics: that something was said, where, and a link. Never anybody's words but the title of the topic,
as long as that is there to be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core import mails
from app.core.addresses import absolute
from app.core.context import page_language
from app.core.mails import Words, letter
from app.core.names import names_of
from app.core.notices import register_topic
from app.core.registries import Contact
from app.discussions import telling
from app.discussions.addresses import post_path, topic_path
from app.discussions.models import Post
from app.extensions import db
from app.originals.models import Translation
from app.originals.policy import is_open
from app.originals.topics import OWN_WORDS
from app.people.topics import DESK
from app.workinggroups.topics import TEXTS

Write = Callable[[str], tuple[str, str]]
"""From the name of a group to a subject and one sentence."""


def _group_of(post: Post) -> str:
    group_id = post.topic.group_id
    return names_of("group", [group_id], page_language())[group_id].text


def _link(path: str) -> str:
    # I18N: in a mail; the link to the page that it is about
    return str(_("Read it here: %(address)s", address=absolute(path)))


def _title_of(post: Post) -> str:
    """The title of the topic of a post, "" where its first words were taken back."""
    opening = db.session.scalar(sa.select(Post).where(Post.topic_id == post.topic_id, Post.is_opening))
    return opening.title if opening is not None and is_open(opening) else ""


def write_replied(parameters: dict[str, Any], contact: Contact) -> Words | None:
    post = db.session.get(Post, UUID(parameters["post"]))
    if post is None:
        return None
    group, title = _group_of(post), _title_of(post)
    return letter(
        # I18N: subject of a mail; %(group)s is the name of a working group
        _("%(group)s: new words in a topic", group=group),
        _("Somebody wrote in a topic of the group %(group)s, where you wrote too.", group=group),
        title,
        _link(topic_path(post.topic.slug, post.topic_id)),
        _("We write to you once a day at most about a topic, however much is said in it."),
    )


def _translated(group: str) -> tuple[str, str]:
    return _("A translation waits for your review"), _(
        "Words of yours in the group %(group)s were translated. Does the translation say what you said?", group=group
    )


def _withheld(group: str) -> tuple[str, str]:
    return _("Your words are out of sight for now"), _(
        "Words of yours in a topic of the group %(group)s were taken out of sight. "
        "The page says why, and what you can do.",
        group=group,
    )


def _released(group: str) -> tuple[str, str]:
    return _("Your words are shown again"), _(
        "Words of yours in a topic of the group %(group)s are shown to its people again.", group=group
    )


def _refused(group: str) -> tuple[str, str]:
    return _("An answer about your words"), _(
        "Somebody answered what you asked about words of yours in the group %(group)s.", group=group
    )


def _asked(group: str) -> tuple[str, str]:
    return _("An author asks to show words again"), _(
        "In the group %(group)s an author asks that words be shown in a topic again. It waits for your answer.",
        group=group,
    )


def _post_page(_parameters: dict[str, Any], post: Post) -> str:
    return post_path(post)


def _withheld_page(_parameters: dict[str, Any], post: Post) -> str:
    return f"{post_path(post)}/out-of-sight"


def _translation_page(parameters: dict[str, Any], post: Post) -> str:
    translation = db.session.get(Translation, UUID(parameters["fact"]))
    return f"{post_path(post)}?with={translation.language}" if translation else post_path(post)


def _writer(write: Write, page: Callable[[dict[str, Any], Post], str]) -> mails.Writer:
    def written(parameters: dict[str, Any], contact: Contact) -> Words | None:
        post = db.session.get(Post, UUID(parameters["post"]))
        if post is None:
            return None
        subject, sentence = write(_group_of(post))
        return letter(subject, sentence, _link(page(parameters, post)))

    return written


def register() -> None:
    mails.register(telling.REPLIED, write_replied)
    for kind, write, page in (
        (telling.TRANSLATED, _translated, _translation_page),
        (telling.WITHHELD, _withheld, _withheld_page),
        (telling.RELEASED, _released, _post_page),
        (telling.REFUSED, _refused, _withheld_page),
        (telling.ASKED, _asked, _withheld_page),
    ):
        mails.register(kind, _writer(write, page))
    register_topic(TEXTS.holding(telling.REPLIED))
    register_topic(OWN_WORDS.holding(telling.TRANSLATED, telling.WITHHELD, telling.RELEASED, telling.REFUSED))
    register_topic(DESK.holding(telling.ASKED))
